"""Dresses the application as the desk chose: language, Qt's own words, theme, size of text."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QTranslator
from PySide6.QtWidgets import QApplication

from avrr_desktop.core.labels import Language
from avrr_desktop.core.translation import set_screen_language
from avrr_desktop.ui.shell.desk import Desk
from avrr_desktop.ui.theme.apply import SystemSchemeFollower, apply_theme

_QT_WORDS = "qt-words"


class Appearance:
    """Applies the choices of the desk, and follows the system's colours."""

    def __init__(self, app: QApplication, desk: Desk, resources: Path) -> None:
        self.desk = desk
        self._app = app
        self._resources = resources
        self._follower: SystemSchemeFollower | None = None

    def apply(self) -> None:
        """Wear everything the desk chose; what is built from now on speaks its language."""
        desk = self.desk
        set_screen_language(desk.language)
        self._speak(desk.language)
        apply_theme(self._app, desk.scheme, desk.language, self._resources, desk.text_percent)
        if self._follower is None:
            self._follower = SystemSchemeFollower(self._app, desk.scheme, self._resources)

    def apply_scheme(self) -> None:
        """Wear the colours the desk chose; widgets repaint, nothing is built anew."""
        if self._follower is not None:
            self._follower.choose(self.desk.scheme, self.desk.language)

    def _speak(self, language: Language) -> None:
        """Context menus and dialogs that Qt itself words."""
        before = self._app.findChild(QTranslator, _QT_WORDS)
        if before is not None:
            self._app.removeTranslator(before)
            before.deleteLater()
            before.setObjectName("")
        if language is Language.EN:
            return
        words = QTranslator(self._app)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if words.load(f"qtbase_{language.value}", folder):
            words.setObjectName(_QT_WORDS)
            self._app.installTranslator(words)
