from dataclasses import replace
from datetime import date

import pytest
from tests.services.conftest import CONSENT, person_draft, registration_draft

from avrr_desktop.activities import ACTIVITIES
from avrr_desktop.core.actors import Actor
from avrr_desktop.core.labels import Language
from avrr_desktop.services.drafts import Draft
from avrr_desktop.services.lists import (
    Age,
    Filter,
    ListQuery,
    PersonName,
    columns_of,
    count,
    filters_of,
    ids,
    orders,
    page,
    rows,
)
from avrr_desktop.services.records import Records
from avrr_desktop.services.register import Register

PEOPLE = (
    ("KONÉ", "Aïcha", "woman", "07/09/1993", "CI"),
    ("ÉBOUÉ", "Marc", "man", "01/02/1980", "CM"),
    ("DIALLO", "Fatou", "woman", "19/08/2005", "GN"),
    ("BAH", "Issa", "man", None, "GN"),
)


def person_id(place: int) -> str:
    return f"{place:032x}"


@pytest.fixture
def people(register: Register, records: Records, actor: Actor) -> Register:
    drafts = []
    for place, (family, given, sex, birth, nationality) in enumerate(PEOPLE):
        values = {"family_name": family, "given_name": given, "sex": sex, "birth_typed": birth}
        consent = ({**CONSENT, "representative": "KONÉ Issa"},)
        drafts.append(
            person_draft(person_id(place), nationality=nationality, consent=consent, **values)
        )
        drafts.append(registration_draft(person_id(place), registered_on=date(2023, 2, 14 + place)))
    records.save(actor, *drafts)
    return register


@pytest.fixture
def returns(people: Register, records: Records, actor: Actor) -> Register:
    dates: tuple[dict[str, object], ...] = (
        {"departed_on": date(2023, 5, 24), "country": "CI"},
        {"planned_on": date(2023, 8, 1), "country": "CM"},
        {"departed_on": date(2023, 6, 1), "country": "GN"},
        {"planned_on": date(2023, 6, 2), "country": "GN", "exit_kind": "withdrawn"}
        | {"exit_on": date(2023, 5, 1)},
    )
    drafts = [
        Draft("return_from_morocco", {"person_id": person_id(n), "office": "RBA", **values})
        for n, values in enumerate(dates)
    ]
    records.save(actor, *drafts, confirm_all="test")
    return people


def families(register: Register, query: ListQuery) -> list[str]:
    names = [row.values["name"] for row in page(register, query).rows]
    return [name.family for name in names if isinstance(name, PersonName)]


def test_persons_come_by_name_without_accents(people: Register) -> None:
    assert families(people, ListQuery("person")) == ["BAH", "DIALLO", "ÉBOUÉ", "KONÉ"]


def test_page_is_cut_but_total_is_whole(people: Register) -> None:
    found = page(people, ListQuery("person", offset=1, limit=2))
    assert [row.id for row in found.rows] == [person_id(2), person_id(1)]
    assert found.total == 4


def test_events_come_latest_first_and_undated_last(returns: Register) -> None:
    assert families(returns, ListQuery("return_from_morocco"))[:2] == ["DIALLO", "KONÉ"]


def test_sort_by_term_follows_the_labels_read(returns: Register) -> None:
    query = ListQuery("return_from_morocco", sort=("country", False), language=Language.FR)
    assert [row.values["country"] for row in page(returns, query).rows] == ["CM", "CI", "GN", "GN"]


@pytest.mark.parametrize("persons_a_row", [0, 1, 10])
@pytest.mark.parametrize("descending", [False, True])
def test_pages_by_nationality_are_cut_from_the_whole_order(
    people: Register, monkeypatch: pytest.MonkeyPatch, *, descending: bool, persons_a_row: int
) -> None:
    monkeypatch.setattr(orders, "_PERSONS_A_ROW", persons_a_row)
    query = ListQuery("registration", sort=("nationality", descending))
    whole = ids(people, query)
    shown = [row.values["nationality"] for row in page(people, query).rows]
    assert shown == (["GN", "GN", "CI", "CM"] if descending else ["CM", "CI", "GN", "GN"])
    for offset in range(5):
        for limit in range(1, 6):
            cut = page(people, replace(query, offset=offset, limit=limit))
            assert tuple(row.id for row in cut.rows) == whole[offset : offset + limit]
            assert cut.total == 4


