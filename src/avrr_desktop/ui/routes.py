"""Where one can go in the program: every page is named by a value."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from avrr_desktop.services.summary.cells import CellKey


@dataclass(frozen=True, slots=True)
class Today:
    """The day's work list."""


@dataclass(frozen=True, slots=True)
class SummaryOf:
    """The summary of a period; the last one looked at when ``period`` is empty.

    ``known_at``: its figures as they were known then.
    """

    period: str = ""
    known_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class FigureOf:
    """The persons behind a figure, and those nearly in it; ``known_at``: as was known then."""

    period: str
    cell: CellKey
    not_counted: bool = False
    known_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ChecksOf:
    """The identities of a period's figures; the last one looked at when ``period`` is empty."""

    period: str = ""


@dataclass(frozen=True, slots=True)
class ClosingOf:
    """Closing ``period``, beside the gap of ``closed``; chosen by the page when empty."""

    period: str = ""
    closed: str = ""


@dataclass(frozen=True, slots=True)
class RecordsOf:
    """The list of one record: persons, cases, an activity. ``filters`` preset the list's chips."""

    key: str
    filters: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class PersonPage:
    """One person: identity, household, timeline."""

    person_id: str


@dataclass(frozen=True, slots=True)
class DuplicatesOf:
    """Files that are probably of one person."""


@dataclass(frozen=True, slots=True)
class MergeOf:
    """Two files of one person side by side; the first is meant to stay."""

    survivor: str
    merged: str


@dataclass(frozen=True, slots=True)
class CasePage:
    """One case: its members and events."""

    case_id: str


@dataclass(frozen=True, slots=True)
class FormOf:
    """The form of a record: a new one (``record_id`` empty) or a stored one.

    ``person_ids`` are those a new activity is entered for; ``prefill`` are values to start with.
    """

    key: str
    record_id: str = ""
    person_ids: tuple[str, ...] = ()
    case_id: str = ""
    prefill: tuple[tuple[str, object], ...] = ()


@dataclass(frozen=True, slots=True)
class NewRegistration:
    """Person or family, consent and registration entered from one screen."""

    prefill: tuple[tuple[str, object], ...] = ()
    case_id: str = ""  # the case a new member joins


@dataclass(frozen=True, slots=True)
class Bin:
    """What was deleted and may be restored."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """Workbook, nominal lists, template and import."""


@dataclass(frozen=True, slots=True)
class BulletinTexts:
    """Texts and images of the bulletin; of the period last looked at when ``period`` is empty."""

    period: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings; ``section`` opens one of them (general, lists, balances, bulletin)."""

    section: str = ""


@dataclass(frozen=True, slots=True)
class MoveRegister:
    """Taking the register to another PC."""


@dataclass(frozen=True, slots=True)
class JournalOf:
    """Who did what; of one person's file when ``person`` is given."""

    person: str = ""


@dataclass(frozen=True, slots=True)
class About:
    """Version, licences, the register's identity."""


@dataclass(frozen=True, slots=True)
class Licences:
    """The licences of the program's components; of one of them when ``name`` is given."""

    name: str = ""


@dataclass(frozen=True, slots=True)
class WhatChanged:
    """What each version of the program brought."""


@dataclass(frozen=True, slots=True)
class Help:
    """The user's guide; ``topic`` is an anchor of it."""

    topic: str = ""


Route = (
    Today
    | SummaryOf
    | FigureOf
    | ChecksOf
    | ClosingOf
    | RecordsOf
    | PersonPage
    | DuplicatesOf
    | MergeOf
    | CasePage
    | FormOf
    | NewRegistration
    | Bin
    | Exchange
    | BulletinTexts
    | Settings
    | MoveRegister
    | JournalOf
    | About
    | Licences
    | WhatChanged
    | Help
)


@dataclass(slots=True)
class Visit:
    """A page that was left: where it was and what it held, to come back to it."""

    route: Route
    state: object = field(default=None)
