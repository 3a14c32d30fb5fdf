"""What a broken identity says: the figure, what it is, what it should be."""

from __future__ import annotations

from avrr_desktop.core.translation import Translator
from avrr_desktop.core.vocabularies import Vocabularies
from avrr_desktop.services.identities.model import Bound, Offence
from avrr_desktop.services.said_values import Said
from avrr_desktop.services.summary.cells import CellKey
from avrr_desktop.services.summary.measures import measure_of
from avrr_desktop.services.summary_labels import cell_label


def is_shown(key: CellKey) -> bool:
    """Whether a figure is one the summary shows: then its persons can be opened."""
    return measure_of(key.section, key.measure) is not None


def figure_text(key: CellKey, lists: Vocabularies, say: Translator) -> str:
    """A figure in words; one that nobody declared by its key."""
    if is_shown(key):
        return cell_label(key, lists, say.language)
    return " / ".join(part for part in key if part)


def wanted_text(offence: Offence, say: Translator) -> str:
    """What the figure should be."""
    number = Said(say, {"wanted": offence.wanted}).number("wanted")
    match offence.bound:
        case Bound.AT_MOST:
            return say.tr("at most {number}", number=number)
        case Bound.AT_LEAST:
            return say.tr("at least {number}", number=number)
        case Bound.ABSENT:
            return say.tr("no such figure")
        case Bound.UNMARKED:
            return say.tr("the terms sum to {number}", number=number)
        case _:
            return number
