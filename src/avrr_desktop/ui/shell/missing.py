"""Stands where a page is not there yet."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout

from avrr_desktop.core.translation import tr
from avrr_desktop.ui.page import Context, Page
from avrr_desktop.ui.routes import Route
from avrr_desktop.ui.widgets.empty import EmptyState


class MissingPage(Page):
    """Says so, plainly."""

    def __init__(self, context: Context, route: Route) -> None:
        super().__init__(context, route)
        column = QVBoxLayout(self)
        column.addWidget(EmptyState(tr("This page is not there yet.")))
