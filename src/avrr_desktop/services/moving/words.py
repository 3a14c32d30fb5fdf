"""What a moved register holds, in words: for the windows and the command line."""

from __future__ import annotations

from avrr_desktop.core.translation import Translator
from avrr_desktop.services.moving.taking_in import Incoming


def counts_text(persons: int, events: int, say: Translator) -> str:
    """« 1 732 personnes, 4 310 événements »."""
    return say.tr(
        "{persons}, {events}",
        persons=say.ntr("{number} person", "{number} persons", persons, number=_grouped(persons)),
        events=say.ntr("{number} event", "{number} events", events, number=_grouped(events)),
    )


def taken_text(incoming: Incoming, say: Translator) -> str:
    """That the register goes on here, and what of it does not."""
    told = incoming.told
    said = say.tr(
        "The register of the PC {pc} goes on here: {counts}. A first backup was made.",
        pc=_isolated(told.pc or "?"),
        counts=counts_text(told.persons, told.events, say),
    )
    return f"{said} {lost_place_text(incoming, say)}" if incoming.lost_place else said


def lost_place_text(incoming: Incoming, say: Translator) -> str:
    """That the second place of the backups is not reached from this PC."""
    return say.tr(
        "The second place for backups, {folder}, is not there on this PC: choose another in the"
        " settings.",
        folder=_isolated(incoming.lost_place),
    )


def lost_lines_text(incoming: Incoming, say: Translator) -> str:
    """How many entries of this PC the file does not have; empty for none."""
    lost = incoming.present.lost_lines
    if not lost:
        return ""
    return say.ntr(
        "{number} entry made on this PC is not in the file.",
        "{number} entries made on this PC are not in the file.",
        lost,
        number=_grouped(lost),
    )


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", "\u202f")


def _isolated(text: str) -> str:
    return f"\u2066{text}\u2069"
