"""One percent of the long run of broken files."""

import subprocess
import sys

import pytest


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="no limit on the memory of a process")
def test_broken_files_are_read_or_refused() -> None:
    """In a process of its own, whose memory is bounded."""
    command = [sys.executable, "-m", "tests.survival.fuzzing"]
    sizes = ["--workbooks", "100", "--registers", "10"]
    done = subprocess.run([*command, *sizes], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    assert "100 workbooks and 10 registers, all read or refused" in done.stdout
