"""Both ways of writing, through the services and in bulk, give the same register."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlmodel import SQLModel

from avrr_desktop.core.clock import FixedClock
from avrr_desktop.paths import paths_in
from avrr_desktop.services.demo import bulk as bulk_loading
from avrr_desktop.services.demo import write

CLOCK = FixedClock(datetime(2025, 3, 3, 9, tzinfo=UTC))
PERSONS = 2_000
# The journal tells how the rows came; the register is another one; rows of the index of words
# and of its text are numbered in the order of writing.
APART = {"change", "register", "alembic_version"}
UNTOLD = {"search_text": {"id"}}
SEQUENCES = {"created_seq", "changed_seq"}

Rows = list[tuple[object, ...]]


def tables_of(folder: Path, *, bulk: bool, monkeypatch: pytest.MonkeyPatch) -> dict[str, Rows]:
    monkeypatch.setattr(write, "BULK_FROM", PERSONS if bulk else PERSONS + 1)
    monkeypatch.setattr(bulk_loading, "_PER_TRANSACTION", 3_000)
    said: list[tuple[int, int]] = []
    register = write.write_demo(
        paths_in(folder),
        CLOCK,
        persons=PERSONS,
        seed=7,
        progress=lambda done, total: said.append((done, total)),
    )
    assert len(said) > 1
    assert said[-1][0] == said[-1][1]
    found: dict[str, Rows] = {}
    try:
        with register.database.reading() as connection:
            for table in SQLModel.metadata.sorted_tables:
                if table.name not in APART:
                    left_out = SEQUENCES | UNTOLD.get(table.name, set())
                    columns = [c for c in table.columns if c.name not in left_out]
                    rows = connection.execute(select(*columns))
                    told = (tuple(row) for row in rows if row[0] != "journal.keys")
                    found[table.name] = sorted(told, key=repr)
    finally:
        register.close()
    return found


@pytest.mark.slow
def test_both_ways_of_writing_are_equal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    served = tables_of(tmp_path / "served", bulk=False, monkeypatch=monkeypatch)
    loaded = tables_of(tmp_path / "loaded", bulk=True, monkeypatch=monkeypatch)
    assert served.keys() == loaded.keys()
    for name, rows in served.items():
        assert loaded[name] == rows, name
    assert len(served["person"]) == len(served["search_text"]) == PERSONS
