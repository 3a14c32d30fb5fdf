"""A desk that works at random, through the services, on a small register of invented people."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from random import Random

from sqlalchemy import select

from avrr_desktop.activities import ACTIVITY_BY_KEY
from avrr_desktop.core.actors import Actor, Role
from avrr_desktop.core.errors import UserError
from avrr_desktop.people.base import table_of
from avrr_desktop.people.person import Person
from avrr_desktop.services.drafts import Draft
from avrr_desktop.services.merging import merge, unmerge
from avrr_desktop.services.records import Records
from avrr_desktop.services.register import Register

AUTHOR = Actor("author", "Salma", Role.SUPERVISOR)
SUPERVISOR = Actor("supervisor", "Youssef", Role.SUPERVISOR)
REASON = "checked with the file"
CONSENT = {
    "given_on": date(2020, 1, 2),
    "form": "written",
    "purposes": ("partner_sharing", "return", "statistics"),
    "representative": "Salma",
}
BIRTHS = ("12/03/1994", "2005", "06/2005", "01/04/2005", "", "15/05/2010", "1963")
DATED_BY = {
    "registration": "registered_on",
    "return_from_morocco": "departed_on",
    "direct_assistance": "given_on",
    "resettlement": "departed_on",
    "return_to_morocco": "arrived_on",
}


class RandomDesk:
    """Saves, deletes, restores and undoes; every change gives the reason of a correction."""

    def __init__(
        self,
        register: Register,
        random: Random,
        first: date = date(2022, 11, 1),
        days: int = 240,
    ) -> None:
        self._first, self._days = first, days
        self.register = register
        self.records = Records(register)
        self.random = random
        self.persons: list[str] = []
        self.done: Counter[str] = Counter()

    def person(self) -> None:
        """A new person who consents to everything."""
        values = {"family_name": "BAH", "given_name": f"N{len(self.persons)}", **self._who()}
        draft = Draft("person", {**values, "consent": (CONSENT,)})
        self.persons.append(self._save(draft))

    def family(self) -> None:
        """A case with some of the persons."""
        members = tuple(
            {"person_id": person, "place": "head" if n == 0 else "child", "from_on": self._day()}
            for n, person in enumerate(self.random.sample(self.persons, k=2))
        )
        opened = {"office": "RBA", "opened_on": date(2022, 1, 1), "membership": members}
        self._save(Draft("case_file", opened))

    def event(self) -> None:
        """A new event of any kind: once the semester is closed, a late entry."""
        table = self.random.choice(list(DATED_BY))
        person = self.random.choice(self.persons)
        values = {"person_id": person, "office": "RBA", **self._event(table)}
        self._save(Draft(table, values))

    def step(self) -> None:
        """One change of any kind; what the rules refuse is left."""
        kinds = (self.person, self.family, self.event, self._edit_person, self._edit_event)
        more = (self._delete, self._restore, self._undo, self._balance, self._vulnerable)
        often = (self.event, self._edit_event, self._merge, self._unmerge)
        chosen = self.random.choice((*kinds, *more, *often))
        try:
            chosen()
            self.done[chosen.__name__.strip("_")] += 1
        except UserError as error:
            if error.code == "moves_closed":  # every change gives its reason
                raise
            self.done[f"refused: {error.code}"] += 1

    def _who(self) -> dict[str, object]:
        return {
            "sex": self.random.choice(("man", "woman", None)),
            "birth_typed": self.random.choice(BIRTHS),
            "nationality": self.random.choice(("GN", "CI", "CM")),
        }

    def _day(self) -> date:
        return self._first + timedelta(days=self.random.randrange(self._days))

    def _event(self, table: str) -> dict[str, object]:
        day = self._day()
        values: dict[str, object] = {DATED_BY[table]: day}
        if table == "registration":
            channel = self.random.choice(("word_of_mouth", "unhcr"))
            return {**values, "contacted_on": day, "channel": channel}
        if table == "direct_assistance":
            return {**values, "kind": self.random.choice(("voucher", "medical"))}
        if table == "return_to_morocco":
            return {**values, "host_country": self.random.choice(("FR", "ES"))}
        values["country"] = self.random.choice(("GN", "CI", "CA"))
        return values | ({"kind": "resettlement"} if table == "resettlement" else {})

    def _edit_person(self) -> None:
        person = self.random.choice(self.persons)
        who = self._who()
        kept = self.random.choice(list(who))
        self._save(Draft("person", {kept: who[kept]}, id=person))

    def _edit_event(self) -> None:
        table, event = self._any_event(deleted=False)
        values = self._event(table)
        kept = self.random.sample(list(values), k=self.random.randint(1, len(values)))
        self._save(Draft(table, {name: values[name] for name in kept}, id=event))

    def _delete(self) -> None:
        if self.random.random() < 0.3:
            table, record = "person", self.random.choice(self.persons)
        else:
            table, record = self._any_event(deleted=False)
        self.records.delete(AUTHOR, table, record, "double", correction=REASON)

    def _restore(self) -> None:
        if self.random.random() < 0.5:
            table, record = "person", self.random.choice(self.persons)
        else:
            table, record = self._any_event(deleted=True)
        self.records.restore(AUTHOR, table, record, correction=REASON)

    def _merge(self) -> None:
        survivor, merged = self.random.sample(self.persons, k=2)
        taken = self.random.sample(("sex", "nationality", "birth_typed"), k=2)
        merge(self.register, AUTHOR, survivor, merged, taken, reason=REASON)

    def _unmerge(self) -> None:
        merged = table_of(Person).c.merged_into_id
        query = select(table_of(Person).c.id).where(merged.is_not(None)).limit(1)
        with self.register.database.reading() as connection:
            file = connection.execute(query).scalar()
        unmerge(self.register, AUTHOR, file or "", REASON)

    def _undo(self) -> None:
        self.records.undo(AUTHOR, correction=REASON)

    def _balance(self) -> None:
        signed = {"source": "report", "signed_by": "Salma", "value": self.random.randrange(90)}
        section = self.random.choice(("returns_from_morocco", "resettlement"))
        self._save(Draft("opening_balance", {"section": section, "as_of": self._day(), **signed}))

    def _vulnerable(self) -> None:
        person = self.random.choice(self.persons)
        line = {"code": self.random.choice(("unaccompanied_child", "health_needs"))}
        self._save(Draft("person", {"vulnerability": (line,)}, id=person))

    def _any_event(self, *, deleted: bool) -> tuple[str, str]:
        """One event of the activities a desk edits; ids are random, so is the first after one."""
        for key in self.random.sample(list(DATED_BY), k=len(DATED_BY)):
            columns = table_of(ACTIVITY_BY_KEY[key].model).c
            is_in = columns.deleted_at.is_not(None) if deleted else columns.deleted_at.is_(None)
            after = f"{self.random.getrandbits(128):032x}"
            query = select(columns.id).where(is_in).limit(1)
            with self.register.database.reading() as connection:
                found = connection.execute(query.where(columns.id > after).order_by(columns.id))
                event = found.scalar() or connection.execute(query.order_by(columns.id)).scalar()
            if event:
                return key, event
        raise UserError("no_such_record")

    def _save(self, draft: Draft) -> str:
        saved = self.records.save(AUTHOR, draft, confirm_all="test", correction=REASON)
        return saved.ids[0]


def fill(desk: RandomDesk, persons: int, events: int) -> None:
    """The register before its semester is closed."""
    for _ in range(persons):
        desk.person()
    for _ in range(events):
        try:
            desk.event()
        except UserError as error:
            desk.done[error.code] += 1
