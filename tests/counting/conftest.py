from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, StaticPool, create_engine
from sqlmodel import SQLModel
from tests.counting.world import World

from avrr_desktop.core.clock import FixedClock
from avrr_desktop.core.periods import parse_period
from avrr_desktop.core.vocabularies import Vocabularies, read_vocabularies
from avrr_desktop.services.summary import Summary, summary_of

Summarised = Callable[..., Summary]
TODAY = date(2023, 12, 31)

LISTS = Path(__file__).parents[2] / "resources" / "vocabularies"


@pytest.fixture(scope="session")
def vocabularies() -> Vocabularies:
    return Vocabularies(term for terms in read_vocabularies(LISTS).values() for term in terms)


@pytest.fixture(scope="session")
def engine() -> Iterator[Engine]:
    engine = create_engine(
        "sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False}
    )
    SQLModel.metadata.create_all(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def summarised(engine: Engine, vocabularies: Vocabularies) -> Summarised:
    def count(world: World, code: str = "2023-S1", today: date = TODAY) -> Summary:
        clock = FixedClock(datetime(today.year, today.month, today.day, 12, tzinfo=UTC))
        with world.opened(engine) as connection:
            return summary_of(connection, vocabularies, clock, parse_period(code))

    return count
