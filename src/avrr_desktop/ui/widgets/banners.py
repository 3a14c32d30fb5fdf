"""Banners: what to correct, what happened with its undo, what to watch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from avrr_desktop.core.translation import ntr, tr
from avrr_desktop.ui.theme.polish import set_look
from avrr_desktop.ui.theme.proxy import draw_box
from avrr_desktop.ui.theme.tokens import Line, Radius, Space, Type
from avrr_desktop.ui.widgets.buttons import Button, Variant
from avrr_desktop.ui.widgets.flow import FlowLayout
from avrr_desktop.ui.widgets.icon_label import IconMark
from avrr_desktop.ui.widgets.keycap import KeyCap
from avrr_desktop.ui.widgets.text import Text

Tone = Literal["accent", "ok", "warning", "error"]
_ICONS: Final = {
    "accent": "info",
    "ok": "circle-check",
    "warning": "triangle-alert",
    "error": "circle-alert",
}
_INKS: Final = {"accent": "accent_text", "ok": "ok", "warning": "warning", "error": "error"}


@dataclass(frozen=True, slots=True)
class FieldIssue:
    """A field to mend (``error``) or to confirm, by its key and its label."""

    key: str
    label: str
    is_error: bool = True


class _Edged(QFrame):
    """A soft ground with a thin edge of its own colour."""

    def __init__(self, tone: Tone, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tone: Tone = tone
        set_look(self, bold="false")

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ground and edge."""
        with QPainter(self) as painter:
            ground = "accent_soft" if self._tone == "accent" else f"{self._tone}_soft"
            edge = _INKS[self._tone] if self._tone == "error" else None
            draw_box(painter, QRectF(self.rect()), ground, edge, Radius.CARD, Line.HAIR)


class ErrorBanner(_Edged):
    """The list of fields to mend, in field order, above a form; hidden while empty."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("error", parent)
        self.setObjectName("error-banner")
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.L, Space.S, Space.M, Space.S)
        row.setSpacing(Space.M)
        row.addWidget(IconMark("circle-alert", "error"), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(0)
        self._title = Text(bold=True, name="error-banner-title")
        self._links = QWidget()
        self._flow = FlowLayout(self._links, Space.M)
        words.addWidget(self._title)
        words.addWidget(self._links)
        row.addLayout(words, 1)
        hint = QHBoxLayout()
        hint.setSpacing(Space.S)
        hint.addWidget(KeyCap("F8"))
        hint.addWidget(Text(tr("next"), Type.CAPTION))
        row.addLayout(hint)
        row.setAlignment(hint, Qt.AlignmentFlag.AlignTop)
        self.hide()

    def set_issues(self, issues: Sequence[FieldIssue]) -> None:
        """Show these, errors counted before values to confirm; none hides the banner."""
        self._flow.clear()
        errors = sum(1 for issue in issues if issue.is_error)
        self._title.setText(_issue_title(errors, len(issues) - errors))
        self.setAccessibleName(self._title.text())
        self._tone = "error" if errors else "warning"
        for issue in issues:
            link = Button(issue.label, Variant.LINK, small=True, name=f"issue-{issue.key}")
            link.set_tone("error" if issue.is_error else "warning")
            link.clicked.connect(lambda _checked=False, key=issue.key: self.chosen.emit(key))
            self._flow.addWidget(link)
        self.setVisible(bool(issues))


def _issue_title(errors: int, confirmations: int) -> str:
    """« 2 errors to correct and 1 value to confirm »."""
    first = ntr("{count} error to correct", "{count} errors to correct", errors)
    second = ntr("{count} value to confirm", "{count} values to confirm", confirmations)
    if errors and confirmations:
        return tr("{errors} and {confirmations}", errors=first, confirmations=second)
    return first if errors else second


class Banner(_Edged):
    """A sentence with an icon and perhaps an action: news with its undo, or a warning."""

    action_requested = Signal()

    def __init__(
        self,
        text: str = "",
        tone: Tone = "accent",
        *,
        action: str | None = None,
        key: str | None = None,
        icon: str | None = None,
        name: str = "banner",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(tone, parent)
        self.setObjectName(name)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.L, Space.XS, Space.M, Space.XS)
        row.setSpacing(Space.M)
        self._mark = IconMark(icon or _ICONS[tone], _INKS[tone])
        self._label = Text(text, wrap=True, name=f"{name}-text")
        self.action = Button(
            action or "", Variant.SECONDARY, key=key, small=True, name=f"{name}-action"
        )
        if action is None:  # a widget without parent must never be shown: it flashes
            self.action.hide()
        self.action.clicked.connect(self.action_requested)
        row.addWidget(self._mark)
        row.addWidget(self._label, 1)
        row.addWidget(self.action)
        self.setMinimumHeight(40)
        self.setAccessibleName(text)

    def show_message(self, text: str, tone: Tone = "accent", action: str | None = None) -> None:
        """Say ``text``, with another action or none."""
        self._tone = tone
        self._mark.set_icon(_ICONS[tone], _INKS[tone])
        self._label.setText(text)
        self.setAccessibleName(text)
        if action is not None:
            self.action.set_label(action)
        self.action.setVisible(action is not None)
        self.update()
        self.show()
