"""Labels by role: the style sheet gives them size and colour."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QLabel, QWidget

from avrr_desktop.ui.theme.polish import set_look
from avrr_desktop.ui.theme.tokens import Type


class Text(QLabel):
    """A label with a role (``Type``), a tone (``text2``, ``error``…) and perhaps bold."""

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
        super().__init__(text, parent)
        self.setObjectName(name)
        # Data may hold «<»; markup is asked for with set_markup.
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
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
