"""A gap told person by person: who moved, in which parts, why, and what was decided (rule 13)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from avrr_desktop.activities import SECTIONS
from avrr_desktop.core.permissions import Permission
from avrr_desktop.people.base import table_of
from avrr_desktop.people.person import Person
from avrr_desktop.services.access.needs import needs
from avrr_desktop.services.closing.causes import Cause, Kind, first_kind
from avrr_desktop.services.closing.corrections import Correction, corrections
from avrr_desktop.services.closing.gap import Gap, Move
from avrr_desktop.services.lists import PersonName
from avrr_desktop.services.lists.rows import name_of
from avrr_desktop.services.register import Register
from avrr_desktop.services.stored import rows_by_id
from avrr_desktop.services.summary import CellKey, Cells
from avrr_desktop.services.summary.listings import Unit


@dataclass(frozen=True, slots=True)
class Known:
    """A person behind a difference; ``opens`` is the file to open, the survivor's after a merge."""

    id: str
    name: PersonName
    sex: str
    opens: str
    is_deleted: bool


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything that moved with one person, or with one case or balance of nobody's."""

    key: str
    unit: Unit
    persons: tuple[Known, ...]
    cells: Cells
    kind: Kind
    causes: tuple[Cause, ...]
    corrections: tuple[Correction, ...]

    @property
    def sections(self) -> tuple[str, ...]:
        """The parts that moved, in the order of the bulletin, figures across them last."""
        moved = {key.section for key in self.cells}
        across = sorted(moved - SECTIONS.keys())
        return (*(key for key in SECTIONS if key in moved), *across)


@needs(Permission.NAMES)
def explanations(register: Register, gap: Gap) -> tuple[Explanation, ...]:
    """The moves of a gap by person, in the order of the sections they first appear in."""
    grouped: defaultdict[tuple[str, ...], list[Move]] = defaultdict(list)
    for move in gap.moves:
        grouped[move.persons or (move.section, move.id)].append(move)
    known = known_persons(register, (person for move in gap.moves for person in move.persons))
    decided = {one.batch: one for one in corrections(register, gap.closing.period)}
    return tuple(_explanation(moves, known, decided) for moves in grouped.values())


@needs(Permission.NAMES)
def known_persons(register: Register, persons: Iterable[str]) -> dict[str, Known]:
    """These persons by id, those in the bin and those merged too."""
    wanted = sorted(set(persons))
    with register.database.reading() as connection:
        rows = rows_by_id(connection, table_of(Person), wanted)
    return {key: _known(key, row) for key, row in rows.items()}


def cells_between(cells: Mapping[CellKey, int], key: CellKey) -> tuple[str, ...]:
    """The groups a move of ``key`` went to or came from: those of the opposite sign."""
    by = cells.get(key, 0)
    return tuple(
        other.group
        for other, value in cells.items()
        if other[:3] == key[:3] and other.group != "total" and value * by < 0
    )


def _explanation(
    moves: Sequence[Move], known: Mapping[str, Known], decided: Mapping[int, Correction]
) -> Explanation:
    cells: Cells = defaultdict(int)
    for move in moves:
        for key, by in move.cells.items():
            cells[key] += by
    causes = _once(cause for move in moves for cause in move.causes)
    first = moves[0]
    return Explanation(
        key="|".join(first.persons) or f"{first.section}|{first.id}",
        unit=first.unit,
        persons=tuple(known[person] for person in first.persons if person in known),
        cells={key: by for key, by in cells.items() if by},
        kind=first_kind(causes),
        causes=causes,
        corrections=tuple(decided[b] for b in sorted({c.batch for c in causes}) if b in decided),
    )


def _once(causes: Iterable[Cause]) -> tuple[Cause, ...]:
    by_sequence = {cause.sequence: cause for cause in causes}
    return tuple(by_sequence[sequence] for sequence in sorted(by_sequence))


def _known(person: str, row: Mapping[str, object]) -> Known:
    return Known(
        id=person,
        name=name_of(row),
        sex=str(row["sex"] or ""),
        opens=str(row["merged_into_id"] or person),
        is_deleted=row["deleted_at"] is not None,
    )
