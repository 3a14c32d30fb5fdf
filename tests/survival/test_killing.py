"""One percent of the long run of kills."""

import subprocess
import sys

import pytest

MOMENTS = 10


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="the working process is a fork")
def test_every_kill_leaves_a_whole_register() -> None:
    """In a process of its own: one that has threads must not be forked."""
    command = [sys.executable, "-m", "tests.survival.killing", "--moments", str(MOMENTS)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    assert f"{MOMENTS} kills, every one left a whole register" in done.stdout
