"""Labels by role: the style sheet gives them size and colour."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget

from avrr_desktop.core.harmless import harmless, harmless_line, harmless_paragraph
from avrr_desktop.ui.theme.polish import set_look
from avrr_desktop.ui.theme.tokens import Type

_LONG = 120  # characters of a text on one line that may be shortened: no sentence of the program
_MOST = 6000  # characters of a paragraph
_LEAST_WIDE, _MOST_WIDE = 60, 480


def _line(text: str) -> str:
    """Several lines that are to stand so stay, unless they are data without end."""
    return harmless_line(text) if len(text) > _LONG else harmless(text)


class Text(QLabel):
    """A label with a role (``Type``), a tone (``text2``, ``error``…) and perhaps bold."""

    _is_elastic = False

    def __init__(
        self,
        text: str = "",
        role: Type = Type.BODY,
        *,
        tone: str | None = None,
        bold: bool = False,
        wrap: bool = False,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        # Data may hold «<»; markup is asked for with set_markup.
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        self.setText(text)
        self.setProperty("role", role.value)
        if tone:
            self.setProperty("tone", tone)
        if bold:
            self.setProperty("bold", "true")
        self._take_side()

    def _take_side(self) -> None:
        """Start where reading starts: a label left alone follows the script of its text."""
        if self.alignment() & Qt.AlignmentFlag.AlignHCenter:
            return
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        side = Qt.AlignmentFlag.AlignRight if rtl else Qt.AlignmentFlag.AlignLeft
        vertical = self.alignment() & Qt.AlignmentFlag.AlignVertical_Mask
        self.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute | vertical)

    def changeEvent(self, event: QEvent) -> None:
        """Turn with the screen."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._take_side()

    def setText(self, text: str) -> None:
        """Show ``text`` as it can be shown; one without end is shortened where it stands."""
        if self.textFormat() == Qt.TextFormat.PlainText:
            is_long = len(text) > _LONG
            text = harmless_paragraph(text, _MOST) if self.wordWrap() else _line(text)
            self._is_elastic = is_long and not self.wordWrap()
        super().setText(text)

    def minimumSizeHint(self) -> QSize:
        """A text as long as a paragraph asks for no room of its own."""
        return self._at_most(super().minimumSizeHint(), _LEAST_WIDE)

    def sizeHint(self) -> QSize:
        """The room of the text."""
        return self._at_most(super().sizeHint(), _MOST_WIDE)

    def _at_most(self, hint: QSize, wide: int) -> QSize:
        return QSize(min(hint.width(), wide), hint.height()) if self._is_elastic else hint

    def paintEvent(self, event: QPaintEvent) -> None:
        """The label, or as much of a text without end as there is room for."""
        if not self._is_elastic:
            super().paintEvent(event)
            return
        room = self.contentsRect()
        shown = self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, room.width()
        )
        with QPainter(self) as painter:
            role, flags = self.foregroundRole(), int(self.alignment().value)
            self.style().drawItemText(
                painter, room, flags, self.palette(), self.isEnabled(), shown, role
            )

    def set_tone(self, tone: str | None) -> None:
        """Change the colour: ``text``, ``text2``, ``text3``, ``accent``, ``ok``, ``error``."""
        set_look(self, tone=tone)

    def set_bold(self, bold: bool) -> None:
        """Turn bold on or off."""
        set_look(self, bold="true" if bold else "false")

    def set_markup(self, markup: str) -> None:
        """Show simple rich text (bold parts, links); the caller escapes data in it."""
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setText(markup)
