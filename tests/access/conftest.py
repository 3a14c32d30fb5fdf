"""A protected register that opens fast: its passwords cost next to nothing to try."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from avrr_desktop.core.clock import FixedClock
from avrr_desktop.paths import Paths, paths_in
from avrr_desktop.services.access.protecting import FirstUser, Protected, create_protected
from avrr_desktop.services.register import Register
from avrr_desktop.vault import Cost

CHEAP = Cost(1, 8, 1)
AMINA = FirstUser("Amina Testeuse", "amina", "phrase de passe")


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(datetime(2023, 7, 5, 10, tzinfo=UTC))


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return paths_in(tmp_path / "data")


@pytest.fixture
def protected(paths: Paths, clock: FixedClock) -> Iterator[Protected]:
    made = create_protected(paths, clock, AMINA, CHEAP)
    yield made
    made.register.close()


@pytest.fixture
def register(protected: Protected) -> Register:
    return protected.register
