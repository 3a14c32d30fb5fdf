"""What stands round the fields of a form: header, notices, live panel, action bar."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from avrr_desktop.ui.forms.action_bar import ActionBar
from avrr_desktop.ui.theme.tokens import Space
from avrr_desktop.ui.widgets.banners import Banner, ErrorBanner
from avrr_desktop.ui.widgets.surfaces import PageScroll


class EntryFrame(QWidget):
    """Header and notices, then the one scroll area, then the action bar; the panel at the end."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("entry")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        main = QWidget()
        column = QVBoxLayout(main)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.top = QVBoxLayout()
        self.top.setContentsMargins(Space.PAGE, Space.L, Space.PAGE, Space.S)
        self.top.setSpacing(Space.S)
        self.notice = Banner(name="form-notice")
        self.notice.hide()
        self.errors = ErrorBanner()
        self.top.addWidget(self.notice)
        self.top.addWidget(self.errors)
        self.scroller = PageScroll("form-scroll")
        self.scroller.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._page = QVBoxLayout(self.scroller.page)
        self._page.setContentsMargins(Space.PAGE, Space.XS, Space.PAGE, Space.XL)
        column.addLayout(self.top)
        column.addWidget(self.scroller, 1)
        self._bottom = QVBoxLayout()
        column.addLayout(self._bottom)
        self._row.addWidget(main, 1)
        self._header: QWidget | None = None
        self._body: QWidget | None = None
        self._bar: QWidget | None = None

    def set_header(self, header: QWidget) -> None:
        """The header, which never scrolls."""
        _replace(self.top, self._header, header, 0)
        self._header = header

    def set_body(self, body: QWidget) -> None:
        """The fields."""
        _replace(self._page, self._body, body, 0)
        self._body = body

    def set_action_bar(self, bar: ActionBar) -> None:
        """The bar under the fields."""
        _replace(self._bottom, self._bar, bar, self._bottom.count())
        self._bar = bar

    def add_panel(self, panel: QWidget) -> None:
        """The panel at the end side."""
        self._row.addWidget(panel)

    def add_line(self, line: QWidget) -> None:
        """A line above the action bar."""
        self._bottom.insertWidget(0, line)

    def reveal(self, widget: QWidget) -> None:
        """Scroll so that a widget is seen whole, once what was just shown has its place too."""
        self._bring(widget)
        QTimer.singleShot(0, widget, lambda: self._bring(widget))

    def _bring(self, widget: QWidget) -> None:
        self.scroller.ensureWidgetVisible(widget, Space.XL, Space.XXL)


def _replace(layout: QVBoxLayout, old: QWidget | None, new: QWidget, place: int) -> None:
    if old is not None:
        layout.removeWidget(old)
        old.hide()
        old.deleteLater()
    layout.insertWidget(min(place, layout.count()), new)
