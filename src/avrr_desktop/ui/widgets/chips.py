"""Chips and the row that folds them into « +3 »."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from avrr_desktop.core.translation import tr
from avrr_desktop.ui.theme.proxy import draw_ring
from avrr_desktop.ui.theme.tokens import Space
from avrr_desktop.ui.widgets.chip_drawing import (
    ChipKind,
    ChipSpec,
    chip_size,
    closing_box,
    draw_chip,
)
from avrr_desktop.ui.widgets.tips import plain_tip

_CLICKABLE: Final = frozenset({ChipKind.FILTER, ChipKind.IN_FORCE})
_CLOSING_KEYS: Final = frozenset({Qt.Key.Key_Delete, Qt.Key.Key_Backspace})


class Chip(QAbstractButton):
    """A small rounded word; filters are buttons, the other kinds only say something."""

    closed = Signal()

    def __init__(
        self,
        text: str,
        kind: ChipKind = ChipKind.REASON,
        *,
        icon: str | None = None,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._spec = ChipSpec(text, kind, icon)
        self.setText(text)
        self.setObjectName(name or f"chip-{kind.value}")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._dress()

    def spec(self) -> ChipSpec:
        """Words, kind and icon."""
        return self._spec

    def set_spec(self, spec: ChipSpec) -> None:
        """Say something else."""
        self._spec = spec
        self.setText(spec.text)
        self._dress()
        self.updateGeometry()
        self.update()

    def _dress(self) -> None:
        kind, text = self._spec.kind, self._spec.text
        clickable = kind in _CLICKABLE
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if clickable else Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover, clickable)
        names = {
            ChipKind.IMPOSED: tr("{text}, imposed filter", text=text),
            ChipKind.IN_FORCE: tr("{text}, filter in force, Delete removes it", text=text),
            ChipKind.PENDING: tr("{text}, counted once saved", text=text),
        }
        self.setAccessibleName(names.get(kind, text))

    def sizeHint(self) -> QSize:
        """As wide as the words and icons."""
        return chip_size(self._spec)

    def changeEvent(self, event: QEvent) -> None:
        """Follow font and theme."""
        super().changeEvent(event)
        self.updateGeometry()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The cross closes; the words click."""
        cross = closing_box(self.rect(), self.layoutDirection())
        in_force = self._spec.kind is ChipKind.IN_FORCE
        if in_force and self.isDown() and cross.contains(event.position().toPoint()):
            self.setDown(False)
            self.closed.emit()
            return
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter clicks; Delete removes a filter in force."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        elif event.key() in _CLOSING_KEYS and self._spec.kind is ChipKind.IN_FORCE:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the chip and its ring."""
        with QPainter(self) as painter:
            hovered = self._spec.kind in _CLICKABLE and self.underMouse()
            draw_chip(painter, self.rect(), self._spec, self.layoutDirection(), hovered=hovered)
            if self.hasFocus():
                draw_ring(painter, QRectF(self.rect()), self.height() / 2 - 1)


def pending_chip(count: int = 1) -> Chip:
    """The dashed « +1 » beside a saved figure."""
    return Chip(f"\u2066+{count}\u2069", ChipKind.PENDING, name="chip-pending")


class ChipRow(QWidget):
    """Chips on one line; those beyond ``most`` fold into « +n », listed in its tooltip."""

    def __init__(
        self, specs: Sequence[ChipSpec] = (), *, most: int = 3, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._most = most
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(Space.S - 2)
        self.setObjectName("chip-row")
        self.set_chips(specs)

    def set_chips(self, specs: Sequence[ChipSpec]) -> None:
        """Show these chips instead."""
        while (item := self._row.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for spec in specs[: self._most]:
            self._row.addWidget(Chip(spec.text, spec.kind, icon=spec.icon))
        rest = specs[self._most :]
        if rest:
            more = Chip(f"\u2066+{len(rest)}\u2069", ChipKind.REASON, name="chip-more")
            more.setToolTip(plain_tip("\n".join(spec.text for spec in rest)))
            self._row.addWidget(more)
        self._row.addStretch(1)
        self.setAccessibleName(", ".join(spec.text for spec in specs))
