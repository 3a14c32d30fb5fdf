"""The summary as it was known before a tenth of the rows changed, against the live one."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Final

from sqlalchemy import Connection, func, select
from tests.benchmarks.counting import PERIOD
from tests.benchmarks.measuring import Row, side_by_side
from tests.benchmarks.registers import CLOCK, opened

from avrr_desktop.activities import ACTIVITY_BY_KEY, RECORD_BY_KEY
from avrr_desktop.core.clock import FixedClock
from avrr_desktop.core.specs import Record
from avrr_desktop.db.tables import CHANGE
from avrr_desktop.paths import Paths
from avrr_desktop.people.base import table_of
from avrr_desktop.services import stored, summary
from avrr_desktop.services.journal import Journal
from avrr_desktop.services.past import summary_at
from avrr_desktop.services.register import Register, open_register

_LIMIT: Final = 3.0
_EVERY: Final = 10
_LATER: Final = FixedClock(CLOCK.instant + timedelta(days=1))


def measure_past(paths: Paths, persons: int, times: int) -> Iterator[Row]:
    """The semester as known before the changes, and as it is; what was known then is proved."""
    changed = changed_paths(paths)
    with opened(paths) as before:
        known = summary.summarise(before, PERIOD).cells
    with opened(changed) as register:
        sequence = _line_before(register)

        def past() -> summary.Summary:
            return summary_at(register, PERIOD, sequence, CLOCK.instant)

        if past().cells != known:
            raise AssertionError("the past is not what was counted then")
        if summary.summarise(register, PERIOD).cells == known:
            raise AssertionError("the changes move no figure")
        spent, live = side_by_side(past, lambda: summary.summarise(register, PERIOD), times)
        limit = _LIMIT if persons == 100_000 else None
        yield Row("summary before a tenth of the rows changed", persons, spent, live, limit)


def changed_paths(paths: Paths) -> Paths:
    """A copy of the register in which a tenth of the rows changed; made when missing."""
    copy = replace(paths, data_dir=paths.data_dir.with_name(f"{paths.data_dir.name}-changed"))
    if not copy.register.is_file():
        sys.stderr.write(f"changing a tenth of the rows in {copy.data_dir}\n")
        building = replace(paths, data_dir=copy.data_dir.with_suffix(".new"))
        shutil.rmtree(building.data_dir, ignore_errors=True)
        building.data_dir.mkdir()
        shutil.copyfile(paths.register, building.register)
        register = open_register(building, _LATER)
        try:
            change_a_tenth(register)
        finally:
            register.close()
        building.data_dir.replace(copy.data_dir)
    return copy


def change_a_tenth(register: Register) -> None:
    """Move the dates of a tenth of the events, the nationality of persons, delete here and there.

    A transaction a table, each row with its line in the journal, as a save would.
    """
    for record in RECORD_BY_KEY.values():
        with register.database.writing() as connection:
            actor = register.local_actor
            journal = Journal(connection, actor, register.clock, action="save", reason=_REASON)
            _change(connection, journal, record)
            journal.write()


_REASON: Final = "a tenth of the rows"


def _change(connection: Connection, journal: Journal, record: Record) -> None:
    table = table_of(record.model)
    rows = connection.execute(select(table).order_by(table.c.id)).mappings().all()[::_EVERY]
    choices = stored.choices_of(connection, record, [str(row["id"]) for row in rows])
    dated_by = ACTIVITY_BY_KEY[record.key].dated_by if record.key in ACTIVITY_BY_KEY else ""
    for place, row in enumerate(rows):
        after: stored.Row = dict(row)
        if place % _EVERY == 0:
            after.update(deleted_at=journal.at, deleted_reason=_REASON)
        elif dated_by and row[dated_by]:
            after[dated_by] = row[dated_by] - timedelta(days=30)
        else:
            after["deleted_reason"] = _REASON
        kept = choices[str(row["id"])]
        journal.update(table, dict(row), after, kept, kept)


def _line_before(register: Register) -> int:
    """The last line of the journal before the changes."""
    with register.database.reading() as connection:
        query = select(func.max(CHANGE.c.sequence)).where(CHANGE.c.reason.is_distinct_from(_REASON))
        return int(connection.execute(query).scalar_one())
