"""What concerns several activities at once: the cohort, the delay, how the summary is laid out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from avrr_desktop.core.labels import Label

# Rule 6: persons of the first section's figure who later appear in the second.
COHORT_FROM: Final = "registrations"
COHORT_TO: Final = "returns_from_morocco"

# Rule 7: two populations, never added, and what follows each of them.
DIRECTIONS: Final = (
    ("returns_from_morocco", "returns_to_morocco"),
    ("reintegration", "reintegration_in_morocco"),
)

# The delay of an event is counted from the person's latest event of this section.
DELAY_FROM: Final = "registrations"

# The figures shown first when the program starts.
HEADLINE: Final = ("registrations", "returns_from_morocco", "direct_assistance")


@dataclass(frozen=True, slots=True)
class RunningTotal:
    """A total since the programme began: its first year, and how the bulletin rounds it down."""

    since: int
    rounded_to: int
    label: Label


@dataclass(frozen=True, slots=True)
class SideList:
    """A list shown beside the summary's table."""

    section: str
    breakdown: str
    label: Label
    title: Label


# Rule 10; the first one stands among the headline figures.
RUNNING: Final = {
    "returns_from_morocco": RunningTotal(
        2005,
        1_000,
        Label("Cumul des retours depuis 2005", "مجموع حالات العودة منذ 2005", "Returns since 2005"),
    ),
    "resettlement": RunningTotal(
        2011,
        10,
        Label(
            "Cumul de la réinstallation depuis 2011",
            "مجموع إعادة التوطين منذ 2011",
            "Resettlement since 2011",
        ),
    ),
}

# What the persons of a headline figure did.
HEADLINE_LABELS: Final = {
    "registrations": Label("Enregistré-e-s", "المسجَّلون", "Registered"),
    "returns_from_morocco": Label(
        "Retourné-e-s depuis le Maroc", "العائدون من المغرب", "Returned from Morocco"
    ),
    "direct_assistance": Label("Aidé-e-s directement", "المستفيدون مباشرة", "Directly assisted"),
}

# The bulletin's table: a gap stands between populations that are never added (rule 7), and a few
# sections have sub rows: a subset of their children, or the terms of a list.
GAP_BEFORE: Final = ("returns_to_morocco", "resettlement")
SUBSET_SHOWN: Final = ("reintegration",)
TERMS_SHOWN: Final = {"referrals": "partner"}

# The lists shown first beside the table.
SIDE_LISTS: Final = (
    SideList(
        "returns_from_morocco",
        "country",
        Label("Pays", "البلد", "Country"),
        Label("Retours par pays", "العودة حسب البلد", "Returns by country"),
    ),
    SideList(
        "registrations",
        "channel",
        Label("Canal", "القناة", "Channel"),
        Label("Enregistrements par canal", "التسجيلات حسب القناة", "Registrations by channel"),
    ),
    SideList(
        "direct_assistance",
        "kind",
        Label("Aide", "المساعدة", "Help"),
        Label("Assistance par type", "المساعدة حسب النوع", "Assistance by kind"),
    ),
)
