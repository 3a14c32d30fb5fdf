"""The cards of what goes out: a title, what the file is, its choices, its button."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from avrr_desktop.ui.theme.tokens import Line, Space, Type
from avrr_desktop.ui.widgets.buttons import Button
from avrr_desktop.ui.widgets.surfaces import Card
from avrr_desktop.ui.widgets.text import Text


def file_card(
    name: str,
    title: str,
    sentences: tuple[str, ...],
    fields: Sequence[QBoxLayout],
    *buttons: Button,
) -> Card:
    """A card whose buttons stand at its bottom."""
    card = Card(name)
    # A button keeps room for its focus ring: the words move in by as much.
    room, padding = Line.RING_ROOM, Space.CARD_PADDING
    card.body.setContentsMargins(padding - room, padding, padding - room, padding - room)
    inner = QVBoxLayout()
    inner.setContentsMargins(room, 0, room, 0)
    inner.setSpacing(Space.M)
    inner.addWidget(Text(title, Type.SECTION, name=f"{name}-title"))
    words = QVBoxLayout()
    words.setSpacing(Space.XS)
    for sentence in sentences:
        words.addWidget(Text(sentence, tone="text2", wrap=True))
    inner.addLayout(words)
    for field in fields:
        inner.addLayout(field)
    card.body.addLayout(inner)
    card.body.addStretch(1)
    row = QHBoxLayout()
    row.setSpacing(Space.XS)
    for button in buttons:
        row.addWidget(button)
    row.addStretch(1)
    card.body.addLayout(row)
    return card


def labelled(label: str, widget: QWidget) -> QVBoxLayout:
    """A choice under its label."""
    column = QVBoxLayout()
    column.setSpacing(Space.XS)
    column.addWidget(Text(label, Type.CAPTION, tone="text2"))
    column.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)
    return column
