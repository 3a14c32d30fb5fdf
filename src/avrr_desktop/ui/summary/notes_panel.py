"""« À savoir sur ces chiffres »: notes with links to the persons they speak of, and the rules."""

from __future__ import annotations

from html import escape
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from avrr_desktop.core.translation import tr
from avrr_desktop.services.summary_document import Note, NoteKind, SummaryDocument
from avrr_desktop.ui.theme.current import color
from avrr_desktop.ui.theme.tokens import Space, Type
from avrr_desktop.ui.widgets.buttons import Button, Variant
from avrr_desktop.ui.widgets.icon_label import IconMark
from avrr_desktop.ui.widgets.surfaces import HairLine
from avrr_desktop.ui.widgets.text import Text

_LOOKS: Final = {
    NoteKind.VERIFIED: ("circle-check", "ok"),
    NoteKind.PERSONS: ("user", "accent_text"),
    NoteKind.WARNING: ("triangle-alert", "warning"),
    NoteKind.INFORMATION: ("info", "accent_text"),
}


class NotesPanel(QWidget):
    """Notes under each other, then donors, then the definitions when asked for."""

    opened = Signal(object)  # Note
    checks_wanted = Signal()

    def __init__(self, *, with_title: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notes-panel")
        self.setAccessibleName(tr("About these figures"))
        self._shown: tuple[Note, ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.M, Space.M, Space.M, Space.M)
        column.setSpacing(0)
        if with_title:
            column.addWidget(Text(tr("About these figures"), Type.SECTION))
            column.addSpacing(Space.XS)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        column.addLayout(self._rows)
        self._more = Button(tr("Definitions"), Variant.LINK, small=True, name="notes-definitions")
        self._more.clicked.connect(self._on_definitions)
        self._definitions = Text("", Type.CAPTION, tone="text2", wrap=True, name="definitions")
        self._definitions.setMinimumSize(1, 1)
        self._definitions.hide()
        checks = Button(tr("Checks"), Variant.LINK, small=True, name="notes-checks")
        checks.clicked.connect(self.checks_wanted)
        links = QHBoxLayout()
        links.setSpacing(Space.M)
        links.addWidget(self._more)
        links.addWidget(checks)
        links.addStretch(1)
        column.addSpacing(Space.S)
        column.addLayout(links)
        column.addWidget(self._definitions)
        column.addStretch(1)

    def set_document(self, document: SummaryDocument) -> None:
        """Show the notes of a count."""
        self._definitions.set_markup(
            "".join(
                f"<p><b>{escape(each.title)}</b><br>{escape(each.text)}</p>"
                for each in document.definitions
            )
        )
        notes = (*document.notes, *_donors(document))
        if notes == self._shown:
            return
        self._shown = notes
        while (item := self._rows.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for place, note in enumerate(notes):
            if place:
                self._rows.addWidget(HairLine())
            self._rows.addWidget(self._row(note, place))

    def warnings(self) -> int:
        """How many notes warn."""
        return sum(note.kind is NoteKind.WARNING for note in self._shown)

    def _row(self, note: Note, place: int) -> QWidget:
        widget = QWidget()
        row = QHBoxLayout(widget)
        row.setContentsMargins(0, Space.S + 2, 0, Space.S + 2)
        row.setSpacing(Space.M)
        icon, tone = _LOOKS[note.kind]
        row.addWidget(IconMark(icon, tone), 0, Qt.AlignmentFlag.AlignTop)
        text = Text("", Type.CAPTION, wrap=True, name=f"note-{place}")
        text.set_markup(_markup(note))
        text.setAccessibleName(note.text)
        # Else Qt keeps the height the words would need in a narrow column.
        text.setMinimumSize(1, 1)
        if note.key is not None:
            flags = Qt.TextInteractionFlag
            text.setTextInteractionFlags(
                flags.LinksAccessibleByMouse | flags.LinksAccessibleByKeyboard
            )
            text.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            text.linkActivated.connect(lambda _href, note=note: self.opened.emit(note))
        row.addWidget(text, 1)
        return widget

    def _on_definitions(self) -> None:
        self._definitions.setVisible(not self._definitions.isVisibleTo(self))


def _markup(note: Note) -> str:
    """The sentence with its link; data are escaped."""
    text = escape(note.text)
    if note.key is None or not note.link:
        return text
    link = escape(note.link)
    ink = color("accent_text").name()
    return text.replace(link, f'<a href="persons" style="color:{ink}">{link}</a>', 1)


def _donors(document: SummaryDocument) -> tuple[Note, ...]:
    if not document.donors:
        return ()
    names = ", ".join(label for _, label in document.donors)
    return (Note(NoteKind.INFORMATION, tr("Donors of the period: {funds}.", funds=names)),)
