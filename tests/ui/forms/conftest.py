"""A family in the register, and pages made by route."""

from __future__ import annotations

from datetime import date

import pytest

from avrr_desktop.core.actors import Actor
from avrr_desktop.services.drafts import Draft
from avrr_desktop.services.records import Records

CASE = "c" * 32
MEMBERS = (
    ("1", "Mamadou", "man", "12/03/1994", "head"),
    ("2", "Fatoumata", "woman", "1996", "spouse"),
    ("3", "Ibrahima", "man", "05/06/2015", "child"),
    ("4", "Mariama", "woman", "~5", "child"),
    ("5", "Aboubacar", "man", "08/2021", "child"),
)


def person_id(digit: str) -> str:
    return digit * 32


@pytest.fixture
def family(records: Records, actor: Actor) -> str:
    """The id of the case of five persons called DIALLO, registered on 03/05/2023."""
    day = date(2023, 5, 3)
    persons = [
        Draft(
            "person",
            {
                "family_name": "DIALLO",
                "given_name": given,
                "sex": sex,
                "birth_typed": birth,
                "nationality": "GN",
                "document": ({"kind": "passport", "number": f"R 012345{digit}"},),
                "consent": (
                    {
                        "given_on": day,
                        "form": "written",
                        "purposes": ("return", "partner_sharing"),
                        "representative": "DIALLO Mamadou",
                    },
                ),
            },
            new_id=person_id(digit),
        )
        for digit, given, sex, birth, _ in MEMBERS
    ]
    lines = tuple(
        {"person_id": person_id(digit), "place": place, "from_on": day}
        for digit, _, _, _, place in MEMBERS
    )
    case = Draft("case_file", {"office": "RBA", "opened_on": day, "membership": lines}, new_id=CASE)
    registrations = [
        Draft(
            "registration",
            {
                "person_id": person_id(digit),
                "case_id": CASE,
                "office": "RBA",
                "contacted_on": date(2023, 4, 20),
                "registered_on": day,
                "channel": "word_of_mouth",
            },
        )
        for digit, *_ in MEMBERS
    ]
    records.save(actor, *persons, case, *registrations)
    return CASE
