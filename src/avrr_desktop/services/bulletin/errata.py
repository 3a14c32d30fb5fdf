"""The erratum a bulletin carries: of the closed period before, masked like its other figures."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy import Connection

from avrr_desktop.core.labels import Language
from avrr_desktop.core.periods import Period
from avrr_desktop.core.permissions import Permission
from avrr_desktop.core.vocabularies import Vocabularies
from avrr_desktop.services.access.needs import needs
from avrr_desktop.services.bulletin.figures import masks_of
from avrr_desktop.services.bulletin.masking import Masks
from avrr_desktop.services.bulletin.parts import lists_published
from avrr_desktop.services.bulletin.shown import Said, Shown
from avrr_desktop.services.closing.closings import frozen_of
from avrr_desktop.services.closing.erratum import Tell, erratum_between
from avrr_desktop.services.closing.frozen import counted_of, read_content
from avrr_desktop.services.closing.held import Closing, closing_for, closings
from avrr_desktop.services.past import past
from avrr_desktop.services.register import Register
from avrr_desktop.services.summary import CellKey, Summary, cells_of_rolls, rolls_of
from avrr_desktop.services.summary_view import document


@dataclass(frozen=True, slots=True)
class Revised:
    """A closed period as it was published, and as it was counted again later."""

    published: Summary
    recounted: Summary


@needs(Permission.FIGURES)
def erratum_before(register: Register, period: Period, language: Language, limit: int) -> str:
    """What the period before should have said, in words; nothing when it stands.

    ``limit`` masks figures below it; 0 masks nothing.

    Raises:
        UserError: ``closing_altered``.
    """
    found = _revised(register, period)
    if found is None:
        return ""
    tell = _teller(found, language, limit) if limit else None
    return erratum_between(found.published, found.recounted, language, tell)


def _revised(register: Register, period: Period) -> Revised | None:
    """The period before a bulletin's; None when it was not closed.

    A closed bulletin says what was known at its own closing, so that it never changes.
    """
    own = closing_for(register, period)
    if own is None:
        closing = closing_for(register, period.previous)
        if closing is None:
            return None
        with register.database.reading() as connection:
            return _recounted(connection, register.vocabularies, closing)
    closing = _closed_before(register, own)
    if closing is None:
        return None
    with past(register, own.as_of) as view:
        return _recounted(view.connection, view.vocabularies, closing)


def _closed_before(register: Register, own: Closing) -> Closing | None:
    """The closing of the period before that was in force when this one was closed."""
    for each in closings(register):
        reopened = each.reopened_at
        was_in_force = each.as_of < own.as_of and (reopened is None or reopened > own.closed_at)
        if each.period == own.period.previous and was_in_force:
            return each
    return None


def _recounted(connection: Connection, lists: Vocabularies, closing: Closing) -> Revised:
    published = counted_of(read_content(frozen_of(connection, closing).content)).summary
    rolls = rolls_of(connection, lists, closing.period, closing.counted_on)
    recounted = replace(published, cells=cells_of_rolls(rolls), vocabularies=lists)
    return Revised(published, recounted)


def _teller(found: Revised, language: Language, limit: int) -> Tell:
    """Each figure as the bulletin of its own count would tell it.

    None is plainer in one than in the other: what hides in one could be read off the other.
    """
    masks = {id(each): _masks(each, language, limit) for each in (found.published, found.recounted)}
    hidden = {key for each in masks.values() for key in each.hidden}

    def tell(summary: Summary, key: CellKey) -> str:
        value = int(summary.value(*key) or 0)
        shown = masks[id(summary)].shown(key, value)
        if shown.is_exact and key in hidden and value:
            shown = Shown(value, Said.AT_LEAST, limit)
        return shown.text

    return tell


def _masks(summary: Summary, language: Language, limit: int) -> Masks:
    shown = document(summary, summary.vocabularies, language)
    return masks_of(summary, shown, lists_published(), limit)
