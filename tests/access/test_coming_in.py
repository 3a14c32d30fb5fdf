"""The command line and protected registers: the real program, its password piped in."""

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import select
from tests.access.conftest import AMINA

from avrr_desktop import cli
from avrr_desktop.core.clock import FixedClock
from avrr_desktop.db.tables import CHANGE
from avrr_desktop.paths import Paths
from avrr_desktop.services.access.entering import enter
from avrr_desktop.services.access.protecting import Protected
from avrr_desktop.services.register import Register, create_register, open_register

PERIOD = ["--period", "2023-S1"]


def run(arguments: list[str], clock: FixedClock, typed: str | None = None) -> int:
    before = sys.stdin
    sys.stdin = io.StringIO("" if typed is None else typed + "\n")
    try:
        return cli.main(arguments, clock)
    finally:
        sys.stdin = before


def test_a_password_piped_in_opens(
    paths: Paths, clock: FixedClock, register: Register, capsys: pytest.CaptureFixture[str]
) -> None:
    where = ["summary", "--data-dir", str(paths.data_dir), *PERIOD]
    assert run([*where, "--password-stdin"], clock, AMINA.password) == 0
    assert "2023" in capsys.readouterr().out
    with register.database.reading() as connection:
        lines = connection.execute(select(CHANGE.c.action, CHANGE.c.actor_name)).all()
    assert [tuple(line) for line in lines] == [("log_in", "Amina Testeuse")]


def test_wrong_passwords_are_refused_and_told_at_the_next_entry(
    paths: Paths, clock: FixedClock, register: Register, capsys: pytest.CaptureFixture[str]
) -> None:
    where = ["summary", "--data-dir", str(paths.data_dir), *PERIOD, "--password-stdin"]
    assert run([*where, "--user", "amina"], clock, "autre phrase") == 1
    assert run([*where, "--user", "karim"], clock, AMINA.password) == 1
    said = capsys.readouterr()
    assert (said.out, said.err.count("\n")) == ("", 2)
    assert "autre phrase" not in said.err
    assert run(where, clock, AMINA.password) == 0
    with register.database.reading() as connection:
        lines = connection.execute(select(CHANGE.c.action, CHANGE.c.actor_id)).all()
    assert [tuple(line) for line in lines] == [
        ("log_in_failed", "local"),
        ("log_in_failed", "nobody"),
        ("log_in", "local"),
    ]
    assert not paths.attempts.exists()


def test_nobody_at_the_terminal_is_refused_at_once(
    paths: Paths, clock: FixedClock, register: Register, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["summary", "--data-dir", str(paths.data_dir), *PERIOD], clock) == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_an_open_register_of_real_people_is_not_read(
    paths: Paths, clock: FixedClock, capsys: pytest.CaptureFixture[str]
) -> None:
    create_register(paths, clock, is_demo=False).close()
    assert run(["summary", "--data-dir", str(paths.data_dir), *PERIOD], clock) == 1
    assert "protect" in capsys.readouterr().err


@pytest.mark.parametrize("was_open", [False, True])
def test_protect_creates_or_encrypts_and_prints_the_recovery_key(
    paths: Paths, clock: FixedClock, capsys: pytest.CaptureFixture[str], was_open: bool
) -> None:
    if was_open:
        create_register(paths, clock, is_demo=False).close()
    where = ["protect", "--data-dir", str(paths.data_dir), "--name", "Nadia Essai"]
    assert run([*where, "--user", "nadia", "--password-stdin"], clock, "phrase de passe") == 0
    assert capsys.readouterr().out.count("-") == 8
    access = enter(paths, clock, "nadia", "phrase de passe")
    assert access.header.slots[0].cost.memory >= 64 * 1024
    open_register(paths, clock, access).close()


@pytest.mark.slow
def test_the_password_is_in_no_argument_and_no_environment(
    paths: Paths, protected: Protected, tmp_path: Path
) -> None:
    protected.register.close()
    command = [sys.executable, "-m", "avrr_desktop", "summary", *PERIOD]
    done = subprocess.run(
        [*command, "--data-dir", str(paths.data_dir), "--password-stdin"],
        input=AMINA.password + "\n",
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": "src"},
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
