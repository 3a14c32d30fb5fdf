"""An icon beside words, tinted again when the theme changes."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from avrr_desktop.ui.theme.icons import draw_icon
from avrr_desktop.ui.theme.tokens import IconSize, Space, Type
from avrr_desktop.ui.widgets.text import Text


class IconMark(QWidget):
    """One icon, drawn at the screen's own sharpness; decoration, so without a name."""

    def __init__(
        self,
        icon: str,
        tone: str = "text",
        size: int = IconSize.BANNER,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon_name, self._tone, self._size = icon, tone, size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_icon(self, icon: str, tone: str | None = None) -> None:
        """Another icon, another tone unless ``None``."""
        self._icon_name, self._tone = icon, tone or self._tone
        self.update()

    def sizeHint(self) -> QSize:
        """A square, one pixel taller to sit on the text's middle."""
        return QSize(self._size, self._size + 2)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the icon."""
        with QPainter(self) as painter:
            draw_icon(painter, QRectF(0, 1, self._size, self._size), self._icon_name, self._tone)


class IconText(QWidget):
    """An icon and its words on one line, as in the status bar or under a field."""

    def __init__(
        self,
        icon: str,
        text: str,
        *,
        tone: str = "text2",
        role: Type = Type.CAPTION,
        wrap: bool = False,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(text)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.XS + 1)
        self.mark = IconMark(icon, tone, IconSize.STATUS)
        self.label = Text(text, role, tone=tone, wrap=wrap)
        top = Qt.AlignmentFlag.AlignTop if wrap else Qt.AlignmentFlag.AlignVCenter
        row.addWidget(self.mark, 0, top)
        row.addWidget(self.label, 1)

    def set_content(self, icon: str, text: str, tone: str | None = None) -> None:
        """Say something else."""
        self.mark.set_icon(icon, tone)
        self.label.setText(text)
        self.setAccessibleName(text)
        if tone:
            self.label.set_tone(tone)
