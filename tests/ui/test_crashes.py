"""A report of a crash is told once, at the next start."""

from pathlib import Path

from avrr_desktop.log import write_crash_file
from avrr_desktop.ui.shell.crashes import tell_crashes


def test_a_report_is_told_once(tmp_path: Path) -> None:
    said: list[str] = []
    tell_crashes(tmp_path / "missing", said.append)
    assert not said
    write_crash_file(tmp_path, "ValueError on MainThread")
    tell_crashes(tmp_path, said.append)
    tell_crashes(tmp_path, said.append)
    assert len(said) == 1
    assert str(tmp_path) in said[0]
    assert len(list(tmp_path.glob("*.told"))) == 1
