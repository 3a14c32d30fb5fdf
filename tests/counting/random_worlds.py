"""Random registers and random edits of them, for the property tests."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from random import Random

from tests.counting.world import DELETED, Values, World

NOW = date(2023, 6, 30)
PURPOSES = ("employment", "training", "social_needs")
PLACES = ("GN", "CI", "CA", "FR")
FUNDS = (None, "iom_morocco", "spain")
DATED_BY = {
    "registration": "registered_on",
    "return_from_morocco": "departed_on",
    "direct_assistance": "given_on",
    "reintegration": "started_on",
    "cash_on_return": "paid_on",
    "return_to_morocco": "arrived_on",
    "referral": "referred_on",
    "resettlement": "departed_on",
}
MAY_BE_UNDATED = frozenset(DATED_BY) - {"direct_assistance", "cash_on_return", "referral"}


def a_day(random: Random) -> date:
    """A day around the first semester of 2023, often at one of its ends."""
    if random.random() < 0.2:
        return random.choice((date(2022, 12, 31), date(2023, 1, 1), NOW, date(2023, 7, 1)))
    return date(2022, 9, 1) + timedelta(days=random.randrange(420))


def a_birth(random: Random) -> Values:
    """A birth of any precision, often such that somebody comes of age in the semester."""
    year = random.choice((2004, 2005, 2005, 2004, 2010, 1990, 1963, 2022))
    month = random.randint(1, 12)
    day = date(year, month, random.randint(1, 28))
    if random.random() < 0.1:
        day = date(2004, 2, 29)
    match random.randrange(5):
        case 0:
            ends = (date(year, month, 1), date(year, month, monthrange(year, month)[1]))
        case 1:
            ends = (date(year, 1, 1), date(year, 12, 31))
        case 2:
            return {"birth_first": None, "birth_last": None}
        case _:
            ends = (day, day)
    return {"birth_first": ends[0], "birth_last": ends[1]}


def a_person(random: Random) -> Values:
    """Everything of a person that a count reads."""
    sex = random.choice(("man", "woman", "man", "woman", None))
    return {"sex": sex, "nationality": random.choice(PLACES), **a_birth(random)}


def an_event(random: Random, table: str, world: World) -> Values:
    """Everything of an event that a count reads, but its person."""
    day = None if table in MAY_BE_UNDATED and random.random() < 0.15 else a_day(random)
    cases = [None, *world.tables["case_file"]]
    values: Values = {DATED_BY[table]: day, "case_id": random.choice(cases)}
    values["office"] = random.choice(("rabat", "oujda"))
    return {**values, **_OF_TABLE[table](random)}


def _exit(random: Random) -> Values:
    exit_on = a_day(random) if random.random() < 0.25 else None
    return {"exit_on": exit_on, "exit_kind": exit_on and "withdrawn"}


def _reintegration(random: Random) -> Values:
    followed = random.choice(("return_from_morocco_id", "return_to_morocco_id"))
    return {
        "return_from_morocco_id": None,
        "return_to_morocco_id": None,
        followed: "r",
        "fund": random.choice(FUNDS[1:]),
        "kind": random.choice(("equipment", "housing")),
        "country": random.choice(PLACES),
        "modality": random.choice((None, "cash")),
    }


_OF_TABLE: dict[str, Callable[[Random], Values]] = {
    "registration": lambda r: {
        "contacted_on": a_day(r),
        "channel": r.choice(("word_of_mouth", "unhcr")),
        "reason": r.choice((None, "health")),
    },
    "return_from_morocco": lambda r: {
        "country": r.choice(PLACES),
        "fund": r.choice(FUNDS),
        **_exit(r),
    },
    "direct_assistance": lambda r: {
        "kind": r.choice(("voucher", "medical")),
        "modality": r.choice((None, "cash")),
        "fund": r.choice(FUNDS),
    },
    "reintegration": _reintegration,
    "cash_on_return": lambda r: {"country": r.choice(PLACES), "fund": r.choice(FUNDS)},
    "return_to_morocco": lambda r: {
        "host_country": r.choice(PLACES),
        "region": r.choice((None, "oriental")),
    },
    "referral": lambda r: {
        "partner": r.choice(("anapec", "ahk")),
        "outcome": r.choice((None, "pending")),
        "fund": r.choice(FUNDS),
    },
    "resettlement": lambda r: {
        "kind": r.choice(("resettlement", "resettlement", "family_reunification")),
        "country": r.choice(PLACES),
        **_exit(r),
    },
}


def a_world(seed: int, persons: int, events: int) -> World:
    """A register with families, mergers, vulnerabilities, balances and a bin."""
    random, world = Random(seed), World()
    for _ in range(persons):
        world.add("person", **a_person(random))
    people = list(world.tables["person"])
    for _ in range(persons // 3):
        _add_family(random, world, people)
    for _ in range(persons // 2):
        add_vulnerability(random, world, random.choice(people))
    for _ in range(events):
        add_event(random, world, random.choice(people))
    for person in people[1:]:
        if random.random() < 0.2:
            world.tables["person"][person]["merged_into_id"] = people[0]
    _add_balances(random, world)
    _fill_the_bin(random, world)
    return world


def _fill_the_bin(random: Random, world: World) -> None:
    for table in ("person", "membership", "vulnerability", "opening_balance", *DATED_BY):
        for row in world.tables[table].values():
            if random.random() < 0.05:
                row["deleted_at"] = DELETED


def _add_family(random: Random, world: World, people: list[str]) -> None:
    case = world.add("case_file")
    for person in random.sample(people, k=min(len(people), random.randint(1, 3))):
        to_on = a_day(random) if random.random() < 0.3 else None
        from_on = random.choice((date(2000, 1, 1), a_day(random)))
        world.add("membership", case_id=case, person_id=person, from_on=from_on, to_on=to_on)


def add_vulnerability(random: Random, world: World, person: str) -> None:
    """A vulnerability, in force or not."""
    world.add(
        "vulnerability",
        person_id=person,
        code=random.choice(("unaccompanied_child", "separated_child", "health_needs")),
        from_on=random.choice((None, a_day(random))),
        to_on=random.choice((None, None, a_day(random))),
        entered_on=random.choice((None, a_day(random))),
    )


def add_event(random: Random, world: World, person: str) -> str:
    """An event of any kind; the id of its case is returned, or an empty text."""
    table = random.choice(list(DATED_BY))
    values = an_event(random, table, world)
    event = world.event(table, person, **values)
    if table == "referral":
        for code in random.sample(PURPOSES, k=random.randint(0, 2)):
            world.add("referral_purposes", owner_id=event, code=code)
    return values["case_id"] or ""


def _add_balances(random: Random, world: World) -> None:
    for section, term in (
        ("returns_from_morocco", None),
        ("resettlement", None),
        ("resettlement", "CA"),
        ("referrals", None),
    ):
        for _ in range(random.choice((0, 1, 1, 2))):
            world.add(
                "opening_balance",
                section=section,
                term=term,
                as_of=a_day(random),
                value=random.randrange(500),
            )


def edit(random: Random, world: World) -> tuple[set[str], set[str]]:
    """Change one thing; the persons touched and the cases given to a record."""
    people = world.tables["person"]
    person = random.choice(list(people))
    touched, cases = {person}, set()
    match random.randrange(6):
        case 0:
            people[person].update(a_person(random))
        case 1:
            people[person]["deleted_at"] = random.choice((None, DELETED))
        case 2:
            touched |= _merge_or_unmerge(random, world, person)
        case 3:
            add_vulnerability(random, world, person)
        case 4:
            cases.add(add_event(random, world, person))
        case _:
            more_touched, more_cases = _edit_event(random, world, person)
            touched |= more_touched
            cases |= more_cases
    return touched, cases - {""}


def _merge_or_unmerge(random: Random, world: World, person: str) -> set[str]:
    people = world.tables["person"]
    if into := people[person].get("merged_into_id"):
        people[person]["merged_into_id"] = None
        return {into}
    alone = {p for p in people if not people[p].get("merged_into_id")} - {person}
    is_survivor = any(p.get("merged_into_id") == person for p in people.values())
    if is_survivor or not alone:
        return set()
    into = random.choice(sorted(alone))
    people[person]["merged_into_id"] = into
    return {into}


def _edit_event(random: Random, world: World, person: str) -> tuple[set[str], set[str]]:
    table = random.choice([*DATED_BY, "membership"])
    rows = world.tables[table]
    if not rows:
        return set(), set()
    row = rows[random.choice(list(rows))]
    touched = {row["person_id"]}
    if random.random() < 0.3:
        row["deleted_at"] = None if row.get("deleted_at") else DELETED
    elif table == "membership":
        row["to_on"] = a_day(random)
    else:
        row.update(an_event(random, table, world), person_id=person)
    return touched, {row["case_id"] or ""}
