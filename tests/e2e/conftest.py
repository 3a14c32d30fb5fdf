"""One demonstration register a run; a test that writes gets its own copy."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from avrr_desktop.core.clock import FixedClock
from avrr_desktop.core.translation import load_catalogues
from avrr_desktop.paths import Paths, paths_in, resources_dir
from avrr_desktop.services.demo import write_demo
from avrr_desktop.services.register import Register, open_register

LATER = FixedClock(datetime(2024, 1, 8, 10, tzinfo=UTC))


@pytest.fixture(scope="session")
def demo_paths(tmp_path_factory: pytest.TempPathFactory) -> Paths:
    paths = paths_in(tmp_path_factory.mktemp("demo") / "register")
    write_demo(paths, LATER).close()
    return paths


@pytest.fixture(scope="session")
def demo(demo_paths: Paths) -> Iterator[Register]:
    """The demonstration register, only to be read."""
    register = open_register(demo_paths, LATER)
    yield register
    register.close()


@pytest.fixture
def copied(demo_paths: Paths, tmp_path: Path) -> Paths:
    """A copy to write in."""
    shutil.copytree(demo_paths.data_dir, tmp_path / "register")
    return paths_in(tmp_path / "register")


@pytest.fixture(autouse=True)
def _catalogues() -> None:
    load_catalogues(resources_dir() / "i18n")
