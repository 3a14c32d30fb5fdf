"""Probable duplicates and mergers in words."""

from __future__ import annotations

from collections.abc import Callable

from avrr_desktop.core.translation import tr
from avrr_desktop.services.duplicate_pairs import Likeness
from avrr_desktop.services.duplicates_found import DuplicateSide
from avrr_desktop.services.merging import MergeEffect
from avrr_desktop.ui.page import Context
from avrr_desktop.ui.person.words import plain_name
from avrr_desktop.ui.records.deletion import moved_text, period_shown
from avrr_desktop.ui.widgets.chip_drawing import ChipKind, ChipSpec
from avrr_desktop.ui.widgets.formats import code_text, ltr

_LIKENESS: dict[Likeness, Callable[[str], str]] = {
    Likeness.DOCUMENT: lambda number: tr("Document {number}", number=number),
    Likeness.OTHER_NUMBER: lambda number: tr("Number {number}", number=number),
    Likeness.PHONE: lambda number: tr("Phone {number}", number=number),
    Likeness.SAME_NAMES: lambda _: tr("Same names"),
    Likeness.CLOSE_NAMES: lambda _: tr("Names alike"),
    Likeness.ARABIC_NAMES: lambda _: tr("Same names in Arabic"),
    Likeness.SAME_BIRTH: lambda _: tr("Same birth date"),
    Likeness.POSSIBLE_BIRTH: lambda _: tr("Birth dates that agree"),
    Likeness.NATIONALITY: lambda _: tr("Same nationality"),
}
_STRONG = frozenset({Likeness.DOCUMENT, Likeness.OTHER_NUMBER})


def likeness_text(reason: Likeness, number: str = "") -> str:
    """One reason in words."""
    return _LIKENESS[reason](ltr(number))


def likeness_chip(reason: Likeness, number: str) -> ChipSpec:
    """One reason; a number of papers in common stands out."""
    kind = ChipKind.WARNING if reason in _STRONG else ChipKind.REASON
    return ChipSpec(likeness_text(reason, number), kind)


def side_text(side: DuplicateSide) -> str:
    """« KONÉ Aïcha (P‑000042) »."""
    return tr("{name} ({number})", name=ltr(plain_name(side.name)), number=code_text(side.number))


def effect_text(context: Context, effect: MergeEffect) -> str:
    """What a merger moves: in the period looked at, then in closed semesters."""
    period = code_text(period_shown(context).code)
    moved = moved_text(context, effect.cells)
    if moved:
        parts = [tr("Figures of {period}: {moved}.", period=period, moved=moved)]
    elif effect.cells:
        parts = [tr("Figures of {period}: only tables by group or by list move.", period=period)]
    else:
        parts = [tr("Figures of {period}: nothing moves.", period=period)]
    for code, cells in effect.closed:
        said = moved_text(context, cells) or tr("tables by group or by list")
        parts.append(
            tr(
                "{period} is closed and moves ({moved}): this becomes a correction.",
                period=code_text(code),
                moved=said,
            )
        )
    return " ".join(parts)
