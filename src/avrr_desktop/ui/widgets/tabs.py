"""Tabs: underlined with a count for a page, small pills for a panel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from avrr_desktop.ui.theme.current import color
from avrr_desktop.ui.theme.fonts import font
from avrr_desktop.ui.theme.proxy import draw_box, draw_ring
from avrr_desktop.ui.theme.tokens import Height, Line, Radius, Space, Type
from avrr_desktop.ui.widgets.arrows import arrow_step
from avrr_desktop.ui.widgets.chip_drawing import ChipKind, ChipSpec, chip_size, draw_chip
from avrr_desktop.ui.widgets.drawing import CENTER, draw_text, mirrored, text_width
from avrr_desktop.ui.widgets.formats import number_text


@dataclass(frozen=True, slots=True)
class Tab:
    """Words and perhaps a count."""

    text: str
    count: int | None = None


class _TabButton(QAbstractButton):
    """One tab, drawn underlined or as a pill."""

    def __init__(self, tab: Tab, *, pill: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self._pill = pill
        self._tab = tab
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_tab(tab)

    def set_tab(self, tab: Tab) -> None:
        """Other words or count."""
        self._tab = tab
        self.setText(tab.text)
        count = "" if tab.count is None else f" {number_text(tab.count)}"
        self.setAccessibleName(tab.text + count)
        self.updateGeometry()
        self.update()

    def _badge(self) -> ChipSpec | None:
        if self._tab.count is None:
            return None
        kind = ChipKind.ACCENT if self.isChecked() else ChipKind.COUNT
        return ChipSpec(number_text(self._tab.count), kind)

    def _badge_size(self) -> QSize:
        if self._tab.count is None:
            return QSize(0, 0)
        return chip_size(ChipSpec(number_text(self._tab.count), ChipKind.ACCENT))

    def sizeHint(self) -> QSize:
        """Words in bold, so that choosing moves nothing."""
        face = font(Type.CAPTION if self._pill else Type.BODY, bold=True)
        width = text_width(self.text(), face)
        badge = self._badge_size().width()
        width += badge + Space.S if badge else 0
        side = Space.S if self._pill else Space.M
        high = Height.BUTTON_SMALL if self._pill else Height.BUTTON + Space.S
        return QSize(width + 2 * side, high)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows are left to the row."""
        if arrow_step(event.key(), self.layoutDirection()):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ground or line, words, badge, ring."""
        with QPainter(self) as painter:
            chosen, box, direction = self.isChecked(), self.rect(), self.layoutDirection()
            if self._pill and (chosen or self.underMouse()):
                ground = "accent_soft" if chosen else "raised"
                draw_box(painter, QRectF(box), ground, None, Radius.FIELD, Line.HAIR)
            face = font(Type.CAPTION if self._pill else Type.BODY, bold=chosen)
            painter.setFont(face)
            plain = chosen and not self._pill
            painter.setPen(color("text" if plain else "accent_text" if chosen else "text2"))
            badge = self._badge()
            badge_width = self._badge_size().width() + Space.S if badge else 0
            words = QRect(0, 0, box.width() - badge_width, box.height())
            if badge:
                words.setLeft(Space.M)
            draw_text(painter, mirrored(direction, box, words), self.text(), direction, CENTER)
            if badge:
                size = self._badge_size()
                place = QRect(words.right() + 1, 0, size.width(), Height.COUNT)
                place.moveTop((box.height() - place.height()) // 2)
                draw_chip(painter, mirrored(direction, box, place), badge, direction)
            if chosen and not self._pill:
                painter.fillRect(0, box.height() - 3, box.width(), 3, color("accent_text"))
            if self.hasFocus():
                draw_ring(painter, QRectF(box), Radius.FIELD - 1)


class TabBar(QWidget):
    """A row of tabs; arrows move between them, ``chosen`` gives the rank."""

    chosen = Signal(int)

    def __init__(
        self,
        tabs: Sequence[Tab],
        *,
        pills: bool = False,
        name: str = "tabs",
        accessible: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(accessible or name)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.XS)
        for rank, tab in enumerate(tabs):
            button = _TabButton(tab, pill=pills, parent=self)
            button.setObjectName(f"{name}-{rank}")
            self._group.addButton(button, rank)
            row.addWidget(button)
        if not pills:
            row.addStretch(1)
        first = self._group.button(0)
        if first is not None:
            first.setChecked(True)
        for rank in range(len(tabs)):
            self._let_focus_in(rank, chosen=rank == 0)
        self._group.idToggled.connect(self._on_toggled)

    def index(self) -> int:
        """The chosen tab."""
        return self._group.checkedId()

    def set_focus(self) -> None:
        """Give the keys to the chosen tab."""
        self._group.button(self.index()).setFocus(Qt.FocusReason.OtherFocusReason)

    def set_index(self, index: int) -> None:
        """Choose a tab; emits ``chosen`` if it changes."""
        self._group.button(index).setChecked(True)

    def set_tab(self, index: int, tab: Tab) -> None:
        """Change words or count of one tab."""
        button = self._group.button(index)
        assert isinstance(button, _TabButton)
        button.set_tab(tab)

    def set_shown(self, index: int, *, shown: bool) -> None:
        """Show or hide one tab, as when a panel folds into it."""
        self._group.button(index).setVisible(shown)

    def _on_toggled(self, index: int, checked: bool) -> None:
        self._let_focus_in(index, chosen=checked)
        if checked:
            self.chosen.emit(index)

    def _let_focus_in(self, index: int, *, chosen: bool) -> None:
        """Tab enters the row at its chosen tab; arrows and the mouse reach the others."""
        policy = Qt.FocusPolicy.StrongFocus if chosen else Qt.FocusPolicy.ClickFocus
        self._group.button(index).setFocusPolicy(policy)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go from tab to tab."""
        step = arrow_step(event.key(), self.layoutDirection())
        if not step:
            super().keyPressEvent(event)
            return
        button = self._group.button((self.index() + step) % len(self._group.buttons()))
        button.setFocus(Qt.FocusReason.TabFocusReason)
        button.click()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        self.update()
