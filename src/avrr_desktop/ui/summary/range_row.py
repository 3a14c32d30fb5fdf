"""A free range: two dates, and beside them what is wrong with them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from avrr_desktop.core.errors import UserError
from avrr_desktop.core.periods import Period, free_range
from avrr_desktop.core.translation import tr
from avrr_desktop.ui.editors.base import EditorState
from avrr_desktop.ui.editors.day import DateEditor
from avrr_desktop.ui.theme.tokens import Line, Space, Type
from avrr_desktop.ui.widgets.buttons import Button
from avrr_desktop.ui.widgets.icon_label import IconText
from avrr_desktop.ui.widgets.text import Text


@dataclass(frozen=True, slots=True)
class _Fault:
    """A date that cannot be used."""

    editor: DateEditor
    sentence: str


class RangeRow(QWidget):
    """Two date editors; ``chosen`` gives the range, and only a valid one."""

    chosen = Signal(object)  # Period

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("range-row")
        self.setAccessibleName(tr("Free range"))
        self.start = DateEditor("range-start", tr("From"), today=lambda: today, future=True)
        self.end = DateEditor("range-end", tr("To, included"), today=lambda: today, future=True)
        self._problem = IconText("circle-alert", "", tone="error", name="range-problem")
        self._problem.setContentsMargins(0, 0, 0, Space.M)
        self._problem.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.M)
        for editor, label in ((self.start, tr("From")), (self.end, tr("To, included"))):
            row.addLayout(_labelled(editor, label))
            editor.finished.connect(self.take)
            editor.changed.connect(self._on_typed)
        self._show = Button(tr("Show this range"), name="range-show")
        self._show.clicked.connect(self.take)
        row.addWidget(self._show, 0, Qt.AlignmentFlag.AlignBottom)
        row.addWidget(self._problem, 0, Qt.AlignmentFlag.AlignBottom)
        row.addStretch(1)

    def set_period(self, period: Period) -> None:
        """Start from a period's days."""
        self.start.set_value(period.start)
        self.end.set_value(period.end)
        self._say(None)

    def texts(self) -> tuple[str, str]:
        """What is typed, readable or not."""
        return self.start.text(), self.end.text()

    def set_texts(self, texts: tuple[str, str]) -> None:
        """Show again what was typed."""
        self.start.set_text(texts[0])
        self.end.set_text(texts[1])

    def take(self) -> None:
        """Ask for the range, or say beside the field what is wrong."""
        found = self._read()
        if isinstance(found, Period):
            self._say(None)
            self.chosen.emit(found)
        else:
            self._say(found)
            found.editor.focus_widget().setFocus()

    def _read(self) -> Period | _Fault:
        """The range, or the field to mend and why."""
        days: list[date] = []
        for editor in (self.start, self.end):
            if (problem := editor.problem()) is not None:
                return _Fault(editor, problem)
            if (day := editor.value()) is None:
                return _Fault(editor, tr("Type both days."))
            days.append(day)
        try:
            return free_range(*days)
        except UserError:
            return _Fault(self.end, tr("The end lies before the start."))

    def _on_typed(self) -> None:
        """Once a fault is said, what is said follows the typing."""
        if self._problem.isVisibleTo(self):
            found = self._read()
            self._say(None if isinstance(found, Period) else found)

    def _say(self, fault: _Fault | None) -> None:
        self._problem.setVisible(fault is not None)
        if fault is not None:
            self._problem.set_content("circle-alert", fault.sentence)
        for editor in (self.start, self.end):
            is_wrong = fault is not None and fault.editor is editor
            editor.set_state(EditorState.ERROR if is_wrong else EditorState.NORMAL)
            editor.set_described(fault.sentence if fault is not None and is_wrong else "")


def _labelled(editor: QWidget, label: str) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(Space.XS)
    # The button beside them keeps room for its focus ring.
    column.setContentsMargins(0, 0, 0, Line.RING_ROOM)
    column.addWidget(Text(label, Type.CAPTION, tone="text2"))
    column.addWidget(editor)
    return column
