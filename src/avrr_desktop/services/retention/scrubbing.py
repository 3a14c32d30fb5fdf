"""What an anonymised row keeps: terms, dates, amounts; texts and numbers of papers go.

Rows are written in place and keep the line of the journal that made them: the past of a closed
semester is then counted on what is left, which counts alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Final

from sqlalchemy import Connection, Table, bindparam, update

from avrr_desktop.activities import SECTIONS
from avrr_desktop.core.births import Birth
from avrr_desktop.core.kinds import Kind
from avrr_desktop.core.specs import Record
from avrr_desktop.core.widening import widened
from avrr_desktop.people.base import column_fields_of, table_of
from avrr_desktop.people.papers import Document, ExternalNumber, Phone
from avrr_desktop.people.person import PERSON
from avrr_desktop.services.stored import Row

NOTHING: Final = "—"  # stands where a text must
_TEXTS: Final = frozenset({Kind.TEXT, Kind.LATIN, Kind.ARABIC, Kind.LONG_TEXT, Kind.IDENTIFIER})
_GONE: Final = frozenset({Document, Phone, ExternalNumber})  # nothing but what identifies
_KEY: Final = "row_id"


def scrubbed(record: Record, row: Row, at: datetime) -> Row:
    """The row without what identifies; ``at`` is when papers that are nothing else left."""
    after = dict(row)
    for field in column_fields_of(record.model):
        if field.spec.kind in _TEXTS and not field.spec.assigned and row[field.name] is not None:
            after[field.name] = NOTHING if field.required else None
    if after["deleted_reason"] is not None:
        after["deleted_reason"] = NOTHING
    if record.model in _GONE:
        after["deleted_at"], after["deleted_reason"] = row["deleted_at"] or at, NOTHING
    for folded, empty in (("number_folded", ""), ("value_live", None)):
        if folded in after:
            after[folded] = empty
    return after


def scrubbed_person(row: Row, birth: Birth, on: date, at: datetime) -> Row:
    """A person without name: sex, nationality and terms stay, the birth date is ``birth``."""
    return {
        **scrubbed(PERSON, row, at),
        "birth_typed": birth.typed or None,
        "birth_precision": birth.precision.value,
        "birth_first": birth.first,
        "birth_last": birth.last,
        "arrived_in_morocco_on": None,  # no figure reads it, and few arrived that day
        "anonymised_on": on,
    }


def kept_birth(person: Row, events: Mapping[str, Iterable[Row]]) -> Birth:
    """The coarsest birth date that leaves the figures of the live events as they are.

    ``events`` are those of every file of the person, by the key of their activity.
    """
    days = {
        day
        for activity, section in SECTIONS.values()
        for event in events.get(activity.key, ())
        if event["deleted_at"] is None and isinstance(day := event[section.dated_by], date)
    }
    first, last, sex = person["birth_first"], person["birth_last"], person["sex"]
    return widened(
        first if isinstance(first, date) else None,
        last if isinstance(last, date) else None,
        str(sex) if sex else None,
        days,
    )


def write_rows(connection: Connection, model: type, rows: Iterable[Row]) -> None:
    """Put the rows in the place of those that bear their ids; a form open on one is refused."""
    table: Table = table_of(model)
    names = [column.name for column in table.columns if column.name not in ("id", "version")]
    given = [{**{name: row[name] for name in names}, _KEY: row["id"]} for row in rows]
    if given:
        values: dict[str, object] = {name: bindparam(name) for name in names}
        values["version"] = table.c.version + 1
        connection.execute(update(table).where(table.c.id == bindparam(_KEY)).values(values), given)
