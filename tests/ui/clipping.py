"""Finds text that its place cuts: labels, painted widgets, cells, heads, and what lies on what.

Painted text goes through ``widgets.drawing.draw_text``; its ellipses are heard while each widget
draws itself alone. Labels and the rest are measured.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPixmap, QRegion
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QCheckBox,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QScrollArea,
    QScrollBar,
    QTableView,
    QWidget,
)

from avrr_desktop.ui.shell.overlay import Overlay
from avrr_desktop.ui.theme.tokens import Space
from avrr_desktop.ui.widgets import drawing

_ELLIPSIS = "…"
# What a list may shorten, its tool tip in hand: names and sentences, never a date or a number.
_SHORTENED_FROM = 12
_SLACK = 1  # pixels of rounding
_FIELD_PADDING = 20


@dataclass(frozen=True, slots=True)
class Cut:
    """One text that cannot be read whole, and why."""

    where: str
    why: str
    text: str

    def __str__(self) -> str:
        return f"{self.where}: {self.why}: {self.text!r}"


def cuts(window: QWidget) -> list[Cut]:
    """Everything ``window`` shows that cannot be read whole."""
    found: list[Cut] = []
    for widget in _shown(window):
        for why, text in _faults(widget):
            found.append(Cut(_path(widget, window), why, text))
    return found


def _shown(window: QWidget) -> Iterator[QWidget]:
    """The visible widgets, without what lies under an overlay."""
    overlays = [each for each in window.findChildren(Overlay) if each.isVisible()]
    root = overlays[-1] if overlays else window
    for widget in root.findChildren(QWidget):
        if widget.isVisible() and not widget.rect().isEmpty():
            yield widget


def _faults(widget: QWidget) -> Iterator[tuple[str, str]]:
    for kind, check in _CHECKS:
        if isinstance(widget, kind):
            yield from check(widget)
            break
    else:
        if _paints_itself(widget) and not isinstance(widget.parentWidget(), QAbstractItemView):
            yield from _painted(widget)
    if text := _words(widget):
        yield from _place(widget, text)


def _page(area: QScrollArea) -> Iterator[tuple[str, str]]:
    if area.horizontalScrollBar().maximum() > 0:
        yield "wider than its place", area.objectName()


def _label(label: QLabel) -> Iterator[tuple[str, str]]:
    text = label.text()
    if not text or not label.pixmap().isNull():
        return
    room = label.contentsRect()
    above = label.parentWidget()
    tips = f"{label.toolTip()}\n{above.toolTip() if above else ''}"
    if text.endswith(_ELLIPSIS) and text[:-1] in tips and text not in tips:
        yield "shortened", text
    if label.wordWrap():
        if label.heightForWidth(label.width()) > label.height() + _SLACK:
            yield "lines are cut", text
        plain = re.sub("<[^>]*>|\u200b", " ", text)
        longest = max((_advance(label, word) for word in plain.split()), default=0)
        if longest > room.width() + _SLACK:
            yield "a word is cut", text
        return
    wanted = label.sizeHint()
    if wanted.width() > label.width() + _SLACK:
        yield f"needs {wanted.width()}, has {label.width()}", text
    if wanted.height() > label.height() + 2 * _SLACK:
        yield f"needs a height of {wanted.height()}, has {label.height()}", text


def _advance(widget: QWidget, text: str) -> int:
    return QFontMetrics(widget.font()).horizontalAdvance(text)


def _head(head: QHeaderView) -> Iterator[tuple[str, str]]:
    model = head.model()
    if head.orientation() == Qt.Orientation.Vertical:
        return
    for section in range(head.count()):
        text = str(model.headerData(section, head.orientation()) or "")
        if head.isSectionHidden(section) or not text:
            continue
        place = head.sectionViewportPosition(section)
        is_seen = place < head.viewport().width() and place + head.sectionSize(section) > 0
        wanted = max(_advance(head, line) for line in text.split("\n"))
        if is_seen and wanted > head.sectionSize(section) - 2 * Space.XS:
            yield f"head needs {wanted}, has {head.sectionSize(section)}", text


def _cells(view: QAbstractItemView) -> Iterator[tuple[str, str]]:
    if view.model() is None:
        return
    tips = [str(cell.data(Qt.ItemDataRole.ToolTipRole) or "") for cell in _seen_cells(view)]
    for text in _heard(view.viewport()):
        bare = _bare(text)
        if len(bare) < _SHORTENED_FROM:
            yield "short cell is cut", text
        elif not any(bare in _bare(tip) for tip in tips):
            yield "cell is cut and has no tool tip", text


def _seen_cells(view: QAbstractItemView) -> Iterator[QModelIndex]:
    model = view.model()
    area = view.viewport().rect()
    columns = range(view.horizontalHeader().count()) if isinstance(view, QTableView) else range(1)
    for row in range(min(model.rowCount(QModelIndex()), 200)):
        for column in columns:
            index = model.index(row, column)
            if view.visualRect(index).intersects(area):
                yield index


def _bare(text: str) -> str:
    """``text`` without the marks of direction."""
    return re.sub("[\u2066-\u2069\u200e\u200f]", "", text).strip()


def _line(line: QLineEdit) -> Iterator[tuple[str, str]]:
    text = line.placeholderText()
    if text and not line.text() and _advance(line, text) > line.width() - _FIELD_PADDING:
        yield "placeholder is cut", text


def _combo(combo: QComboBox) -> Iterator[tuple[str, str]]:
    text = combo.currentText()
    if text not in combo.toolTip() and _advance(combo, text) > combo.width() - 2 * _FIELD_PADDING:
        yield "choice is cut", text


def _paints_itself(widget: QWidget) -> bool:
    """Whether a class of the program draws the widget."""
    return any(
        "paintEvent" in kind.__dict__ and kind.__module__.startswith("avrr_desktop")
        for kind in type(widget).__mro__
    )


def _painted(widget: QWidget) -> Iterator[tuple[str, str]]:
    for text in _heard(widget):
        yield "shortened", text


class _Ears(QFontMetrics):
    """Metrics that remember what they shorten."""

    heard: list[str] = []  # noqa: RUF012 (one list, emptied by each hearing)

    def elidedText(
        self, text: str, mode: Qt.TextElideMode, width: int, flags: int | None = 0
    ) -> str:
        shown = super().elidedText(text, mode, width, flags or 0)
        if shown != text:
            self.heard.append(text)
        return shown


@contextmanager
def _listening() -> Iterator[list[str]]:
    before = drawing.__dict__["QFontMetrics"]
    _Ears.heard.clear()
    drawing.__dict__["QFontMetrics"] = _Ears
    try:
        yield _Ears.heard
    finally:
        drawing.__dict__["QFontMetrics"] = before


def _heard(widget: QWidget) -> list[str]:
    """What ``widget`` shortens when it draws itself, its children left out."""
    with _listening() as heard:
        canvas = QPixmap(widget.size())
        widget.render(canvas, QPoint(), QRegion(), QWidget.RenderFlag.DrawWindowBackground)
        return list(heard)


def _words(widget: QWidget) -> str:
    """What the widget says, empty for a frame."""
    if isinstance(widget, (QScrollBar, QHeaderView, QAbstractScrollArea)):
        return ""
    text = getattr(widget, "text", None)
    if callable(text):
        return str(text())
    return ""


def _place(widget: QWidget, text: str) -> Iterator[tuple[str, str]]:
    """The widget against its least size, its ancestors and its siblings."""
    if isinstance(widget, (QAbstractButton, QComboBox)):
        least = _least(widget)
        if least.width() > widget.width() + _SLACK or least.height() > widget.height() + _SLACK:
            yield f"needs {least.toTuple()}, has {widget.size().toTuple()}", text
    if hidden := _outside(widget):
        yield hidden, text
    for other in _neighbours(widget):
        shared = widget.geometry().intersected(other.geometry())
        if shared.width() > _SLACK and shared.height() > 2 * _SLACK:
            yield f"lies on {type(other).__name__} {other.objectName()}", text


def _least(widget: QWidget) -> QSize:
    least = widget.minimumSizeHint()
    is_fixed = isinstance(widget, QCheckBox) or least.width() <= 0
    return widget.sizeHint() if is_fixed else least


def _outside(widget: QWidget) -> str:
    """Which ancestor cuts the widget off; what scrolls may be scrolled to."""
    box = QRect(QPoint(), widget.size())
    child: QWidget = widget
    while (parent := child.parentWidget()) is not None and not child.isWindow():
        box.translate(child.pos())
        if isinstance(parent.parentWidget(), QAbstractScrollArea):
            return ""
        inside = parent.rect().adjusted(-_SLACK, -_SLACK, _SLACK, _SLACK)
        if not inside.contains(box):
            return f"leaves {type(parent).__name__} {parent.objectName()}"
        child = parent
    return ""


def _neighbours(widget: QWidget) -> Iterator[QWidget]:
    parent = widget.parentWidget()
    if parent is None or widget.isWindow():
        return
    for other in parent.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
        is_apart = isinstance(other, Overlay) or other.isWindow() or not other.isVisible()
        if other is not widget and not is_apart:
            yield other


_CHECKS: Sequence[tuple[type, Callable[..., Iterator[tuple[str, str]]]]] = (
    (QLabel, _label),
    (QHeaderView, _head),
    (QAbstractItemView, _cells),
    (QLineEdit, _line),
    (QComboBox, _combo),
    (QScrollArea, _page),
)


def _path(widget: QWidget, window: QWidget) -> str:
    """A name by which a person finds the widget."""
    names: list[str] = []
    at: QWidget | None = widget
    while at is not None and at is not window and len(names) < 4:
        if at is widget or at.objectName():
            names.append(f"{type(at).__name__}({at.objectName()})")
        at = at.parentWidget()
    return " < ".join(names)
