"""F6: going round the regions of the window, in reading order."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from avrr_desktop.ui.page import Page
from avrr_desktop.ui.shell.navigation import Navigation


def go_round(regions: Sequence[QWidget], step: int = 1) -> None:
    """Give the focus to the region after the one that has it, skipping those without any field."""
    here = _place_of_focus(regions)
    for distance in range(1, len(regions) + 1):
        place = (here + step * distance) % len(regions)
        target = entrance(regions[place])
        if target is not None:
            target.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return


def enter(page: Page) -> None:
    """Give the focus to a page newly shown, unless it placed it already."""
    focused = QApplication.focusWidget()
    if focused is not None and page.isAncestorOf(focused):
        return
    for region in page.entrances():
        target = entrance(region)
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)
            return
    # Nothing to enter before it has read what it shows: it takes the keys, and may pass them on.
    page.setFocus(Qt.FocusReason.OtherFocusReason)


def entrance(region: QWidget) -> QWidget | None:
    """The first widget of a region that takes the focus."""
    if isinstance(region, Navigation):
        return region.first_item()
    candidates = [region, *region.findChildren(QWidget)]
    takers = [
        w for w in candidates if _takes_focus(w) and w.isVisibleTo(w.window()) and w.isEnabled()
    ]
    # Reading order: a page may build its parts in another one.
    is_rtl = region.layoutDirection() == Qt.LayoutDirection.RightToLeft
    takers.sort(key=lambda w: _reading_place(w, region, is_rtl=is_rtl))
    return takers[0] if takers else None


def _takes_focus(widget: QWidget) -> bool:
    if not widget.isEnabled() or not widget.isVisibleTo(widget.window()):
        return False
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.focusProxy() is None


def _reading_place(widget: QWidget, region: QWidget, *, is_rtl: bool) -> tuple[int, int]:
    if widget is region:
        return (-1, 0)
    middle = widget.mapTo(region, widget.rect().center())
    return (middle.y(), -middle.x() if is_rtl else middle.x())


def _place_of_focus(regions: Sequence[QWidget]) -> int:
    focused = QApplication.focusWidget()
    for place, region in enumerate(regions):
        if focused is not None and (focused is region or region.isAncestorOf(focused)):
            return place
    return -1
