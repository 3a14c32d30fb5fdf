from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from avrr_desktop.core.actors import Actor
from avrr_desktop.core.clock import FixedClock
from avrr_desktop.paths import paths_in
from avrr_desktop.services.drafts import Draft
from avrr_desktop.services.records import Records
from avrr_desktop.services.register import Register, create_register

TODAY = date(2023, 7, 5)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(datetime(2023, 7, 5, 10, tzinfo=UTC))


@pytest.fixture
def register(tmp_path: Path, clock: FixedClock) -> Iterator[Register]:
    opened = create_register(paths_in(tmp_path / "register"), clock, is_demo=False)
    yield opened
    opened.close()


@pytest.fixture
def records(register: Register) -> Records:
    return Records(register)


@pytest.fixture
def actor(register: Register) -> Actor:
    return register.local_actor


CONSENT = {
    "given_on": date(2023, 2, 14),
    "form": "written",
    "purposes": ("return", "partner_sharing", "statistics"),
}


def person_draft(new_id: str = "a" * 32, **values: object) -> Draft:
    """An invented person with a consent."""
    return Draft(
        "person",
        {
            "family_name": "KONÉ",
            "given_name": "Aïcha",
            "sex": "woman",
            "birth_typed": "07/09/1993",
            "nationality": "CI",
            "consent": (CONSENT,),
            **values,
        },
        new_id=new_id,
    )


def registration_draft(person_id: str = "a" * 32, **values: object) -> Draft:
    """A registration of the invented person."""
    return Draft(
        "registration",
        {
            "person_id": person_id,
            "office": "RBA",
            "contacted_on": date(2023, 2, 4),
            "registered_on": date(2023, 2, 14),
            "channel": "word_of_mouth",
            **values,
        },
    )
