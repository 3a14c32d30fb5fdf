"""The body of a form derived from a declaration: its sections, its lines, whose it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QVBoxLayout, QWidget

from avrr_desktop.core.errors import Finding
from avrr_desktop.core.kinds import Kind
from avrr_desktop.core.specs import Activity, Record
from avrr_desktop.core.translation import screen_language
from avrr_desktop.people.base import fields_of
from avrr_desktop.people.person import PERSON
from avrr_desktop.services.drafts import Draft, Stored
from avrr_desktop.services.last_change import last_change_of
from avrr_desktop.services.registering import name_of
from avrr_desktop.ui.editors.term import TermEditor
from avrr_desktop.ui.forms.child_table import ChildTable, LineState
from avrr_desktop.ui.forms.editor_making import EditorSource
from avrr_desktop.ui.forms.entry_body import EntryBody
from avrr_desktop.ui.forms.faults import Spot
from avrr_desktop.ui.forms.field_box import FieldBox
from avrr_desktop.ui.forms.field_grid import Block, SectionColumns
from avrr_desktop.ui.forms.header_words import show_activity, show_person, show_record
from avrr_desktop.ui.forms.live_notes import notes_of
from avrr_desktop.ui.forms.person_header import PersonHeader
from avrr_desktop.ui.forms.person_words import shown_name
from avrr_desktop.ui.forms.rebasing import (
    clash_sentence,
    merged_fields,
    merged_lines,
    stored_words,
)
from avrr_desktop.ui.forms.record_fields import RecordFields
from avrr_desktop.ui.forms.subject_part import SubjectPart
from avrr_desktop.ui.page import Context
from avrr_desktop.ui.summary.live_panel import NoteLine
from avrr_desktop.ui.theme.tokens import Space
from avrr_desktop.ui.widgets.formats import number_text
from avrr_desktop.ui.widgets.surfaces import SectionTitle


@dataclass(frozen=True, slots=True)
class BodyState:
    """What is typed in a record's form."""

    fields: Mapping[str, object]
    lines: Mapping[str, tuple[LineState, ...]]
    persons: tuple[str | None, tuple[str, ...]]
    version: int | None


