"""A register for the tests of the exchange."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.exchange.desk import Desk

from avrr_desktop.core.clock import FixedClock
from avrr_desktop.paths import paths_in
from avrr_desktop.services.records import Records
from avrr_desktop.services.register import create_register


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    clock = FixedClock(datetime(2023, 7, 5, 9, 30, tzinfo=UTC))
    register = create_register(paths_in(tmp_path / "data"), clock, is_demo=True)
    yield Desk(register, Records(register), tmp_path)
    register.close()
