import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from tempfile import mkdtemp

import pytest

from avrr_desktop.core.clock import FixedClock
from avrr_desktop.core.periods import Period, parse_period
from avrr_desktop.paths import paths_in
from avrr_desktop.services.register import Register, create_register, open_register

NewRegister = Callable[[], Register]


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(datetime(2023, 7, 18, 16, 20, tzinfo=UTC))


@pytest.fixture(scope="session")
def period() -> Period:
    return parse_period("2023-S1")


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of an empty register, to be copied."""
    paths = paths_in(tmp_path_factory.mktemp("empty"))
    made = create_register(paths, FixedClock(datetime(2022, 1, 1, tzinfo=UTC)), is_demo=True)
    made.close()
    return paths.register


@pytest.fixture
def new_register(empty: Path, tmp_path: Path, clock: FixedClock) -> Iterator[NewRegister]:
    """Makes an empty register in place of the one before it; in memory, where there is room."""
    opened: list[Register] = []
    memory = Path("/dev/shm")
    folder = Path(mkdtemp(dir=memory if memory.is_dir() else tmp_path))
    paths = paths_in(folder / "register")

    def make() -> Register:
        for one in opened:
            one.close()
        opened.clear()
        shutil.rmtree(paths.data_dir, ignore_errors=True)
        paths.data_dir.mkdir(parents=True)
        shutil.copy(empty, paths.register)
        opened.append(open_register(paths, clock))
        return opened[0]

    yield make
    for one in opened:
        one.close()
    shutil.rmtree(folder)


@pytest.fixture
def register(new_register: NewRegister) -> Register:
    return new_register()
