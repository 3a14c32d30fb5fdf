"""The trial under wine: how it cuts the tests into pieces and what it counts. No wine is needed."""

from __future__ import annotations

from pathlib import Path

from installer.windows.trial.steps_killed import Moments
from installer.windows.trial.suite import Outcome, pieces, read_report, summary

_REPORT = """<?xml version="1.0" encoding="utf-8"?>
<testsuites><testsuite name="pytest" errors="1" failures="1" skipped="2" tests="6">
<testcase classname="tests.a" name="test_one"/><testcase classname="tests.a" name="test_two"/>
<testcase classname="tests.a" name="test_bad">
<failure message="1 is not 2">trace</failure></testcase>
<testcase classname="tests.a" name="test_torn"><error message="no fixture">trace</error></testcase>
<testcase classname="tests.b" name="test_fork"><skipped message="no fork">x</skipped></testcase>
<testcase classname="tests.b" name="test_rights"><skipped message="no fork">x</skipped></testcase>
</testsuite></testsuites>
"""


def test_every_test_is_in_one_piece(tmp_path: Path) -> None:
    tests = tmp_path / "tests"
    names = ["test_top.py", "ui/test_a.py", "ui/test_b.py", "ui/forms/test_c.py"]
    names += [f"core/test_{number:02}.py" for number in range(8)]
    for name in [*names, "benchmarks/test_slow.py", "core/conftest.py"]:
        (tests / name).parent.mkdir(parents=True, exist_ok=True)
        (tests / name).touch()
    made = pieces([], tests)
    assert sorted(name for piece in made for name in piece) == sorted(f"tests/{n}" for n in names)
    assert [len(piece) for piece in made if "tests/ui/test_a.py" in piece] == [1]
    assert sorted(len(piece) for piece in made if "core" in piece[0]) == [2, 6]


def test_chosen_files_are_pieces_of_their_own() -> None:
    assert pieces(["tests/core", "tests/ui/test_a.py"]) == [
        ("tests/core",),
        ("tests/ui/test_a.py",),
    ]


def test_a_report_is_counted_and_reasons_are_told(tmp_path: Path) -> None:
    path = tmp_path / "report.xml"
    path.write_text(_REPORT, encoding="utf-8")
    whole = Outcome()
    whole.add(read_report(path))
    assert whole.line == "2 passed, 2 failed, 2 skipped"
    told = summary(whole).splitlines()
    assert told[0] == "skipped 2: no fork"
    assert told[1:3] == ["    tests.b::test_fork", "    tests.b::test_rights"]
    assert "FAILED tests.a::test_bad: 1 is not 2" in told


def test_there_are_twenty_moments_to_kill_a_set_up_and_none_is_there_at_first(
    tmp_path: Path,
) -> None:
    folder, data = tmp_path / "AVRR", tmp_path / "data"
    (folder / "version-0.0.9").mkdir(parents=True)
    data.mkdir()
    for name in ("AVRR.exe", "avrr-desktop.exe", "uninstall.exe", "current", "version-0.0.9/a"):
        (folder / name).touch()
    moments = dict(Moments(folder, data, "version-0.0.9", 1, lambda: False).all())
    assert len(moments) == 20
    assert [name for name, is_there in moments.items() if is_there()] == []
    (folder / "new").touch()
    (folder / "new").replace(folder / "current")
    (data / "copy").touch()
    seen = [name for name, is_there in moments.items() if is_there()]
    assert seen == ["the register is being backed up", "the new version is in force"]
