"""Several terms of a closed list, as chips with check marks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from avrr_desktop.core.harmless import harmless_line
from avrr_desktop.ui.editors.base import Editor, EditorState
from avrr_desktop.ui.editors.term_search import Term
from avrr_desktop.ui.theme.current import color
from avrr_desktop.ui.theme.fonts import font
from avrr_desktop.ui.theme.icons import draw_icon
from avrr_desktop.ui.theme.proxy import draw_box, draw_ring
from avrr_desktop.ui.theme.tokens import Height, IconSize, Line, Space
from avrr_desktop.ui.widgets.arrows import arrow_step
from avrr_desktop.ui.widgets.drawing import CENTER, draw_text, mirrored, text_width
from avrr_desktop.ui.widgets.flow import FlowLayout

_EDGES = {EditorState.ERROR: "error", EditorState.CONFIRM: "warning"}


class _TermChip(QAbstractButton):
    """One term that can be on or off; Space turns it."""

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setText(harmless_line(text))
        self.setAccessibleName(text)
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.edge = "control"

    def sizeHint(self) -> QSize:
        """Room for the check, so that nothing moves when it comes."""
        width = text_width(self.text(), font()) + IconSize.CHIP + Space.XS + 2 * Space.M
        return QSize(width, max(Height.BUTTON_SMALL, self.fontMetrics().height() + Space.XS))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ground, check, words, ring."""
        with QPainter(self) as painter:
            box, on, direction = self.rect(), self.isChecked(), self.layoutDirection()
            ground = "accent_soft" if on else "raised" if self.underMouse() else "surface"
            edge = "accent_text" if on and self.edge == "control" else self.edge
            draw_box(painter, QRectF(box), ground, edge, (box.height() - 1) / 2, Line.HAIR)
            ink = ("accent_text" if on else "text") if self.isEnabled() else "text3"
            size = IconSize.CHIP
            place = QRect(Space.M - 2, (box.height() - size) // 2, size, size)
            mark = "check" if on else "plus"
            tone = ink if on else "text3"
            draw_icon(painter, QRectF(mirrored(direction, box, place)), mark, tone)
            painter.setFont(font())
            painter.setPen(color(ink))
            left = place.right() + Space.XS
            words = QRect(left, 0, box.width() - left - Space.S, box.height())
            draw_text(painter, mirrored(direction, box, words), self.text(), direction, CENTER)
            if self.hasFocus():
                draw_ring(painter, QRectF(box), box.height() / 2 - 1)


class TermsEditor(Editor):
    """Chips of a closed list; its value is a tuple of codes in list order, ``None`` if empty.

    ``word_retired`` gives the label of a code that is not among the terms.
    """

    def __init__(
        self,
        name: str,
        label: str,
        terms: Sequence[Term] = (),
        *,
        word_retired: Callable[[str], str] = str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, label, parent)
        self._name = name
        self._word_retired = word_retired
        self._chips: dict[str, _TermChip] = {}
        self._row = QWidget()
        self._flow = FlowLayout(self._row, Space.S - 2)
        self._row.setObjectName(name)
        self._row.setAccessibleName(label)
        self._column.addWidget(self._row)
        self.set_terms(terms)

    def set_terms(self, terms: Sequence[Term]) -> None:
        """Offer other terms, keeping those chosen."""
        chosen = self.value() or ()
        self._flow.clear()
        self._chips = {}
        for code, text in terms:
            self._add(code, text)
        self.set_value(chosen)

    def _add(self, code: str, text: str) -> None:
        chip = _TermChip(text, self._row)
        chip.setObjectName(f"{self._name}-{code}")
        chip.clicked.connect(lambda _checked=False: self.changed.emit())
        chip.installEventFilter(self)
        self._chips[code] = chip
        self._flow.addWidget(chip)
        if len(self._chips) == 1:
            self.setFocusProxy(chip)

    def value(self) -> tuple[str, ...] | None:
        """The codes chosen."""
        codes = tuple(code for code, chip in self._chips.items() if chip.isChecked())
        return codes or None

    def set_value(self, value: object | None) -> None:
        """Show a collection of codes; a retired one is added rather than lost."""
        codes = [str(code) for code in value] if isinstance(value, Iterable) else []
        for code in codes:
            if code not in self._chips:
                self._add(code, self._word_retired(code))
        for code, chip in self._chips.items():
            chip.setChecked(code in codes)

    def focus_widget(self) -> QWidget:
        """The first chip, or the row when there is none."""
        return next(iter(self._chips.values()), self._row)

    def set_state(self, state: EditorState | str) -> None:
        """The chips carry the edge."""
        self._state = EditorState(state)
        for chip in self._chips.values():
            chip.edge = _EDGES.get(self._state, "control")
            chip.update()

    def set_read_only(self, read_only: bool) -> None:
        """Chips stay to be read."""
        self._row.setEnabled(not read_only)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows go from chip to chip in reading order."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = arrow_step(event.key(), self.layoutDirection())
            chips: list[QObject] = list(self._chips.values())
            if step and watched in chips:
                at = chips.index(watched) + step
                if 0 <= at < len(chips):
                    list(self._chips.values())[at].setFocus()
                return True
        return super().eventFilter(watched, event)
