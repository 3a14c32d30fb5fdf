"""A register with a family whose time of keeping is over, and somebody whose time is not."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from avrr_desktop.core.clock import FixedClock
from avrr_desktop.paths import paths_in
from avrr_desktop.services.drafts import Draft
from avrr_desktop.services.records import Records
from avrr_desktop.services.register import Register, create_register

HEAD, CHILD, OTHER, CASE, RETURN = (letter * 32 for letter in "abcde")
CONSENT = {
    "given_on": date(2012, 2, 14),
    "form": "written",
    "purposes": ("return", "partner_sharing", "statistics"),
    "representative": "ZOUNGRANA Barnabé",
}
# At least eight letters each: shorter ones are found anywhere.
NAMES = (
    "ZOUNGRANA",
    "Perpétue",
    "Théophraste",
    "Barnabé",
    "QX7788990",
    "0661204817",
    "Ouagadougou-Sud",
)


def person(new_id: str, **values: object) -> Draft:
    return Draft(
        "person",
        {
            "family_name": "ZOUNGRANA",
            "sex": "woman",
            "nationality": "BF",
            "consent": (CONSENT,),
            **values,
        },
        new_id=new_id,
    )


def _family() -> tuple[Draft, ...]:
    members = tuple(
        {"person_id": who, "place": place, "from_on": date(2012, 2, 14)}
        for who, place in ((HEAD, "head"), (CHILD, "child"))
    )
    whose = {"case_id": CASE, "office": "RBA"}
    return (
        person(
            HEAD,
            given_name="Perpétue",
            birth_typed="07/09/1985",
            occupation="Couturière à Ouagadougou-Sud",
            document=({"kind": "passport", "number": "QX7788990"},),
            phone=({"number": "0661204817"},),
            external_number=({"system": "mimosa_case", "value": "QX7788990"},),
            vulnerability=({"code": "single_parent", "from_on": date(2012, 2, 14)},),
        ),
        person(CHILD, given_name="Théophraste", sex="man", birth_typed="05/2003"),
        Draft(
            "case_file",
            {
                "office": "RBA",
                "opened_on": date(2012, 2, 14),
                "closed_on": date(2012, 12, 1),
                "membership": members,
                "remarks": "Famille Perpétue ZOUNGRANA",
            },
            new_id=CASE,
        ),
        *(
            Draft(
                "registration",
                {
                    **whose,
                    "person_id": who,
                    "contacted_on": date(2012, 2, 4),
                    "registered_on": date(2012, 2, 14),
                    "channel": "word_of_mouth",
                },
            )
            for who in (HEAD, CHILD)
        ),
        Draft(
            "return_from_morocco",
            {**whose, "person_id": HEAD, "country": "BF", "departed_on": date(2012, 5, 24)},
            new_id=RETURN,
        ),
    )


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(datetime(2012, 6, 1, 10, tzinfo=UTC))


@pytest.fixture
def register(tmp_path: Path, clock: FixedClock) -> Iterator[Register]:
    opened = create_register(paths_in(tmp_path / "register"), clock, is_demo=True)
    clock.instant = datetime(2013, 1, 10, 10, tzinfo=UTC)
    records = Records(opened)
    records.save(opened.local_actor, *_family(), confirm_all="test")
    records.save(
        opened.local_actor,
        person(
            OTHER,
            family_name="Autre",
            given_name="Aminata",
            birth_typed="1990",
            consent=({**CONSENT, "representative": "Autre Awa"},),
        ),
        confirm_all="test",
    )
    clock.instant = datetime(2023, 3, 1, 10, tzinfo=UTC)
    yield opened
    opened.close()
