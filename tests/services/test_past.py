"""The time machine, case by case."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import timedelta

import pytest
from sqlalchemy import Connection, delete, select, text
from tests.services.conftest import person_draft, registration_draft

from avrr_desktop.core.actors import Actor
from avrr_desktop.core.clock import FixedClock
from avrr_desktop.core.errors import UserError
from avrr_desktop.core.labels import Label
from avrr_desktop.core.periods import parse_period
from avrr_desktop.db.tables import CHANGE
from avrr_desktop.people.base import table_of
from avrr_desktop.people.person import Person
from avrr_desktop.services import stored
from avrr_desktop.services.drafts import Draft
from avrr_desktop.services.journal import Journal
from avrr_desktop.services.past import past, sequence_at, summary_as_of, summary_at
from avrr_desktop.services.records import Records
from avrr_desktop.services.register import Register
from avrr_desktop.services.summary import summarise
from avrr_desktop.services.vocabulary_admin import add_term, rename_term, retire_term

S1 = parse_period("2023-S1")
AICHA = "a" * 32
HOUR = timedelta(hours=1)


def last_line(register: Register) -> int:
    with register.database.reading() as connection:
        query = select(CHANGE.c.sequence).order_by(CHANGE.c.sequence.desc()).limit(1)
        return connection.execute(query).scalar() or 0


def temporary(connection: Connection) -> list[str]:
    return list(connection.execute(text("SELECT name FROM temp.sqlite_master")).scalars())


def test_a_deleted_person_counts_before_and_a_late_one_does_not(
    register: Register, records: Records, actor: Actor, clock: FixedClock
) -> None:
    records.save(actor, person_draft(), registration_draft())
    noon = clock.instant
    clock.instant += HOUR
    records.save(actor, person_draft("b" * 32, sex="man"), registration_draft("b" * 32))
    records.delete(actor, "person", AICHA, "double")
    then, now = (summary_as_of(register, S1, instant) for instant in (noon, clock.instant))
    group = ("registrations", "persons", None)
    assert [then.value(*group, g) for g in ("women", "men", "total")] == [1, 0, 1]
    assert [now.value(*group, g) for g in ("women", "men", "total")] == [0, 1, 1]
    assert now.cells == summarise(register, S1).cells
    assert (then.counted_at, then.as_of_day) == (noon, noon.astimezone().date())


def test_before_the_first_line_nothing_was_known(
    register: Register, records: Records, actor: Actor, clock: FixedClock
) -> None:
    records.save(actor, person_draft(), registration_draft())
    assert sequence_at(register, clock.instant - HOUR) == 0
    assert summary_as_of(register, S1, clock.instant - HOUR).cells == {}
    with past(register, 0) as view:
        assert view.at == register.info.created_at
        assert view.vocabularies.terms("country")


def test_a_clock_moved_back_takes_the_order_of_the_journal(
    register: Register, records: Records, actor: Actor, clock: FixedClock
) -> None:
    ten = clock.instant
    lines = []
    for person, hours in (("a", 0), ("b", 5), ("c", 1), ("d", 3)):
        clock.instant = ten + hours * HOUR
        records.save(actor, person_draft(person * 32, consent=()), confirm_all="test")
        lines.append(last_line(register))
    a, _, c, d = lines
    assert sequence_at(register, ten) == a
    assert sequence_at(register, ten + HOUR) == c  # b bears a later time, but came before c
    assert sequence_at(register, ten + 2 * HOUR) == c
    assert sequence_at(register, ten + 4 * HOUR) == d
    with past(register, c) as view:
        known = set(view.connection.execute(select(table_of(Person).c.id)).scalars())
        assert (view.sequence, view.at) == (c, ten + HOUR)
    assert known == {"a" * 32, "b" * 32, "c" * 32}


def test_an_instant_may_be_given_in_any_zone(
    register: Register, records: Records, actor: Actor, clock: FixedClock
) -> None:
    records.save(actor, person_draft())
    shifted = clock.instant.astimezone(tz=None).replace(microsecond=0)
    assert sequence_at(register, shifted) == last_line(register)
    assert sequence_at(register, shifted - timedelta(microseconds=1)) == 0


def test_records_are_read_whole_as_they_were(
    register: Register, records: Records, actor: Actor
) -> None:
    records.save(actor, person_draft(languages=("french",)))
    before, line = records.read("person", AICHA), last_line(register)
    consent = {**before.values["consent"][0], "purposes": ("return",)}  # type: ignore[index]
    values = {"family_name": "TOURÉ", "languages": ("arabic", "french"), "consent": (consent,)}
    records.save(actor, Draft("person", values, id=AICHA))
    records.save(actor, Draft("person", {"consent": ()}, id=AICHA))
    records.delete(actor, "person", AICHA, "double")
    with past(register, line) as view:
        assert stored.read(view.connection, "person", AICHA) == before
        gone = view.connection.execute(select(table_of(Person).c.deleted_at)).scalars().all()
    assert gone == [None]


def test_a_deletion_keeps_its_instant(
    register: Register, records: Records, actor: Actor, clock: FixedClock
) -> None:
    clock.instant = clock.instant.replace(microsecond=250)
    records.save(actor, person_draft())
    records.delete(actor, "person", AICHA, "double")
    line = last_line(register)
    records.restore(actor, "person", AICHA)
    with past(register, line) as view:
        row = stored.rows_by_id(view.connection, table_of(Person), [AICHA])[AICHA]
    assert (row["deleted_at"], row["deleted_reason"]) == (clock.instant, "double")


def test_a_merger_is_known_from_its_line_on(
    register: Register, records: Records, actor: Actor, clock: FixedClock
) -> None:
    other = "b" * 32
    records.save(actor, person_draft(), registration_draft())
    records.save(actor, person_draft(other, sex="man"), registration_draft(other))
    apart = last_line(register)
    with register.database.writing() as connection:
        journal = Journal(connection, actor, clock, action="merge", reason="same person")
        row = stored.rows_by_id(connection, table_of(Person), [other])[other]
        journal.update(table_of(Person), row, {**row, "merged_into_id": AICHA}, {}, {})
        journal.write()
    merged = last_line(register)
    records.delete(actor, "person", other, "double")
    counts = [
        summary_at(register, S1, line, clock.instant).value("registrations", "persons")
        for line in (apart, merged)
    ]
    assert counts == [2, 1]


def test_lists_are_those_of_the_day(
    register: Register, actor: Actor, records: Records, clock: FixedClock
) -> None:
    records.save(actor, person_draft(), registration_draft(channel="consulate"))
    start = last_line(register)
    label = register.vocabularies.get("contact_channel", "consulate")
    assert label is not None
    rename_term(
        register,
        actor,
        "contact_channel",
        "consulate",
        Label("Consulats", "القنصليات", "Consulates"),
    )
    add_term(register, actor, "contact_channel", "radio", Label("Radio", "راديو", "Radio"))
    known = last_line(register)
    retire_term(register, actor, "contact_channel", "radio")
    with past(register, start) as view:
        assert view.vocabularies.get("contact_channel", "consulate") == label
        assert view.vocabularies.get("contact_channel", "radio") is None
    with past(register, known) as view:
        radio = view.vocabularies.get("contact_channel", "radio")
        assert radio is not None
        assert radio.active
    shown = summary_at(register, S1, start, clock.instant)
    assert "radio" not in shown.terms("registrations", "persons_by_channel")


def test_a_bulk_load_is_there_whole_or_not_at_all(register: Register, actor: Actor) -> None:
    from avrr_desktop.services.demo.bulk import load
    from avrr_desktop.services.demo.spread import generate_spread

    load(register, generate_spread(20, 3), 20)
    loaded = last_line(register)
    with register.database.reading() as connection:
        person = connection.execute(select(table_of(Person).c.id)).scalars().first()
    Records(register).delete(actor, "person", str(person), "double")
    counts = []
    for line in (loaded - 1, loaded):
        with past(register, line) as view:
            live = select(table_of(Person).c.id).where(table_of(Person).c.deleted_at.is_(None))
            counts.append(len(view.connection.execute(live).all()))
    assert counts == [0, 20]


def test_nothing_can_be_written_and_nothing_leaks(
    register: Register, records: Records, actor: Actor
) -> None:
    records.save(actor, person_draft(), registration_draft())
    line = last_line(register)
    records.delete(actor, "person", AICHA, "double")
    with past(register, line) as view, register.database.reading() as beside:
        assert "person" in temporary(view.connection)
        assert temporary(beside) == []
    with pytest.raises(UserError, match="register_read_only"), past(register, line) as view:
        view.connection.execute(delete(table_of(Person)))
    with pytest.raises(ZeroDivisionError), past(register, line):
        _ = 1 // 0
    assert register.database.engine.pool.checkedout() == 0  # type: ignore[attr-defined]
    with ExitStack() as stack:
        for _ in range(6):  # more than the pool keeps
            connection = stack.enter_context(register.database.reading())
            assert temporary(connection) == []
            assert connection.execute(select(table_of(Person).c.deleted_at)).scalar() is not None
    records.restore(actor, "person", AICHA)


def test_a_save_does_not_wait_for_the_past_and_is_not_seen_in_it(
    register: Register, records: Records, actor: Actor
) -> None:
    records.save(actor, person_draft())
    with past(register, last_line(register)) as view:
        records.save(actor, Draft("person", {"family_name": "TOURÉ"}, id=AICHA), patience=0)
        name = view.connection.execute(select(table_of(Person).c.family_name)).scalar()
    assert name == "KONÉ"


def test_counting_the_past_keeps_the_indexes(
    register: Register, records: Records, actor: Actor
) -> None:
    records.save(actor, person_draft(), registration_draft())
    line = last_line(register)
    event = records.save(actor, registration_draft(), confirm_all="again").ids[0]
    records.save(actor, Draft("person", {"given_name": "Awa"}, id=AICHA))
    records.delete(actor, "registration", event, "double")
    query = (  # the shape of every count: see facts.py
        "EXPLAIN QUERY PLAN SELECT e.id FROM registration e JOIN person p ON p.id = e.person_id"
        " LEFT JOIN person s ON s.id = p.merged_into_id"
        " WHERE e.registered_on BETWEEN '2023-01-01' AND '2023-06-30'"
        " AND p.deleted_at IS NULL AND s.deleted_at IS NULL ORDER BY e.registered_on, e.id"
    )
    with past(register, line) as view:
        plan = [row[3] for row in view.connection.execute(text(query))]
    assert any("ix_registration_registered_on_person (registered_on>" in step for step in plan)
    assert any("SEARCH p USING INDEX" in step for step in plan)
    assert not any("AUTOMATIC" in step for step in plan)
