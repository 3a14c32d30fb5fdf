"""The erratum in three languages, to be copied."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from avrr_desktop.core.labels import Language
from avrr_desktop.core.translation import screen_language, tr, translator
from avrr_desktop.services.closing.erratum import erratum
from avrr_desktop.services.closing.gap import Gap
from avrr_desktop.services.summary_labels import period_text
from avrr_desktop.ui.closing.words import language_names
from avrr_desktop.ui.theme.tokens import Space, Type
from avrr_desktop.ui.widgets.buttons import Button
from avrr_desktop.ui.widgets.formats import ltr
from avrr_desktop.ui.widgets.segmented import Segmented
from avrr_desktop.ui.widgets.surfaces import Surface
from avrr_desktop.ui.widgets.text import Text

_ORDER = tuple(language_names())
_RTL_MARK = "\u200f"


class ErratumBar(Surface):
    """Hidden while no number of persons differs."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("raised", edge="top", name="erratum", parent=parent)
        self.setAccessibleName(tr("Erratum"))
        self._texts: Mapping[Language, str] = {}
        names = language_names()
        self.languages = Segmented(
            [names[language] for language in _ORDER],
            optional=False,
            name="erratum-language",
            accessible=tr("Language of the erratum"),
        )
        self.languages.set_index(_ORDER.index(screen_language()))
        self.languages.chosen.connect(lambda _place: self._show())
        self.text = Text("", Type.CAPTION, tone="text", wrap=True, name="erratum-text")
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.copy = Button(tr("Copy"), icon="copy", small=True, name="erratum-copy")
        self.copy.clicked.connect(self._on_copy)
        self._copied = Text("", Type.CAPTION, tone="ok", name="erratum-copied")
        first = QHBoxLayout()
        first.setSpacing(Space.S)
        first.addWidget(Text(tr("Erratum"), Type.CAPTION, bold=True))
        first.addStretch(1)
        first.addWidget(self._copied)
        first.addWidget(self.languages)
        first.addWidget(self.copy)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.L, Space.S, Space.M, Space.S)
        column.setSpacing(Space.XS)
        column.addLayout(first)
        column.addWidget(self.text)
        self.hide()

    def show_gap(self, gap: Gap | None) -> None:
        """The erratum of a gap; nothing when there is none to write."""
        if gap is not None:
            self._texts = {language: _text(gap, language) for language in _ORDER}
        self.setVisible(gap is not None and bool(self._texts[screen_language()]))
        if gap is not None:
            self._show()

    def language(self) -> Language:
        """The language shown."""
        return _ORDER[self.languages.index() or 0]

    def _show(self) -> None:
        language = self.language()
        rtl = Qt.LayoutDirection.RightToLeft
        self.text.setLayoutDirection(rtl if language.is_rtl else Qt.LayoutDirection.LeftToRight)
        mark = _RTL_MARK if language.is_rtl else ""  # a line may begin with a period's code
        lines = self._texts.get(language, "").splitlines()
        self.text.setText("\n".join(f"{mark}{line}" for line in lines))
        self._copied.setText("")

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._texts.get(self.language(), ""))
        self._copied.setText(tr("Copied"))


def _text(gap: Gap, language: Language) -> str:
    """The erratum; the code of the semester keeps its order among Arabic words."""
    text = erratum(gap, language)
    code = period_text(gap.closing.period, translator(language))
    return text.replace(code, ltr(code)) if language.is_rtl else text
