"""What is checked before a semester is frozen, as the page shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from avrr_desktop.services.summary import Summary
from avrr_desktop.ui.routes import Route


class State(IntEnum):
    """How much a point weighs, in the order the groups are shown."""

    BLOCKING = 0
    TO_DECIDE = 1
    IN_ORDER = 2


@dataclass(frozen=True, slots=True)
class CheckItem:
    """One record of a point: its words, and the page that mends it.

    ``declare`` is an empty part of the bulletin for which *nothing to report* may be declared,
    ``withdraw`` one whose declaration may be taken back.
    """

    title: str
    detail: str = ""
    route: Route | None = None
    declare: str = ""
    withdraw: str = ""


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One point. ``route`` opens all its records, else ``items`` are listed under it."""

    key: str
    state: State
    icon: str
    title: str
    detail: str = ""
    count: int | None = None
    route: Route | None = None
    route_word: str = ""  # instead of *Open*
    items: tuple[CheckItem, ...] = ()
    is_final: bool = False  # blocking, and no reason lets one pass


@dataclass(frozen=True, slots=True)
class Checked:
    """A pre-flight: its points, and the figures that would be frozen."""

    lines: tuple[CheckLine, ...]
    summary: Summary
    at: datetime

    def of(self, state: State) -> tuple[CheckLine, ...]:
        """The points of a group."""
        return tuple(line for line in self.lines if line.state is state)
