"""One line of the journal whole: every field before and after, and values that come back."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from avrr_desktop.core.permissions import Permission, allows
from avrr_desktop.core.translation import screen_language, tr, translator
from avrr_desktop.services.audit_lines import AuditLine
from avrr_desktop.services.audit_words import (
    NOTHING,
    deed_text,
    field_texts,
    pieces,
    record_text,
)
from avrr_desktop.services.history import Change, FieldChange
from avrr_desktop.services.restoring import can_be_restored
from avrr_desktop.ui.journal.model import when_text
from avrr_desktop.ui.page import Context
from avrr_desktop.ui.person.history import erased_text
from avrr_desktop.ui.theme.tokens import Space, Type
from avrr_desktop.ui.widgets.buttons import Button, Variant
from avrr_desktop.ui.widgets.formats import number_text
from avrr_desktop.ui.widgets.surfaces import Card, HairLine, PageScroll
from avrr_desktop.ui.widgets.text import Text
from avrr_desktop.ui.widgets.tips import plain_tip

_MOST_REASON = 200


class DetailsPanel(Card):
    """``restore_asked`` gives the line, the name of the field, and the reason."""

    restore_asked = Signal(int, str, str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("journal-details", flush=True, parent=parent)
        self._context = context
        self._say = translator(screen_language())
        self._line: AuditLine | None = None
        self._field = ""
        self._title = Text("", Type.SECTION, wrap=True, name="journal-details-title")
        self._about = Text("", bold=True, wrap=True, name="journal-details-record")
        self._note = Text("", Type.CAPTION, tone="text2", wrap=True, name="journal-details-note")
        self._head = QWidget()
        head = QVBoxLayout(self._head)
        head.setContentsMargins(Space.L, Space.M, Space.L, Space.M)
        head.setSpacing(Space.XS)
        for part in (self._title, self._about, self._note):
            head.addWidget(part)
        self.area = PageScroll("journal-details-scroll")
        self._column = QVBoxLayout(self.area.page)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self._head)
        self.body.addWidget(self.area, 1)
        self._lay_out_asking()
        self.clear()

    def _lay_out_asking(self) -> None:
        self._asking = QWidget()
        self._asked = Text("", Type.CAPTION, wrap=True, name="journal-restore-said")
        self.reason = QLineEdit()
        self.reason.setObjectName("journal-restore-reason")
        self.reason.setAccessibleName(tr("Reason of the restoration (required)"))
        self.reason.setPlaceholderText(tr("Reason: paper received, error of entry…"))
        self.reason.setMaxLength(_MOST_REASON)
        self.save = Button(
            tr("Restore this value"), Variant.PRIMARY, small=True, name="journal-restore-save"
        )
        leave = Button(tr("Cancel"), Variant.QUIET, small=True, name="journal-restore-leave")
        self.reason.textChanged.connect(lambda text: self.save.setEnabled(bool(text.strip())))
        self.reason.returnPressed.connect(self._on_saved)
        self.save.clicked.connect(self._on_saved)
        leave.clicked.connect(self._asking.hide)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(leave)
        buttons.addWidget(self.save)
        column = QVBoxLayout(self._asking)
        column.setContentsMargins(Space.L, Space.S, Space.L, Space.M)
        column.setSpacing(Space.S)
        column.addWidget(HairLine())
        column.addWidget(self._asked)
        column.addWidget(self.reason)
        column.addLayout(buttons)
        self.body.addWidget(self._asking)

    def clear(self) -> None:
        """No line is chosen."""
        self._line = None
        self._empty()
        self._asking.hide()
        self._title.setText(tr("Line of the journal"))
        self._about.setText("")
        self._note.setText(tr("Choose a line of the list."))

    def show_line(self, line: AuditLine) -> None:
        """Tell everything of a line that its reader may see."""
        self._line = line
        self._asking.hide()
        self._title.setText(deed_text(line, self._say))
        self._about.setText(record_text(line, self._say))
        self._note.setText("\n".join(self._notes(line)))
        self._empty()
        if line.change is not None:
            for field in line.change.fields:
                self._add_field(line.change, field)
        else:
            lists = self._context.register.vocabularies
            for label, before, after in pieces(line, lists, self._say):
                self._add(label, "" if before == NOTHING else before, after)
        self._column.addStretch(1)
        self.setAccessibleName(f"{self._title.text()} {self._about.text()}")

    def _notes(self, line: AuditLine) -> list[str]:
        number = number_text(line.sequence)
        told = [
            tr("{when}, {who}", when=when_text(line), who=line.actor),
            tr("Line {number} of the journal", number=number),
        ]
        if line.undoes:
            told.append(tr("Takes back line {number}", number=number_text(line.undoes)))
        if line.reason:
            told.append(tr("Reason: {reason}", reason=line.reason))
        if line.erased_on is not None:
            told.append(erased_text(line.erased_on))
        return told

    def _add_field(self, change: Change, field: FieldChange) -> None:
        before, after = field_texts(field, self._context.register.vocabularies, self._say)
        label = self._context.text(field.field.spec.label)
        holder = self._add(label, "" if change.is_new else before, after)
        may = allows(self._context.actor, Permission.RECORD)
        if may and can_be_restored(change, field):
            button = Button(
                tr("Restore “{value}”", value=before),
                Variant.LINK,
                small=True,
                name=f"journal-restore-{field.field.name}",
            )
            button.setToolTip(plain_tip(before))
            button.clicked.connect(lambda: self._ask(field.field.name, label, before))
            layout = holder.layout()
            assert layout is not None
            layout.addWidget(button)

    def _add(self, label: str, before: str, after: str) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(Space.L, Space.S, Space.L, Space.S)
        column.setSpacing(2)
        if label:
            column.addWidget(Text(label, Type.CAPTION, tone="text2", wrap=True))
        if before:
            column.addWidget(Text(tr("before: {value}", value=before), wrap=True, tone="text2"))
        column.addWidget(Text(after, wrap=True))
        self._column.addWidget(HairLine())
        self._column.addWidget(holder)
        return holder

    def _empty(self) -> None:
        while (item := self._column.takeAt(1)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def _ask(self, field: str, label: str, before: str) -> None:
        self._field = field
        self._asked.setText(tr("{field} becomes again: {value}", field=label, value=before))
        self.reason.clear()
        self.save.setEnabled(False)
        self._asking.show()
        self.reason.setFocus()

    def _on_saved(self) -> None:
        if self._line is not None and self.reason.text().strip():
            self.restore_asked.emit(self._line.sequence, self._field, self.reason.text().strip())
