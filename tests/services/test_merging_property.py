"""Merging and separating in any order gives back every cell and every row (rule 12)."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, select
from sqlmodel import SQLModel
from tests.services.conftest import CONSENT, person_draft, registration_draft

from avrr_desktop.core.clock import FixedClock
from avrr_desktop.core.periods import parse_period
from avrr_desktop.paths import paths_in
from avrr_desktop.people.base import table_of
from avrr_desktop.people.person import Person
from avrr_desktop.services.drafts import Draft
from avrr_desktop.services.merging import merge, merge_effect, unmerge, unmerge_effect
from avrr_desktop.services.records import Records
from avrr_desktop.services.register import Register, create_register
from avrr_desktop.services.summary import Cells, add, counted_cells

PERIOD = parse_period("2023-S1")
CLOCK = FixedClock(datetime(2023, 7, 5, 10, tzinfo=UTC))
FIELDS = ("family_name", "given_name", "sex", "birth_typed", "nationality", "city", "languages")
_KEPT_BY_THE_JOURNAL = frozenset({"created_seq", "changed_seq", "version"})
_ASIDE = frozenset({"change"})  # the journal itself only grows

Dump = dict[str, list[tuple[object, ...]]]


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    folder: Path = tmp_path_factory.mktemp("merging")
    opened = create_register(paths_in(folder / "register"), CLOCK, is_demo=False)
    yield opened
    opened.close()


def rows(register: Register) -> Dump:
    """Every row of every table, but for what the journal numbers, and the place in the index."""
    found: Dump = {}
    with register.database.reading() as connection:
        for table in SQLModel.metadata.sorted_tables:
            if table.name in _ASIDE:
                continue
            dropped = _KEPT_BY_THE_JOURNAL | ({"id"} if table.name == "search_text" else set())
            columns = [column for column in table.c if column.name not in dropped]
            found[table.name] = sorted(map(tuple, connection.execute(select(*columns))), key=repr)
    return found


def cells(register: Register) -> Cells:
    with register.database.reading() as connection:
        return _cells(connection, register)


def _cells(connection: Connection, register: Register) -> Cells:
    return counted_cells(connection, register.vocabularies, PERIOD, CLOCK.today())


def enter(register: Register, random: Random, count: int) -> list[str]:
    """Some invented persons with events and papers, their ids."""
    ids = [uuid4().hex for _ in range(count)]
    drafts = []
    for person_id in ids:
        values = {
            "family_name": random.choice(("KONÉ", "KONNEH", "DIALLO")),
            "given_name": random.choice(("Aïcha", "Aicha", None)),
            "sex": random.choice(("man", "woman", None)),
            "birth_typed": random.choice(("07/09/1993", "1993", "2006", "~17 (01/03/2023)", None)),
            "nationality": random.choice(("CI", "GN")),
            "city": random.choice(("rabat", "oujda", None)),
            "languages": random.choice(((), ("french",), ("bambara", "french"))),
            "phone": ({"number": f"06{random.randrange(10**8):08d}"},),
            "consent": ({**CONSENT, "given_on": date(2022, 12, 1), "representative": "X"},),
        }
        drafts.append(person_draft(person_id, **values))
        if random.random() < 0.8:
            day = date(2023, random.randint(1, 6), random.randint(1, 28))
            drafts.append(
                registration_draft(person_id, registered_on=day, contacted_on=date(2022, 12, 1))
            )
        if random.random() < 0.5:
            drafts.append(_voucher(person_id, random))
    Records(register).save(register.local_actor, *drafts, confirm_all="test")
    return ids


def _voucher(person_id: str, random: Random) -> Draft:
    day = date(2023, random.randint(1, 6), random.randint(1, 28))
    given_one = {"person_id": person_id, "office": "RBA", "kind": "voucher", "given_on": day}
    return Draft("direct_assistance", given_one)


def pointers(register: Register, ids: list[str]) -> dict[str, str | None]:
    person = table_of(Person)
    query = select(person.c.id, person.c.merged_into_id).where(person.c.id.in_(ids))
    with register.database.reading() as connection:
        return {row[0]: row[1] for row in connection.execute(query)}


def merge_some(register: Register, random: Random, ids: list[str], times: int) -> int:
    """Merge files that may be merged, at random; the effect foreseen is what happens."""
    actor, done = register.local_actor, 0
    for _ in range(times):
        free = [i for i, to in pointers(register, ids).items() if to is None]
        if len(free) < 2:
            break
        kept, gone = random.sample(free, 2)
        taken = random.sample(FIELDS, random.randrange(len(FIELDS)))
        before = cells(register)
        foreseen = merge_effect(register, actor, kept, gone, taken, period=PERIOD).cells
        changed = merge(register, actor, kept, gone, taken, reason="test", watch=PERIOD)
        assert changed.delta == foreseen
        assert add(before, foreseen) == cells(register)
        done += 1
    return done


def separate_all(register: Register, random: Random, ids: list[str]) -> None:
    """Separate until no file is merged, in any order."""
    actor = register.local_actor
    while merged := [i for i, to in pointers(register, ids).items() if to]:
        one = random.choice(merged)
        before = cells(register)
        foreseen = unmerge_effect(register, actor, one, PERIOD).cells
        changed = unmerge(register, actor, one, "test", watch=PERIOD)
        assert changed.delta == foreseen
        assert add(before, foreseen) == cells(register)


EXAMPLES = 400 if os.environ.get("AVRR_HYPOTHESIS") == "long" else 12
many = settings(
    max_examples=EXAMPLES,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    deadline=None,
)


@many
@given(seed=st.integers(0, 2**32))
def test_merged_and_separated_nothing_is_lost(own: Register, seed: int) -> None:
    random = Random(seed)
    ids = enter(own, random, random.randint(2, 5))
    before, counted = rows(own), cells(own)
    merge_some(own, random, ids, 4)
    separate_all(own, random, ids)
    assert cells(own) == counted
    assert rows(own) == before


@many
@given(seed=st.integers(0, 2**32))
def test_undone_nothing_is_left(own: Register, seed: int) -> None:
    random = Random(seed)
    ids = enter(own, random, random.randint(2, 5))
    before, counted = rows(own), cells(own)
    for _ in range(merge_some(own, random, ids, 4)):
        assert Records(own).undo(own.local_actor) is not None
    assert cells(own) == counted
    assert rows(own) == before


@many
@given(seed=st.integers(0, 2**32))
def test_what_is_added_meanwhile_stays_on_its_file(own: Register, seed: int) -> None:
    random = Random(seed)
    ids = enter(own, random, 3)
    merge_some(own, random, ids, 1)
    to = pointers(own, ids)
    target = random.choice(ids)
    city = random.choice(("nador", "agadir"))
    survivor = to[target] or target
    records, actor = Records(own), own.local_actor
    saved = records.save(
        actor,
        _voucher(target, random),
        Draft("person", {"city": city}, id=survivor),
        confirm_all="test",
    )
    separate_all(own, random, ids)
    assert records.read("direct_assistance", saved.ids[0]).values["person_id"] == survivor
    assert records.read("person", survivor).values["city"] == city
