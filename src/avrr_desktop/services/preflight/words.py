"""The points of a pre-flight in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from avrr_desktop.activities.across import RUNNING
from avrr_desktop.core.translation import Translator
from avrr_desktop.services.identities import identity_label
from avrr_desktop.services.preflight.document import Doubt, Point
from avrr_desktop.services.preflight.looking import LONG_DELAY
from avrr_desktop.services.summary_labels import section_label


@dataclass(frozen=True, slots=True)
class PointWords:
    """What a point is called and what to do about it; ``note`` may be empty."""

    title: str
    note: str


def point_words(point: Point, say: Translator) -> PointWords:
    """A point in words: what is doubtful, or that it is in order."""
    if not point.count:
        return PointWords(_IN_ORDER[point.doubt](say), "")
    title, note = _DOUBTFUL[point.doubt](say, point)
    return PointWords(title, note)


_IN_ORDER: Mapping[Doubt, Callable[[Translator], str]] = {
    Doubt.IDENTITIES: lambda say: say.tr("Identities of the figures verified"),
    Doubt.PLANNED_PAST: lambda say: say.tr("Nothing planned is overdue"),
    Doubt.DUPLICATES: lambda say: say.tr("No probable duplicate"),
    Doubt.VAGUE_BIRTHS: lambda say: say.tr("Birth dates tell every group"),
    Doubt.UNKNOWN_SEX: lambda say: say.tr("The sex of everyone is known"),
    Doubt.NO_FUND: lambda say: say.tr("Every event has its fund"),
    Doubt.LONG_DELAYS: lambda say: say.tr("No long delay before a departure"),
    Doubt.NO_CONSENT: lambda say: say.tr("Consents present"),
    Doubt.WITHDRAWN_CONSENT: lambda say: say.tr("No consent was withdrawn"),
    Doubt.EMPTY_SECTIONS: lambda say: say.tr("Every empty part is declared"),
    Doubt.CONTRADICTED: lambda say: say.tr("Declarations agree with the figures"),
    Doubt.NO_OPENING: lambda say: say.tr("Opening balances present"),
}

Words = Callable[[Translator, Point], tuple[str, str]]


def _duplicates(say: Translator, point: Point) -> tuple[str, str]:
    note = say.tr("None touches a figure")
    if point.touching:
        note = say.ntr(
            "{count} pair touches a figure", "{count} pairs touch a figure", point.touching
        )
    return say.tr("Probable duplicates"), note


def _sections(say: Translator, point: Point) -> str:
    return ", ".join(section_label(key).text(say.language) for key in point.keys)


def _identities(say: Translator, point: Point) -> tuple[str, str]:
    labels = (identity_label(key) for key in point.keys)
    named = ", ".join(label.text(say.language) for label in labels if label)
    return say.tr("Figures that do not agree"), named


def _running(say: Translator, point: Point) -> tuple[str, str]:
    named = ", ".join(RUNNING[code].label.text(say.language) for code in point.keys)
    return say.tr("Opening balances missing"), named


_DOUBTFUL: Mapping[Doubt, Words] = {
    Doubt.IDENTITIES: _identities,
    Doubt.PLANNED_PAST: lambda say, _: (
        say.tr("Planned, overdue, without a date"),
        say.tr("Gone, postponed or withdrawn?"),
    ),
    Doubt.DUPLICATES: _duplicates,
    Doubt.VAGUE_BIRTHS: lambda say, _: (
        say.tr("Birth dates missing or too vague"),
        say.tr("They count as undetermined"),
    ),
    Doubt.UNKNOWN_SEX: lambda say, _: (
        say.tr("Sex not known"),
        say.tr("They count as undetermined"),
    ),
    Doubt.NO_FUND: lambda say, _: (say.tr("Events without a fund"), ""),
    Doubt.LONG_DELAYS: lambda say, _: (
        say.tr("More than {days} days before the departure", days=LONG_DELAY),
        say.tr("To be read again, nothing is refused"),
    ),
    Doubt.NO_CONSENT: lambda say, _: (
        say.tr("Persons without a consent"),
        say.tr("They count; they are left out of nominal lists"),
    ),
    Doubt.WITHDRAWN_CONSENT: lambda say, _: (
        say.tr("Persons who withdrew their consent"),
        say.tr("They count; they are left out of nominal lists"),
    ),
    Doubt.EMPTY_SECTIONS: lambda say, point: (
        say.tr("Empty parts, not declared as having nothing to report"),
        _sections(say, point),
    ),
    Doubt.CONTRADICTED: lambda say, point: (
        say.tr("Declared empty, yet something counts"),
        _sections(say, point),
    ),
    Doubt.NO_OPENING: _running,
}
