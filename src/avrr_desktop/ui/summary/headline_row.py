"""The four headline figures."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from avrr_desktop.core.translation import tr
from avrr_desktop.services.summary_document import SummaryDocument
from avrr_desktop.ui.summary.lines import change_text, value_text
from avrr_desktop.ui.theme.fonts import font
from avrr_desktop.ui.theme.tokens import Space, Type
from avrr_desktop.ui.widgets.figures import FigureCard


class HeadlineRow(QWidget):
    """Cards made once from the first document; their figures follow."""

    opened = Signal(object)  # CellKey

    def __init__(self, document: SummaryDocument, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("headline-figures")
        self.setAccessibleName(tr("Headline figures"))
        self._document = document
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.CARD_GAP)
        self.cards: list[FigureCard] = []
        for place, each in enumerate(document.headline):
            card = FigureCard(each.label, name=f"headline-{each.row.code}")
            card.activated.connect(lambda place=place: self._on_activated(place))
            row.addWidget(card, 1)
            self.cards.append(card)
        self.set_document(document)

    def set_document(self, document: SummaryDocument) -> None:
        """Show the figures of a count."""
        self._document = document
        for card, each in zip(self.cards, document.headline, strict=True):
            figure = value_text(each.row.total.value, document.language) or "…"
            is_running = each.row.groups == ()
            change = "" if is_running else change_text(each.row)
            # A space keeps the line's room until the details are counted.
            card.set_values(figure, change, self._fitting(each.second, card) or "\u00a0")
            card.setToolTip(each.second)

    def _fitting(self, text: str, card: FigureCard) -> str:
        """The second line, ending in … where the card is too narrow; its tooltip says all."""
        room = card.width() - 2 * Space.L - Space.XS
        metrics = QFontMetrics(font(Type.CAPTION))
        return metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other room for the second lines."""
        super().resizeEvent(event)
        self.layout().activate()
        self.set_document(self._document)

    def set_narrow(self, narrow: bool) -> None:
        """Narrow windows drop the second line."""
        for card in self.cards:
            card.set_second_visible(not narrow)

    def _on_activated(self, place: int) -> None:
        if (key := self._document.headline[place].row.total.key) is not None:
            self.opened.emit(key)
