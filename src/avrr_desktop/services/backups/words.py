"""Backups and drills in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from avrr_desktop.core.translation import Translator
from avrr_desktop.services.backups.copies import Reason, moment_of
from avrr_desktop.services.backups.drill import Drill

_REASONS: Final[Mapping[Reason, Callable[[Translator], str]]] = {
    Reason.ASKED: lambda say: say.tr("On request"),
    Reason.SESSION: lambda say: say.tr("End of the day's work"),
    Reason.HOURLY: lambda say: say.tr("Every hour"),
    Reason.MIGRATION: lambda say: say.tr("Before an update"),
    Reason.IMPORT: lambda say: say.tr("Before an import"),
    Reason.MERGE: lambda say: say.tr("Before a merger"),
    Reason.ROTATION: lambda say: say.tr("Before a new key"),
    Reason.ERASURE: lambda say: say.tr("Before an anonymisation"),
    Reason.PROTECTION: lambda say: say.tr("At the encryption"),
    Reason.MOVED: lambda say: say.tr("First on this PC"),
    Reason.SET_ASIDE: lambda say: say.tr("Set aside by a restore"),
}


def reason_text(reason: Reason, say: Translator) -> str:
    """Why a backup was made."""
    return _REASONS[reason](say)


def drill_text(drill: Drill, say: Translator) -> str:
    """How a drill ended, and what to do when it ended badly."""
    if drill.fault == "no_backup":
        return say.tr("There is no backup yet.")
    made = f"\u2066{moment_of(drill.backup).astimezone():%d/%m/%Y %H:%M}\u2069"
    if drill.fault == "figures_differ":
        return say.tr(
            "The backup of {backup} does not give back the figures of {period}. Make another now,"
            " and call the administrator.",
            backup=made,
            period=drill.where,
        )
    if drill.fault:
        return say.tr(
            "The backup of {backup} is damaged. Make another now, and call the administrator.",
            backup=made,
        )
    return say.tr(
        "The backup of {backup} gives back every figure ({count} of them).",
        backup=made,
        count=f"{drill.figures:,}".replace(",", "\u202f"),
    )
