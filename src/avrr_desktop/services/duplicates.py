"""Numbers that may stand once in the register: documents and numbers of other systems."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet

from sqlalchemy import Connection, select

from avrr_desktop.core.errors import Finding, Severity
from avrr_desktop.people.base import table_of
from avrr_desktop.people.papers import Document, ExternalNumber
from avrr_desktop.people.person import Person
from avrr_desktop.services.completion import number_folded
from avrr_desktop.services.drafts import lines_of
from avrr_desktop.services.summary.persons import survivors_of

_NAMES = ("family_name", "given_name")
_ARABIC_NAMES = ("family_name_ar", "given_name_ar")


class KnownNumbers:
    """Who bears a number already, in the register or earlier in the batch.

    ``together`` are the persons written by the batch: none of them is offered as the same person
    as another, so a finding gives their name, not their id.
    """

    def __init__(self, connection: Connection, together: AbstractSet[str]) -> None:
        self._connection = connection
        self._together = together
        self._typed: dict[str, str] = {}  # names as the batch gives them
        self._files: dict[str, frozenset[str]] = {}
        self._documents: dict[str, str] = {}
        self._external: dict[tuple[str, str], str] = {}

    def check(self, person_id: str, values: Mapping[str, object]) -> Iterable[Finding]:
        """Documents another person bears (to confirm) and external numbers (refused)."""
        for row, line in enumerate(lines_of(values, "document")):
            folded = number_folded(str(line.get("number") or ""))
            owner = self._document_owner(folded, person_id) if folded else None
            if owner:
                yield Finding(
                    "number",
                    "document_known",
                    Severity.CONFIRM,
                    self._named(owner),
                    "document",
                    row,
                )
        for row, line in enumerate(lines_of(values, "external_number")):
            system, value = (
                str(line.get("system") or ""),
                number_folded(str(line.get("value") or "")),
            )
            owner = self._external_owner(system, value, person_id) if value else None
            if owner:
                yield Finding(
                    "value",
                    "number_known",
                    values=self._named(owner),
                    child="external_number",
                    row=row,
                )

    def take(self, person_id: str, values: Mapping[str, object]) -> None:
        """Remember whose numbers a draft gives, for those that follow."""
        self._typed[person_id] = _name_of(values.get(name) for name in _NAMES) or _name_of(
            values.get(name) for name in _ARABIC_NAMES
        )
        for line in lines_of(values, "document"):
            self._documents.setdefault(number_folded(str(line.get("number") or "")), person_id)
        for line in lines_of(values, "external_number"):
            key = (str(line.get("system")), number_folded(str(line.get("value") or "")))
            self._external.setdefault(key, person_id)

    def _document_owner(self, folded: str, person_id: str) -> str | None:
        taken = self._documents.get(folded)
        if taken and taken not in self._files_of(person_id):
            return taken
        document = table_of(Document)
        query = select(document.c.person_id).where(
            document.c.number_folded == folded,
            document.c.person_id.not_in(self._files_of(person_id)),
            document.c.deleted_at.is_(None),
        )
        return self._survivor(self._connection.execute(query.limit(1)).scalar())

    def _external_owner(self, system: str, value: str, person_id: str) -> str | None:
        taken = self._external.get((system, value))
        if taken and taken != person_id:
            return taken
        external = table_of(ExternalNumber)
        # A merged file keeps its numbers: they stand once, and the person has them already.
        query = select(external.c.person_id).where(
            external.c.system == system,
            external.c.value_live == value,
            external.c.person_id != person_id,
        )
        return self._survivor(self._connection.execute(query.limit(1)).scalar())

    def _files_of(self, person_id: str) -> frozenset[str]:
        """The files of one person: theirs and those merged with it (rule 12)."""
        if person_id not in self._files:
            files = survivors_of(self._connection, [person_id] if person_id else [])
            self._files[person_id] = frozenset(files) | {person_id}
        return self._files[person_id]

    def _survivor(self, file: str | None) -> str | None:
        return None if file is None else survivors_of(self._connection, [file])[file]

    def _named(self, person_id: str) -> dict[str, str]:
        """The values of a finding: a name, and what can be done with the person."""
        is_here = person_id in self._together or person_id in self._typed
        named = self._stored_name(person_id)
        if self._typed.get(person_id):
            named["name"] = self._typed[person_id]
        return named if is_here else {"person_id": person_id, **named}

    def _stored_name(self, person_id: str) -> dict[str, str]:
        person = table_of(Person)
        row = self._connection.execute(
            select(person.c.number, person.c.family_name, person.c.given_name).where(
                person.c.id == person_id
            )
        ).first()
        if row is None:
            return {"number": "", "name": ""}
        return {"number": row[0], "name": _name_of(row[1:])}


def _name_of(parts: Iterable[object]) -> str:
    return " ".join(str(part) for part in parts if part)
