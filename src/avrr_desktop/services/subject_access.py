"""Everything the register holds of one person, to be handed to them (brief 2, data protection).

The same blocks as the bulletin's, so that the same pen draws them. Others of the household are
told by number alone: the sheet is of one person.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy import Row as SqlRow

from avrr_desktop.activities import RECORD_BY_KEY
from avrr_desktop.core.labels import Language
from avrr_desktop.core.permissions import Permission
from avrr_desktop.core.specs import Field, Record
from avrr_desktop.core.translation import Translator, translator
from avrr_desktop.db.tables import CHANGE
from avrr_desktop.people.base import fields_of, table_of
from avrr_desktop.people.case import CASE_FILE, MEMBERSHIP, CaseFile
from avrr_desktop.people.person import PERSON, Person
from avrr_desktop.services import stored
from avrr_desktop.services.access.needs import needs
from avrr_desktop.services.audit import note_shown
from avrr_desktop.services.audit_words import action_text, value_text
from avrr_desktop.services.bulletin.blocks import (
    Block,
    Bulletin,
    Heading,
    Paragraph,
    Table,
    TableRow,
    Tone,
)
from avrr_desktop.services.history import records_of
from avrr_desktop.services.journal import CHOICES, image
from avrr_desktop.services.lists.rows import name_of
from avrr_desktop.services.register import Register
from avrr_desktop.services.restricted import withheld_from
from avrr_desktop.services.settings import office_values
from avrr_desktop.services.stored import CHUNK, Row
from avrr_desktop.services.summary.persons import survivors_of

_EMPTY = (None, "", ())


@needs(Permission.EXPORT_NAMES)
def subject_file(register: Register, person_id: str, language: Language) -> Bulletin:
    """The file of a person and those merged into it, as a document of pages.

    Restricted notes are in it for who may read them, else it says that they are not.

    Raises:
        UserError: ``no_such_record``, or a failure of the disk: what is shown must be noted.
    """
    with register.database.reading() as connection:
        made = _Making(register, connection, translator(language), person_id)
        blocks = tuple(made.blocks())
    for record, record_id, fields in made.shown:
        note_shown(register, register.actor, record, record_id, fields)
    say = made.say
    return Bulletin(
        language=language,
        title=say.tr("File of one person"),
        subtitle=made.named(),
        running_head=say.tr("{number} · confidential", number=made.isolated(made.number)),
        page_of=say.tr("Page {page} of {pages}"),
        blocks=blocks,
        author=made.office,
        counted_at=register.clock.now(),
    )


class _Making:
    def __init__(
        self, register: Register, connection: Connection, say: Translator, person_id: str
    ) -> None:
        self._register = register
        self._connection = connection
        self._lists = register.vocabularies
        self.say = say
        self.office = office_values(connection)["name"]
        files = survivors_of(connection, [person_id])
        self._survivor = files.get(person_id, person_id)
        # Also refuses an id that is nobody's.
        stored.read(connection, PERSON.key, self._survivor)
        self._files = sorted(files, key=lambda file: file != self._survivor)
        self._persons = stored.rows_by_id(connection, table_of(Person), self._files)
        self._owned = list(stored.owned_by(connection, self._files))
        cases = {
            str(row["case_id"]) for _, rows in self._owned for row in rows if row.get("case_id")
        }
        self._cases = stored.rows_by_id(connection, table_of(CaseFile), sorted(cases))
        self.number = str(self._persons[self._survivor]["number"])
        self.shown: list[tuple[str, str, list[str]]] = []

    def isolated(self, text: str) -> str:
        """What reads from left to right on an Arabic page too."""
        return f"\u2066{text}\u2069" if self.say.language.is_rtl else text

    def named(self) -> str:
        """« KONÉ Aïcha · P-000042 »."""
        name = name_of(self._persons[self._survivor])
        latin = " ".join(part for part in (name.family, name.given) if part)
        return " · ".join(part for part in (latin, name.arabic, self.isolated(self.number)) if part)

    def blocks(self) -> Iterator[Block]:
        """The parts in the order of the page of a person."""
        say, day = self.say, self._register.clock.today()
        yield Paragraph(
            say.tr(
                "What the register of {office} holds on this person on {day}: the file itself,"
                " papers, places in households, activities, and who wrote in it. Ask the office"
                " to correct what is wrong.",
                office=self.office,
                day=self.isolated(f"{day:%d/%m/%Y}"),
            ),
            Tone.LEAD,
        )
        yield from self._part(PERSON, self._persons.values())
        yield from self._part(CASE_FILE, self._cases.values())
        for record, rows in self._owned:
            is_line = record.owner not in ("", "person_id", MEMBERSHIP.owner)
            yield from self._part(record, rows, level=2 if is_line else 1)
        yield from self._writers()

    def _part(self, record: Record, rows: Iterable[Row], level: int = 1) -> Iterator[Block]:
        rows = list(rows)
        if not rows:
            return
        say = self.say
        is_one = record is PERSON and len(rows) == 1
        label = record.label if is_one else record.plural
        yield Heading(label.text(say.language), level)
        ids = [str(row["id"]) for row in rows]
        choices = stored.choices_of(self._connection, record, ids)
        lines: list[TableRow] = []
        for place, row in enumerate(rows, 1):
            if not is_one:
                lines.append(TableRow((f"{record.label.text(say.language)} {place}", ""), True))
            if row["deleted_at"] is not None:
                lines.append(TableRow((say.tr("State"), say.tr("in the bin")), is_part=True))
            lines += self._lines(record, row, choices[str(row["id"])])
        yield Table("", (say.tr("Field"), say.tr("Value")), tuple(lines), is_text=True)

    def _lines(self, record: Record, row: Row, choices: stored.Choices) -> Iterator[TableRow]:
        """A field and its value, those that hold something."""
        say, kept = self.say, image(row, choices)
        coded = kept.get(CHOICES)
        values = {**kept, **(coded if isinstance(coded, Mapping) else {})}
        withheld = withheld_from(self._register.actor, record.key)
        if case := self._cases.get(str(row.get("case_id"))):
            number = self.isolated(str(case["number"]))
            yield TableRow((CASE_FILE.label.text(say.language), number), is_part=True)
        filled = [f for f in fields_of(record.model) if values.get(f.name) not in (*_EMPTY, [])]
        for field in filled:
            if field.name == "person_id":
                continue
            is_hidden = field.name in withheld
            said = say.tr("restricted: ask the head of the office") if is_hidden else None
            said = said or self._value(field, values[field.name])
            yield TableRow((field.spec.label.text(say.language), said), is_part=True)
        shown = [field.name for field in filled if field.name not in withheld]
        self.shown.append((record.key, str(row["id"]), shown))

    def _value(self, field: Field, value: object) -> str:
        return value_text(field, value, self._lists, self.say)

    def _writers(self) -> Iterator[Block]:
        """Who wrote what, the latest first; what was written stands above."""
        say = self.say
        ids = [i for file in self._files for i in records_of(self._connection, file)]
        rows: list[SqlRow[*tuple[Any, ...]]] = []
        for start in range(0, len(ids), CHUNK):
            query = select(CHANGE.c.sequence, CHANGE.c.at, CHANGE.c.actor_name, CHANGE.c.action,
                           CHANGE.c.table_name).where(
                CHANGE.c.table_name.in_(RECORD_BY_KEY),
                CHANGE.c.record_id.in_(ids[start : start + CHUNK]),
            )  # fmt: skip
            rows += self._connection.execute(query).all()
        if not rows:
            return
        rows.sort(key=lambda row: row.sequence, reverse=True)
        yield Heading(say.tr("Who wrote in this file"))
        heads = (say.tr("When"), say.tr("Who"), say.tr("What"))
        yield Table(
            "",
            heads,
            tuple(
                TableRow(
                    (
                        self.isolated(f"{row.at.astimezone():%d/%m/%Y %H:%M}"),
                        row.actor_name,
                        f"{action_text(row.action, say)} · "
                        + RECORD_BY_KEY[row.table_name].label.text(say.language),
                    )
                )
                for row in rows
            ),
            is_text=True,
        )
