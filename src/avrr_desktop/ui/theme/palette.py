"""The full ``QPalette`` of a scheme: whatever the sheet misses still looks right."""

from __future__ import annotations

from typing import Final

from PySide6.QtGui import QColor, QPalette

from avrr_desktop.ui.theme.tokens import Colors

_Role = QPalette.ColorRole

_ROLES: Final = {
    _Role.Window: "bg",
    _Role.WindowText: "text",
    _Role.Base: "surface",
    _Role.AlternateBase: "raised",
    _Role.Text: "text",
    _Role.PlaceholderText: "text3",
    _Role.Button: "surface",
    _Role.ButtonText: "text",
    _Role.BrightText: "on_accent",
    _Role.ToolTipBase: "raised",
    _Role.ToolTipText: "text",
    _Role.Highlight: "selection",
    _Role.HighlightedText: "text",
    _Role.Link: "accent_text",
    _Role.LinkVisited: "accent_text",
    _Role.Accent: "accent",
    _Role.Light: "raised",
    _Role.Midlight: "raised",
    _Role.Mid: "hairline",
    _Role.Dark: "control",
    _Role.Shadow: "hairline",
}
_DISABLED: Final = (_Role.WindowText, _Role.Text, _Role.ButtonText, _Role.HighlightedText)


def make_palette(colors: Colors) -> QPalette:
    """The palette of ``colors``, all groups."""
    palette = QPalette()
    for role, token in _ROLES.items():
        palette.setColor(role, QColor(colors.named(token)))
    for role in _DISABLED:
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(colors.text3))
    palette.setColor(QPalette.ColorGroup.Disabled, _Role.Base, QColor(colors.raised))
    palette.setColor(QPalette.ColorGroup.Disabled, _Role.Button, QColor(colors.raised))
    return palette
