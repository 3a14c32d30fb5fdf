from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, StaticPool, create_engine
from sqlmodel import SQLModel

from avrr_desktop.core.vocabularies import Vocabularies, read_vocabularies

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
