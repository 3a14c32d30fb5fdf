"""The rehearsal: the update of a register done on a copy of it first, and held against before.

The same engine counts both sides, the tables of before through ``db.older_tables``. What the copy
does not survive, the register is spared: it is not touched, and the program of before opens it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final

from sqlalchemy import Connection, Table, func, select

from avrr_desktop.activities import RECORD_BY_KEY
from avrr_desktop.core.clock import Clock
from avrr_desktop.core.errors import UserError
from avrr_desktop.db.database import Database
from avrr_desktop.db.older_tables import lacking, read_as_new
from avrr_desktop.db.schema import migrate
from avrr_desktop.log import describe, logger
from avrr_desktop.paths import Paths
from avrr_desktop.people.base import table_of
from avrr_desktop.services.backups import Reason
from avrr_desktop.services.backups.contents import Contents, contents_of
from avrr_desktop.services.backups.making import copy_register
from avrr_desktop.services.identities.checking import checks
from avrr_desktop.services.register import read_lists, remove_all
from avrr_desktop.services.summary.cells import Cells
from avrr_desktop.services.summary.count import counted_cells
from avrr_desktop.services.summary.running import read_balances
from avrr_desktop.services.summary.semesters import semesters
from avrr_desktop.services.summary.summary import Summary

Tell = Callable[[int, int], None]
# Told on as they are: they are the disk's, and the same program may succeed tomorrow.
_OF_THE_DISK: Final = frozenset({"disk_full", "disk_failure", "folder_read_only"})


@dataclass(frozen=True, slots=True)
class _Counted:
    """What a register holds and counts, semester by semester."""

    contents: Contents
    rows: Mapping[str, int]  # of each table of records, deleted ones too
    cells: Mapping[str, Cells]
    balances: Mapping[str, Mapping[str, int]]
    broken: frozenset[tuple[str, str]]  # semester and identity


def prepare_update(
    database: Database, paths: Paths, key: bytes | None, clock: Clock, tell: Tell | None = None
) -> None:
    """A backup of an older register, then the rehearsal of its update.

    ``tell`` is given how far both are, or twice 0 while a copy is looked at; it may raise to stop.

    Raises:
        UserError: as ``copy_register`` and ``rehearse``; the register is as it was.
    """
    first, second = _half(tell, 0), _half(tell, 1)
    copy_register(database, paths, clock.now(), Reason.MIGRATION, key=key, tell=first)
    rehearse(database, paths, key, clock, second)


def _half(tell: Tell | None, half: int) -> Tell | None:
    """A teller for the first or the second half of what is told as one."""
    return (lambda done, total: tell(half * total + done, 2 * total)) if tell else None


def rehearse(
    database: Database, paths: Paths, key: bytes | None, clock: Clock, tell: Tell | None = None
) -> None:
    """Update a copy beside the register and compare; the copy is gone afterwards.

    ``tell`` is given semesters counted and to count, and may raise to stop.

    Raises:
        UserError: ``rehearsal_figures`` with the first ``period`` that would change,
            ``rehearsal_failed``, or a failure of the disk.
    """
    path = paths.register.with_suffix(".rehearsal")
    remove_all(path)
    copy = Database(path, key)
    try:
        database.copy_to(path)
        _compared(copy, clock, _passed_on(tell))
    except _GivenUp as stopped:
        raise (stopped.__cause__ or stopped) from None
    except UserError as error:
        if error.code in _OF_THE_DISK or error.code.startswith("rehearsal_"):
            raise
        logger.error("the rehearsal of the update failed: %s", error.code)
        raise UserError("rehearsal_failed") from error
    except Exception as error:  # whatever a revision raises, the register is spared it
        logger.error(
            "the rehearsal of the update failed: %s", describe(type(error), error.__traceback__)
        )
        raise UserError("rehearsal_failed") from error
    finally:
        copy.close()
        remove_all(path)


class _GivenUp(Exception):
    """Nobody wants the rehearsal any more; what was raised is its cause."""


def _passed_on(tell: Tell | None) -> Tell:
    """Tell, and keep what stops the work apart from what fails in it."""

    def told(done: int, total: int) -> None:
        if tell is None:
            return
        try:
            tell(done, total)
        except Exception as error:
            raise _GivenUp from error

    return told


def _compared(copy: Database, clock: Clock, tell: Tell) -> None:
    before = _counted(copy, clock, lambda done, total: tell(done, 2 * total))
    migrate(copy)
    with copy.reading() as connection:
        is_whole = not any(lacking(connection))
    if copy.check(full=True, tell=partial(tell, 0, 0)) or not is_whole:
        logger.error("rehearsal: the copy is not whole")
        raise UserError("rehearsal_failed")
    after = _counted(copy, clock, lambda done, total: tell(total + done, 2 * total))
    for period in {**before.cells, **after.cells}:
        if _of(before, period) != _of(after, period):
            logger.error("rehearsal: the figures of %s differ", period)
            raise UserError("rehearsal_figures", period=period)
    is_lost = any(after.rows.get(table, 0) < count for table, count in before.rows.items())
    if is_lost or before.contents != after.contents or after.broken - before.broken:
        logger.error("rehearsal: rows, events, journal or identities differ")
        raise UserError("rehearsal_failed")


def _of(counted: _Counted, period: str) -> tuple[object, object]:
    return counted.cells.get(period), counted.balances.get(period)


def _counted(copy: Database, clock: Clock, tell: Tell) -> _Counted:
    """Every semester once; each stands beside the one before it."""
    today = clock.today()
    cells: dict[str, Cells] = {}
    balances: dict[str, dict[str, int]] = {}
    broken: set[tuple[str, str]] = set()
    with copy.apart() as connection:
        read_as_new(connection)
        lists = read_lists(connection)
        rows = {key: _rows(connection, table_of(one.model)) for key, one in RECORD_BY_KEY.items()}
        periods = tuple(semesters(connection))
        for done, period in enumerate(periods):
            tell(done, len(periods))
            before = period.previous.code
            cells[period.code] = counted_cells(connection, lists, period, today)
            held = read_balances(connection, period.end)
            balances[period.code] = {code: balance.value for code, balance in held.items()}
            summary = Summary(
                period=period,
                cells=cells[period.code],
                previous=cells.get(before, {}),
                openings=balances[period.code],
                previous_openings=balances.get(before, {}),
                counted_at=clock.now(),
                as_of_day=today,
                vocabularies=lists,
            )
            broken.update((period.code, one.key) for one in checks(summary) if not one.holds)
    return _Counted(contents_of(copy), rows, cells, balances, frozenset(broken))


def _rows(connection: Connection, table: Table) -> int:
    return int(connection.execute(select(func.count()).select_from(table)).scalar() or 0)
