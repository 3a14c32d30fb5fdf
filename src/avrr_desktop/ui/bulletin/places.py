"""The places of the bulletin that hold texts or images, by name."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from avrr_desktop.core.translation import screen_language, tr, translator
from avrr_desktop.services.bulletin.content import (
    CONTACTS,
    DONORS,
    INTRODUCTION,
    LINKS,
    ImageKind,
)
from avrr_desktop.services.bulletin.parts import PARTS, title_of

COVER = "cover"  # logos of the office; no text
_TEXT_ONLY = (CONTACTS, LINKS)
PLACES = (COVER, INTRODUCTION, *(part.place for part in PARTS), DONORS, *_TEXT_ONLY)
_ROOT = QModelIndex()
_WORDS = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)
Index = QModelIndex | QPersistentModelIndex


def place_name(place: str) -> str:
    """A place in the language of the screen."""
    named = {
        COVER: tr("Logos of the office"),
        INTRODUCTION: tr("Introduction"),
        DONORS: tr("Donors"),
        CONTACTS: tr("Contacts"),
        LINKS: tr("Links"),
    }
    return named.get(place) or title_of(place, translator(screen_language()))


def image_kind(place: str) -> ImageKind | None:
    """The images a place takes; None for none."""
    if place in _TEXT_ONLY:
        return None
    return {COVER: ImageKind.OFFICE_LOGO, DONORS: ImageKind.DONOR_LOGO}.get(
        place, ImageKind.PHOTOGRAPH
    )


class PlacesModel(QAbstractListModel):
    """Their names, in the bulletin's order."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._names = tuple(map(place_name, PLACES))

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Places."""
        return 0 if parent.isValid() else len(PLACES)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Names."""
        return self._names[index.row()] if role in _WORDS else None
