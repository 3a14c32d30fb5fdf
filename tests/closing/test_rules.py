"""Counting rules 12, 13 and 17 as far as they speak of closed semesters."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select
from tests.closing.random_desk import AUTHOR, CONSENT, REASON, SUPERVISOR

from avrr_desktop.activities.direct_assistance import DirectAssistance
from avrr_desktop.core.clock import FixedClock
from avrr_desktop.core.errors import UserError
from avrr_desktop.core.periods import Period
from avrr_desktop.db.tables import CHANGE
from avrr_desktop.people.base import table_of
from avrr_desktop.services.closing.causes import Kind
from avrr_desktop.services.closing.closings import close, publish, published
from avrr_desktop.services.closing.corrections import corrections
from avrr_desktop.services.closing.gap import gap_of
from avrr_desktop.services.closing.held import closing_for
from avrr_desktop.services.drafts import Draft
from avrr_desktop.services.merging import merge, unmerge
from avrr_desktop.services.records import Records
from avrr_desktop.services.register import Register
from avrr_desktop.services.summary import CellKey, summarise

FIRST, SECOND = "1" * 32, "2" * 32
TOTAL = CellKey("direct_assistance", "persons")
MEN = CellKey("direct_assistance", "persons", None, "men")


def assistance(person: str, day: date) -> Draft:
    values = {"person_id": person, "office": "RBA", "given_on": day, "kind": "voucher"}
    return Draft("direct_assistance", values)


@pytest.fixture
def records(register: Register) -> Records:
    """Two files of one man, each helped in the semester."""
    made = Records(register)
    who = {"family_name": "BA", "given_name": "Oumar", "sex": "man", "nationality": "GN"}
    for person in (FIRST, SECOND):
        values = {**who, "birth_typed": "03/02/1990", "consent": (CONSENT,)}
        draft = Draft("person", values, new_id=person)
        made.save(AUTHOR, draft, assistance(person, date(2023, 3, 1)), confirm_all="test")
    return made


def test_rule_12_a_merger_that_touches_a_closed_semester_is_a_correction(
    register: Register, records: Records, period: Period
) -> None:
    closing = close(register, SUPERVISOR, period)
    merge(register, AUTHOR, FIRST, SECOND, (), reason=REASON)
    assert summarise(register, period).value(*TOTAL) == 1
    assert published(register, closing).counted.summary.value(*TOTAL) == 2
    (correction,) = corrections(register)
    assert (correction.effect[TOTAL], correction.effect[MEN]) == (-1, -1)
    gap = gap_of(register, closing)
    assert {move.kind for move in gap.moves} == {Kind.MERGE}
    assert {move.id for move in gap.moves_of(TOTAL)} == {SECOND}
    unmerge(register, AUTHOR, SECOND, "two brothers")
    assert gap_of(register, closing).difference == {}
    assert summarise(register, period).value(*TOTAL) == 2


def test_rule_13_late_entry_counts_at_its_date_before_the_closing_and_corrects_after(
    register: Register, records: Records, period: Period
) -> None:
    third = {"family_name": "SY", "given_name": "Awa", "sex": "woman", "nationality": "GN"}
    person = Draft(
        "person", {**third, "birth_typed": "1990", "consent": (CONSENT,)}, new_id="3" * 32
    )
    late = assistance("3" * 32, date(2023, 6, 30))
    records.save(AUTHOR, person, confirm_all="test")
    # Before closing, though typed in July, it is in the semester of its date, without a word.
    records.save(AUTHOR, assistance(FIRST, date(2023, 1, 1)), confirm_all="test")
    assert summarise(register, period).value("direct_assistance", "services") == 3
    closing = close(register, SUPERVISOR, period)
    with pytest.raises(UserError, match="moves_closed"):
        records.save(AUTHOR, late, confirm_all="test")
    records.save(AUTHOR, late, confirm_all="test", correction=REASON)
    assert published(register, closing).counted.summary.value(*TOTAL) == 2
    (move,) = gap_of(register, closing).moves_of(TOTAL)
    assert (move.kind, move.cells[TOTAL], move.causes[-1].reason) == (Kind.LATE_ENTRY, 1, REASON)


def test_rule_13_four_dates_are_kept(
    register: Register, records: Records, period: Period, clock: FixedClock
) -> None:
    close(register, SUPERVISOR, period)
    publish(register, SUPERVISOR, period)
    closing = closing_for(register, period)
    assert closing is not None
    assert closing.published_at == clock.instant
    table = table_of(DirectAssistance)
    with register.database.reading() as connection:
        event = connection.execute(select(table).where(table.c.person_id == FIRST)).one()
        for sequence in (event.created_seq, event.changed_seq):
            line = select(CHANGE.c.at).where(CHANGE.c.sequence == sequence)
            assert connection.execute(line).scalar() == clock.instant
    assert event.given_on == date(2023, 3, 1)


def test_rule_17_definitions_travel_with_what_was_frozen(
    register: Register, records: Records, period: Period
) -> None:
    closing = close(register, SUPERVISOR, period)
    given = published(register, closing)
    assert given.register == register.info
    assert given.counted.summary.counted_at == closing.closed_at
    assert given.counted.summary.rules_version == closing.rules_version
    frozen = given.counted.summary.vocabularies.terms("country")
    live = register.vocabularies.terms("country")
    assert [(term.code, term.label) for term in frozen] == [(t.code, t.label) for t in live]
