"""The time machine on random registers: what was recorded live at each step comes back."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, select
from sqlmodel import SQLModel
from tests.services.past_edits import Editor

from avrr_desktop.activities import RECORD_BY_KEY
from avrr_desktop.core.clock import FixedClock
from avrr_desktop.core.periods import Period, parse_period
from avrr_desktop.db.tables import CHANGE, TERM
from avrr_desktop.paths import Paths, paths_in
from avrr_desktop.people.base import choice_fields_of
from avrr_desktop.services.demo.chance import Chance
from avrr_desktop.services.demo.ordinary import GROUPS, tell_home, tell_morocco, tell_third_country
from avrr_desktop.services.demo.spread import LAST_DAY
from avrr_desktop.services.demo.write import enter
from avrr_desktop.services.drafts import Draft
from avrr_desktop.services.past import past, sequence_at, summary_as_of, summary_at
from avrr_desktop.services.register import Register, create_register, open_register
from avrr_desktop.services.summary import CellKey, Summary, summarise
from avrr_desktop.services.summary.cells import COHORT

START = datetime(2024, 12, 31, 12, tzinfo=UTC)
PERIODS = [parse_period(code) for code in ("2023-S1", "2023", "2023-Q2", "2023-01-15..2023-11-02")]
TABLES = [
    *RECORD_BY_KEY,
    *(f"{k}_{f.name}" for k, r in RECORD_BY_KEY.items() for f in choice_fields_of(r.model)),
    TERM.name,
]

Rows = Mapping[str, frozenset[tuple[object, ...]]]


@dataclass(frozen=True)
class Step:
    """What was seen after a change."""

    sequence: int
    at: datetime
    summary: Summary
    rows: Rows


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Paths:
    """A register of a few invented people, whose events lie about 2023."""
    paths = paths_in(tmp_path_factory.mktemp("begun"))
    register = create_register(paths, FixedClock(START), is_demo=False)
    drafts = list(_told())
    enter(register, register.local_actor, drafts, len(drafts))
    register.close()
    return paths


def _told() -> Iterator[Draft]:
    """Families and single persons of every direction, first met from October 2022 on."""
    chance, day = Chance(5), date(2022, 10, 1)
    for teller in (tell_home, tell_morocco, tell_home, tell_third_country, tell_home):
        yield from teller(chance, chance.pick(GROUPS), day, LAST_DAY).tell()
        day += timedelta(days=50)


@contextmanager
def copied(begun: Paths, clock: FixedClock) -> Iterator[Register]:
    with TemporaryDirectory() as folder:
        paths = replace(begun, data_dir=Path(folder) / "register")
        shutil.copytree(begun.data_dir, paths.data_dir)
        register = open_register(paths, clock)
        try:
            yield register
        finally:
            register.close()


def rows_of(connection: Connection) -> Rows:
    tables = SQLModel.metadata.tables
    return {
        name: frozenset(tuple(row) for row in connection.execute(select(tables[name])))
        for name in TABLES
    }


def seen(register: Register, period: Period) -> Step:
    with register.database.reading() as connection:
        last = select(CHANGE.c.sequence).order_by(CHANGE.c.sequence.desc()).limit(1)
        sequence = connection.execute(last).scalar_one()
        rows = rows_of(connection)
    return Step(sequence, register.clock.now(), summarise(register, period), rows)


def figures(summary: Summary) -> tuple[object, ...]:
    """Every cell with its zero, those of the period before, and what the lists are called."""
    lists = summary.vocabularies
    return (
        list(summary.iter_cells()),
        dict(summary.previous),
        dict(summary.previous_openings),
        {name: lists.terms(name) for name in lists.names},
        summary.counted_at,
        summary.as_of_day,
    )


def without_cohort(summary: Summary) -> dict[CellKey, int]:
    """The cells that do not depend on the day of the count (rule 6)."""
    return {key: value for key, value in summary.cells.items() if key.section != COHORT}


@settings(max_examples=12)
@given(seed=st.integers(0, 2**32), changes=st.integers(3, 14), period=st.sampled_from(PERIODS))
def test_each_step_is_known_again_cell_by_cell_and_row_by_row(
    begun: Paths, seed: int, changes: int, period: Period
) -> None:
    clock = FixedClock(START)
    with copied(begun, clock) as register:
        editor = Editor(register, clock, seed)
        steps = [seen(register, period)]
        for _ in range(changes):
            editor.change()
            steps.append(seen(register, period))
        for step in steps:
            then = summary_at(register, period, step.sequence, step.at)
            assert figures(then) == figures(step.summary)
            with past(register, step.sequence) as view:
                assert rows_of(view.connection) == step.rows
        with register.database.reading() as connection:
            assert rows_of(connection) == steps[-1].rows


@settings(max_examples=8)
@given(seed=st.integers(0, 2**32), period=st.sampled_from(PERIODS))
def test_an_instant_gives_the_last_step_before_it_and_now_the_live_figures(
    begun: Paths, seed: int, period: Period
) -> None:
    clock = FixedClock(START)
    with copied(begun, clock) as register:
        editor = Editor(register, clock, seed)
        steps = [seen(register, period)]
        for _ in range(10):
            if editor.change():
                steps.append(seen(register, period))
        for instant in {step.at for step in steps}:
            known = [step for step in steps if step.at <= instant][-1]
            assert sequence_at(register, instant) == known.sequence
            then = summary_as_of(register, period, instant)
            assert without_cohort(then) == without_cohort(known.summary)
        clock.instant = max(step.at for step in steps)
        now = summary_as_of(register, period, clock.instant)
        assert figures(now) == figures(summarise(register, period))


def test_the_changes_of_these_tests_are_of_every_kind(begun: Paths) -> None:
    clock = FixedClock(START)
    with copied(begun, clock) as register:
        editor = Editor(register, clock, 1)
        made = {editor.change() for _ in range(150)}
    assert {"_person", "_event", "_delete", "_restore", "_merge", "_term", "<lambda>"} <= made
    assert {"_birth", "_vulnerability", "_choices", "_balance", "_new_event"} <= made
