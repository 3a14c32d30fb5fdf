"""Checking every identity, and refusing figures that break one."""

from __future__ import annotations

from collections.abc import Iterable

from avrr_desktop.core.errors import UserError
from avrr_desktop.services.identities.figures import Figures
from avrr_desktop.services.identities.model import (
    IDENTITIES,
    WORKBOOK_IS_SCREEN,
    Check,
    Offence,
)
from avrr_desktop.services.identities.of_cells import OF_CELLS
from avrr_desktop.services.identities.of_rolls import OF_ROLLS, Rolls
from avrr_desktop.services.identities.printed import Printed, workbook_is_screen
from avrr_desktop.services.summary import Roll, Summary


def checks(
    summary: Summary, rolls: Iterable[Roll] | None = None, printed: Printed | None = None
) -> tuple[Check, ...]:
    """Every identity of a whole count, green or red, in the order of ``IDENTITIES``.

    Without ``rolls`` (``rolls_of`` the same period, read in the same transaction) lists are not
    compared with their figures; without ``printed`` no workbook is.
    """
    found: dict[str, list[Offence]] = {}
    figures = Figures(summary)
    for key, check in OF_CELLS.items():
        found[key] = list(check(figures))
    if rolls is not None:
        behind = Rolls(summary, tuple(rolls))
        for key, look in OF_ROLLS.items():
            found.setdefault(key, []).extend(look(behind))
    if printed is not None:
        found[WORKBOOK_IS_SCREEN] = list(workbook_is_screen(summary, printed))
    return tuple(Check(key, _one_each(found[key])) for key in IDENTITIES if key in found)


def _one_each(offences: Iterable[Offence]) -> tuple[Offence, ...]:
    """One offence a cell: the one that names persons, else the first."""
    kept: dict[object, Offence] = {}
    for offence in offences:
        known = kept.get(offence.key)
        if known is None or (offence.persons and not known.persons):
            kept[offence.key] = offence
    return tuple(kept.values())


def require(
    summary: Summary, rolls: Iterable[Roll] | None = None, printed: Printed | None = None
) -> None:
    """Refuse figures that break an identity; see ``checks``.

    Raises:
        UserError: ``identity_broken``, with the first identity that is red.
    """
    for check in checks(summary, rolls, printed):
        if not check.holds:
            raise UserError("identity_broken", identity=check.key, period=summary.period.code)
