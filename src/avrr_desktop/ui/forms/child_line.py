"""One line of a child record: its summary, or its fields when open."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from avrr_desktop.core.specs import Record
from avrr_desktop.core.translation import screen_language, tr
from avrr_desktop.ui.forms.editor_making import EditorSource
from avrr_desktop.ui.forms.field_box import FieldBox
from avrr_desktop.ui.forms.field_words import summary_of
from avrr_desktop.ui.forms.record_fields import RecordFields
from avrr_desktop.ui.theme.tokens import Space
from avrr_desktop.ui.widgets.buttons import Button, Variant
from avrr_desktop.ui.widgets.surfaces import Surface
from avrr_desktop.ui.widgets.text import Text


class ChildLine(Surface):
    """A line that opens to be edited; removed, it stays struck out until the save."""

    edited = Signal(object)  # FieldBox | None
    dropped = Signal(object)  # this line: new, empty and not wanted

    def __init__(
        self,
        record: Record,
        source: EditorSource,
        name: str,
        row: Mapping[str, object],
        *,
        is_open: bool,
    ) -> None:
        super().__init__("tile", name=name)
        self._record = record
        self._source = source
        self.held = row
        self.line_id = str(row.get("id") or "")
        self.is_removed = False
        self.is_open = is_open
        self.fields = RecordFields(record, source, row, prefix=f"{name}-")
        self.fields.edited.connect(self._on_edited)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.M, 2, Space.XS, 2)
        column.setSpacing(0)
        column.addWidget(self._make_head(name))
        self._body = QWidget()
        inner = QVBoxLayout(self._body)
        inner.setContentsMargins(0, 0, Space.S, Space.S)
        inner.addWidget(self.fields.grid(self.fields.boxes))
        column.addWidget(self._body)
        self._show()

    def _make_head(self, name: str) -> QWidget:
        head = QWidget()
        row = QHBoxLayout(head)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._summary = Text("", wrap=True, name=f"{name}-summary")
        self.edit_button = Button(tr("Edit"), Variant.QUIET, small=True, name=f"{name}-edit")
        self.edit_button.clicked.connect(self._on_toggled)
        self.remove_button = Button(tr("Remove"), Variant.QUIET, small=True, name=f"{name}-remove")
        self.remove_button.clicked.connect(self._on_remove)
        row.addWidget(self._summary, 1)
        row.addWidget(self.edit_button)
        row.addWidget(self.remove_button)
        return head

    def values(self) -> dict[str, object]:
        """What the draft gets of this line."""
        values = self.fields.values()
        return {"id": self.line_id, **values} if self.line_id else values

    def focus_first(self) -> None:
        """Focus in the first field."""
        shown = self.fields.shown()
        if shown:
            shown[0].editor.focus_widget().setFocus(Qt.FocusReason.TabFocusReason)

    def open(self) -> None:
        """Show the fields."""
        self.is_open = True
        self._show()

    def set_removed(self, removed: bool) -> None:
        """Remove, or take the removal back."""
        self.is_removed = removed
        self._show()

    def show_summary(self) -> None:
        """Say again what the line holds."""
        self._show()

    def _on_toggled(self) -> None:
        self.is_open = not self.is_open
        self._show()
        if self.is_open:
            self.focus_first()

    def _on_remove(self) -> None:
        if not self.line_id and self.fields.is_empty():
            self.dropped.emit(self)
            return
        self.set_removed(not self.is_removed)
        self.edited.emit(None)

    def _on_edited(self, box: FieldBox) -> None:
        self._show()
        self.edited.emit(box)

    def _show(self) -> None:
        lists = self._source.register.vocabularies
        label = self._record.label.text(screen_language())
        said = summary_of(self.fields.boxes.values(), lists) or tr("New: {record}", record=label)
        text = tr("{record} — removed at the next save.", record=said) if self.is_removed else said
        self._summary.setText(text)
        self._summary.set_tone("text3" if self.is_removed else None)
        self.setAccessibleName(f"{label}: {text}")
        self._body.setVisible(self.is_open and not self.is_removed)
        self.edit_button.setVisible(not self.is_removed)
        self.edit_button.set_label(tr("Close") if self.is_open else tr("Edit"))
        self.edit_button.setAccessibleName(f"{self.edit_button.text()}: {said}")
        self.remove_button.set_label(tr("Undo") if self.is_removed else tr("Remove"))
        self.remove_button.setAccessibleName(f"{self.remove_button.text()}: {said}")
