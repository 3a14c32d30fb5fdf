"""The bar above the page: the search field and the button for a new record."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from avrr_desktop.core.translation import tr
from avrr_desktop.ui.shell.sides import margins
from avrr_desktop.ui.theme.current import color
from avrr_desktop.ui.theme.fonts import font
from avrr_desktop.ui.theme.icons import draw_icon
from avrr_desktop.ui.theme.proxy import draw_box
from avrr_desktop.ui.theme.tokens import Height, IconSize, Line, Radius, Space, Width
from avrr_desktop.ui.widgets.buttons import Button, Variant
from avrr_desktop.ui.widgets.drawing import START, draw_key_cap, draw_text, key_cap_width, mirrored
from avrr_desktop.ui.widgets.surfaces import Bar


class SearchField(QAbstractButton):
    """Looks like a field and opens the palette; ``typed`` gives the letter that opened it."""

    typed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("search-field")
        self.setText(tr("Name, phone, passport, case…"))
        self.setAccessibleName(tr("Search for a person or a case, Ctrl+K"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMaximumWidth(Width.SEARCH)
        self.clicked.connect(lambda: self.typed.emit(""))

    def sizeHint(self) -> QSize:
        return QSize(Width.SEARCH, max(Height.FIELD, self.fontMetrics().height() + Space.S))

    def minimumSizeHint(self) -> QSize:
        return QSize(Width.SEARCH // 2, self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and letters open the palette; the letter is its first."""
        text = event.text()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.typed.emit("")
        elif text and text.isprintable() and not text.isspace():
            self.typed.emit(text)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            box, direction = self.rect(), self.layoutDirection()
            focused = self.hasFocus()
            edge = "accent_text" if focused else "text3" if self.underMouse() else "control"
            width = Line.FOCUS if focused else Line.HAIR
            draw_box(painter, QRectF(box), "surface", edge, Radius.FIELD, width)
            size = IconSize.FIELD
            place = QRect(Space.M, (box.height() - size) // 2, size, size)
            draw_icon(painter, QRectF(mirrored(direction, box, place)), "search", "text2")
            cap = key_cap_width("Ctrl+K")
            key = QRect(
                box.width() - cap - Space.S, (box.height() - Height.KEY) // 2, cap, Height.KEY
            )
            draw_key_cap(painter, mirrored(direction, box, key), "Ctrl+K")
            painter.setFont(font())
            painter.setPen(color("text3"))
            start = Space.M + size + Space.S + 2
            words = QRect(start, 0, key.x() - start - Space.S, box.height())
            draw_text(painter, mirrored(direction, box, words), self.text(), direction, START)


class TopBar(Bar):
    """Menu button (narrow windows), search field, *New record*."""

    new_requested = Signal()
    menu_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("top", "top-bar", parent)
        self.menu = Button(tr("Menu"), icon="menu", key="F10", name="button-menu")
        self.menu.clicked.connect(self.menu_requested)
        self.menu.hide()
        self.search = SearchField()
        self.new = Button(tr("New record"), Variant.PRIMARY, icon="plus", name="button-new")
        self.new.setToolTip("Ctrl+N")
        self.new.clicked.connect(self.new_requested)
        # The button's own room for its ring must not push it off the page's margin.
        self.row.setContentsMargins(
            margins(Space.PAGE, Space.XS, Space.PAGE - Line.RING_ROOM, Space.XS)
        )
        self.row.addWidget(self.menu)
        self.row.addWidget(self.search, 1)
        self.row.addStretch()
        self.row.addWidget(self.new)

    def show_new(self, visible: bool, primary: bool) -> None:
        """Offer a new record or not, as the page's own primary button allows."""
        self.new.setVisible(visible)
        self.new.set_variant(Variant.PRIMARY if primary else Variant.SECONDARY)
