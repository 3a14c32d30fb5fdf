"""The copy of a program that only looked and was killed goes at the next start."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from avrr_desktop.ui.shell.looking import LookingFolder, remove_left

_LOOK = """
import sys
from avrr_desktop.ui.shell.looking import LookingFolder
folder = LookingFolder()
(folder.path / "register.sqlite").write_bytes(b"names")
print(folder.path, flush=True)
sys.stdin.readline()
"""


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return folder


def test_a_killed_copy_goes_and_one_in_use_stays(temporary: Path) -> None:
    mine = LookingFolder()
    other = subprocess.Popen(
        [sys.executable, "-c", _LOOK], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert other.stdout is not None
    left = Path(other.stdout.readline().strip())
    assert left.parent == temporary
    assert remove_left() == 0
    assert left.is_dir()
    other.kill()
    other.communicate()
    assert remove_left() == 1
    assert not left.exists()
    assert mine.path.is_dir()
    mine.remove()
    assert not list(temporary.iterdir())


def test_what_is_not_a_copy_of_ours_is_left_alone(temporary: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    link = temporary / "avrr-look-x"
    try:
        link.symlink_to(elsewhere)
    except OSError:
        pytest.skip("this system lets only some make links")
    if link not in temporary.iterdir():
        pytest.skip("wine does not list a link")
    (temporary / "avrr-else").mkdir()
    assert remove_left() == 0
    assert elsewhere.is_dir()
    assert len(list(temporary.iterdir())) == 2
