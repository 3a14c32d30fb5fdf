"""``python -m tests.closing.long_run``: a closed register of the demonstration, changed at length.

The frozen figures and the workbook must stay the same bytes, what was published plus what is
explained must be the recount, in every cell, and the time machine must find the closing again.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

from sqlalchemy import select
from tests.closing.random_desk import REASON, SUPERVISOR, RandomDesk

from avrr_desktop.core.clock import FixedClock
from avrr_desktop.core.labels import Language
from avrr_desktop.core.periods import parse_period
from avrr_desktop.paths import paths_in
from avrr_desktop.people.base import table_of
from avrr_desktop.people.person import Person
from avrr_desktop.services.closing.causes import Kind
from avrr_desktop.services.closing.closings import close, published
from avrr_desktop.services.closing.gap import explained, gap_of
from avrr_desktop.services.closing.verify import alterations
from avrr_desktop.services.demo import write_demo
from avrr_desktop.services.past import summary_as_of
from avrr_desktop.services.register import Register, open_register
from avrr_desktop.services.summary import summarise
from avrr_desktop.services.workbook import export_workbook

PERIOD = parse_period("2023-S1")
LANGUAGES = (Language.FR, Language.AR, Language.EN)


def main() -> int:
    """0 when all of it holds."""
    options = argparse.ArgumentParser(prog="python -m tests.closing.long_run")
    options.add_argument("--changes", type=int, default=10_000)
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        return _run(Path(folder), given.changes, given.seed)


def _run(folder: Path, changes: int, seed: int) -> int:
    paths = paths_in(folder / "register")
    write_demo(paths, FixedClock(datetime(2023, 12, 31, 10, tzinfo=UTC))).close()
    clock = FixedClock(datetime(2024, 1, 15, 16, 20, tzinfo=UTC))
    register = open_register(paths, clock)
    try:
        closing = close(register, SUPERVISOR, PERIOD, REASON)
        frozen = published(register, closing).content
        before = [_workbook(register, folder, language) for language in LANGUAGES]
        register.clock = FixedClock(clock.instant + timedelta(days=1))
        desk = RandomDesk(register, Random(seed), first=date(2022, 11, 1), days=400)
        with register.database.reading() as connection:
            person = table_of(Person).c
            desk.persons = list(connection.execute(select(person.id).order_by(person.id)).scalars())
        for done in range(changes):
            desk.step()
            if done % 500 == 0:
                sys.stderr.write(f"\r{done:,} changes")
        after = [_workbook(register, folder, language) for language in LANGUAGES]
        gap = gap_of(register, closing)
        as_of = summary_as_of(register, PERIOD, closing.closed_at)
        now = summary_as_of(register, PERIOD, register.clock.now())
        live = summarise(register, PERIOD)
        checks = {
            "frozen figures are the same": published(register, closing).content == frozen,
            "workbooks are the same bytes": before == after,
            "published + explained = recomputed": explained(gap.moves) == gap.difference,
            "every difference has its reason": all(m.kind is not Kind.UNKNOWN for m in gap.moves),
            "as of the closing = frozen": (as_of.cells, as_of.openings)
            == (gap.published.counted.summary.cells, gap.published.counted.summary.openings),
            "as of now = live": (now.cells, now.openings) == (live.cells, live.openings),
            "nothing was altered": alterations(register) == (),
        }
    finally:
        register.close()
    print(f"\n{changes:,} changes, seed {seed}: {dict(sorted(desk.done.items()))}")
    print(f"{len(gap.moves):,} moves over {len(gap.difference):,} cells that differ")
    for name, holds in checks.items():
        print(f"{'yes' if holds else 'NO '}  {name}")
    return 0 if all(checks.values()) else 1


def _workbook(register: Register, folder: Path, language: Language) -> bytes:
    path = folder / f"{language.value}.xlsx"
    export_workbook(register, PERIOD, path, language)
    return path.read_bytes()


if __name__ == "__main__":
    sys.exit(main())
