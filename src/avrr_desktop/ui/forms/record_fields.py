"""The boxes of one record: values in and out, what is shown when, sections as grids."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from PySide6.QtCore import QObject, Signal

from avrr_desktop.core.specs import Field, Record
from avrr_desktop.people.base import fields_of
from avrr_desktop.ui.forms.editor_making import EditorSource, retype, typed
from avrr_desktop.ui.forms.field_box import FieldBox
from avrr_desktop.ui.forms.field_grid import FieldGrid


class RecordFields(QObject):
    """Boxes of a record's fields, or of those ``names`` gives, in that order.

    ``prefix`` tells the boxes of several records on one page apart; ``also_hidden`` gives names
    of fields that the page, beside the declaration, does not want to be seen now. ``is_optional``:
    the record may be left out altogether, so nothing of it is marked as required.
    """

    edited = Signal(object)  # FieldBox

    def __init__(
        self,
        record: Record,
        source: EditorSource,
        values: Mapping[str, object],
        *,
        prefix: str = "",
        names: Iterable[str] = (),
        is_optional: bool = False,
        also_hidden: Callable[[Mapping[str, object]], Iterable[str]] | None = None,
    ) -> None:
        super().__init__()
        self.record = record
        self._also_hidden = also_hidden
        wanted = tuple(names)
        self.boxes: dict[str, FieldBox] = {}
        for field in _in_order(record, wanted):
            key = f"{prefix}{field.name}"
            current = values.get(field.name, field.default)
            box = FieldBox(field, source, key, current, is_optional=is_optional)
            box.edited.connect(self._on_edited)
            self.boxes[field.name] = box
        self._grids: list[FieldGrid] = []

    def grid(self, names: Iterable[str]) -> FieldGrid:
        """A grid of these fields, kept up to date as fields appear and disappear."""
        made = FieldGrid([self.boxes[name] for name in names if name in self.boxes])
        self._grids.append(made)
        self.show_wanted()
        return made

    def names_of(self, section: str) -> list[str]:
        """Names of the fields of one section."""
        return [name for name, box in self.boxes.items() if box.field.spec.section == section]

    def values(self) -> dict[str, object]:
        """What a draft gets of these fields, hidden ones included (a save empties them)."""
        return {name: box.value() for name, box in self.boxes.items()}

    def shown(self) -> list[FieldBox]:
        """The boxes that are seen, in reading order."""
        hidden = self._hidden()
        return [box for name, box in self.boxes.items() if name not in hidden]

    def show_wanted(self) -> None:
        """Show and hide fields by the values typed."""
        hidden = {self.boxes[name].key for name in self._hidden()}
        for grid in self._grids:
            grid.set_hidden(hidden)

    def typed(self) -> dict[str, object]:
        """What stands in the editors, readable or not."""
        return {name: typed(box.editor) for name, box in self.boxes.items()}

    def retype(self, kept: Mapping[str, object]) -> None:
        """Put back what ``typed`` gave."""
        for name, text in kept.items():
            if name in self.boxes:
                retype(self.boxes[name].editor, text)
        self.show_wanted()

    def is_empty(self) -> bool:
        """Whether nothing is typed."""
        return all(value in {None, "", ()} for value in self.values().values())

    def _hidden(self) -> set[str]:
        values = self.values()
        hidden = {
            name
            for name, box in self.boxes.items()
            if box.field.spec.visible_when is not None and not box.field.spec.visible_when(values)
        }
        return hidden | set(self._also_hidden(values) if self._also_hidden else ())

    def _on_edited(self, box: FieldBox) -> None:
        self.show_wanted()
        self.edited.emit(box)


def _in_order(record: Record, names: tuple[str, ...]) -> list[Field]:
    """Typed fields by section, in the order of the declaration or of ``names``."""
    declared = {f.name: f for f in fields_of(record.model) if not f.spec.assigned}
    if names:
        return [declared[name] for name in names]
    ranks = {section.key: rank for rank, section in enumerate(record.sections)}
    return sorted(declared.values(), key=lambda f: ranks.get(f.spec.section, len(ranks)))