def test_group_and_age_are_those_of_the_event(people: Register) -> None:
    diallo = next(
        row for row in page(people, ListQuery("registration")).rows if row.person_id == person_id(2)
    )
    assert (diallo.values["group"], diallo.values["age"]) == ("girls", Age(17, 17))


def test_group_filter_agrees_with_the_groups_shown(people: Register) -> None:
    shown = page(people, ListQuery("registration")).rows
    for group in ("men", "women", "boys", "girls", "undetermined"):
        query = ListQuery("registration", filters=(Filter("group", (group,)),))
        expected = {row.id for row in shown if row.values["group"] == group}
        assert set(ids(people, query)) == expected


def test_state_filter_keeps_derived_states(returns: Register) -> None:
    query = ListQuery("return_from_morocco", filters=(Filter("state", ("planned",)),))
    assert families(returns, query) == ["ÉBOUÉ"]
    assert count(returns, query) == 1


def test_sort_by_state_follows_its_list(returns: Register) -> None:
    found = page(returns, ListQuery("return_from_morocco", sort=("state", False))).rows
    assert sorted(str(row.values["state"]) for row in found) == [
        "departed",
        "departed",
        "planned",
        "withdrawn",
    ]
    order = [term.code for term in returns.vocabularies.terms("return_state")]
    places = [order.index(str(row.values["state"])) for row in found]
    assert places == sorted(places)


def test_dates_filter_by_both_ends(returns: Register) -> None:
    wanted = Filter("departed_on", first=date(2023, 5, 24), last=date(2023, 5, 31))
    assert families(returns, ListQuery("return_from_morocco", filters=(wanted,))) == ["KONÉ"]


def test_not_stated_is_a_filter(people: Register) -> None:
    query = ListQuery("registration", filters=(Filter("reason", ("",)),))
    assert count(people, query) == 4


def test_nationality_of_the_person_filters_events(people: Register) -> None:
    query = ListQuery("registration", filters=(Filter("nationality", ("GN",)),))
    assert sorted(families(people, query)) == ["BAH", "DIALLO"]


def test_text_finds_as_the_search_box_does(people: Register) -> None:
    assert families(people, ListQuery("registration", text="kone ai")) == ["KONÉ"]
    assert families(people, ListQuery("person", text="nobody at all")) == []
    assert families(people, ListQuery("person", text="!")) == []


def test_cases_show_their_head_and_members(
    people: Register, records: Records, actor: Actor
) -> None:
    members = tuple(
        {"person_id": person_id(n), "place": place, "from_on": date(2023, 2, 14), "to_on": left}
        for n, place, left in (
            (1, "child", None),
            (0, "head", None),
            (2, "child", date(2023, 3, 1)),
        )
    )
    values = {"office": "RBA", "opened_on": date(2023, 2, 14), "membership": members}
    records.save(actor, Draft("case_file", values))
    (row,) = page(people, ListQuery("case_file")).rows
    assert row.values["members"] == 2
    assert row.values["name"] == PersonName("KONÉ", "Aïcha")
    assert count(people, ListQuery("case_file", text="kone")) == 1
    assert count(people, ListQuery("case_file", text="bah")) == 0


def test_deleted_rows_leave_the_list(returns: Register, records: Records, actor: Actor) -> None:
    records.delete(actor, "person", person_id(0), "double")
    assert "KONÉ" not in families(returns, ListQuery("person"))
    assert "KONÉ" not in families(returns, ListQuery("return_from_morocco"))
    assert rows(returns, "person", (person_id(0),)) == ()


@pytest.mark.parametrize("key", ["person", "case_file", *(a.key for a in ACTIVITIES)])
def test_every_column_sorts_and_filters(returns: Register, key: str) -> None:
    whole = sorted(ids(returns, ListQuery(key)))
    for column in columns_of(key):
        for descending in (False, True):
            assert sorted(ids(returns, ListQuery(key, sort=(column.key, descending)))) == whole
    for column in filters_of(key):
        wanted = Filter(column.key, ("",) if column.vocabulary else (), date(2020, 1, 1))
        assert count(returns, ListQuery(key, filters=(wanted,))) <= len(whole)


def test_limit_gives_the_first_of_the_same_order(
    returns: Register, records: Records, actor: Actor
) -> None:
    for sort in (None, ("name", True), ("country", False), ("group", True)):
        query = ListQuery("return_from_morocco", sort=sort)
        assert ids(returns, query, 2) == ids(returns, query)[:2]
