"""« Why counted? »: the conditions of a figure, met or not, for the person in the list."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from avrr_desktop.core.translation import screen_language, tr
from avrr_desktop.services.figure_words import WordedCheck
from avrr_desktop.services.lists import PersonName
from avrr_desktop.ui.person.words import plain_name
from avrr_desktop.ui.theme.tokens import Space, Type, Width
from avrr_desktop.ui.widgets.buttons import Button, Variant
from avrr_desktop.ui.widgets.icon_label import IconMark
from avrr_desktop.ui.widgets.surfaces import Card, HairLine, PageScroll
from avrr_desktop.ui.widgets.text import Text


class WhyPanel(Card):
    """The side panel; ``acted`` asks to do what the button says, ``opened`` for the person."""

    acted = Signal()
    opened = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("why-panel", flush=True, parent=parent)
        self.setFixedWidth(Width.LIST_PANEL)
        self._title = Text("", Type.SECTION, name="why-title")
        self._name = Text("", bold=True, wrap=True, name="why-name")
        self._note = Text("", Type.CAPTION, wrap=True, name="why-note")
        head = QVBoxLayout()
        head.setContentsMargins(Space.L, Space.M, Space.L, Space.M)
        head.setSpacing(Space.XS)
        for part in (self._title, self._name, self._note):
            head.addWidget(part)
        self.body.addLayout(head)
        self._scroll = PageScroll("why-scroll")
        self._column = QVBoxLayout(self._scroll.page)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.body.addWidget(self._scroll, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(Space.M, Space.S, Space.M, Space.S)
        foot.setSpacing(0)
        self.act = Button("", Variant.PRIMARY, name="why-act")
        self.act.clicked.connect(self.acted)
        self.open = Button(tr("Open the file"), Variant.SECONDARY, name="why-open")
        self.open.clicked.connect(self.opened)
        foot.addWidget(self.act, 1)
        foot.addWidget(self.open, 1)
        self.body.addLayout(foot)
        self.clear()

    def clear(self) -> None:
        """Nobody is chosen."""
        self._fill(())
        self._title.setText(tr("Why counted?"))
        self._name.setText("")
        self._note.setText(tr("Choose a line of the list."))
        self.act.hide()
        self.open.hide()

    def explain(
        self,
        title: str,
        name: PersonName,
        note: str,
        checks: Sequence[WordedCheck],
        action: str = "",
        *,
        can_open: bool = True,
    ) -> None:
        """Show the conditions for a person, and what can be done."""
        self._title.setText(title)
        parts = [plain_name(name), name.arabic if name.family else ""]
        if screen_language().is_rtl:
            parts.reverse()
        self._name.setText("  ".join(part for part in parts if part))
        self._note.setText(note)
        self._note.setVisible(bool(note))
        self._fill(checks)
        self.act.setVisible(bool(action))
        self.act.set_label(action)
        self.open.set_variant(Variant.SECONDARY if action else Variant.PRIMARY)
        self.open.setVisible(can_open)
        said = [f"{check.title}: {check.line}" for check in checks]
        self.setAccessibleName(" ".join([title, *said]))

    def _fill(self, checks: Sequence[WordedCheck]) -> None:
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for check in checks:
            self._column.addWidget(HairLine())
            self._column.addWidget(_line(check))
        if checks:
            self._column.addWidget(HairLine())
        self._column.addStretch(1)


def _line(check: WordedCheck) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(Space.L, Space.M, Space.L, Space.M)
    row.setSpacing(Space.M)
    mark = IconMark("circle-check", "ok") if check.is_met else IconMark("x", "error")
    mark.setAccessibleName(tr("met") if check.is_met else tr("not met"))
    row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
    words = QVBoxLayout()
    words.setSpacing(0)
    words.addWidget(Text(check.title, bold=True, wrap=True))
    words.addWidget(Text(check.line, Type.CAPTION, wrap=True))
    row.addLayout(words, 1)
    return holder
