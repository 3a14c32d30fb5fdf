"""Template, filled in, imported, exported: the same values, for every activity and language."""

from __future__ import annotations

import pytest
from tests.exchange.desk import Desk
from tests.exchange.filling import Cells, day, fill, lines_of, read, worded

from avrr_desktop.activities import ACTIVITIES
from avrr_desktop.core.labels import Language
from avrr_desktop.core.specs import Activity
from avrr_desktop.services.exchange import export_nominal, write_template
from avrr_desktop.services.exchange.columns import LINE_KEY, sheets_of
from avrr_desktop.services.exchange.plan import Verdict

FIRST = {"office": "RBA", "remarks": "+212 n'est pas un calcul\nni =1+1"}
EVENTS: dict[str, tuple[Cells, ...]] = {
    "registration": (
        {
            **FIRST,
            "person.family_name": "KONÉ",
            "person.given_name": "Aïcha",
            "person.family_name_ar": "كوني",
            "person.sex": "woman",
            "person.birth_typed": "12/03/1994",
            "person.nationality": "CI",
            "person.city": "rabat",
            "person.languages": ("arabic", "french"),
            "document.kind": "passport",
            "document.number": "R0123456",
            "document.country": "CI",
            "document.expires_on": day("2028-01-31"),
            "phone.number": "+212 6 00 00 00 01",
            "membership.place": "head",
            "consent.given_on": day("2023-02-01"),
            "consent.form": "written",
            "consent.purposes": ("partner_sharing", "return", "statistics"),
            "contacted_on": day("2023-02-01"),
            "registered_on": day("2023-02-03"),
            "channel": "partner_referral",
            "partner": "anapec",
            "family_key": "F1",
        },
        {
            **FIRST,
            "person.family_name": "KONÉ",
            "person.given_name": "@Moussa",
            "person.sex": "man",
            "person.birth_typed": "2015",
            "person.nationality": "CI",
            "membership.place": "child",
            "consent.given_on": day("2023-02-01"),
            "consent.form": "written",
            "consent.representative": "KONÉ Aïcha",
            "consent.purposes": ("return", "statistics"),
            "contacted_on": day("2023-02-01"),
            "channel": "word_of_mouth",
            "family_key": "F1",
        },
    ),
    "return_from_morocco": (
        {
            **FIRST,
            "departed_on": day("2023-04-04"),
            "planned_on": day("2023-04-01"),
            "flight": "AT 501",
            "country": "CI",
            "city": "Abidjan",
            "escort": False,
            "allowance": 60050,
            "fund": "iom_morocco",
        },
    ),
    "direct_assistance": (
        {
            **FIRST,
            "given_on": day("2023-03-01"),
            "kind": "voucher",
            "quantity": 2,
            "amount": 60000,
            "currency": "MAD",
            "receipt_number": "000123",
            "receipt_signed": True,
        },
    ),
    "reintegration": (
        {
            **FIRST,
            "return_from_morocco_id": day("2023-04-04"),
            "country": "CI",
            "dimension": "economic",
            "kind": "equipment",
            "fund": "iom_morocco",
            "started_on": day("2023-05-05"),
        },
    ),
    "cash_on_return": (
        {
            **FIRST,
            "return_from_morocco_id": day("2023-04-04"),
            "paid_on": day("2023-04-10"),
            "country": "CI",
            "amount": 123456,
            "currency": "MAD",
        },
    ),
    "return_to_morocco": ({**FIRST, "arrived_on": day("2023-01-20"), "host_country": "FR"},),
    "referral": (
        {
            **FIRST,
            "referred_on": day("2023-05-06"),
            "partner": "anapec",
            "purposes": ("employment", "training"),
        },
    ),
    "resettlement": (
        {**FIRST, "kind": "resettlement", "country": "CA", "departed_on": day("2023-06-01")},
    ),
}
CHILDREN: dict[str, tuple[Cells, ...]] = {
    "vulnerability": ({"code": "health_needs", "from_on": day("2023-01-15")},),
    "delivery": (
        {"delivered_on": day("2023-05-20"), "what": "=machine", "amount": 5000, "currency": "MAD"},
        {"delivered_on": day("2023-06-20"), "what": "Outils"},
    ),
    "visit": ({"visited_on": day("2023-06-25"), "economic_score": 5525, "closes": True},),
}


