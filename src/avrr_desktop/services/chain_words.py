"""What does not hold in the journal, in the user's words."""

from __future__ import annotations

from avrr_desktop.core.translation import Translator
from avrr_desktop.services.chain import Fault, FaultKind


def fault_text(fault: Fault, say: Translator) -> str:
    """What happened, and at which line."""
    first, last = str(fault.sequence), str(fault.last)
    if fault.kind is FaultKind.MISSING and fault.sequence != fault.last:
        return say.tr(
            "Lines {first} to {last} of the journal were removed with another program.",
            first=first,
            last=last,
        )
    words = {
        FaultKind.ALTERED: say.tr(
            "The journal was altered with another program at line {line}.", line=first
        ),
        FaultKind.MISSING: say.tr(
            "Line {line} of the journal was removed with another program.", line=first
        ),
        FaultKind.MOVED: say.tr(
            "Lines {first} and {last} of the journal changed places with another program.",
            first=first,
            last=last,
        ),
        FaultKind.CUT: say.tr(
            "The end of the journal was removed with another program: line {last} had been"
            " written, nothing is left from line {first} on.",
            first=first,
            last=last,
        ),
        FaultKind.REWRITTEN: say.tr(
            "The journal was written anew with another program: line {line} is not the one that"
            " the program sealed.",
            line=first,
        ),
        FaultKind.HEAD_MISSING: say.tr(
            "The file journal.head was missing at line {line}: whether the end of the journal was"
            " cut off before cannot be told.",
            line=first,
        ),
        FaultKind.HEAD_ALTERED: say.tr(
            "The file journal.head was altered, or is another register's: whether the end of the"
            " journal was cut off cannot be told."
        ),
    }
    return words[fault.kind]
