"""Beside the table: the bars of a list, and what must be known about the figures."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from avrr_desktop.core.translation import tr
from avrr_desktop.services.summary_document import SummaryDocument
from avrr_desktop.ui.summary.breakdown_panel import BreakdownPanel, SnugScroll
from avrr_desktop.ui.summary.notes_panel import NotesPanel
from avrr_desktop.ui.theme.tokens import Space, Width
from avrr_desktop.ui.widgets.surfaces import Card


class SidePanel(QWidget):
    """Two cards, 316 wide."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("summary-side")
        self.setAccessibleName(tr("Lists and notes"))
        self.setFixedWidth(Width.SIDE_PANEL)
        self.breakdown = BreakdownPanel()
        self.notes = NotesPanel()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.CARD_GAP)
        for name, panel, grows in (("bars", self.breakdown, False), ("notes", self.notes, True)):
            card = Card(f"card-{name}", flush=True)
            card.body.addWidget(SnugScroll(panel, f"scroll-{name}", grows=grows))
            column.addWidget(card, int(grows))

    def set_document(self, document: SummaryDocument) -> None:
        """Show the figures of a count."""
        self.breakdown.set_document(document)
        self.notes.set_document(document)
