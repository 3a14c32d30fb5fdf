import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from shutil import copytree
from zipfile import ZipFile

import pytest

from avrr_desktop.core.clock import FixedClock
from avrr_desktop.core.labels import Language
from avrr_desktop.core.periods import Period, parse_period
from avrr_desktop.core.translation import load_catalogues
from avrr_desktop.paths import paths_in, resources_dir
from avrr_desktop.services.closing.closings import close
from avrr_desktop.services.demo import write_demo
from avrr_desktop.services.proof.proof import Proof, write_proof
from avrr_desktop.services.register import Register, open_register

CLOCK = FixedClock(datetime(2023, 7, 18, 16, 20, tzinfo=UTC))
S1 = parse_period("2023-S1")
PERSONS = 700


@pytest.fixture(autouse=True)
def _speaks() -> None:
    load_catalogues(resources_dir() / "i18n")


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a small demonstration register with 2023-S1 closed, to be copied."""
    folder = tmp_path_factory.mktemp("proof") / "register"
    clock = FixedClock(datetime(2025, 3, 3, 9, tzinfo=UTC))
    register = write_demo(paths_in(folder), clock, persons=PERSONS)
    close(register, register.local_actor, S1, "dates expected")
    register.close()
    return folder


@pytest.fixture
def register(made: Path, tmp_path: Path) -> Iterator[Register]:
    folder = tmp_path / "register"
    copytree(made, folder)
    opened = open_register(paths_in(folder), FixedClock(datetime(2025, 3, 4, 9, tzinfo=UTC)))
    yield opened
    opened.close()


def pack_of(
    register: Register, folder: Path, language: Language = Language.FR, period: Period = S1
) -> tuple[Path, Proof]:
    """The folder a pack was unpacked in."""
    path = folder / "pack.zip"
    proof = write_proof(register, register.local_actor, period, path, language)
    unpacked = folder / "pack"
    with ZipFile(path) as archive:
        archive.extractall(unpacked)
    return unpacked, proof


def checked(*words: object) -> tuple[int, str]:
    """The checker run by a bare interpreter: its exit code and what it said."""
    command = [sys.executable, "-I", "-S", *map(str, words)]
    done = subprocess.run(command, capture_output=True, check=False)
    assert not done.stderr, done.stderr.decode()
    return done.returncode, done.stdout.decode("utf-8")
