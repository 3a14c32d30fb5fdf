"""The lines of a child record within a form: read in one line each, edited in place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from avrr_desktop.core.specs import Record
from avrr_desktop.core.translation import screen_language, tr
from avrr_desktop.ui.forms.child_line import ChildLine
from avrr_desktop.ui.forms.editor_making import EditorSource
from avrr_desktop.ui.forms.field_box import FieldBox
from avrr_desktop.ui.theme.tokens import Space
from avrr_desktop.ui.widgets.buttons import Button, Variant
from avrr_desktop.ui.widgets.surfaces import SectionTitle


@dataclass(frozen=True, slots=True)
class LineState:
    """One line to come back to."""

    line_id: str
    typed: Mapping[str, object]
    is_removed: bool = False
    is_open: bool = field(default=False, compare=False)  # to look at a line changes nothing
    held: Mapping[str, object] = field(default_factory=dict)


class ChildTable(QWidget):
    """A titled list of lines with *Add*; removing a line can be undone until the save."""

    edited = Signal(object)  # FieldBox | None
    box_made = Signal(object)  # FieldBox

    def __init__(
        self, record: Record, source: EditorSource, rows: Sequence[Mapping[str, object]]
    ) -> None:
        super().__init__()
        self.record = record
        self._source = source
        self._made = 0
        self.lines: list[ChildLine] = []
        self.setObjectName(f"children-{record.key}")
        self.setAccessibleName(record.plural.text(screen_language()))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.XS)
        self._title = SectionTitle("", name=f"{record.key}-title")
        column.addWidget(self._title)
        self._list = QVBoxLayout()
        self._list.setSpacing(Space.XS)
        column.addLayout(self._list)
        label = record.label.text(screen_language())
        self.add_button = Button(
            label,
            Variant.QUIET,
            icon="plus",
            small=True,
            name=f"{record.key}-add",
            accessible=tr("Add: {record}", record=label),
        )
        self.add_button.clicked.connect(self.add)
        bottom = QHBoxLayout()
        bottom.addWidget(self.add_button)
        bottom.addStretch(1)
        column.addLayout(bottom)
        for row in rows:
            self._append(row, is_open=False)
        self._show_count()

    def add(self) -> ChildLine:
        """A new empty line, with the focus in its first field."""
        line = self._append({}, is_open=True)
        line.focus_first()
        self._on_edited(None)
        return line

    def _append(self, row: Mapping[str, object], *, is_open: bool) -> ChildLine:
        name = f"{self.record.key}-{self._made}"
        self._made += 1
        line = ChildLine(self.record, self._source, name, row, is_open=is_open)
        line.edited.connect(self._on_edited)
        line.dropped.connect(self._on_dropped)
        self.lines.append(line)
        self._list.addWidget(line)
        for box in line.fields.boxes.values():
            self.box_made.emit(box)
        return line

    def values(self) -> tuple[dict[str, object], ...]:
        """The lines a draft gets: removed ones and empty new ones are left out."""
        return tuple(line.values() for line in self._kept())

    def line_at(self, row: int) -> ChildLine | None:
        """The line a finding's row speaks of."""
        kept = self._kept()
        return kept[row] if 0 <= row < len(kept) else None

    def boxes(self) -> list[FieldBox]:
        """Boxes of the lines kept, in reading order."""
        return [box for line in self._kept() for box in line.fields.shown()]

    def states(self) -> tuple[LineState, ...]:
        """Every line, to come back to it."""
        return tuple(
            LineState(line.line_id, line.fields.typed(), line.is_removed, line.is_open, line.held)
            for line in self.lines
        )

    def set_states(self, states: Sequence[LineState]) -> None:
        """Put the lines back as they were."""
        for line in self.lines:
            self._list.removeWidget(line)
            line.hide()
            line.deleteLater()
        self.lines, self._made = [], 0
        for state in states:
            line = self._append(state.held, is_open=state.is_open)
            line.fields.retype(state.typed)
            line.set_removed(state.is_removed)
            line.show_summary()
        self._show_count()

    def weight(self) -> float:
        """How many rows it takes, roughly."""
        return 0.8 * len(self.lines) + 0.6

    def _kept(self) -> list[ChildLine]:
        return [
            line
            for line in self.lines
            if not line.is_removed and (line.line_id or not line.fields.is_empty())
        ]

    def _on_edited(self, box: FieldBox | None) -> None:
        self._show_count()
        self.edited.emit(box)

    def _on_dropped(self, line: ChildLine) -> None:
        """A new line that holds nothing goes at once: there is nothing to undo."""
        place = self.lines.index(line)
        self.lines.remove(line)
        self._list.removeWidget(line)
        line.hide()
        line.deleteLater()
        if self.lines:
            self.lines[min(place, len(self.lines) - 1)].edit_button.setFocus()
        else:
            self.add_button.setFocus()
        self._on_edited(None)

    def _show_count(self) -> None:
        plural = self.record.plural.text(screen_language())
        count = sum(1 for line in self.lines if not line.is_removed)
        self._title.set_title(f"{plural} · {count}" if count else plural)
