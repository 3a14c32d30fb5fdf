"""Identities by name, and what a check of one finds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from avrr_desktop.core.labels import Label
from avrr_desktop.services.summary.cells import CellKey


class Bound(StrEnum):
    """How a figure must stand to the number beside it."""

    EQUAL = "equal"
    AT_MOST = "at_most"
    AT_LEAST = "at_least"
    ABSENT = "absent"  # there may be no such figure at all
    UNMARKED = "unmarked"  # terms that do not add up, shown as if they did, or the reverse


@dataclass(frozen=True, slots=True)
class Offence:
    """A figure that breaks an identity; ``persons`` are those who are to be looked at, if known."""

    key: CellKey
    value: float
    wanted: float = 0
    bound: Bound = Bound.EQUAL
    persons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Check:
    """One identity: green without offences, red with them."""

    key: str
    offences: tuple[Offence, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether the figures respect it."""
        return not self.offences

    @property
    def label(self) -> Label:
        """Its name."""
        return IDENTITIES[self.key]


GROUPS_ADD_UP: Final = "groups_add_up"
TERMS_REACH_TOTAL: Final = "terms_reach_total"
LISTS_FLAGGED: Final = "lists_flagged"
TERMS_WITHIN: Final = "terms_within_section"
SUBSETS_INSIDE: Final = "subsets_inside"
CHILDREN_ONLY: Final = "children_only"
RUNNING_PARTS: Final = "running_parts"
DIRECTIONS_APART: Final = "directions_apart"
PERSONS_WITHIN_SERVICES: Final = "persons_within_services"
LIST_IS_FIGURE: Final = "list_is_figure"
WORKBOOK_IS_SCREEN: Final = "workbook_is_screen"

# In the order they are checked and shown.
IDENTITIES: Final[dict[str, Label]] = {
    GROUPS_ADD_UP: Label(
        "Les groupes font le total", "مجموع الفئات يساوي الإجمالي", "Groups add up to the total"
    ),
    TERMS_REACH_TOTAL: Label(
        "Les termes d’une liste couvrent le total",
        "بنود القائمة تغطي الإجمالي",
        "The terms of a list cover the total",
    ),
    LISTS_FLAGGED: Label(
        "Toute liste non additive est signalée",
        "كل قائمة غير قابلة للجمع مُشار إليها",
        "Every list that does not add up is marked",
    ),
    TERMS_WITHIN: Label(
        "Aucun terme ne dépasse sa section",
        "لا يتجاوز أي بند قسمه",
        "No term exceeds its section",
    ),
    SUBSETS_INSIDE: Label(
        "Les sous-ensembles tiennent dans leur ensemble",
        "المجموعات الفرعية داخل مجموعاتها",
        "Subsets lie inside their whole",
    ),
    CHILDREN_ONLY: Label(
        "Les non accompagné-e-s sont des enfants",
        "غير المصحوبين أطفال",
        "The unaccompanied are children",
    ),
    RUNNING_PARTS: Label(
        "Cumul = repris + comptés ici",
        "المجموع التراكمي = الرصيد الافتتاحي + المحصى هنا",
        "Running total = taken over + counted here",
    ),
    DIRECTIONS_APART: Label(
        "Les deux sens ne s’additionnent jamais",
        "لا يُجمع الاتجاهان أبدا",
        "The two directions are never added",
    ),
    PERSONS_WITHIN_SERVICES: Label(
        "Pas plus de personnes que de services",
        "لا يفوق عدد الأشخاص عدد الخدمات",
        "No more persons than services",
    ),
    LIST_IS_FIGURE: Label(
        "Chaque liste a la taille de son chiffre",
        "حجم كل لائحة يساوي رقمها",
        "Every list is as long as its figure",
    ),
    WORKBOOK_IS_SCREEN: Label(
        "Le classeur est égal à l’écran",
        "المصنف مطابق للشاشة",
        "The workbook equals the screen",
    ),
}


def identity_label(key: str) -> Label | None:
    """The name of an identity; None for a key that is none."""
    return IDENTITIES.get(key)
