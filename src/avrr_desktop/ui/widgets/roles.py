"""What models tell the delegates beside the text: item data roles and their values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtCore import Qt


class CellRole(IntEnum):
    """Data roles of the register's tables; each is ``None`` or ``False`` where it is not meant."""

    TOTAL = Qt.ItemDataRole.UserRole + 101  # bool: total column or row, bold on raised ground
    SUB = Qt.ItemDataRole.UserRole + 102  # bool: sub row, indented, lighter, no line above
    GAP = Qt.ItemDataRole.UserRole + 103  # bool: the 8 px between two directions
    DIFFERENCE = Qt.ItemDataRole.UserRole + 104  # bool: differs from what was published
    LINK = Qt.ItemDataRole.UserRole + 105  # bool: the cell opens something
    NAME = Qt.ItemDataRole.UserRole + 106  # ShownName
    CHIPS = Qt.ItemDataRole.UserRole + 107  # sequence of ChipSpec
    BAR = Qt.ItemDataRole.UserRole + 108  # float 0–1: length of the bar
    BOLD = Qt.ItemDataRole.UserRole + 109  # bool: row title


@dataclass(frozen=True, slots=True)
class ShownName:
    """A person's name: family name as shown, given names, and the other script if any."""

    family: str
    given: str = ""
    other: str = ""