class RecordBody(EntryBody):
    """``stored`` is the record edited, ``values`` what a new one starts with."""

    def __init__(
        self,
        context: Context,
        record: Record,
        stored: Stored | None,
        values: Mapping[str, object],
        person_ids: Sequence[str] = (),
        case_id: str = "",
    ) -> None:
        super().__init__()
        self.setObjectName(f"form-{record.key}")
        self._context = context
        self._record = record
        self._stored = stored
        self._version = stored.version if stored else None
        self._case_id = case_id
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        title = context.text(record.label)
        self._head = PersonHeader(title)
        self.header = self._head
        self._subjects = self._make_subjects(person_ids)
        if self._subjects is not None:
            column.addWidget(self._subjects)
            self._subjects.chosen.connect(self._on_chosen)
        person = self._subjects.subjects() if self._subjects else ()
        source = EditorSource(context.register, person[0].id if person else "")
        self._source = source
        self.fields = RecordFields(record, source, values)
        self.tables: dict[str, ChildTable] = {}
        blocks = [*self._section_blocks(), *self._child_blocks(values)]
        self._columns = SectionColumns(blocks)
        column.addWidget(self._columns)
        column.addStretch(1)
        self.fields.edited.connect(self._on_edited)
        self._prepare(stored)
        self._show_head()

    def _prepare(self, stored: Stored | None) -> None:
        if stored is None:
            self._choose_only_reference()
            return
        for name in stored.withheld:
            self.fields.boxes[name].withhold()

    def _make_subjects(self, person_ids: Sequence[str]) -> SubjectPart | None:
        if not isinstance(self._record, Activity):
            return None
        # Every person has returns of their own: an activity that names one is for one person.
        names_one = any(f.spec.kind is Kind.REFERENCE for f in fields_of(self._record.model))
        return SubjectPart(
            self._context.register,
            person_ids,
            may_choose=self._stored is None and not person_ids,
            several=self._stored is None and not names_one,
        )

    def _section_blocks(self) -> list[Block]:
        blocks = []
        for section in self._record.sections:
            names = self.fields.names_of(section.key)
            if not names:
                continue
            grid = self.fields.grid(names)
            block = _titled(section.label.text(screen_language()), grid)
            blocks.append(Block(block, grid.weight()))
        return blocks

    def _child_blocks(self, values: Mapping[str, object]) -> list[Block]:
        blocks = []
        for child in self._record.children:
            rows = values.get(child.key)
            table = ChildTable(child, self._source, rows if isinstance(rows, list | tuple) else ())
            table.edited.connect(self._on_edited)
            table.box_made.connect(self.box_made)
            self.tables[child.key] = table
            blocks.append(Block(table, table.weight()))
        return blocks

    def boxes(self) -> Sequence[FieldBox]:
        """Every box."""
        searched = [self._subjects.box] if self._subjects and self._subjects.box else []
        lines = [
            box
            for table in self.tables.values()
            for line in table.lines
            for box in line.fields.boxes.values()
        ]
        return [*searched, *self.fields.boxes.values(), *lines]

    def order(self) -> Sequence[FieldBox]:
        """The boxes seen, in reading order."""
        searched = [self._subjects.box] if self._subjects and self._subjects.box else []
        lines = [box for table in self.tables.values() for box in table.boxes()]
        return [*searched, *self.fields.shown(), *lines]

    def values(self) -> dict[str, object]:
        """What is typed, lines included."""
        lines = {key: table.values() for key, table in self.tables.items()}
        return {**self.fields.values(), **lines}

    def drafts(self) -> tuple[Draft, ...]:
        """One draft, or one for each person chosen."""
        values = self.values()
        if self._stored is not None:
            return (Draft(self._record.key, values, self._stored.id, version=self._version),)
        if self._subjects is None:
            return (Draft(self._record.key, values),)
        chosen = self._subjects.subjects()
        if not chosen:
            return (Draft(self._record.key, {**values, "person_id": ""}),)
        return tuple(
            Draft(
                self._record.key,
                {**values, "person_id": one.id, "case_id": self._case_id or one.case_id or None},
            )
            for one in chosen
        )

    def locate(self, draft: int, finding: Finding) -> Spot | None:
        """The box of the field, in its line when it has one."""
        if finding.child:
            return self._locate_line(finding)
        if self._subjects is not None and finding.field == "person_id":
            return Spot(self._subjects.box) if self._subjects.box else None
        box = self.fields.boxes.get(finding.field)
        return Spot(box, is_shared=True) if box else None

    def _locate_line(self, finding: Finding) -> Spot | None:
        table = self.tables.get(finding.child)
        line = table.line_at(finding.row) if table else None
        if table is None or line is None or finding.field not in line.fields.boxes:
            return None
        context = f"{self._context.text(table.record.label)} {finding.row + 1}"
        return Spot(line.fields.boxes[finding.field], context, reveal=line.open)

    def names(self) -> Mapping[int, str]:
        """Names of the persons, when there are several."""
        chosen = self._subjects.subjects() if self._subjects else ()
        return {i: one.name for i, one in enumerate(chosen)} if len(chosen) > 1 else {}

    def typed(self) -> BodyState:
        """Everything typed."""
        return BodyState(
            self.fields.typed(),
            {key: table.states() for key, table in self.tables.items()},
            self._subjects.typed() if self._subjects else (None, ()),
            self._version,
        )

    def retype(self, kept: object) -> None:
        """Put back what ``typed`` gave."""
        if not isinstance(kept, BodyState):
            return
        if self._subjects is not None:
            self._subjects.retype(kept.persons)
        self.fields.retype(kept.fields)
        for key, states in kept.lines.items():
            if key in self.tables:
                self.tables[key].set_states(states)
        self._version = kept.version
        self._show_head()

    def about(self) -> Sequence[str]:
        """The persons it is for, the person it is of, the number of a case."""
        if self._subjects is not None:
            language = screen_language()
            return tuple(shown_name(one, language) for one in self._subjects.subjects())
        values = self.fields.values()
        if self._record is PERSON:
            name = name_of(values)
        else:
            name = str(self._stored.values.get("number") or "") if self._stored else ""
        return (name,) if name else ()

    def rebased(self, base: object, kept: object) -> tuple[object, str]:
        """Fields left alone take what the register holds now; what both changed is said."""
        if self._stored is None or not isinstance(base, BodyState):
            return kept, ""
        if not isinstance(kept, BodyState) or kept.version == self._version:
            return kept, ""
        now = self.typed()
        fields, clashes = merged_fields(base.fields, kept.fields, now.fields)
        stored, lists = self._stored.values, self._context.register.vocabularies
        boxes = [self.fields.boxes[name] for name in clashes]
        both = [(box.label, stored_words(box, stored[box.field.name], lists)) for box in boxes]
        lines = dict(now.lines)
        for key, table in self.tables.items():
            states = (state.lines.get(key, ()) for state in (base, kept, now))
            lines[key], is_clash = merged_lines(*states)
            if is_clash:
                shown = [line for line in table.lines if not line.is_removed]
                count = number_text(len(shown))
                both.append((self._context.text(table.record.plural), count))
        last = last_change_of(self._context.register, self._record.key, self._stored.id)
        return BodyState(fields, lines, kept.persons, now.version), clash_sentence(last, both)

    def notes(self) -> Sequence[NoteLine]:
        """Age, group, period and delay, as they follow from the event's date."""
        if not isinstance(self._record, Activity) or self._subjects is None:
            return ()
        day = self.fields.boxes[self._record.dated_by].value()
        return notes_of(
            self._context,
            self._subjects.subjects(),
            day if isinstance(day, date) else None,
        )

    def pinned(self) -> tuple[tuple[str, object], ...]:
        """The values kept for another person."""
        values = self.fields.values()
        return tuple(
            (name, values[name])
            for name, box in self.fields.boxes.items()
            if box.field.spec.pinned and values[name] not in {None, ()}
        )

    def case_of_all(self) -> str:
        """The case of those chosen."""
        chosen = self._subjects.subjects() if self._subjects else ()
        return self._case_id or (chosen[0].case_id if chosen else "")

    def _choose_only_reference(self) -> None:
        """When a person has one return in all, it is that one."""
        named = [
            (box.editor, self._source.references(box.field.spec.refers_to))
            for box in self.fields.boxes.values()
            if box.field.spec.kind is Kind.REFERENCE and isinstance(box.editor, TermEditor)
        ]
        is_sure = sum(len(found) for _, found in named) == 1
        for editor, found in named:
            editor.set_value(None)
            editor.set_terms(found)
            editor.set_value(found[0][0] if found and is_sure else None)

    def _on_chosen(self) -> None:
        """Somebody else: their returns, their office."""
        chosen = self._subjects.subjects() if self._subjects else ()
        self._source = EditorSource(self._context.register, chosen[0].id if chosen else "")
        self._choose_only_reference()
        office = self.fields.boxes.get("office")
        if office is not None and chosen and chosen[0].office and self._stored is None:
            office.editor.set_value(chosen[0].office)
        self._on_edited(None)

    def _on_edited(self, box: FieldBox | None) -> None:
        self._show_head()
        self.edited.emit()

    def _show_head(self) -> None:
        values = self.fields.values()
        if isinstance(self._record, Activity):
            chosen = self._subjects.subjects() if self._subjects else ()
            day = values.get(self._record.dated_by)
            show_activity(self._head, self._context, chosen, day)
        elif self._record is PERSON:
            show_person(self._head, self._context, values, is_new=self._stored is None)
        else:
            stored = self._stored.values if self._stored else {}
            show_record(self._head, self._context, self._record, {**stored, **values})


def _titled(title: str, grid: QWidget) -> QWidget:
    block = QWidget()
    column = QVBoxLayout(block)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(Space.XS)
    column.addWidget(SectionTitle(title))
    column.addWidget(grid)
    return block
