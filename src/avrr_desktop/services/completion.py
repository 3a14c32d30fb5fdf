"""Columns the program fills in itself: numbers, folded numbers, the two ends of a birth date."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy import Connection, insert, select, update

from avrr_desktop.core.births import parse_birth
from avrr_desktop.core.folding import fold
from avrr_desktop.db.tables import COUNTER

Row = dict[str, object]
PERSON_COUNTER = "person"


class Numbering:
    """Numbers given once and never again, from counters kept in the register."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._values: dict[str, int] = {}
        self._stored: set[str] = set()

    def person_number(self) -> str:
        """The next person number, ``P-000042``."""
        return f"P-{self._next(PERSON_COUNTER):06d}"

    def case_number(self, office: str, opened_on: date) -> str:
        """The next case number of an office and a year, ``RBA-2023-0042``."""
        prefix = f"{office}-{opened_on.year}"
        return f"{prefix}-{self._next(prefix):04d}"

    def write(self) -> None:
        """Keep where the counters stand."""
        for name, value in self._values.items():
            if name in self._stored:
                done = update(COUNTER).where(COUNTER.c.name == name).values(value=value)
                self._connection.execute(done)
            else:
                self._connection.execute(insert(COUNTER).values(name=name, value=value))
                self._stored.add(name)

    def _next(self, name: str) -> int:
        if name not in self._values:
            query = select(COUNTER.c.value).where(COUNTER.c.name == name)
            stored = self._connection.execute(query).scalar()
            if stored is not None:
                self._stored.add(name)
            self._values[name] = stored or 0
        self._values[name] += 1
        return self._values[name]


def number_folded(number: str) -> str:
    """A document's number as it is compared: letters and digits only, in capitals."""
    return "".join(c for c in fold(number) if c.isalnum()).upper()


def complete(
    table: str, row: Row, before: Mapping[str, object] | None, today: date, numbering: Numbering
) -> None:
    """Fill the columns of ``row`` that nobody types."""
    completer = _COMPLETERS.get(table)
    if completer is not None:
        completer(row, before, today, numbering)


def _person(
    row: Row, before: Mapping[str, object] | None, today: date, numbering: Numbering
) -> None:
    if before is None:
        row["number"] = numbering.person_number()
    typed = row.get("birth_typed")
    if before is not None and before.get("birth_typed") == typed:
        return  # read once, on the day it was typed
    birth = parse_birth(str(typed or ""), today)
    row["birth_typed"] = birth.typed or None
    row["birth_precision"] = birth.precision.value
    row["birth_first"], row["birth_last"] = birth.first, birth.last


def _case(row: Row, before: Mapping[str, object] | None, today: date, numbering: Numbering) -> None:
    opened = row["opened_on"]
    if before is None and isinstance(opened, date):
        row["number"] = numbering.case_number(str(row["office"]), opened)


def _document(
    row: Row, before: Mapping[str, object] | None, today: date, numbering: Numbering
) -> None:
    row["number_folded"] = number_folded(str(row["number"]))


def _external(
    row: Row, before: Mapping[str, object] | None, today: date, numbering: Numbering
) -> None:
    row["value_live"] = number_folded(str(row["value"])) if row["deleted_at"] is None else None


def _vulnerability(
    row: Row, before: Mapping[str, object] | None, today: date, numbering: Numbering
) -> None:
    if before is None:
        row["entered_on"] = today


_COMPLETERS = {
    "person": _person,
    "case_file": _case,
    "document": _document,
    "external_number": _external,
    "vulnerability": _vulnerability,
}
