"""Each doubt about a semester is found, counted and opens its records; nothing else is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from random import Random
from typing import Final

import pytest
from sqlalchemy import select
from tests.services.conftest import CONSENT, person_draft, registration_draft

from avrr_desktop.activities import SECTIONS
from avrr_desktop.core.actors import Actor
from avrr_desktop.core.errors import UserError
from avrr_desktop.core.labels import Language
from avrr_desktop.core.periods import parse_period
from avrr_desktop.core.translation import translator
from avrr_desktop.db.publication_tables import DECLARATION
from avrr_desktop.db.tables import CHANGE
from avrr_desktop.services.chain import first_broken
from avrr_desktop.services.declarations import (
    declarations,
    declare_nothing,
    withdraw_declaration,
)
from avrr_desktop.services.drafts import Draft
from avrr_desktop.services.preflight import (
    Doubt,
    Item,
    Preflight,
    Severity,
    looking,
    point_words,
    preflight,
)
from avrr_desktop.services.records import Records
from avrr_desktop.services.register import Register
from avrr_desktop.services.summary import CellKey, Summary, changed, summary_of

PERIOD: Final = parse_period("2023-S1")
SOMEBODY, OTHER = "a" * 32, "b" * 32
RETURN: Final = "1" * 32
Save = Callable[..., None]


@pytest.fixture
def save(records: Records, actor: Actor) -> Save:
    def keep(*drafts: Draft) -> None:
        records.save(actor, *drafts, confirm_all="test")

    return keep


def event(
    activity: str, values: dict[str, object], new_id: str = RETURN, person: str = SOMEBODY
) -> Draft:
    return Draft(activity, {"person_id": person, "office": "RBA", **values}, new_id=new_id)


def balance(section: str) -> Draft:
    values = {
        "section": section,
        "as_of": date(2022, 12, 31),
        "value": 10,
        "source": "report",
        "signed_by": "X",
    }
    return Draft("opening_balance", values)


@pytest.fixture
def clean(register: Register, actor: Actor, save: Save) -> None:
    """A woman registered; both balances; the rest declared empty."""
    save(person_draft(SOMEBODY), registration_draft(SOMEBODY))
    save(balance("returns_from_morocco"), balance("resettlement"))
    for section in SECTIONS:
        if section != "registrations":
            declare_nothing(register, actor, PERIOD, section)


def looked_at(register: Register) -> Preflight:
    return preflight(register, PERIOD, pairs=lambda: ())


def doubts(found: Preflight) -> set[Doubt]:
    return {point.doubt for point in found.points if point.severity is not Severity.IN_ORDER}


def test_a_clean_semester_is_all_in_order(register: Register, clean: None) -> None:
    found = looked_at(register)
    assert {point.doubt for point in found.points} == set(Doubt)
    assert found.of(Severity.IN_ORDER) == found.points
    assert all(point.count == 0 and point.items == () for point in found.points)
    assert found.may_close
    assert found.point(Doubt.NO_CONSENT).among == 1
    assert found.counted.summary.value("registrations", "persons") == 1


def overdue(save: Save) -> None:
    save(event("return_from_morocco", {"country": "CI", "planned_on": date(2023, 5, 2)}))


def vague_birth(save: Save) -> None:
    save(
        person_draft(OTHER, birth_typed="2005", given_name="Salif", sex="man"),
        registration_draft(OTHER),
    )


def unknown_sex(save: Save) -> None:
    save(person_draft("c" * 32, sex=None, given_name="Kofi"), registration_draft("c" * 32))


def no_fund(save: Save) -> None:
    help_given = {"given_on": date(2023, 3, 1), "kind": "food", "modality": "in_kind"}
    save(event("direct_assistance", help_given, "2" * 32))


def long_delay(save: Save) -> None:
    left = {"country": "CI", "departed_on": date(2023, 5, 31), "fund": "iom_morocco"}
    save(event("return_from_morocco", left, "3" * 32))


def no_consent(save: Save) -> None:
    arrived = {"host_country": "FR", "arrived_on": date(2023, 4, 1)}
    save(
        person_draft("d" * 32, given_name="Omar", consent=()),
        event("return_to_morocco", arrived, "4" * 32, "d" * 32),
    )


def withdrawn_consent(save: Save) -> None:
    gone = {**CONSENT, "given_on": date(2023, 3, 1), "withdrawn_on": date(2023, 6, 20)}
    arrived = {"host_country": "FR", "arrived_on": date(2023, 4, 1)}
    save(
        person_draft("e" * 32, given_name="Sekou", consent=(gone,)),
        event("return_to_morocco", arrived, "6" * 32, "e" * 32),
    )


FAULTS: Final[dict[Doubt, tuple[Callable[[Save], None], str, str]]] = {
    Doubt.PLANNED_PAST: (overdue, "return_from_morocco", RETURN),
    Doubt.VAGUE_BIRTHS: (vague_birth, "person", OTHER),
    Doubt.UNKNOWN_SEX: (unknown_sex, "person", "c" * 32),
    Doubt.NO_FUND: (no_fund, "direct_assistance", "2" * 32),
    Doubt.LONG_DELAYS: (long_delay, "person", SOMEBODY),
    Doubt.NO_CONSENT: (no_consent, "person", "d" * 32),
    Doubt.WITHDRAWN_CONSENT: (withdrawn_consent, "person", "e" * 32),
}
BLOCKS: Final = {Doubt.PLANNED_PAST, Doubt.IDENTITIES}


@pytest.mark.parametrize("doubt", FAULTS)
def test_a_fault_is_one_point_that_opens_its_record(
    register: Register, clean: None, save: Save, doubt: Doubt
) -> None:
    fault, record, record_id = FAULTS[doubt]
    fault(save)
    found = looked_at(register)
    point = found.point(doubt)
    assert point.count == 1
    assert [(item.record, item.record_id) for item in point.items] == [(record, record_id)]
    assert point.severity is (Severity.BLOCKING if doubt in BLOCKS else Severity.TO_DECIDE)
    assert found.may_close is (doubt not in BLOCKS)


@pytest.mark.parametrize("seed", range(8))
def test_points_are_exactly_the_faults_made(
    register: Register, clean: None, save: Save, seed: int
) -> None:
    """Whatever the faults, no other point is doubtful but the declarations they contradict."""
    random = Random(seed)
    made = {doubt for doubt in FAULTS if random.random() < 0.5}
    for doubt in sorted(made):
        FAULTS[doubt][0](save)
    found = looked_at(register)
    assert doubts(found) - {Doubt.CONTRADICTED} == made
    for point in found.points:
        assert (point.count == 0) == (point.severity is Severity.IN_ORDER)
    weights = [list(Severity).index(point.severity) for point in found.points]
    assert weights == sorted(weights)


def test_what_is_planned_ahead_or_given_up_is_no_doubt(
    register: Register, clean: None, save: Save
) -> None:
    gone = {"exit_kind": "withdrawn", "exit_on": date(2023, 5, 3), "planned_on": date(2023, 5, 2)}
    save(
        event("return_from_morocco", {"country": "CI", "planned_on": date(2023, 7, 20)}),
        event("return_from_morocco", {"country": "CI", **gone}, "5" * 32),
    )
    assert looked_at(register).point(Doubt.PLANNED_PAST).count == 0


def test_a_vague_birth_that_tells_the_group_is_no_doubt(
    register: Register, clean: None, save: Save
) -> None:
    save(person_draft(OTHER, birth_typed="1980", given_name="Awa"), registration_draft(OTHER))
    assert looked_at(register).point(Doubt.VAGUE_BIRTHS).count == 0


def test_a_consent_given_again_is_no_doubt(register: Register, clean: None, save: Save) -> None:
    gone = {**CONSENT, "given_on": date(2023, 3, 1), "withdrawn_on": date(2023, 6, 20)}
    again = {**CONSENT, "given_on": date(2023, 6, 25)}
    arrived = {"host_country": "FR", "arrived_on": date(2023, 4, 1)}
    save(
        person_draft("e" * 32, given_name="Sekou", consent=(gone, again)),
        event("return_to_morocco", arrived, "6" * 32, "e" * 32),
    )
    assert looked_at(register).point(Doubt.WITHDRAWN_CONSENT).count == 0


def test_pairs_come_from_whoever_finds_them(register: Register, clean: None) -> None:
    pairs = [(OTHER, "c" * 32), (SOMEBODY, OTHER)]
    point = preflight(register, PERIOD, pairs=lambda: pairs).point(Doubt.DUPLICATES)
    assert (point.count, point.touching) == (2, 1)
    assert point.items[0] == Item("person", SOMEBODY, SOMEBODY, OTHER)
    with pytest.raises(KeyError):
        preflight(register, PERIOD).point(Doubt.DUPLICATES)


def test_empty_parts_wait_for_a_declaration(register: Register, actor: Actor, clean: None) -> None:
    withdraw_declaration(register, actor, PERIOD, "resettlement")
    point = looked_at(register).point(Doubt.EMPTY_SECTIONS)
    assert (point.keys, point.severity) == (("resettlement",), Severity.TO_DECIDE)


def test_a_declaration_that_events_contradict_is_told(
    register: Register, clean: None, save: Save
) -> None:
    no_fund(save)
    assert looked_at(register).point(Doubt.CONTRADICTED).keys == ("direct_assistance",)


def test_missing_balances_are_told(register: Register, save: Save) -> None:
    save(balance("resettlement"))
    assert looked_at(register).point(Doubt.NO_OPENING).keys == ("returns_from_morocco",)


def test_broken_identities_block(
    register: Register, clean: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def tampered(*given: object) -> Summary:
        summary = summary_of(*given)  # type: ignore[arg-type]
        return changed(summary, {CellKey("registrations", "persons", None, "men"): 1})

    monkeypatch.setattr(looking, "summary_of", tampered)
    found = looked_at(register)
    assert found.points[0].doubt is Doubt.IDENTITIES
    assert "groups_add_up" in found.points[0].keys
    assert not found.may_close


def test_cancelling_gives_up_between_two_steps(register: Register) -> None:
    class Stop(Exception):
        pass

    told = []

    def stop(done: int, total: int) -> None:
        told.append((done, total))
        if done == 2:
            raise Stop

    with pytest.raises(Stop):
        preflight(register, PERIOD, progress=stop)
    assert told == [(0, 6), (1, 6), (2, 6)]


@pytest.mark.parametrize("language", list(Language))
def test_every_point_has_words(
    register: Register, clean: None, save: Save, language: Language
) -> None:
    say = translator(language)
    calm = {p.doubt: point_words(p, say).title for p in looked_at(register).points}
    for fault, _, _ in FAULTS.values():
        fault(save)
    for point in looked_at(register).points:
        words = point_words(point, say)
        assert words.title
        assert (words.title == calm[point.doubt]) == (point.count == 0)


def test_declaring_is_journalled_and_twice_is_once(register: Register, actor: Actor) -> None:
    for _ in range(2):
        declare_nothing(register, actor, PERIOD, "requests")
    with register.database.reading() as connection:
        assert list(declarations(connection, PERIOD)) == ["requests"]
        lines = connection.execute(
            select(CHANGE).where(CHANGE.c.table_name == DECLARATION.name)
        ).all()
        assert [(x.action, x.record_id) for x in lines] == [("declare", "2023-S1/requests")]
        assert first_broken(connection) is None


def test_a_declaration_is_taken_back_with_a_line(register: Register, actor: Actor) -> None:
    withdraw_declaration(register, actor, PERIOD, "requests")  # there is none: nothing happens
    declare_nothing(register, actor, PERIOD, "requests")
    withdraw_declaration(register, actor, PERIOD, "requests")
    with register.database.reading() as connection:
        assert not declarations(connection, PERIOD)
        actions = connection.execute(
            select(CHANGE.c.action).where(CHANGE.c.table_name == DECLARATION.name)
        ).scalars()
        assert list(actions) == ["declare", "withdraw"]


def test_a_part_with_events_cannot_be_declared_empty(
    register: Register, actor: Actor, clean: None
) -> None:
    with pytest.raises(UserError) as caught:
        declare_nothing(register, actor, PERIOD, "registrations")
    assert caught.value.code == "section_not_empty"
    assert caught.value.values["events"] == 1
