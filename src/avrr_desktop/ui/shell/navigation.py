"""The left navigation: brand, places to go, the user."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from avrr_desktop.core.actors import Actor
from avrr_desktop.core.translation import tr
from avrr_desktop.ui.shell.destinations import Destination, footer, groups
from avrr_desktop.ui.shell.gates import missing_for
from avrr_desktop.ui.shell.sides import margins
from avrr_desktop.ui.theme.icons import draw_icon
from avrr_desktop.ui.theme.proxy import draw_box
from avrr_desktop.ui.theme.tokens import IconSize, Line, Radius, Space, Type, Width
from avrr_desktop.ui.widgets.avatar import SMALL, Avatar, initials
from avrr_desktop.ui.widgets.navigation import NavItem
from avrr_desktop.ui.widgets.surfaces import Surface
from avrr_desktop.ui.widgets.text import Text
from avrr_desktop.ui.widgets.tips import plain_tip

_MARK = 32


class _BrandMark(QWidget):
    """The program's sign; decoration beside its name."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(_MARK, _MARK)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            draw_box(painter, QRectF(self.rect()), "nav_selected", None, Radius.FIELD, Line.HAIR)
            size = IconSize.NAV
            corner = (_MARK - size) / 2
            draw_icon(painter, QRectF(corner, corner, size, size), "clipboard", "on_nav_selected")


class Navigation(Surface):
    """``chosen`` gives the route of an entry."""

    chosen = Signal(object)

    def __init__(self, office: str, actor: Actor, role: str) -> None:
        super().__init__("nav", name="navigation")
        self._actor = actor
        self.office = office
        self.setAccessibleName(tr("Navigation"))
        self._items: dict[str, NavItem] = {}
        self._group = QButtonGroup(self)
        self._group.setExclusive(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(_brand(office))
        column.addWidget(self._scrolling_part(), 1)
        column.addWidget(self._fixed_part())
        column.addWidget(_NavRule())
        column.addWidget(_user_card(actor.name, role))

    def _scrolling_part(self) -> QScrollArea:
        area = _NavScroll()
        places = QVBoxLayout(area.page)
        places.setContentsMargins(Space.S, Space.XS, Space.S, Space.XS)
        places.setSpacing(0)
        for group in groups():
            entries = [e for e in group.entries if missing_for(self._actor, e.route) is None]
            if group.title and entries:
                title = Text(group.title, Type.CAPTION, tone="nav_dim")
                title.setContentsMargins(margins(Space.S + 2, Space.S + 2, 0, Space.XS))
                places.addWidget(title)
            for entry in entries:
                places.addWidget(self._item(entry))
        places.addStretch(1)
        area.verticalScrollBar().rangeChanged.connect(
            # The bar takes the margin's room, not the words'.
            lambda _least, most: places.setContentsMargins(
                margins(Space.S, Space.XS, 0 if most else Space.S, Space.XS)
            )
        )
        return area

    def _fixed_part(self) -> QWidget:
        part = QWidget()
        places = QVBoxLayout(part)
        places.setContentsMargins(Space.S, Space.XS, Space.S, Space.S)
        places.setSpacing(0)
        for entry in footer():
            places.addWidget(self._item(entry))
        return part

    def _item(self, entry: Destination) -> NavItem:
        item = NavItem(entry.text, entry.icon, key=entry.shortcut, name=f"nav-{entry.key}")
        item.clicked.connect(lambda _on=False, it=item, to=entry.route: self._go(it, to))
        self._group.addButton(item)
        self._items[entry.key] = item
        return item

    def _go(self, item: NavItem, route: object) -> None:
        # The mark moves only once the page has changed: it may refuse to be left.
        item.setChecked(not item.isChecked())
        self.chosen.emit(route)

    def show_place(self, key: str) -> None:
        """Mark the entry where one is; none for an unknown key."""
        for name, item in self._items.items():
            item.setChecked(name == key)

    def set_badge(self, count: int) -> None:
        """How much the day's work list holds."""
        if "today" in self._items:
            self._items["today"].set_count(count)

    def set_low(self, low: bool) -> None:
        """Lower entries in low windows."""
        for item in self._items.values():
            item.set_low(low)

    def set_narrow(self, narrow: bool) -> None:
        """Narrower beside narrow pages."""
        width = Width.NAV_NARROW if narrow else Width.NAV
        # Larger text needs more room; the words are cut only when the window has none.
        wanted = max((item.sizeHint().width() for item in self._items.values()), default=width)
        self.setFixedWidth(min(max(width, wanted), 2 * width))

    def first_item(self) -> QWidget:
        """Where F6 enters: the entry where one is, else the first."""
        checked = [item for item in self._items.values() if item.isChecked()]
        return checked[0] if checked else next(iter(self._items.values()))


class _NavScroll(QScrollArea):
    """The entries scroll when the window is too low for them."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("navigation-scroll")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.page = Surface("nav")
        self.setWidget(self.page)
        self.viewport().setAutoFillBackground(False)


class _NavRule(QWidget):
    """A line between the entries and the user."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(Line.HAIR)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            inner = QRectF(self.rect()).adjusted(Space.S, 0, -Space.S, 0)
            draw_box(painter, inner, "nav_selected", None, 0, Line.HAIR)


def _brand(office: str) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setContentsMargins(margins(Space.L, Space.M, Space.M, Space.S))
    row.setSpacing(Space.S + 2)
    words = QVBoxLayout()
    words.setSpacing(0)
    words.addWidget(Text(tr("AVRR register"), Type.SECTION, tone="on_nav", name="brand-name"))
    place = Text(office, Type.CAPTION, tone="nav_dim", name="brand-office")
    place.setMinimumWidth(0)
    place.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    words.addWidget(place)
    row.addWidget(_BrandMark())
    row.addLayout(words, 1)
    return row


def _user_card(name: str, role: str) -> QWidget:
    card = QWidget()
    card.setObjectName("user-card")
    card.setAccessibleName(f"{name}, {role}")
    row = QHBoxLayout(card)
    row.setContentsMargins(margins(Space.L, Space.S + 2, Space.M, Space.M))
    row.setSpacing(Space.S + 2)
    family, _space, given = name.partition(" ")
    row.addWidget(Avatar(initials(family, given), SMALL))
    words = QVBoxLayout()
    words.setSpacing(0)
    for text, tone, bold, role_of_text in (
        (name, "on_nav", True, Type.BODY),
        (role, "nav_dim", False, Type.CAPTION),
    ):
        label = Text(text, role_of_text, tone=tone, bold=bold)
        label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        label.setToolTip(plain_tip(text))
        words.addWidget(label)
    row.addLayout(words, 1)
    return card
