"""Two files of one person become one, and two again, with nothing lost (rule 12, promise 19)."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select
from sqlmodel import SQLModel
from tests.services.conftest import person_draft, registration_draft

from avrr_desktop.activities import ACTIVITIES
from avrr_desktop.core.actors import Actor
from avrr_desktop.core.errors import Refused, UserError
from avrr_desktop.core.periods import Period, parse_period
from avrr_desktop.people.base import table_of
from avrr_desktop.people.person import Person
from avrr_desktop.services.drafts import Draft
from avrr_desktop.services.history import history_of
from avrr_desktop.services.lists import Filter, ListQuery
from avrr_desktop.services.lists import page as list_page
from avrr_desktop.services.merging import (
    merge,
    merge_effect,
    side_by_side,
    unmerge,
    unmerge_effect,
)
from avrr_desktop.services.person_page import read_person
from avrr_desktop.services.records import Records
from avrr_desktop.services.register import Register
from avrr_desktop.services.search import find
from avrr_desktop.services.subjects import read_subjects, reference_choices
from avrr_desktop.services.summary import counted_cells
from avrr_desktop.services.summary.cells import CellKey, Cells
from avrr_desktop.services.worklist import Work, work_list

KEPT, GONE, THIRD, CASE = "a" * 32, "b" * 32, "c" * 32, "d" * 32
S1 = parse_period("2023-S1")
WHY = "Same passport, same photograph"


@pytest.fixture
def two_files(records: Records, actor: Actor) -> None:
    """KONÉ Aïcha registered in February, and again as KONNEH Aicha in March, with a return."""
    other = {
        "family_name": "KONNEH",
        "given_name": "Aicha",
        "given_name_ar": "عائشة",
        "birth_typed": "1993",
        "languages": ("bambara", "french"),
        "document": ({"kind": "passport", "number": "R 0123456"},),
        "phone": ({"number": "06 61 20 48 17"},),
    }
    place = {"place": "head", "from_on": date(2023, 3, 1)}
    case = {
        "office": "RBA",
        "opened_on": date(2023, 3, 1),
        "membership": ({**place, "person_id": GONE},),
    }
    late = {"contacted_on": date(2023, 3, 1), "registered_on": date(2023, 3, 2)}
    planned = {"person_id": GONE, "office": "RBA", "country": "CI", "planned_on": date(2023, 7, 8)}
    records.save(
        actor,
        person_draft(KEPT, languages=("french",)),
        person_draft(GONE, **other),
        registration_draft(KEPT),
        Draft("case_file", case, new_id=CASE),
        registration_draft(GONE, case_id=CASE, **late),
        Draft("return_from_morocco", planned, new_id="e" * 32),
        confirm_all="test",
    )


def persons(register: Register, period: Period = S1) -> int:
    return cells(register, period).get(CellKey("registrations", "persons"), 0)


def cells(register: Register, period: Period = S1) -> Cells:
    with register.database.reading() as connection:
        today = register.clock.today()
        return counted_cells(connection, register.vocabularies, period, today)


def row(register: Register, person_id: str) -> dict[str, object]:
    table = table_of(Person)
    with register.database.reading() as connection:
        return dict(
            connection.execute(select(table).where(table.c.id == person_id)).mappings().one()
        )


@pytest.mark.usefixtures("two_files")
def test_side_by_side_tells_what_differs(register: Register) -> None:
    found = side_by_side(register, KEPT, GONE)
    differing = {pair.field.name for pair in found.fields if pair.differs}
    assert differing == {"family_name", "given_name", "given_name_ar", "birth_typed", "languages"}
    assert [p.field.name for p in found.fields if p.prefers_second] == ["given_name_ar"]
    assert (found.first.events, found.second.events) == (1, 2)
    assert found.second.papers == 3


@pytest.mark.usefixtures("two_files")
def test_merging_counts_one_person_and_takes_the_chosen_values(
    register: Register, actor: Actor
) -> None:
    assert persons(register) == 2
    taken = ("birth_typed", "given_name_ar", "languages")
    foreseen = merge_effect(register, actor, KEPT, GONE, taken, period=S1)
    assert foreseen.cells[CellKey("registrations", "persons")] == -1
    assert persons(register) == 2
    done = merge(register, actor, KEPT, GONE, taken, reason=WHY, watch=S1)
    assert done.delta == foreseen.cells
    assert persons(register) == 1
    kept = row(register, KEPT)
    assert (kept["family_name"], kept["birth_typed"]) == ("KONÉ", "1993")
    assert (kept["birth_first"], kept["birth_last"]) == (date(1993, 1, 1), date(1993, 12, 31))
    assert kept["given_name_ar"] == "عائشة"
    assert row(register, GONE)["merged_into_id"] == KEPT


@pytest.mark.usefixtures("two_files")
def test_the_merged_file_opens_the_page_of_both(register: Register, actor: Actor) -> None:
    merge(register, actor, KEPT, GONE, (), reason=WHY)
    view = read_person(register, GONE, S1)
    assert view.id == KEPT
    assert [file.number for file in view.merged] == ["P-000002"]
    assert len([m for m in view.timeline if m.is_main]) == 3
    papers = view.values["document"], view.values["phone"], view.values["consent"]
    assert [len(lines) for lines in papers if isinstance(lines, tuple)] == [1, 1, 2]
    assert [house.case_id for house in view.households] == [CASE]
    assert [member.person_id for member in view.households[0].members] == [KEPT]
    changed = {change.record_id for change in history_of(register, KEPT)}
    assert {KEPT, GONE, "e" * 32} <= changed


@pytest.mark.usefixtures("two_files")
@pytest.mark.parametrize(
    "typed", ["Konneh", "koné aicha", "R0123456", "204817", "P-000002", "عائشة"]
)
def test_search_finds_the_survivor_once_by_either_file(
    register: Register, actor: Actor, typed: str
) -> None:
    merge(register, actor, KEPT, GONE, (), reason=WHY)
    hits = find(register, typed).hits
    assert [hit.person_id for hit in hits] == [KEPT]
    assert hits[0].case_number == "RBA-2023-0001"


@pytest.mark.usefixtures("two_files")
def test_lists_show_one_person_and_the_events_of_both(register: Register, actor: Actor) -> None:
    merge(register, actor, KEPT, GONE, (), reason=WHY)
    people = list_page(register, ListQuery("person", text="konneh"))
    assert [one.id for one in people.rows] == [KEPT]
    assert people.rows[0].values["case_number"] == "RBA-2023-0001"
    for sort in (None, ("name", False)):
        query = ListQuery("registration", sort=sort)
        assert [one.person_id for one in list_page(register, query).rows] == [KEPT, KEPT]
    assert list_page(register, ListQuery("registration", text="Koné Aïcha")).total == 2


@pytest.mark.usefixtures("two_files")
def test_the_day_s_work_names_the_survivor(register: Register, actor: Actor) -> None:
    merge(register, actor, KEPT, GONE, (), reason=WHY)
    lines = {line.work: line for line in work_list(register)}
    assert [item.person_id for item in lines[Work.PLANNED_SOON].items] == [KEPT]
    # The document of the merged file is theirs too.
    assert Work.INCOMPLETE not in lines


@pytest.mark.usefixtures("two_files")
def test_new_events_go_to_the_survivor_and_edited_ones_stay(
    register: Register, records: Records, actor: Actor
) -> None:
    merge(register, actor, KEPT, GONE, (), reason=WHY)
    given = {"person_id": GONE, "office": "RBA", "kind": "voucher", "given_on": date(2023, 6, 1)}
    saved = records.save(actor, Draft("direct_assistance", given), confirm_all="test")
    stored = records.read("direct_assistance", saved.ids[0])
    assert stored.values["person_id"] == KEPT
    edited = Draft("return_from_morocco", {"person_id": KEPT, "city": "Abidjan"}, id="e" * 32)
    records.save(actor, edited, confirm_all="test")
    assert records.read("return_from_morocco", "e" * 32).values["person_id"] == GONE
    assert [s.id for s in read_subjects(register, [GONE, KEPT])] == [KEPT]
    assert [c.id for c in reference_choices(register, "return_from_morocco", KEPT)] == ["e" * 32]


@pytest.mark.usefixtures("two_files")
def test_a_document_of_the_merged_file_is_the_survivor_s(
    register: Register, records: Records, actor: Actor
) -> None:
    same = Draft("person", {"document": ({"kind": "passport", "number": "R0123456"},)}, id=KEPT)
    with pytest.raises(Refused):
        records.save(actor, same)
    merge(register, actor, KEPT, GONE, (), reason=WHY)
    records.save(actor, same)
    with pytest.raises(Refused) as refused:
        records.save(actor, person_draft(THIRD, document=same.values["document"]))
    assert refused.value.findings[0].values["person_id"] == KEPT


@pytest.mark.usefixtures("two_files")
def test_unmerged_a_week_later_everything_is_on_the_right_file(
    register: Register, records: Records, actor: Actor
) -> None:
    merge(register, actor, KEPT, GONE, ("birth_typed", "given_name"), reason=WHY)
    records.save(actor, Draft("person", {"given_name": "Aïcha Mariam", "city": "rabat"}, id=KEPT))
    added = {"person_id": KEPT, "office": "RBA", "kind": "voucher", "given_on": date(2023, 6, 1)}
    new = records.save(actor, Draft("direct_assistance", added), confirm_all="test").ids[0]
    phone = ({"number": "06 00 00 00 00"},)
    records.save(actor, Draft("person", {"phone": phone}, id=KEPT))
    foreseen = unmerge_effect(register, actor, GONE, S1)
    done = unmerge(register, actor, GONE, "Two sisters", watch=S1)
    assert done.delta == foreseen.cells
    kept, gone = row(register, KEPT), row(register, GONE)
    assert gone["merged_into_id"] is None
    assert kept["birth_typed"] == "07/09/1993"
    assert (kept["birth_precision"], kept["birth_first"]) == ("exact", date(1993, 9, 7))
    assert (kept["given_name"], kept["city"]) == ("Aïcha Mariam", "rabat")
    assert records.read("direct_assistance", new).values["person_id"] == KEPT
    assert len(read_person(register, GONE, S1).timeline) == 3
    assert persons(register) == 2
    assert [hit.person_id for hit in find(register, "Konneh").hits][:1] == [GONE]
    assert not any(hit.person_id == KEPT for hit in find(register, "R0123456").hits)


@pytest.mark.usefixtures("two_files")
def test_merging_and_unmerging_are_undone(
    register: Register, records: Records, actor: Actor
) -> None:
    before = row(register, KEPT)
    counted = cells(register)
    merge(register, actor, KEPT, GONE, ("given_name",), reason=WHY)
    merged = cells(register)
    done = records.undo(actor, watch=S1)
    assert done is not None
    assert cells(register) == counted
    assert row(register, KEPT)["given_name"] == before["given_name"]
    assert not any(hit.person_id == KEPT for hit in find(register, "R0123456").hits)
    merge(register, actor, KEPT, GONE, ("given_name",), reason=WHY)
    unmerge(register, actor, GONE, "Two sisters")
    undone = records.undo(actor, watch=S1)
    assert undone is not None
    assert undone.delta == {
        key: merged.get(key, 0) - counted.get(key, 0)
        for key in merged.keys() | counted.keys()
        if merged.get(key, 0) != counted.get(key, 0)
    }
    assert cells(register) == merged
    assert row(register, KEPT)["given_name"] == "Aicha"
    assert [hit.person_id for hit in find(register, "R0123456").hits] == [KEPT]


@pytest.mark.usefixtures("two_files")
def test_files_merged_into_the_merged_one_come_along_and_leave_with_it(
    register: Register, records: Records, actor: Actor
) -> None:
    records.save(actor, person_draft(THIRD, given_name="Aissatou", phone=({"number": "0777"},)))
    merge(register, actor, GONE, THIRD, ("given_name",), reason=WHY)
    merge(register, actor, KEPT, GONE, (), reason=WHY)
    assert row(register, THIRD)["merged_into_id"] == KEPT
    assert [hit.person_id for hit in find(register, "0777").hits] == [KEPT]
    unmerge(register, actor, GONE, "Two sisters")
    assert row(register, THIRD)["merged_into_id"] == GONE
    unmerge(register, actor, THIRD, "Three sisters")
    assert row(register, THIRD)["merged_into_id"] is None
    assert row(register, GONE)["given_name"] == "Aicha"


@pytest.mark.usefixtures("two_files")
def test_mergers_separated_in_any_order_leave_nothing_behind(
    register: Register, records: Records, actor: Actor
) -> None:
    records.save(actor, person_draft(THIRD, given_name="Aissatou"))
    merge(register, actor, KEPT, GONE, ("given_name",), reason=WHY)
    merge(register, actor, KEPT, THIRD, ("given_name",), reason=WHY)
    unmerge(register, actor, GONE, "Two sisters")
    assert row(register, KEPT)["given_name"] == "Aissatou"
    unmerge(register, actor, THIRD, "Three sisters")
    assert row(register, KEPT)["given_name"] == "Aïcha"


@pytest.mark.usefixtures("two_files")
def test_what_cannot_be_merged_is_refused(
    register: Register, records: Records, actor: Actor
) -> None:
    def code(survivor: str, merged: str, reason: str = WHY) -> str:
        with pytest.raises(UserError) as raised:
            merge(register, actor, survivor, merged, (), reason=reason)
        return raised.value.code

    records.save(actor, person_draft(THIRD))
    assert code(KEPT, GONE, " ") == "reason_required"
    assert code(KEPT, KEPT) == "merge_same_file"
    assert code(KEPT, "f" * 32) == "no_such_record"
    with pytest.raises(UserError, match="changed_meanwhile"):
        merge(register, actor, KEPT, GONE, (), reason=WHY, versions=(1, 7))
    with pytest.raises(UserError, match="not_merged"):
        unmerge(register, actor, GONE, WHY)
    merge(register, actor, KEPT, GONE, (), reason=WHY)
    assert code(THIRD, GONE) == code(GONE, THIRD) == "merge_merged"
    records.delete(actor, "person", THIRD, "test")
    assert code(KEPT, THIRD) == "merge_deleted"


@pytest.mark.usefixtures("two_files")
def test_a_deleted_survivor_takes_the_merged_file_to_the_bin_and_back(
    register: Register, records: Records, actor: Actor
) -> None:
    merge(register, actor, KEPT, GONE, (), reason=WHY)
    counted = cells(register)
    records.delete(actor, "person", KEPT, "entered for training")
    assert row(register, GONE)["deleted_at"] is not None
    assert list_page(register, ListQuery("registration")).total == 0
    with pytest.raises(UserError, match="merge_deleted"):
        unmerge(register, actor, GONE, WHY)
    records.restore(actor, "person", KEPT)
    assert cells(register) == counted
    assert read_person(register, GONE, S1).id == KEPT


@pytest.mark.usefixtures("two_files")
def test_no_row_of_any_table_is_orphaned(register: Register, actor: Actor) -> None:
    merge(register, actor, KEPT, GONE, (), reason=WHY)
    with register.database.reading() as connection:
        known = set(connection.execute(select(table_of(Person).c.id)).scalars())
        for table in SQLModel.metadata.sorted_tables:
            if "person_id" in table.c:
                owners = set(connection.execute(select(table.c.person_id)).scalars())
                assert owners <= known, table.name
        assert not connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    files = {KEPT, GONE}
    shown = {m.event_id for m in read_person(register, KEPT, S1).timeline}
    with register.database.reading() as connection:
        for activity in ACTIVITIES:
            table = table_of(activity.model)
            theirs = select(table.c.id).where(table.c.person_id.in_(files))
            assert set(connection.execute(theirs).scalars()) <= shown


def listed(register: Register, key: str = "registration", **asked: object) -> list[str]:
    """The nationalities a list shows, and the sexes it tells groups by."""
    query = ListQuery(key, **asked)  # type: ignore[arg-type]
    return [
        f"{row.values['nationality']} {row.values['group']}"
        for row in list_page(register, query).rows
    ]


def test_lists_filter_and_sort_a_merged_file_as_its_survivor(
    two_files: None, register: Register, records: Records, actor: Actor
) -> None:
    stored = records.read("person", GONE)
    other = {"nationality": "SN", "sex": "man", "birth_typed": "1990"}
    records.save(actor, Draft("person", other, id=GONE, version=stored.version), confirm_all="test")
    kept = records.read("person", KEPT).values["nationality"]
    merge(register, actor, KEPT, GONE, (), reason=WHY)
    both = [f"{kept} women"] * 2
    by_own = Filter("nationality", (str(kept),))
    assert listed(register, filters=(by_own,)) == both
    assert listed(register, filters=(Filter("nationality", ("SN",)),)) == []
    assert listed(register, filters=(Filter("group", ("women",)),)) == both
    assert listed(register, filters=(Filter("group", ("men",)),)) == []
    for column in ("nationality", "group", "age"):
        for descending in (False, True):
            assert listed(register, sort=(column, descending), limit=1) == both[:1]
            assert listed(register, sort=(column, descending)) == both
    assert listed(register, text="KONE") == both


def test_household_is_that_of_the_own_file_first(
    two_files: None, register: Register, records: Records, actor: Actor
) -> None:
    place = {"place": "head", "from_on": date(2023, 1, 1), "person_id": KEPT}
    own = {"office": "RBA", "opened_on": date(2023, 1, 1), "membership": (place,)}
    records.save(actor, Draft("case_file", own, new_id="9" * 32))
    merge(register, actor, KEPT, GONE, (), reason=WHY)
    houses = read_person(register, KEPT, S1).households
    assert [house.case_id for house in houses] == ["9" * 32, CASE]
    (row,) = list_page(register, ListQuery("person")).rows
    assert row.values["case_number"] == houses[0].number
