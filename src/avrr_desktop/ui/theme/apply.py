"""Put a theme on the application, and follow the system's colour scheme."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QToolTip

from avrr_desktop.core.labels import Language
from avrr_desktop.ui.theme.current import Theme, current, set_current
from avrr_desktop.ui.theme.fonts import font, load_bundled
from avrr_desktop.ui.theme.icons import app_icon
from avrr_desktop.ui.theme.palette import make_palette
from avrr_desktop.ui.theme.proxy import AvrrStyle
from avrr_desktop.ui.theme.sheet import style_sheet
from avrr_desktop.ui.theme.tokens import DARK, LIGHT, Scheme, Type

_SYSTEM_SCHEMES = {
    Scheme.SYSTEM: Qt.ColorScheme.Unknown,
    Scheme.LIGHT: Qt.ColorScheme.Light,
    Scheme.DARK: Qt.ColorScheme.Dark,
}


def effective_scheme(app: QApplication, scheme: Scheme) -> Scheme:
    """``scheme``, or what the system shows when it is ``SYSTEM``."""
    if scheme is not Scheme.SYSTEM:
        return scheme
    dark = app.styleHints().colorScheme() == Qt.ColorScheme.Dark
    return Scheme.DARK if dark else Scheme.LIGHT


def apply_theme(
    app: QApplication,
    scheme: Scheme,
    language: Language,
    resources: Path,
    text_percent: int | None = None,
) -> Theme:
    """Dress ``app``: style, fonts, palette, sheet and direction; may be called again at any time.

    ``resources`` is the folder that holds ``icons`` and ``fonts``. For ``SYSTEM``, keep a
    ``SystemSchemeFollower`` beside it. ``text_percent`` enlarges every text; None keeps its size.
    """
    load_bundled(resources / "fonts")
    # Title bars, drawn by the system, follow the override too.
    app.styleHints().setColorScheme(_SYSTEM_SCHEMES[scheme])
    shown = effective_scheme(app, scheme)
    colors = DARK if shown is Scheme.DARK else LIGHT
    percent = current().text_percent if text_percent is None else text_percent
    theme = Theme(shown, colors, language, resources, percent)
    set_current(theme)
    rtl = language.is_rtl
    app.setLayoutDirection(
        Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight
    )
    if app.property("avrr_style") is None:
        app.setStyle(AvrrStyle())
        app.setProperty("avrr_style", True)
        app.setWindowIcon(app_icon(resources))
    app.setFont(font())
    palette: QPalette = make_palette(colors)
    app.setPalette(palette)
    QToolTip.setPalette(palette)
    QToolTip.setFont(font(Type.CAPTION))
    app.setStyleSheet(style_sheet(colors, language))
    return theme


class SystemSchemeFollower:
    """Applies the theme again when the system turns light or dark, unless overridden."""

    def __init__(self, app: QApplication, scheme: Scheme, resources: Path) -> None:
        self._app = app
        self._scheme = scheme
        self._resources = resources
        app.styleHints().colorSchemeChanged.connect(self._on_scheme_changed)

    def choose(self, scheme: Scheme, language: Language) -> None:
        """Apply the user's choice from now on."""
        self._scheme = scheme
        apply_theme(self._app, scheme, language, self._resources)

    def _on_scheme_changed(self, _scheme: Qt.ColorScheme) -> None:
        theme = current()
        changed = effective_scheme(self._app, self._scheme) is not theme.scheme
        if self._scheme is Scheme.SYSTEM and changed:
            apply_theme(self._app, self._scheme, theme.language, self._resources)
