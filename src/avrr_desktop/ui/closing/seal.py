"""The seal of a closed semester: when, by whom, the fingerprint, and whether it still fits."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontDatabase, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from avrr_desktop.core.translation import tr
from avrr_desktop.services.closing.held import Closing
from avrr_desktop.ui.closing.words import day_of, fingerprint_text, sealed_text
from avrr_desktop.ui.theme.icons import draw_icon
from avrr_desktop.ui.theme.proxy import draw_box
from avrr_desktop.ui.theme.tokens import IconSize, Line, Radius, Space, Type
from avrr_desktop.ui.widgets.chip_drawing import ChipKind, ChipSpec
from avrr_desktop.ui.widgets.chips import Chip
from avrr_desktop.ui.widgets.formats import NO_BREAK_SPACE
from avrr_desktop.ui.widgets.text import Text
from avrr_desktop.ui.widgets.tips import plain_tip

_TILE = 38


class _Padlock(QWidget):
    """Decoration."""

    def __init__(self) -> None:
        super().__init__()
        self._tone = "ok"
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_tone(self, tone: str) -> None:
        """``ok`` or ``error``."""
        self._tone = tone
        self.update()

    def sizeHint(self) -> QSize:
        """A tile."""
        return QSize(_TILE, _TILE)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The padlock on its soft ground."""
        with QPainter(self) as painter:
            ground = f"{self._tone}_soft"
            draw_box(painter, QRectF(self.rect()), ground, None, Radius.FIELD, Line.HAIR)
            side = (_TILE - IconSize.NAV) / 2
            draw_icon(painter, QRectF(side, side, IconSize.NAV, IconSize.NAV), "lock", self._tone)


class Seal(QWidget):
    """Who froze a semester and when, its fingerprint and what verifying said."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("seal")
        self._padlock = _Padlock()
        self._who = Text("", wrap=True, name="seal-who")
        self._print = Text("", Type.CAPTION, wrap=True, name="seal-fingerprint")
        self.verdict = Chip("", ChipKind.OK, name="seal-verdict")
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.L, Space.S + 2, Space.L, Space.S + 2)
        row.setSpacing(Space.M)
        row.addWidget(self._padlock)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)  # beside a taller end, the two lines stay together
        words.addWidget(self._who)
        words.addWidget(self._print)
        words.addStretch(1)
        row.addLayout(words, 1)
        self._end = QVBoxLayout()
        self._end.setSpacing(Space.XS)
        self._end.addWidget(self.verdict, 0, Qt.AlignmentFlag.AlignRight)
        row.addLayout(self._end)

    def add_button(self, button: QWidget) -> None:
        """Below what verifying said."""
        self._end.addWidget(button, 0, Qt.AlignmentFlag.AlignRight)

    def show_closing(self, closing: Closing) -> None:
        """Say what was signed; the verdict comes later."""
        said, author = sealed_text(closing)
        markup = f"{escape(said)} <b>{escape(author)}</b>"
        if closing.published_at is not None:
            day = tr("published on {day}", day=day_of(closing.published_at))
            markup += f" · {escape(day)}"
        self._who.set_markup(markup)
        mono = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).family()
        digits = escape(fingerprint_text(closing.fingerprint)).replace(" · ", "\u2002· ")
        rules = tr("rules {version}", version=closing.rules_version)
        name = tr("Fingerprint")  # the catalogue finds no sentence within an f-string
        self._print.set_markup(
            f"{escape(name)} "
            f"<span style=\"font-family:'Noto Sans Mono',Consolas,'{mono}'\">{digits}</span>"
            f" · {escape(rules).replace(' ', NO_BREAK_SPACE)}"
        )
        whole = fingerprint_text(closing.fingerprint, len(closing.fingerprint))
        self._print.setToolTip(plain_tip(f"SHA-256 {whole}"))
        self._print.setAccessibleName(f"{name} {whole}, {rules}")
        self.verdict.hide()
        self._padlock.set_tone("ok")

    def show_verdict(self, *, is_sound: bool) -> None:
        """Whether what was frozen still fits its fingerprint."""
        if is_sound:
            spec = ChipSpec(tr("Fingerprint fits"), ChipKind.OK)
        else:
            spec = ChipSpec(tr("Fingerprint does not fit"), ChipKind.ERROR)
        self.verdict.set_spec(spec)
        self.verdict.show()
        self._padlock.set_tone("ok" if is_sound else "error")
