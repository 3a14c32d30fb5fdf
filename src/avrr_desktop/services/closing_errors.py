"""What a closed semester refuses, and what to do, for each code of an error."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from avrr_desktop.core.translation import Translator
from avrr_desktop.services.said_values import Said

CLOSING_ERRORS: Final[Mapping[str, Callable[[Translator, Said], str]]] = {
    "not_a_semester": lambda say, of: say.tr(
        "Only a semester is closed; “{period}” is none. Type 2023-S1.", period=of.text("period")
    ),
    "semester_not_over": lambda say, of: say.tr(
        "{period} ends on {last}: it can be closed from the day after.",
        period=of.text("period"),
        last=of.day("last"),
    ),
    "already_closed": lambda say, of: say.tr(
        "{period} was closed on {day}. Reopen it first.",
        period=of.text("period"),
        day=of.day("day"),
    ),
    "closing_blocked": lambda say, of: say.ntr(
        "{count} planned event is overdue and has no date. Settle it first, or close with a"
        " reason.",
        "{count} planned events are overdue and have no date. Settle them first, or close with a"
        " reason.",
        of.count("count"),
    ),
    "not_closed": lambda say, of: say.tr("{period} is not closed.", period=of.text("period")),
    "closing_altered": lambda say, of: say.tr(
        "What was frozen of {period} was altered with another program. Do not publish it: restore"
        " a backup.",
        period=of.text("period"),
    ),
    "proof_not_conform": lambda say, of: say.tr(
        "The lists do not give {period} as it was published ({first}). Nothing was written: look"
        " at the gap first.",
        period=of.text("period"),
        first=of.text("first"),
    ),
    "moves_closed": lambda say, of: say.tr(
        "This moves published figures ({periods}). Give the reason of the correction.",
        periods=of.text("periods"),
    ),
    "name_of_other_format": lambda say, of: say.tr(
        "{name} is not the name of a {format} file. Make the name end in .{format}, or ask for the"
        " other form.",
        name=of.text("name"),
        format=of.text("format"),
    ),
    "unknown_bulletin_format": lambda say, of: say.tr(
        "“{format}” is not docx or pdf.", format=of.text("format")
    ),
    "correction_decided": lambda say, _: say.tr("This correction was decided on already."),
    "own_correction_waits": lambda say, of: say.tr(
        "A correction of your own waits in {period}: reopening would let it pass. Another person"
        " decides on it, or reopens.",
        period=of.text("period"),
    ),
    "own_correction": lambda say, _: say.tr(
        "Somebody else must decide on your correction. The settings can allow it."
    ),
}
