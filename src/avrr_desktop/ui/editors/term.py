"""One term of a closed list."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox, QStylePainter, QWidget

from avrr_desktop.core.harmless import harmless_line
from avrr_desktop.ui.editors.base import Editor
from avrr_desktop.ui.editors.term_popup import SEARCHED_FROM, TermPopup
from avrr_desktop.ui.editors.term_search import Term, next_match
from avrr_desktop.ui.theme.tokens import Space
from avrr_desktop.ui.widgets.tips import plain_tip

_TYPING_PAUSE = 1.0  # seconds after which a letter starts a new word
_CLEARING_KEYS = frozenset({Qt.Key.Key_Delete, Qt.Key.Key_Backspace})


class TermCombo(QComboBox):
    """A combo that the wheel leaves alone and that finds terms without their accents."""

    picked = Signal()

    def __init__(
        self, parent: QWidget | None = None, word_retired: Callable[[str], str] = str
    ) -> None:
        super().__init__(parent)
        self._terms: list[Term] = []
        self._word_retired = word_retired
        self._optional = True
        self._typed = ""
        self._typed_at = 0.0
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)
        self.activated.connect(lambda _index: self.picked.emit())
        self.currentTextChanged.connect(lambda text: self.setToolTip(plain_tip(text)))

    def set_terms(self, terms: Sequence[Term], *, optional: bool) -> None:
        """Offer these; an optional list starts with an empty entry."""
        self._optional = optional
        shown = [(code, harmless_line(label)) for code, label in terms]
        self._terms = [("", ""), *shown] if optional else shown
        self.clear()
        for code, label in self._terms:
            self.addItem(label, code)
        self.setCurrentIndex(0 if optional else -1)

    def code(self) -> str | None:
        """The code chosen, ``None`` for the empty entry."""
        code = self.currentData()
        return code if isinstance(code, str) and code else None

    def set_code(self, code: str | None) -> None:
        """Show the term of ``code``; a retired one is added rather than lost."""
        if code is None:
            self.setCurrentIndex(0 if self._optional else -1)
            return
        if self.findData(code) < 0:
            label = harmless_line(self._word_retired(code))
            self._terms.append((code, label))
            self.addItem(label, code)
        self.setCurrentIndex(self.findData(code))

    def showPopup(self) -> None:
        """Our own list, searched when long."""
        self.open_list("")

    def open_list(self, typed: str) -> None:
        """Open the list with ``typed`` in its search line."""
        popup = TermPopup(self._terms, self.currentIndex(), self)
        popup.picked.connect(self._on_picked)
        popup.open_under(self, typed)

    def _on_picked(self, rank: int) -> None:
        self._choose(rank)
        self.setFocus()

    def _choose(self, rank: int) -> None:
        if rank != self.currentIndex():
            self.setCurrentIndex(rank)
            self.picked.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A term too long for the field ends in …; its tool tip says it whole."""
        painter = QStylePainter(self)
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        style, sub = self.style(), QStyle.SubControl.SC_ComboBoxEditField
        room = style.subControlRect(QStyle.ComplexControl.CC_ComboBox, option, sub, self).width()
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        end = Qt.TextElideMode.ElideRight
        option.currentText = self.fontMetrics().elidedText(option.currentText, end, room - Space.XS)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        painter.end()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The page scrolls; the value stays."""
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters find a term; Delete empties an optional field."""
        plain = event.modifiers() in {
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.ShiftModifier,
        }
        if event.key() in _CLEARING_KEYS and self._optional:
            self._choose(0)
        elif plain and event.text().strip() and event.text().isprintable():
            self._type_ahead(event.text())
        else:
            super().keyPressEvent(event)

    def _type_ahead(self, typed: str) -> None:
        if len(self._terms) > SEARCHED_FROM:
            self.open_list(typed)
            return
        now = time.monotonic()
        fresh = now - self._typed_at > _TYPING_PAUSE
        self._typed = typed if fresh else self._typed + typed
        self._typed_at = now
        rank = next_match(self._terms, self._typed, self.currentIndex())
        if rank is not None:
            self._choose(rank)


class TermEditor(Editor):
    """A combo of a closed list; its value is a code.

    ``word_retired`` gives the label of a code that is not among the terms.
    """

    def __init__(
        self,
        name: str,
        label: str,
        terms: Sequence[Term] = (),
        *,
        optional: bool = True,
        word_retired: Callable[[str], str] = str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, label, parent)
        self._optional = optional
        self.combo = TermCombo(self, word_retired)
        self._hold(self.combo, name)
        self.set_terms(terms)
        self.combo.picked.connect(self.changed)

    def set_terms(self, terms: Sequence[Term]) -> None:
        """Offer other terms, keeping the code chosen."""
        code = self.combo.code()
        self.combo.set_terms(terms, optional=self._optional)
        self.combo.set_code(code)

    def value(self) -> str | None:
        """The code chosen."""
        return self.combo.code()

    def set_value(self, value: object | None) -> None:
        """Show the term of the code ``value``."""
        self.combo.set_code(str(value) if value else None)

    def focus_widget(self) -> QWidget:
        """The combo."""
        return self.combo
