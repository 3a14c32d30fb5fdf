import csv
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.services.conftest import person_draft, registration_draft

from avrr_desktop import cli
from avrr_desktop.arguments import REFUSED
from avrr_desktop.core.clock import FixedClock
from avrr_desktop.paths import paths_in
from avrr_desktop.services.records import Records
from avrr_desktop.services.register import create_register

CLOCK = FixedClock(datetime(2023, 7, 5, 10, tzinfo=UTC))


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    folder = tmp_path / "register"
    register = create_register(paths_in(folder), CLOCK, is_demo=True)
    Records(register).save(register.local_actor, person_draft(), registration_draft())
    register.close()
    return folder


def run(folder: Path, *more: str) -> int:
    return cli.main(["journal", "--data-dir", str(folder), "--language", "en", *more], CLOCK)


def test_a_whole_journal_passes_and_is_written(
    data_dir: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "journal.csv"
    assert run(data_dir, "--check", "--output", str(target)) == 0
    said = capsys.readouterr()
    assert said.out == "3 lines\nEvery line of the journal holds.\n"
    assert said.err == ""
    with target.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, delimiter=";"))
    assert [row[0] for row in rows[1:]] == ["1", "2", "3"]
    assert run(data_dir) == 0
    assert capsys.readouterr().out == "4 lines\n"  # the export


def test_what_does_not_hold_is_told(data_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = sqlite3.connect(data_dir / "register.sqlite")
    other.executescript(
        "DROP TRIGGER change_is_append_only_update; DROP TRIGGER change_is_append_only_delete;"
        "UPDATE change SET reason = 'x' WHERE sequence = 2; DELETE FROM change WHERE sequence = 3;"
    )
    other.commit()
    other.close()
    assert run(data_dir, "--check") == REFUSED
    said = capsys.readouterr().err.splitlines()
    assert said[0] == "The journal was altered with another program at line 2."
    assert "nothing is left from line 3 on" in said[1]
    assert len(said) == 2
