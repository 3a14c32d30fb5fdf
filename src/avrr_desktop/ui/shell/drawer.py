"""The navigation of a narrow window: it slides over the page and goes with Esc."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from avrr_desktop.ui.shell.navigation import Navigation
from avrr_desktop.ui.shell.overlay import Overlay


class Drawer(Overlay):
    """Borrows the navigation; the frame takes it back when the drawer closes."""

    def __init__(self, host: QWidget, navigation: Navigation) -> None:
        super().__init__(host, "drawer")
        self.hold(navigation, with_shadow=False)
        self._navigation = navigation

    def open_drawer(self) -> None:
        """Show it and enter it."""
        self._navigation.show()
        self.unfold()
        self._navigation.first_item().setFocus()

    def place_panel(self) -> None:
        """Along the whole start side."""
        width = self._navigation.width()
        is_rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        self.panel.setGeometry(self.width() - width if is_rtl else 0, 0, width, self.height())

    def close_overlay(self) -> None:
        """Give the navigation back before this veil is deleted."""
        self.panel = QWidget(self)
        self._navigation.setParent(self.parentWidget())
        super().close_overlay()
