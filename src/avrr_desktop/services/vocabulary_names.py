"""What the lists are called, and which of them the program itself depends on."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from avrr_desktop.activities import ACTIVITIES, RECORD_BY_KEY
from avrr_desktop.core.labels import Label
from avrr_desktop.people.base import fields_of

# Lists named otherwise than the first field that uses them.
_NAMES = {
    "age_band": Label("Tranches d’âge", "الفئات العمرية", "Age bands"),
    "birth_precision": Label("Précisions d’une naissance", "دقة تاريخ الميلاد", "Birth precisions"),
    "city": Label("Villes du Maroc", "مدن المغرب", "Cities of Morocco"),
    "country": Label("Pays", "البلدان", "Countries"),
    "currency": Label("Monnaies", "العملات", "Currencies"),
    "document_kind": Label("Documents", "الوثائق", "Documents"),
    "fund": Label("Fonds", "مصادر التمويل", "Funds"),
    "group": Label("Groupes", "الفئات", "Groups"),
    "language": Label("Langues", "اللغات", "Languages"),
    "office": Label("Bureaux", "المكاتب", "Offices"),
    "partner": Label("Partenaires", "الشركاء", "Partners"),
    "region": Label("Régions", "الجهات", "Regions"),
    "reintegration_state": Label(
        "États d’une réintégration", "حالات إعادة الإدماج", "States of a reintegration"
    ),
    "return_exit": Label("Sorties avant le départ", "الخروج قبل المغادرة", "Exits before return"),
    "resettlement_exit": Label(
        "Sorties avant la réinstallation", "الخروج قبل التوطين", "Exits before resettlement"
    ),
    "return_state": Label("États d’un retour", "حالات العودة", "States of a return"),
    "user_role": Label("Rôles des utilisateurs", "أدوار المستخدمين", "Roles of users"),
    "vulnerability": Label("Vulnérabilités", "أوجه الهشاشة", "Vulnerabilities"),
}
# Their codes are written in the rules: labels may change, terms may not come or go.
_OF_THE_RULES = frozenset({"age_band", "birth_precision", "group", "sex", "user_role"})


@cache
def list_label(vocabulary: str) -> Label:
    """The name of a list; its key when no record uses it."""
    known = _NAMES.get(vocabulary)
    if known is None:
        known = next(_labels_of(vocabulary), Label(vocabulary, vocabulary, vocabulary))
    return known


def _labels_of(vocabulary: str) -> Iterator[Label]:
    for record in RECORD_BY_KEY.values():
        for field in fields_of(record.model):
            if field.spec.vocabulary == vocabulary:
                yield field.spec.label


@cache
def is_closed(vocabulary: str) -> bool:
    """Whether terms of the list may be renamed but neither added nor retired."""
    derived = {activity.state_vocabulary for activity in ACTIVITIES}
    return vocabulary in _OF_THE_RULES or vocabulary in derived
