"""The four headline figures."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from avrr_desktop.core.translation import tr
from avrr_desktop.services.summary_document import Headline, Row, SummaryDocument
from avrr_desktop.ui.summary.lines import change_text, value_text
from avrr_desktop.ui.theme.fonts import font
from avrr_desktop.ui.theme.tokens import Line, Space, Type
from avrr_desktop.ui.widgets.drawing import fitting_parts, text_width
from avrr_desktop.ui.widgets.figures import FigureCard
from avrr_desktop.ui.widgets.formats import NO_BREAK_SPACE, ltr
from avrr_desktop.ui.widgets.tips import plain_tip


class HeadlineRow(QWidget):
    """Cards made once from the first document; their figures follow."""

    opened = Signal(object)  # CellKey

    def __init__(self, document: SummaryDocument, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("headline-figures")
        self.setAccessibleName(tr("Headline figures"))
        self._document = document
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.CARD_GAP)
        self.cards: list[FigureCard] = []
        for place, each in enumerate(document.headline):
            card = FigureCard(each.label, name=f"headline-{each.row.code}")
            # Four equal cards, whatever their words; what does not fit is in the tooltip.
            card.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
            card.activated.connect(lambda place=place: self._on_activated(place))
            row.addWidget(card, 1)
            self.cards.append(card)
        self.set_document(document)

    def set_document(self, document: SummaryDocument) -> None:
        """Show the figures of a count."""
        self._document = document
        for card, each in zip(self.cards, document.headline, strict=True):
            self._show(card, each)

    def _show(self, card: FigureCard, each: Headline) -> None:
        figure = value_text(each.row.total.value, self._document.language) or "…"
        # A space keeps the line's room until the details are counted.
        second = _elided(each.second, card) or NO_BREAK_SPACE
        card.set_label(each.label)
        card.set_values(figure, _change(each.row, figure, card), second)
        card.setAccessibleName(f"{each.label} {figure}")
        card.setToolTip(plain_tip("\n".join(text for text in (each.label, each.second) if text)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other room for the words."""
        super().resizeEvent(event)
        self._row.activate()
        self.set_document(self._document)

    def set_narrow(self, narrow: bool) -> None:
        """Narrow windows drop the second line."""
        for card in self.cards:
            card.set_second_visible(not narrow)

    def _on_activated(self, place: int) -> None:
        if (key := self._document.headline[place].row.total.key) is not None:
            self.opened.emit(key)


def _room(card: FigureCard) -> int:
    return card.width() - 2 * Space.L - 2 * Line.HAIR


def _elided(text: str, card: FigureCard) -> str:
    return fitting_parts(text, font(Type.CAPTION), _room(card))


def _change(row: Row, figure: str, card: FigureCard) -> str:
    """The change beside the figure, without its percentage where the card is too narrow."""
    if not row.groups:
        return ""
    room = _room(card) - text_width(figure, font(Type.HEADLINE)) - Space.M
    whole = change_text(row)
    if text_width(whole, font(Type.CAPTION)) <= room:
        return whole
    return ltr(whole.strip("\u2066\u2069").partition(" (")[0])
