"""What rules may know of persons: loaded once for a batch, kept up to date as drafts are taken."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from sqlalchemy import Connection, select

from avrr_desktop.activities import ACTIVITIES
from avrr_desktop.core.births import UNKNOWN_BIRTH, Birth, Precision, parse_birth
from avrr_desktop.core.errors import UserError
from avrr_desktop.core.facts import ConsentFacts, EventFacts, Facts, PersonFacts
from avrr_desktop.people.base import table_of
from avrr_desktop.people.papers import Consent
from avrr_desktop.people.person import PERSON, Person
from avrr_desktop.services.stored import CHUNK, children_of, choices_of, values_of
from avrr_desktop.services.summary.persons import survivors_of

_CONSENT = next(child for child in PERSON.children if child.model is Consent)


class Known:
    """Facts of the persons of one batch."""

    def __init__(self, connection: Connection, today: date) -> None:
        self._connection = connection
        self.today = today
        self.anonymised: set[str] = set()  # files, whose rest stays as it is
        self._persons: dict[str, PersonFacts] = {}
        self._survivors: dict[str, str] = {}  # by file, merged or not
        self._merged: dict[str, tuple[str, ...]] = defaultdict(tuple)  # by survivor
        self._consents: dict[str, tuple[ConsentFacts, ...]] = defaultdict(tuple)  # by file
        self._events: dict[str, dict[str, EventFacts]] = defaultdict(dict)

    def load(self, person_ids: Iterable[str]) -> None:
        """Read the facts of persons not known yet, whichever of their files is named."""
        wanted = {i for i in person_ids if i and i not in self._survivors}
        files = survivors_of(self._connection, wanted)
        self._survivors.update(files)
        for file, survivor in files.items():
            if file != survivor:
                self._merged[survivor] += (file,)
        ids = sorted(files)
        for start in range(0, len(ids), CHUNK):
            self._load_chunk(ids[start : start + CHUNK])

    def _load_chunk(self, ids: list[str]) -> None:
        person = table_of(Person)
        query = select(
            person.c.id,
            person.c.sex,
            person.c.birth_typed,
            person.c.birth_precision,
            person.c.birth_first,
            person.c.birth_last,
            person.c.anonymised_on,
        ).where(person.c.id.in_(ids), person.c.deleted_at.is_(None))
        for row in self._connection.execute(query):
            birth = Birth(row[2] or "", Precision(row[3]), row[4], row[5])
            self._persons[row[0]] = PersonFacts(row[0], row[1], birth)
            if row[6] is not None:
                self.anonymised.add(row[0])
        consents = children_of(self._connection, _CONSENT, ids)
        choices = choices_of(self._connection, _CONSENT, [str(c["id"]) for c in consents])
        for row_ in consents:
            owner = str(row_["person_id"])
            values = values_of(_CONSENT, row_, choices[str(row_["id"])])
            self._consents[owner] += (_consent(values),)
        for activity in ACTIVITIES:
            table = table_of(activity.model)
            rows = self._connection.execute(
                select(table).where(table.c.person_id.in_(ids), table.c.deleted_at.is_(None))
            )
            for event in rows.mappings():
                facts = EventFacts(activity.key, event["id"], dict(event))
                self._events[self.survivor(event["person_id"])][event["id"]] = facts

    def survivor(self, person_id: str) -> str:
        """The file that counts for a person's file, merged or not (rule 12)."""
        return self._survivors.get(person_id, person_id)

    def knows(self, person_id: str) -> bool:
        """Whether the person exists, in the register or earlier in the batch."""
        return self.survivor(person_id) in self._persons

    def take_person(self, person_id: str, values: Mapping[str, object]) -> PersonFacts:
        """Remember a person as this draft leaves them, for the drafts that follow."""
        facts = PersonFacts(person_id, _text(values.get("sex")), self.birth_of(values))
        self._persons[person_id] = facts
        rows = values.get(_CONSENT.key)
        if isinstance(rows, list | tuple):
            self._consents[person_id] = tuple(_consent(row) for row in rows)
        return facts

    def take_event(self, activity: str, event_id: str, values: Mapping[str, object]) -> None:
        """Remember an event for the drafts that follow."""
        person = self.survivor(str(values.get("person_id")))
        self._events[person][event_id] = EventFacts(activity, event_id, values)

    def birth_of(self, values: Mapping[str, object]) -> Birth:
        """The birth date as typed; unknown while it cannot be read."""
        typed = values.get("birth_typed")
        if isinstance(typed, str):
            try:
                return parse_birth(typed, self.today)
            except UserError:
                return UNKNOWN_BIRTH
        return UNKNOWN_BIRTH

    def facts(self, person_id: str, record_id: str = "") -> Facts:
        """What rules may know while a record of this person is checked."""
        survivor = self.survivor(person_id)
        files = (survivor, *self._merged.get(survivor, ()))
        return Facts(
            today=self.today,
            person=self._persons.get(survivor),
            consents=tuple(consent for file in files for consent in self._consents[file]),
            events=tuple(self._events[survivor].values()),
            record_id=record_id,
        )


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _consent(values: Mapping[str, object]) -> ConsentFacts:
    given, withdrawn = values.get("given_on"), values.get("withdrawn_on")
    return ConsentFacts(
        given if isinstance(given, date) else None,
        withdrawn if isinstance(withdrawn, date) else None,
        _codes(values.get("purposes")),
        _codes(values.get("partners")),
    )


def _codes(value: object) -> frozenset[str]:
    return frozenset(value) if isinstance(value, list | tuple) else frozenset()
