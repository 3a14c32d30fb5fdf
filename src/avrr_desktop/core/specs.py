"""How a record is declared: fields, sections, children, and what it counts.

Everything else (form, list, filters, validation, import, export, summary, audit) is derived from
these values. They are data; behaviour is plain named functions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Final

from avrr_desktop.core.errors import Finding
from avrr_desktop.core.kinds import Kind
from avrr_desktop.core.labels import Label

if TYPE_CHECKING:
    from avrr_desktop.core.facts import Facts

Values = Mapping[str, object]
MOST_UNITS: Final = 32_767  # of UTF-16: what a cell of a workbook holds

Rule = Callable[[Values, "Facts"], Iterable[Finding]]


def units_of(text: str) -> int:
    """How long a text is as spreadsheets count it."""
    return len(text) + sum(sign > "\uffff" for sign in text)


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldSpec:
    """What a column is for people: stands in its ``Annotated`` type."""

    label: Label
    kind: Kind
    section: str = "main"
    vocabulary: str = ""
    refers_to: str = ""  # the key of the record a REFERENCE names
    minimum: float | None = None
    maximum: float | None = None
    usual: tuple[float, float] | None = None  # outside it the value is confirmed with a reason
    max_length: int = MOST_UNITS
    fills_row: bool = False  # a text of usually more than a few words
    may_lie_ahead: bool = False  # a date later than today is accepted
    in_list: bool = False
    pinned: bool = False  # kept by "save and another"
    restricted: bool = False
    required_when_visible: bool = False
    assigned: bool = False  # given by the program, never typed
    visible_when: Callable[[Values], bool] | None = None
    unit: Label | None = None
    help: Label | None = None


@dataclass(frozen=True, slots=True)
class Field:
    """A declared column: its name, its spec and whether it must be filled."""

    name: str
    spec: FieldSpec
    required: bool
    default: object = None


@dataclass(frozen=True, slots=True)
class SectionSpec:
    """A titled group of fields of a form."""

    key: str
    label: Label


@dataclass(frozen=True, slots=True)
class InOrder:
    """Two dates of one record of which the later may not lie before the earlier."""

    earlier: str
    later: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A table a person fills in through a form.

    ``owner`` is the column that names the owning record of a child. ``rules`` get the typed values
    and frozen facts, never a session.
    """

    key: str
    label: Label  # one of them
    plural: Label
    model: type
    sections: tuple[SectionSpec, ...]
    owner: str = ""
    children: tuple[Record, ...] = ()
    orders: tuple[InOrder, ...] = ()
    rules: tuple[Rule, ...] = ()


@dataclass(frozen=True, slots=True)
class Filled:
    """The event counts when the column holds something."""

    column: str


@dataclass(frozen=True, slots=True)
class Empty:
    """The event counts when the column holds nothing."""

    column: str


@dataclass(frozen=True, slots=True)
class Tagged:
    """The event counts when the column's term bears the tag (or, negated, does not)."""

    column: str
    vocabulary: str
    tag: str
    negated: bool = False


@dataclass(frozen=True, slots=True)
class NotExited:
    """The event counts unless an exit is dated on or before the counting date."""

    column: str


Condition = Filled | Empty | Tagged | NotExited


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A list by whose terms the section's persons are counted; ``key`` ends the measure's name.

    ``column`` is a column of the event unless ``of_person``.
    """

    key: str
    column: str
    vocabulary: str
    label: Label
    of_person: bool = False
    several: bool = False  # a multi-choice column: an event may have several terms
    services: bool = False  # events are counted by it too


@dataclass(frozen=True, slots=True)
class Population:
    """The persons a section counts; ``suffix`` ends its measures' names, "" for the published."""

    suffix: str
    label: Label
    where: Tagged | None = None
    breakdowns: tuple[str, ...] | None = None  # keys of the lists it is cut by; all when None


EVERYONE = Population("", Label("Personnes", "الأشخاص", "Persons"))


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedSection:
    """A part of the bulletin: which events of an activity count, by which date, cut by what."""

    key: str
    label: Label
    dated_by: str
    conditions: tuple[Condition, ...] = ()
    breakdowns: tuple[Breakdown, ...] = ()
    populations: tuple[Population, ...] = (EVERYONE,)
    days_since_registration: bool = False  # its median delay from registration is shown
    running_total: bool = False  # counted since the programme began, with its opening balance
    running_by: str = ""  # key of the list by which the running total is cut too


@dataclass(frozen=True, slots=True)
class Exit:
    """Leaving a programme: its day, of which kind it was, and the kind when none is said.

    It tells the state unless the event had taken place before: then ``unless_before`` is its day.
    """

    on: str
    kind: str
    usual_kind: str
    unless_before: str


@dataclass(frozen=True, slots=True)
class States:
    """How the state of an event derives from its dates and its exit, in Python and in SQL alike.

    ``steps`` are dates and the state each gives when it is filled, the furthest first; ``first``
    is the state before any. ``services/lists/expressions`` holds the twin of ``of`` in SQL.
    """

    vocabulary: str
    steps: tuple[tuple[str, str], ...]
    first: str
    exit: Exit | None = None

    def of(self, values: Values) -> str:
        """The state of one event (counting rule 2)."""
        if self.exit is not None and self._has_left(values, self.exit):
            return str(values.get(self.exit.kind) or self.exit.usual_kind)
        for column, state in self.steps:
            if values.get(column) is not None:
                return state
        return self.first

    @staticmethod
    def _has_left(values: Values, left: Exit) -> bool:
        day, before = values.get(left.on), values.get(left.unless_before)
        return isinstance(day, date) and (not isinstance(before, date) or day <= before)


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity(Record):
    """A dated event on a person, and the parts of the bulletin it feeds."""

    icon: str
    dated_by: str
    counted: tuple[CountedSection, ...] = field(default_factory=tuple)
    states: States | None = None
