"""Random changes to a real register through its services, for the time machine's tests."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from random import Random
from typing import Final

from sqlalchemy import select

from avrr_desktop.activities import ACTIVITIES, ACTIVITY_BY_KEY, RECORD_BY_KEY
from avrr_desktop.core.clock import FixedClock
from avrr_desktop.core.errors import UserError
from avrr_desktop.core.labels import Label
from avrr_desktop.people.base import table_of
from avrr_desktop.people.person import PERSON, Person
from avrr_desktop.services import stored, vocabulary_admin
from avrr_desktop.services.drafts import Draft
from avrr_desktop.services.journal import Journal
from avrr_desktop.services.records import Records
from avrr_desktop.services.register import Register

_LISTS: Final = ("country", "assistance_kind", "fund", "contact_channel", "partner")
_PURPOSES: Final = ("social_needs", "medical_needs", "legal_form", "training")


class Editor:
    """Changes one thing at a time; what the register refuses is left."""

    def __init__(self, register: Register, clock: FixedClock, seed: int) -> None:
        self._register, self._clock, self._random = register, clock, Random(seed)
        self._records, self._actor = Records(register), register.local_actor
        self._changes: tuple[Callable[[], object], ...] = (
            self._person,
            self._birth,
            self._vulnerability,
            self._event,
            self._event,
            self._new_event,
            self._choices,
            self._delete,
            self._delete,
            self._restore,
            self._merge,
            self._term,
            self._balance,
            lambda: self._records.undo(self._actor),
        )

    def change(self) -> str:
        """Move the clock, mostly on, and change something; gives the kind of change, if any."""
        self._clock.instant += timedelta(minutes=self._random.choice((0, 1, 40, 40, 900, -600)))
        made = self._random.choice(self._changes)
        with suppress(UserError):
            made()
            return getattr(made, "__name__", "")
        return ""

    def _save(self, *drafts: Draft) -> None:
        self._records.save(self._actor, *drafts, confirm_all="test")

    def _one(self, key: str, *, deleted: bool = False) -> stored.Row:
        """A record of a table, chosen at random; an empty row when there is none."""
        table = table_of(RECORD_BY_KEY[key].model)
        is_deleted = table.c.deleted_at.is_not(None) if deleted else table.c.deleted_at.is_(None)
        with self._register.database.reading() as connection:
            query = select(table).where(is_deleted).order_by(table.c.id)
            rows = connection.execute(query).mappings().all()
        if not rows:
            raise UserError("no_such_record")
        return dict(self._random.choice(rows))

    def _activity(self) -> str:
        return self._random.choice(ACTIVITIES).key

    def _person(self) -> None:
        values = {
            "sex": self._random.choice(("man", "woman", None)),
            "nationality": self._random.choice(("GN", "CI", "SN")),
            "languages": self._random.choice(((), ("french",), ("arabic", "french"))),
        }
        self._save(Draft(PERSON.key, values, id=str(self._one(PERSON.key)["id"])))

    def _birth(self) -> None:
        typed = self._random.choice(("1990", "03/2006", "12/03/2008", "~16", ""))
        person = str(self._one(PERSON.key)["id"])
        self._save(Draft(PERSON.key, {"birth_typed": typed}, id=person))

    def _vulnerability(self) -> None:
        person = self._records.read(PERSON.key, str(self._one(PERSON.key)["id"]))
        lines = list(stored_lines(person.values["vulnerability"]))
        if lines and self._random.random() < 0.5:
            lines.pop()
        else:
            code = self._random.choice(("unaccompanied_child", "separated_child"))
            lines.append({"code": code, "from_on": date(2023, 1, self._random.randint(1, 28))})
        self._save(Draft(PERSON.key, {"vulnerability": tuple(lines)}, id=person.id))

    def _event(self) -> None:
        key = self._activity()
        row, dated_by = self._one(key), ACTIVITY_BY_KEY[key].dated_by
        day = date(2023, 1, 1) + timedelta(days=self._random.randint(0, 400))
        self._save(Draft(key, {dated_by: day}, id=str(row["id"])))

    def _new_event(self) -> None:
        values = {
            "person_id": self._one(PERSON.key)["id"],
            "office": "RBA",
            "given_on": date(2023, 1, 1) + timedelta(days=self._random.randint(0, 300)),
            "kind": self._random.choice(("voucher", "food", "medical")),
        }
        self._save(Draft("direct_assistance", values))

    def _choices(self) -> None:
        """Other needs of a referral; a referral when there is none."""
        purposes = tuple(sorted(self._random.sample(_PURPOSES, k=self._random.randint(1, 3))))
        try:
            referral = str(self._one("referral")["id"])
        except UserError:
            day, person = date(2023, 3, self._random.randint(1, 28)), self._one(PERSON.key)["id"]
            new = {"person_id": person, "office": "RBA", "partner": "anapec", "referred_on": day}
            self._save(Draft("referral", {**new, "purposes": purposes}))
        else:
            self._save(Draft("referral", {"purposes": purposes}, id=referral))

    def _delete(self) -> None:
        key = self._random.choice((PERSON.key, self._activity(), self._activity()))
        self._records.delete(self._actor, key, str(self._one(key)["id"]), "double")

    def _restore(self) -> None:
        key = self._random.choice((PERSON.key, self._activity()))
        self._records.restore(self._actor, key, str(self._one(key, deleted=True)["id"]))

    def _merge(self) -> None:
        """Merge a file that stands alone into one that is not merged, or part it again."""
        row, other = self._one(PERSON.key), self._one(PERSON.key)
        into = None if row["merged_into_id"] else other["id"]
        table = table_of(Person)
        with self._register.database.writing() as connection:
            query = select(table.c.id).where(table.c.merged_into_id == row["id"])
            is_survivor = connection.execute(query).first() is not None
            if into and (into == row["id"] or other["merged_into_id"] or is_survivor):
                raise UserError("no_such_record")
            ids = [str(row["id"])]
            choices = stored.choices_of(connection, PERSON, ids)[ids[0]]
            journal = Journal(connection, self._actor, self._clock, action="merge", reason="same")
            journal.update(table, row, {**row, "merged_into_id": into}, choices, choices)
            journal.write()

    def _term(self) -> None:
        register, actor = self._register, self._actor
        name = self._random.choice(_LISTS)
        code = self._random.choice(register.vocabularies.terms(name)).code
        label = Label(*(f"{word} {self._random.random()}" for word in ("mot", "كلمة", "word")))
        match self._random.randrange(5):
            case 0:
                vocabulary_admin.rename_term(register, actor, name, code, label)
            case 1:
                vocabulary_admin.retire_term(register, actor, name, code)
            case 2:
                vocabulary_admin.reactivate_term(register, actor, name, code)
            case 3:
                vocabulary_admin.move_term(
                    register, actor, name, code, self._random.choice((-2, 3))
                )
            case _:
                new = f"new_{self._random.randrange(10**6)}"
                vocabulary_admin.add_term(register, actor, name, new, label)

    def _balance(self) -> None:
        values = {
            "section": "returns_from_morocco",
            "as_of": date(2022, 12, 31) - timedelta(days=self._random.randint(0, 300)),
            "value": self._random.randrange(1, 500),
            "source": "bulletin",
            "signed_by": "X",
        }
        self._save(Draft("opening_balance", values))


def stored_lines(lines: object) -> tuple[dict[str, object], ...]:
    """The lines of a child as a stored record holds them."""
    assert isinstance(lines, tuple)
    return lines
