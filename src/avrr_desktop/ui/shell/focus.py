"""Finding again, in a page built anew, the widget that had the focus."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QWidget

from avrr_desktop.ui.page import Page


def name_of_focus(page: Page | None) -> str:
    """The name of the widget of the page that has the focus, or nothing."""
    focused = QApplication.focusWidget()
    if page is None or focused is None or not page.isAncestorOf(focused):
        return ""
    return focused.objectName()


def focus_again(page: Page, name: str) -> None:
    """Give the focus to the widget of that name, unless the page has placed it already."""
    focused = QApplication.focusWidget()
    if not name or (focused is not None and page.isAncestorOf(focused)):
        return
    found = page.findChild(QWidget, name)
    if found is not None:
        found.setFocus()
