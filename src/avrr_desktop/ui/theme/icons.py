"""Icons: the SVG files of ``resources/icons``, tinted with a token and sharp on every screen."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from avrr_desktop.ui.theme.current import current
from avrr_desktop.ui.theme.tokens import IconSize

# Pixel ratios drawn beforehand; Qt takes the one that fits, so 150 % is not a blurred 200 %.
_RATIOS = (1.0, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0)
# Pixels by drawing; what the installers carry is drawn by installer/bundle/icons.py.
_APP_ICON = {"avrr-small": (16, 20, 24, 32), "avrr": (48, 64, 128, 256)}
_MIRRORED = frozenset(
    {
        "arrow-left",
        "arrow-right",
        "chevron-left",
        "chevron-right",
        "external-link",
        "log-out",
        "panel-right",
        "redo-2",
        "undo-2",
    }
)


@cache
def _source(folder: Path, name: str) -> str:
    """The SVG text of an icon."""
    return (folder / f"{name}.svg").read_text(encoding="utf-8")


def draw_icon(painter: QPainter, rect: QRectF, name: str, color: str = "text") -> None:
    """Draw the icon ``name`` in ``rect`` with the token ``color``, at once, at any ratio."""
    theme = current()
    if theme.resources is None:
        return
    source = _source(theme.resources / "icons", name)
    tinted = source.replace("currentColor", theme.colors.named(color))
    painter.save()
    if theme.is_rtl and name in _MIRRORED:
        painter.translate(2 * rect.x() + rect.width(), 0)
        painter.scale(-1, 1)
    QSvgRenderer(QByteArray(tinted.encode())).render(painter, rect)
    painter.restore()


def _pixmap(name: str, color: str, pixels: int) -> QPixmap:
    """The icon on a transparent square of ``pixels``."""
    pixmap = QPixmap(pixels, pixels)
    pixmap.fill(Qt.GlobalColor.transparent)
    with QPainter(pixmap) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_icon(painter, QRectF(0, 0, pixels, pixels), name, color)
    return pixmap


def icon(name: str, color: str = "text", size: int = IconSize.BUTTON) -> QIcon:
    """The icon ``name`` in the token ``color``; paler when disabled.

    Cached per theme. A widget asks again on ``QEvent.PaletteChange``, since the tint is fixed.
    """
    theme = current()
    return _icon(name, color, size, theme.colors.named(color), theme.is_rtl, theme.resources)


# The colour value, direction and folder are there only to make one cache entry per theme.
@cache
def _icon(
    name: str, color: str, size: int, _value: str, _rtl: bool, resources: Path | None
) -> QIcon:
    made = QIcon()
    if resources is None:
        return made
    for ratio in _RATIOS:
        pixels = round(size * ratio)
        made.addPixmap(_pixmap(name, color, pixels))
        made.addPixmap(_pixmap(name, "text3", pixels), QIcon.Mode.Disabled)
    return made


def app_icon(resources: Path) -> QIcon:
    """The program's own icon: title bar and task bar have a drawing with fewer lines."""
    made = QIcon()
    for name, sizes in _APP_ICON.items():
        renderer = QSvgRenderer(str(resources / "icons" / f"{name}.svg"))
        for pixels in sizes:
            pixmap = QPixmap(pixels, pixels)
            pixmap.fill(Qt.GlobalColor.transparent)
            with QPainter(pixmap) as painter:
                renderer.render(painter)
            made.addPixmap(pixmap)
    return made
