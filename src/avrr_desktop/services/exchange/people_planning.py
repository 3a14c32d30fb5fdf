"""The persons a registration's line speaks of: new ones, and what changes of known ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from avrr_desktop.core.births import parse_birth
from avrr_desktop.core.errors import UserError
from avrr_desktop.people.person import PERSON
from avrr_desktop.services import validation
from avrr_desktop.services.exchange.columns import PAPERS_BESIDE, PERSON_PAPERS
from avrr_desktop.services.exchange.drafting import Drafting, Work
from avrr_desktop.services.exchange.lines import Line
from avrr_desktop.services.exchange.lookups import Lookups
from avrr_desktop.services.exchange.recognition import is_same_birth, stored_birth
from avrr_desktop.services.stored import Row, values_of


class PeoplePlanning:
    """Puts together the persons of the intake's lines.

    What several lines say of one person must agree. An empty cell changes nothing of a person.
    """

    def __init__(
        self, lookups: Lookups, drafting: Drafting, persons: Mapping[str, Row], today: date
    ) -> None:
        self._lookups = lookups
        self._drafting = drafting
        self._persons = persons
        self._today = today
        self._said: dict[str, dict[str, tuple[object, Line]]] = {}

    def plan(self, lines: Sequence[Line]) -> None:
        """Take the persons of these lines."""
        own = [line for line in lines if line.person_id and not line.is_settled]
        for line in own:
            self._hear(line)
        known = self._lookups.records(
            PERSON.key, (line.person_id for line in own if line.person_id in self._persons)
        )
        for key in PAPERS_BESIDE:
            self._lookups.load_children(PERSON_PAPERS[key], known)
        for person_id, said in self._said.items():
            line = next(line for line in own if line.person_id == person_id)
            if person_id in known:
                self._update(known[person_id], said, line)
            else:
                self._create(person_id, said, line)

    def _hear(self, line: Line) -> None:
        said = self._said.setdefault(line.person_id, {})
        for prefix in (PERSON.key, *PAPERS_BESIDE):
            for name, value in line.prefixed(prefix).items():
                column = f"{prefix}.{name}"
                first, other = said.setdefault(column, (value, line))
                if first != value:
                    line.add(column, "person_differs", row=other.row)

    def _create(self, person_id: str, said: Mapping[str, tuple[object, Line]], line: Line) -> None:
        work = self._drafting.new(PERSON.key, person_id, line)
        work.values.update(_of(PERSON.key, said))
        for key in PAPERS_BESIDE:
            if paper := _of(key, said):
                work.put_children(key, [(paper, line, f"{key}.")])

    def _update(self, stored: Row, said: Mapping[str, tuple[object, Line]], line: Line) -> None:
        typed = validation.clean(PERSON, _of(PERSON.key, said))
        if self._is_known_birth(typed.get("birth_typed"), stored):
            del typed["birth_typed"]
        changed = {name: value for name, value in typed.items() if stored[name] != value}
        if changed:
            self._drafting.update(PERSON.key, stored, line).values.update(changed)
            line.changes = True
        for key in PAPERS_BESIDE:
            if paper := _of(key, said):
                self._update_paper(key, paper, stored, line)

    def _is_known_birth(self, typed: object, stored: Row) -> bool:
        """Whether a birth date, perhaps written another way, is the one of the register."""
        if not isinstance(typed, str):
            return False
        try:
            return is_same_birth(parse_birth(typed, self._today), stored_birth(stored))
        except UserError:
            return False

    def _update_paper(self, key: str, paper: Row, person: Row, line: Line) -> None:
        """The first paper kept with the person takes what the line says; the others stay."""
        child = PERSON_PAPERS[key]
        rows = self._lookups.children(child, str(person["id"]))
        whole: list[Row] = [
            {"id": row["id"], **values_of(child, row, choices(row))} for row in rows
        ]
        first = whole[0] if whole else {}
        typed = validation.clean(child, paper)
        if all(first.get(name) == value for name, value in typed.items()):
            return
        work: Work = self._drafting.update(PERSON.key, person, line)
        beside: Line | None = line
        lines = [({**first, **typed}, beside, f"{key}.")]
        work.put_children(key, [*lines, *((row, None, "") for row in whole[1:])])


def choices(row: Row) -> dict[str, tuple[str, ...]]:
    """The multi-choice values of a whole row."""
    return {name: value for name, value in row.items() if isinstance(value, tuple)}


def _of(prefix: str, said: Mapping[str, tuple[object, Line]]) -> Row:
    start = f"{prefix}."
    return {
        column.removeprefix(start): value
        for column, (value, _) in said.items()
        if column.startswith(start)
    }
