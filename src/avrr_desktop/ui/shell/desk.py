"""Choices of this desk, kept beside the register: language, colours, size of text, window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from avrr_desktop.core.labels import Language
from avrr_desktop.ui.theme.tokens import Scheme

TEXT_PERCENTS = (100, 110, 125, 150)
LOCK_MINUTES = (5, 10, 15, 30, 60, 0)

_LANGUAGE, _SCHEME, _TEXT, _GEOMETRY, _LOGIN, _LOCK, _VERSION = (
    "screen/language",
    "screen/scheme",
    "screen/text_percent",
    "window/geometry",
    "access/login",
    "access/lock_minutes",
    "program/version",
)


class Desk:
    """Reads and keeps the choices; a value that cannot be read is its default."""

    def __init__(self, path: Path) -> None:
        self._kept = QSettings(str(path), QSettings.Format.IniFormat)

    def read_again(self) -> None:
        """Take what another PC's desk chose: its file came in the place of this one's."""
        self._kept.sync()

    @property
    def language(self) -> Language:
        """The language of the screen."""
        text = str(self._kept.value(_LANGUAGE, ""))
        return Language(text) if text in set(Language) else Language.FR

    @language.setter
    def language(self, language: Language) -> None:
        self._kept.setValue(_LANGUAGE, language.value)

    @property
    def scheme(self) -> Scheme:
        """Light, dark or as the system."""
        text = str(self._kept.value(_SCHEME, ""))
        return Scheme(text) if text in set(Scheme) else Scheme.SYSTEM

    @scheme.setter
    def scheme(self, scheme: Scheme) -> None:
        self._kept.setValue(_SCHEME, scheme.value)

    @property
    def text_percent(self) -> int:
        """How large texts are."""
        text = str(self._kept.value(_TEXT, ""))
        percent = int(text) if text.isdigit() else TEXT_PERCENTS[0]
        return percent if percent in TEXT_PERCENTS else TEXT_PERCENTS[0]

    @text_percent.setter
    def text_percent(self, percent: int) -> None:
        self._kept.setValue(_TEXT, percent)

    @property
    def login(self) -> str:
        """Who logged in last; proposed at the next start."""
        return str(self._kept.value(_LOGIN, ""))

    @login.setter
    def login(self, login: str) -> None:
        self._kept.setValue(_LOGIN, login)

    @property
    def version(self) -> str:
        """The program's version at the last start; empty for one that noted none."""
        return str(self._kept.value(_VERSION, ""))

    @version.setter
    def version(self, version: str) -> None:
        self._kept.setValue(_VERSION, version)

    @property
    def lock_minutes(self) -> int:
        """After how long without a touch the register is locked; 0 for never."""
        text = str(self._kept.value(_LOCK, ""))
        minutes = int(text) if text.isdigit() else LOCK_MINUTES[1]
        return minutes if minutes in LOCK_MINUTES else LOCK_MINUTES[1]

    @lock_minutes.setter
    def lock_minutes(self, minutes: int) -> None:
        self._kept.setValue(_LOCK, minutes)

    @property
    def geometry(self) -> QByteArray:
        """Where the window was; empty before the first end."""
        kept = self._kept.value(_GEOMETRY)
        return kept if isinstance(kept, QByteArray) else QByteArray()

    @geometry.setter
    def geometry(self, geometry: QByteArray) -> None:
        self._kept.setValue(_GEOMETRY, geometry)