def said(desk: Desk, language: Language, key: str) -> list[dict[str, object]]:
    """The lines of a sheet as somebody types them in a language."""
    sources = EVENTS.get(key) or CHILDREN[key]
    return [worded(desk.register, language, key, line) for line in sources]


def filled(
    desk: Desk, language: Language, activity: Activity
) -> dict[str, list[dict[str, object]]]:
    """What is typed in the activity's sheets, each line for its person."""
    own, *children = sheets_of(activity)
    lines = {own.key: said(desk, language, own.key)}
    if own.key != "registration":
        person = desk.person("TRAORÉ", "Fanta")
        lines[own.key][0]["person_number"] = desk.number(person)
        if own.key in ("reintegration", "cash_on_return"):
            left = {"country": "CI", "departed_on": day("2023-04-04"), "office": "RBA"}
            desk.save("return_from_morocco", person_id=person, **left)
    for child in children:
        lines[own.key][0][LINE_KEY] = "a"
        lines[child.key] = [{**line, LINE_KEY: "a"} for line in said(desk, language, child.key)]
    return lines


def kept(line: Cells) -> dict[str, object]:
    """What of a typed line the register keeps."""
    places = ("person_number", LINE_KEY, "family_key")
    return {name: value for name, value in line.items() if name not in places and value is not None}


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("activity", ACTIVITIES, ids=lambda activity: activity.key)
def test_template_filled_imported_and_exported_holds_the_same_values(
    desk: Desk, activity: Activity, language: Language
) -> None:
    template, listed = desk.folder / "template.xlsx", desk.folder / "list.xlsx"
    write_template(desk.register, template, language)
    typed = filled(desk, language, activity)
    fill(template, language, typed)

    plan = desk.bring_in(template)
    assert {line.verdict for line in plan.lines} <= {Verdict.NEW, Verdict.CONFIRM}
    export_nominal(desk.register, activity.key, listed, language)

    for key, lines in typed.items():
        again = sorted((kept(line) for line in lines_of(listed, key, language)), key=str)
        assert again == sorted((kept(line) for line in lines), key=str)


@pytest.mark.parametrize("activity", ACTIVITIES, ids=lambda activity: activity.key)
def test_same_file_twice_adds_nothing(desk: Desk, activity: Activity) -> None:
    template = desk.folder / "template.xlsx"
    write_template(desk.register, template, Language.FR)
    fill(template, Language.FR, filled(desk, Language.FR, activity))
    desk.bring_in(template)
    again = desk.plan(template)
    assert not again.drafts
    assert {line.verdict for line in again.lines} == {Verdict.UNCHANGED}


@pytest.mark.parametrize("activity", ACTIVITIES, ids=lambda activity: activity.key)
def test_exported_list_brought_back_changes_nothing(desk: Desk, activity: Activity) -> None:
    template, listed = desk.folder / "template.xlsx", desk.folder / "list.xlsx"
    write_template(desk.register, template, Language.FR)
    fill(template, Language.FR, filled(desk, Language.FR, activity))
    desk.bring_in(template)
    export_nominal(desk.register, activity.key, listed, Language.AR)
    again = desk.plan(listed)
    assert not again.drafts
    assert {line.verdict for line in again.lines} == {Verdict.UNCHANGED}


def test_family_key_makes_one_case_of_two_persons(desk: Desk) -> None:
    template, listed = desk.folder / "template.xlsx", desk.folder / "list.xlsx"
    write_template(desk.register, template, Language.EN)
    fill(template, Language.EN, {"registration": said(desk, Language.EN, "registration")})
    desk.bring_in(template)
    export_nominal(desk.register, "registration", listed, Language.EN)
    lines = read(listed, "registration", Language.EN)
    assert {line["case_number"] for line in lines} == {"RBA-2023-0001"}
    assert {line["membership.place"] for line in lines} == {"Head of household", "Child"}
    assert {line["person_number"] for line in lines} == {"P-000001", "P-000002"}
