"""A headline figure: small label, large number, change, and a second line."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from avrr_desktop.ui.theme.proxy import draw_ring
from avrr_desktop.ui.theme.tokens import Radius, Space, Type
from avrr_desktop.ui.widgets.chips import pending_chip
from avrr_desktop.ui.widgets.text import Text
from avrr_desktop.ui.widgets.tips import plain_tip

_ACTIVATING = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space})


class FigureCard(QFrame):
    """A card one can open: Enter, Space or a click asks for the persons behind the figure."""

    activated = Signal()

    def __init__(
        self,
        label: str,
        figure: str = "",
        delta: str = "",
        second: str = "",
        *,
        name: str = "figure-card",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setProperty("ground", "card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.L, Space.S, Space.L, Space.S)
        column.setSpacing(0)
        self._label = Text(label, Type.CAPTION, wrap=True)
        self._figure = Text(figure, Type.HEADLINE, name=f"{name}-figure")
        self._delta = Text(delta, Type.CAPTION)
        self._second = Text(second, Type.CAPTION)
        self._second.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._pending = pending_chip()
        self._pending.hide()
        row = QHBoxLayout()
        row.setSpacing(Space.M)
        row.addWidget(self._figure)
        row.addWidget(self._pending)
        row.addWidget(self._delta, 0, Qt.AlignmentFlag.AlignBottom)
        row.addStretch(1)
        self._delta.setContentsMargins(0, 0, 0, Space.S)
        column.addWidget(self._label)
        column.addLayout(row)
        column.addWidget(self._second)
        self.set_values(figure, delta, second)

    def set_values(self, figure: str, delta: str = "", second: str = "") -> None:
        """Show these texts; ``formats`` makes them."""
        self._figure.setText(figure)
        self._delta.setText(delta)
        self._second.setText(second)
        self._second.setToolTip(plain_tip(second))
        self.setAccessibleName(f"{self._label.text()} {figure}")
        self.setAccessibleDescription(f"{delta} {second}".strip())

    def set_label(self, label: str) -> None:
        """Another label."""
        self._label.setText(label)
        self.setAccessibleName(f"{label} {self._figure.text()}")

    def set_second_visible(self, visible: bool) -> None:
        """Narrow windows drop the second line."""
        self._second.setVisible(visible)

    def set_pending(self, pending: bool) -> None:
        """Show « +1 » beside the saved figure."""
        self._pending.setVisible(pending)

    def _underline(self, on: bool) -> None:
        face = self._figure.font()
        face.setUnderline(on)
        self._figure.setFont(face)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Hover underlines the figure."""
        self._underline(True)
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """And no more."""
        self._underline(False)
        super().leaveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click opens."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(
            event.position().toPoint()
        ):
            self.activated.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space open."""
        if Qt.Key(event.key()) in _ACTIVATING:
            self.activated.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The card by the sheet, then the ring."""
        super().paintEvent(event)
        if self.hasFocus():
            with QPainter(self) as painter:
                draw_ring(painter, QRectF(self.rect()), Radius.CARD)
