"""A segmented row: two to four choices side by side, a check on the chosen one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from avrr_desktop.ui.theme.current import color
from avrr_desktop.ui.theme.fonts import font
from avrr_desktop.ui.theme.icons import draw_icon
from avrr_desktop.ui.theme.proxy import draw_box, draw_ring
from avrr_desktop.ui.theme.tokens import Height, IconSize, Line, Radius, Space
from avrr_desktop.ui.widgets.arrows import arrow_step
from avrr_desktop.ui.widgets.drawing import CENTER, START, draw_text, mirrored, text_width

_EDGES = {"error": "error", "confirm": "warning"}


class _Segment(QAbstractButton):
    """One choice; the row around it draws the frame."""

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setText(text)
        self.setAccessibleName(text)
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Room for the check in every segment, so that none moves when chosen."""
        width = text_width(self.text(), font(bold=True)) + IconSize.FIELD + Space.S + 2 * Space.M
        return QSize(width, max(Height.FIELD, self.fontMetrics().height() + Space.S))

    def minimumSizeHint(self) -> QSize:
        """Words are never cut."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space chooses; all else is left to the row."""
        if event.key() != Qt.Key.Key_Space:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Words, with the check before them when chosen."""
        with QPainter(self) as painter:
            chosen = self.isChecked()
            painter.setFont(font(bold=chosen))
            enabled = self.isEnabled()
            ink = ("accent_text" if chosen else "text") if enabled else "text3"
            painter.setPen(color(ink))
            if not chosen:
                draw_text(painter, self.rect(), self.text(), self.layoutDirection(), CENTER)
            else:
                self._draw_chosen(painter, ink)
            if self.hasFocus():
                draw_ring(painter, QRectF(self.rect()), Radius.FIELD - 1)

    def _draw_chosen(self, painter: QPainter, ink: str) -> None:
        words = text_width(self.text(), painter.font())
        size, gap = IconSize.FIELD, Space.S - 2
        x = (self.width() - words - size - gap) // 2
        check = mirrored(
            self.layoutDirection(),
            self.rect(),
            QRect(x, (self.height() - size) // 2, size, size),
        )
        draw_icon(painter, QRectF(check), "check", ink)
        box = mirrored(
            self.layoutDirection(),
            self.rect(),
            QRect(x + size + gap, 0, words + 2, self.height()),
        )
        draw_text(painter, box, self.text(), self.layoutDirection(), START)


class Segmented(QWidget):
    """Choices of two to four; arrows move, Delete unsets where ``optional``."""

    chosen = Signal(int)
    finished = Signal()

    def __init__(
        self,
        choices: Sequence[str],
        *,
        optional: bool = True,
        name: str = "segmented",
        accessible: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._optional = optional
        self._state = "normal"
        self.setObjectName(name)
        self.setAccessibleName(accessible or name)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for index, text in enumerate(choices):
            segment = _Segment(text, self)
            segment.setObjectName(f"{name}-{index}")
            self._group.addButton(segment, index)
            row.addWidget(segment, 1)
        self._group.idToggled.connect(self._on_toggled)
        self._group.idClicked.connect(self.chosen)
        self.setFocusProxy(self._group.button(0))

    def index(self) -> int | None:
        """The chosen one, or ``None``."""
        checked = self._group.checkedId()
        return checked if checked >= 0 else None

    def set_index(self, index: int | None) -> None:
        """Choose, or unset; emits nothing."""
        if index is None:
            # An exclusive group refuses to have none.
            self._group.setExclusive(False)
            for button in self._group.buttons():
                button.setChecked(False)
                button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self._group.setExclusive(True)
        else:
            self._group.button(index).setChecked(True)
        self.update()

    def set_state(self, state: str) -> None:
        """Edge of the frame: ``normal``, ``error`` or ``confirm``."""
        self._state = state
        self.update()

    def _on_toggled(self, index: int, checked: bool) -> None:
        if checked:
            self.setFocusProxy(self._group.button(index))
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete unsets; Enter goes on."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.finished.emit()
        elif event.key() == Qt.Key.Key_Delete and self._optional and self.index() is not None:
            self.set_index(None)
            self.chosen.emit(-1)
        elif step := arrow_step(event.key(), self.layoutDirection()):
            self._move(step)
        else:
            super().keyPressEvent(event)

    def _move(self, step: int) -> None:
        """Choose the next segment; from none, the focused one."""
        count = len(self._group.buttons())
        now = self.index()
        at = 0 if now is None else (now + step) % count
        button = self._group.button(at)
        button.setFocus(Qt.FocusReason.TabFocusReason)
        button.click()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Frame, ground of the chosen one, lines between."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            frame = QRectF(self.rect())
            draw_box(painter, frame, "surface", None, Radius.FIELD, Line.HAIR)
            clip = QPainterPath()
            clip.addRoundedRect(frame, Radius.FIELD, Radius.FIELD)
            painter.setClipPath(clip)
            buttons = [button for button in self._group.buttons() if isinstance(button, _Segment)]
            for button in buttons:
                if button.isChecked():
                    painter.fillRect(button.geometry(), color("accent_soft"))
            painter.setPen(QPen(color("hairline"), Line.HAIR))
            for button in buttons:
                if button.geometry().left() > 0:
                    x = button.geometry().left() + 0.5
                    painter.drawLine(int(x), 1, int(x), self.height() - 2)
            painter.setClipping(False)
            edge = _EDGES.get(self._state, "control" if self.isEnabled() else "hairline")
            width = Line.FOCUS if self._state in _EDGES else Line.HAIR
            draw_box(painter, frame, None, edge, Radius.FIELD, width)
