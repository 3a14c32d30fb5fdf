"""Labels by role: the style sheet gives them size and colour."""

from __future__ import annotations

from PySide6.QtCore import Qt
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
