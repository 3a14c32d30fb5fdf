"""``move`` and ``continue``, and a file in the place of a command: the program as it is called."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest
from tests.access.conftest import AMINA
from tests.moving.conftest import KARIM, Filled, continued, reopened
from tests.moving.test_moving import actions

from avrr_desktop import app, cli
from avrr_desktop.core.clock import FixedClock
from avrr_desktop.move_commands import split_file
from avrr_desktop.paths import Paths
from avrr_desktop.ui.shell.alone import Alone


def run(words: list[str], clock: FixedClock, password: str = AMINA.password) -> int:
    before = sys.stdin
    sys.stdin = io.StringIO(password + "\n")
    try:
        return cli.main([*words, "--password-stdin"], clock)
    finally:
        sys.stdin = before


def test_from_one_folder_to_the_other(
    filled: Filled, new: Paths, clock: FixedClock, capsys: pytest.CaptureFixture[str]
) -> None:
    paths = filled.register.paths
    filled.register.close()
    file = paths.data_dir.parent / "f.avrr"
    old = ["--data-dir", str(paths.data_dir), "--user", "amina"]
    there = ["--data-dir", str(new.data_dir), "--user", "amina"]
    assert run(["move", *old, "--output", str(file), "--with-backups"], clock) == 0
    assert "3" in capsys.readouterr().out
    assert run(["continue", *there, str(file)], clock) == 0
    assert "3" in capsys.readouterr().out
    figures = []
    for where in (old, there):
        shape = ["--period", "2023-S1", "--format", "json"]
        assert run(["summary", *where, *shape], clock) == 0
        figures.append(json.loads(capsys.readouterr().out)["cells"])
    assert figures[0] == figures[1] != []
    register = reopened(new, clock)
    assert actions(register)[-4:] == ["continue", "backup", "log_in", "log_in"]
    register.close()


def test_what_is_here_is_replaced_only_when_one_says_so(
    filled: Filled, moved: Path, new: Paths, clock: FixedClock, capsys: pytest.CaptureFixture[str]
) -> None:
    from tests.backups.conftest import add_person

    register = continued(new, clock, moved)
    add_person(register, 9)
    register.close()
    words = ["continue", "--data-dir", str(new.data_dir), "--user", "amina", str(moved)]
    assert run(words, clock) == 1
    assert "--replace" in capsys.readouterr().err
    assert not new.incoming.exists()
    assert run([*words, "--replace"], clock) == 1
    assert capsys.readouterr().err.count("\n") == 1
    assert not new.incoming.exists()
    assert run([*words, "--replace", "--accept-loss"], clock) == 0


@pytest.mark.parametrize("wrong", ["password", "user", "file", "missing", "role"])
def test_refusals_are_one_sentence_and_leave_nothing(
    wrong: str, filled: Filled, moved: Path, new: Paths, capsys: pytest.CaptureFixture[str]
) -> None:
    clock = filled.register.clock
    assert isinstance(clock, FixedClock)
    if wrong == "file":
        moved.write_bytes(moved.read_bytes()[:-1])
    if wrong == "missing":
        moved = moved.with_name("none.avrr")
    if wrong == "role":
        where = ["--data-dir", str(filled.register.paths.data_dir), "--user", KARIM[0]]
        target = moved.with_name("karim.avrr")
        assert run(["move", *where, "--output", str(target)], clock, KARIM[1]) == 1
        assert not target.exists()
    else:
        user = [] if wrong == "user" else ["--user", "amina"]
        password = "pas celle-ci" if wrong == "password" else AMINA.password
        where = ["continue", "--data-dir", str(new.data_dir), *user, str(moved)]
        assert run(where, clock, password) == 1
    said = capsys.readouterr()
    assert (said.out, said.err.count("\n")) == ("", 1)
    assert not new.register.exists()
    assert not new.incoming.exists()


def test_a_window_on_the_register_keeps_it(
    moved: Path, new: Paths, clock: FixedClock, capsys: pytest.CaptureFixture[str]
) -> None:
    new.data_dir.mkdir()
    window = Alone(new)
    assert window.take() is None
    words = ["continue", "--data-dir", str(new.data_dir), "--user", "amina", str(moved)]
    assert run(words, clock) == 1
    window.release()
    assert not new.register.exists()


@pytest.mark.parametrize(
    ("words", "left", "file"),
    [
        (["F.avrr"], [], "F.avrr"),
        (["--data-dir", "D", "my file.AVRR"], ["--data-dir", "D"], "my file.AVRR"),
        (["--data-dir=D", "F.avrr"], ["--data-dir=D"], "F.avrr"),
        (["--data-dir", "D.avrr"], ["--data-dir", "D.avrr"], None),
        (["continue", "F.avrr"], ["continue", "F.avrr"], None),
        (["move", "--output", "F.avrr"], ["move", "--output", "F.avrr"], None),
        ([], [], None),
    ],
)
def test_a_file_stands_where_a_command_would(
    words: list[str], left: list[str], file: str | None
) -> None:
    assert split_file(words) == (left, Path(file) if file else None)


def test_the_window_is_given_the_file(
    new: Paths, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[object] = []

    def run_window(*words: object) -> int:
        given.extend(words)
        return 0

    monkeypatch.setattr(app, "run_window", run_window)
    assert cli.main(["--data-dir", str(new.data_dir), "F.avrr"], clock) == 0
    assert given[2] == Path("F.avrr")
    assert cli.main(["--data-dir", str(new.data_dir)], clock) == 0
    assert given[5] is None
