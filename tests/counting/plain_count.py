"""The counting rules once more, naively, over plain rows: the twin the engine is held against.

Nothing here comes from the engine or from the declarations of the activities.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from tests.counting.world import Values, World

Key = tuple[str, str, str | None, str]
OWN_FUNDS = {"iom_morocco"}
UNACCOMPANIED = {"unaccompanied_child", "separated_child"}
BANDS = {"0_4": (0, 4), "5_12": (5, 12), "13_17": (13, 17), "18_39": (18, 39)}
BANDS |= {"40_59": (40, 59), "60_plus": (60, 999)}


def not_exited(event: Values) -> bool:
    exit_on = event.get("exit_on")
    return exit_on is None or exit_on > event["departed_on"]


def always(event: Values) -> bool:
    return True


@dataclass
class Part:
    """A section: its table, counting date, condition and lists (name -> column)."""

    table: str
    day: str
    fits: Callable[[Values], bool]
    lists: dict[str, str]
    of_services: tuple[str, ...] = ()


REINTEGRATION = {
    "country": "country",
    "kind": "kind",
    "dimension": "dimension",
    "level": "level",
    "modality": "modality",
    "nationality": "person.nationality",
    "office": "office",
    "fund": "fund",
}
ADMISSION = {
    "country": "country",
    "kind": "kind",
    "nationality": "person.nationality",
    "fund": "fund",
    "office": "office",
}
PARTS = {
    "registrations": Part(
        "registration",
        "registered_on",
        always,
        {
            "channel": "channel",
            "nationality": "person.nationality",
            "reason": "reason",
            "situation": "situation",
            "partner": "partner",
            "office": "office",
        },
    ),
    "requests": Part(
        "registration",
        "contacted_on",
        lambda event: event.get("registered_on") is None,
        {"channel": "channel", "nationality": "person.nationality", "office": "office"},
    ),
    "returns_from_morocco": Part(
        "return_from_morocco",
        "departed_on",
        not_exited,
        {
            "country": "country",
            "nationality": "person.nationality",
            "fund": "fund",
            "office": "office",
        },
        ("fund",),
    ),
    "direct_assistance": Part(
        "direct_assistance",
        "given_on",
        always,
        {
            "kind": "kind",
            "modality": "modality",
            "nationality": "person.nationality",
            "fund": "fund",
            "office": "office",
        },
        ("kind", "modality", "fund"),
    ),
    "reintegration": Part(
        "reintegration",
        "started_on",
        lambda event: event.get("return_from_morocco_id") is not None,
        REINTEGRATION,
        ("kind", "fund"),
    ),
    "reintegration_in_morocco": Part(
        "reintegration",
        "started_on",
        lambda event: event.get("return_to_morocco_id") is not None,
        REINTEGRATION,
        ("kind", "fund"),
    ),
    "cash_on_return": Part(
        "cash_on_return",
        "paid_on",
        always,
        {
            "country": "country",
            "nationality": "person.nationality",
            "fund": "fund",
            "office": "office",
        },
        ("fund",),
    ),
    "returns_to_morocco": Part(
        "return_to_morocco",
        "arrived_on",
        always,
        {
            "host_country": "host_country",
            "profile": "profile",
            "region": "region",
            "office": "office",
        },
    ),
    "referrals": Part(
        "referral",
        "referred_on",
        always,
        {
            "partner": "partner",
            "region": "region",
            "purpose": "purposes",
            "outcome": "outcome",
            "nationality": "person.nationality",
            "fund": "fund",
            "office": "office",
        },
        ("partner", "fund"),
    ),
    "resettlement": Part(
        "resettlement",
        "departed_on",
        lambda event: event["kind"] == "resettlement" and not_exited(event),
        ADMISSION,
        ("fund",),
    ),
    "other_admissions": Part(
        "resettlement",
        "departed_on",
        lambda event: event["kind"] != "resettlement" and not_exited(event),
        ADMISSION,
        ("fund",),
    ),
}


def age_on(birth: date, day: date) -> int:
    years = 0
    while _birthday(birth, years + 1) <= day:
        years += 1
    return years


def _birthday(birth: date, years: int) -> date:
    try:
        return birth.replace(year=birth.year + years)
    except ValueError:  # 29 February: on 1 March of a common year (rule 4)
        return date(birth.year + years, 3, 1)


def ages(person: Values, day: date) -> tuple[int, int]:
    first, last = person.get("birth_first"), person.get("birth_last")
    youngest = age_on(last, day) if last else 0
    return youngest, age_on(first, day) if first else 200


def group_of(person: Values, day: date) -> str:
    youngest, oldest = ages(person, day)
    if person["sex"] is None or youngest < 18 <= oldest:
        return "undetermined"
    man = person["sex"] == "man"
    if youngest >= 18:
        return "men" if man else "women"
    return "boys" if man else "girls"


def band_of(person: Values, day: date) -> str:
    youngest, oldest = ages(person, day)
    bands = [name for name, (low, high) in BANDS.items() if low <= youngest and oldest <= high]
    return bands[0] if bands else "undetermined"


class PlainCount:
    """Every cell of a period that is not zero, of everyone or of some survivors."""

    def __init__(
        self,
        world: World,
        start: date,
        end: date,
        today: date,
        persons: Iterable[str] | None = None,
    ) -> None:
        self.world, self.start, self.end, self.today = world, start, end, today
        self.persons = None if persons is None else {self.survivor(p)["id"] for p in persons}
        self.ids: defaultdict[Key, set[str]] = defaultdict(set)
        for name in PARTS:
            self.count_part(name)
        self.count_cohort()
        self.count_changing()
        self.count_running()

    @property
    def cells(self) -> dict[Key, int]:
        return {key: len(ids) for key, ids in self.ids.items() if ids}

    def survivor(self, person_id: str) -> Values:
        person = self.world.tables["person"][person_id]
        return self.world.tables["person"][person.get("merged_into_id") or person_id]

    def events(self, name: str, start: date, end: date) -> list[Values]:
        part = PARTS[name]
        found = []
        for event in self.world.tables[part.table].values():
            day = event.get(part.day)
            if day is None or not start <= day <= end or event.get("deleted_at"):
                continue
            file = self.world.tables["person"][event["person_id"]]
            who = self.survivor(event["person_id"])
            if file.get("deleted_at") or who.get("deleted_at") or not part.fits(event):
                continue
            if self.persons is None or who["id"] in self.persons:
                found.append(event)
        return sorted(found, key=lambda event: (event[part.day], event["id"]))

    def first_days(self, name: str) -> dict[str, date]:
        days: dict[str, date] = {}
        for event in self.events(name, self.start, self.end):
            days.setdefault(self.survivor(event["person_id"])["id"], event[PARTS[name].day])
        return days

    def put(self, name: str, measure: str, term: str | None, person: str, day: date) -> None:
        """A person in a cell and in its group's, on the day that fixes the group."""
        group = group_of(self.world.tables["person"][person], day)
        self.ids[name, measure, term, group].add(person)
        self.ids[name, measure, term, "total"].add(person)

    def count_part(self, name: str) -> None:
        events = self.events(name, self.start, self.end)
        if name.startswith("reintegration"):
            own = [event for event in events if event["fund"] in OWN_FUNDS]
            lists = [key for key in PARTS[name].lists if key != "fund"]
            self.count_population(name, "", own, lists)
            self.count_population(name, "_all_funds", events, list(PARTS[name].lists))
        else:
            self.count_population(name, "", events, list(PARTS[name].lists))

    def count_population(
        self, name: str, suffix: str, events: list[Values], lists: list[str]
    ) -> None:
        part, firsts = PARTS[name], self.first_days(name)
        for event in events:
            person, day = self.survivor(event["person_id"])["id"], event[part.day]
            first = firsts[person]
            self.put(name, f"persons{suffix}", None, person, first)
            self.ids[name, f"services{suffix}", None, "total"].add(event["id"])
            self.put(name, f"persons{suffix}_by_month", f"{day:%Y-%m}", person, first)
            for key in lists:
                for term in self.terms(event, part.lists[key]):
                    self.put(name, f"persons{suffix}_by_{key}", term, person, first)
                    if key in part.of_services:
                        cell = (name, f"services{suffix}_by_{key}", term, "total")
                        self.ids[cell].add(event["id"])
            if case := event.get("case_id"):
                self.ids[name, f"cases{suffix}", None, "total"].add(case)
                if len(self.members(case, day)) >= 2:
                    self.ids[name, f"families{suffix}", None, "total"].add(case)
            self.count_status(name, suffix, person, first)

    def terms(self, event: Values, column: str) -> set[str]:
        if column == "person.nationality":
            return {self.survivor(event["person_id"])["nationality"]}
        if column == "purposes":
            rows = self.world.tables["referral_purposes"].values()
            return {r["code"] for r in rows if r["owner_id"] == event["id"]} or {"not_stated"}
        return {event.get(column) or "not_stated"}

    def members(self, case: str, day: date) -> set[str]:
        found = set()
        for row in self.world.tables["membership"].values():
            file = self.world.tables["person"][row["person_id"]]
            if row["case_id"] != case or row.get("deleted_at") or file.get("deleted_at"):
                continue
            if row["from_on"] <= day <= (row.get("to_on") or date.max):
                found.add(self.survivor(row["person_id"])["id"])
        return found

    def count_status(self, name: str, suffix: str, person_id: str, day: date) -> None:
        person = self.world.tables["person"][person_id]
        self.put(name, f"persons{suffix}_by_age_band", band_of(person, day), person_id, day)
        youngest, oldest = ages(person, day)
        if youngest == oldest:
            self.ids[name, f"_by_age{suffix}", str(youngest), "total"].add(person_id)
        codes = self.vulnerabilities(person_id, day)
        for code in codes:
            self.put(name, f"persons{suffix}_by_vulnerability", code, person_id, day)
        child = group_of(person, day) in ("boys", "girls")
        if not suffix and child and codes & UNACCOMPANIED:
            self.put(name, "unaccompanied_or_separated_children", None, person_id, day)
        if name == "returns_from_morocco":
            registered = [
                e["registered_on"]
                for e in self.events("registrations", date.min, day)
                if self.survivor(e["person_id"])["id"] == person_id
            ]
            if registered:
                delay = str((day - max(registered)).days)
                cell = (name, "_by_days_from_registration", delay, "total")
                self.ids[cell].add(person_id)

    def vulnerabilities(self, person_id: str, day: date) -> set[str]:
        found = set()
        for row in self.world.tables["vulnerability"].values():
            file = self.world.tables["person"][row["person_id"]]
            if self.survivor(row["person_id"])["id"] != person_id:
                continue
            start = row.get("from_on") or row.get("entered_on") or date.min
            inside = start <= day <= (row.get("to_on") or date.max)
            if inside and not row.get("deleted_at") and not file.get("deleted_at"):
                found.add(row["code"])
        return found

    def count_cohort(self) -> None:
        for person, day in self.first_days("registrations").items():
            for event in self.events("returns_from_morocco", day, self.today):
                if self.survivor(event["person_id"])["id"] == person:
                    self.put("cohort", "persons_departed", None, person, day)

    def count_changing(self) -> None:
        groups: defaultdict[str, set[str]] = defaultdict(set)
        for name in PARTS:
            for person, day in self.first_days(name).items():
                groups[person].add(group_of(self.world.tables["person"][person], day))
        changing = {person for person, found in groups.items() if len(found) > 1}
        self.ids["across", "persons_changing_group", None, "total"] = changing

    def balance(self, section: str, term: str | None) -> Values | None:
        rows = [
            row
            for row in self.world.tables["opening_balance"].values()
            if (row["section"], row.get("term")) == (section, term) and not row.get("deleted_at")
        ]
        rows.sort(key=lambda row: (row["as_of"], row["id"]))
        taken = [row for row in rows if row["as_of"] <= self.end]
        return taken[-1] if taken else rows[0] if rows else None

    def count_running(self) -> None:
        for section in PARTS:
            balance = self.balance(section, None)
            if balance or section in ("returns_from_morocco", "resettlement"):
                self.run(section, section, None, balance)
        terms = {event["country"] for event in self.world.tables["resettlement"].values()}
        for term in terms:
            balance = self.balance("resettlement", term)
            self.run("resettlement", f"resettlement:{term}", term, balance)

    def run(self, section: str, code: str, term: str | None, balance: Values | None) -> None:
        start = balance["as_of"] + timedelta(days=1) if balance else date.min
        for event in self.events(section, start, self.end):
            if term is None or event["country"] == term:
                who = self.survivor(event["person_id"])["id"]
                self.ids["running_totals", "counted", code, "total"].add(who)
