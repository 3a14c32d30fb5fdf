"""One demonstration register a run, only to be read; an empty one a test to write in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from avrr_desktop.core.actors import Actor
from avrr_desktop.core.clock import FixedClock
from avrr_desktop.core.translation import load_catalogues
from avrr_desktop.paths import paths_in, resources_dir
from avrr_desktop.services.demo import write_demo
from avrr_desktop.services.register import Register, create_register

CLOCK = FixedClock(datetime(2024, 1, 8, 10, tzinfo=UTC))


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    register = write_demo(paths_in(tmp_path_factory.mktemp("demo") / "register"), CLOCK)
    yield register
    register.close()


@pytest.fixture
def register(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    paths = paths_in(tmp_path_factory.mktemp("empty") / "register")
    opened = create_register(paths, CLOCK, is_demo=False)
    yield opened
    opened.close()


@pytest.fixture
def actor(register: Register) -> Actor:
    return register.local_actor


@pytest.fixture(autouse=True)
def _catalogues() -> None:
    load_catalogues(resources_dir() / "i18n")
