"""« Comparaisons »: the main figures of the same period, year after year, and what breaks them."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from PySide6.QtCore import QRect, QRectF, Signal
from PySide6.QtGui import QPainter, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QStyleOptionViewItem, QVBoxLayout, QWidget

from avrr_desktop.core.errors import UserError
from avrr_desktop.core.periods import Period
from avrr_desktop.core.translation import screen_language, tr, translator
from avrr_desktop.services.comparisons import YEARS, Comparisons, comparisons
from avrr_desktop.services.comparisons_words import (
    BREAK_MARK,
    NO_DATA,
    YearHead,
    YearsRow,
    years_document,
)
from avrr_desktop.services.messages import word_error
from avrr_desktop.services.summary import CellKey
from avrr_desktop.services.summary_document import RowKind
from avrr_desktop.ui.page import Context
from avrr_desktop.ui.routes import ClosingOf, FigureOf
from avrr_desktop.ui.summary.breakdown_panel import SnugScroll
from avrr_desktop.ui.summary.figure_model import Column, FigureRole, Index
from avrr_desktop.ui.summary.figure_table import FigureTable
from avrr_desktop.ui.summary.lines import Line, LineKind, ShownCell
from avrr_desktop.ui.tasks import Progress, Request
from avrr_desktop.ui.theme.current import color
from avrr_desktop.ui.theme.tokens import Space, Type
from avrr_desktop.ui.widgets.delegates import FigureDelegate
from avrr_desktop.ui.widgets.drawing import mirrored
from avrr_desktop.ui.widgets.empty import EmptyState
from avrr_desktop.ui.widgets.formats import delta_text, ltr, number_text
from avrr_desktop.ui.widgets.surfaces import HairLine
from avrr_desktop.ui.widgets.text import Text

_AFTER_MS: Final = 400  # several saves in a row ask for one count
_LEAST_NOTES: Final = 72
_NOTES_SHARE: Final = 4  # of the height, one part in so many
_RIGHT_TO_LEFT: Final = "\u200f"
_BAR: Final = 6
_BARS_SAMPLE: Final = "nnnnnnnn"
_KINDS: Final = {
    RowKind.MAIN: LineKind.MAIN,
    RowKind.SUB: LineKind.SUB,
    RowKind.GAP: LineKind.GAP,
}


class _BarsDelegate(FigureDelegate):
    """A small column for each year, from zero, on the row's own scale; the figures stand beside."""

    def paint_content(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The years in reading order, the last one darker."""
        values: tuple[int | None, ...] = index.data(FigureRole.BARS) or ()
        highest = max((value or 0 for value in values), default=0)
        box = option.rect.adjusted(Space.M, Space.S - 1, -Space.S, -Space.S)
        for place, value in enumerate(values):
            if value is None or not highest:
                continue
            high = max(1, box.height() * value // highest)
            left = box.x() + place * (_BAR + 2)
            bar = QRect(left, box.bottom() - high + 1, _BAR, high)
            tone = "chart1" if place == len(values) - 1 else "chart2"
            painter.fillRect(QRectF(mirrored(option.direction, option.rect, bar)), color(tone))


class YearsView(QWidget):
    """Counts on the worker, only while one looks at it."""

    opened = Signal(object)  # FigureOf, or ClosingOf for what was frozen

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("summary-years")
        self._context = context
        self._wanted: tuple[Period, datetime | None] | None = None
        self._is_stale = True
        self._request: Request[Comparisons] | None = None
        self._heads: tuple[YearHead, ...] = ()
        self.table = FigureTable(
            "years-table",
            tr("Year after year: persons"),
            _columns((), ""),
            tr("Part of the bulletin"),
            fits=True,
        )
        self.table.setItemDelegateForColumn(YEARS + 3, _BarsDelegate(self.table))
        self.table.opened.connect(self._on_opened)
        self._notes = Text("", Type.CAPTION, tone="text2", wrap=True, name="years-notes")
        self._notes.setContentsMargins(Space.L, Space.S, Space.L, Space.S)
        self._notes.setMinimumSize(1, 1)
        self._scroll = SnugScroll(self._notes, "scroll-years-notes", grows=False)
        self._empty = EmptyState(tr("Counting…"))
        self._empty.action_requested.connect(self._count)
        shown = QWidget()
        column = QVBoxLayout(shown)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.table, 1)
        column.addWidget(HairLine())
        column.addWidget(self._scroll)
        self._stack = QStackedWidget()
        for widget in (self._empty, shown):
            self._stack.addWidget(widget)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)

    def look_at(self, period: Period, known_at: datetime | None) -> None:
        """Other figures: count again, at once only if one looks at them."""
        wanted = (period, known_at)
        if wanted != self._wanted:
            self._say(tr("Counting…"))
        self._wanted, self._is_stale = wanted, True
        if self.isVisible():
            self._count(_AFTER_MS)

    def showEvent(self, event: QShowEvent) -> None:
        """Show the latest figures."""
        super().showEvent(event)
        if self._is_stale:
            self._count()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other room."""
        super().resizeEvent(event)
        self._fit_notes()

    def _fit_notes(self) -> None:
        """As high as the notes; they scroll where they would take the table's room."""
        most = max(_LEAST_NOTES, self.height() // _NOTES_SHARE)
        self._scroll.setFixedHeight(min(max(0, self._notes.heightForWidth(self.width())), most))

    def _count(self, after_ms: int = 0) -> None:
        if self._wanted is None:
            return
        register, (period, known_at) = self._context.register, self._wanted

        def work(progress: Progress) -> Comparisons:
            return comparisons(register, period, progress, known_at=known_at)

        tasks = self._context.tasks
        tasks.cancel(self._request)
        self._is_stale = False
        self._request = tasks.start(Request(work, self._on_counted, self._on_failed), after_ms)

    def _on_counted(self, found: Comparisons) -> None:
        lists, say = self._context.register.vocabularies, translator(screen_language())
        shown = years_document(found, lists, say)
        if not shown.has_several:
            self._say(shown.nothing)
            return
        if shown.heads != self._heads:
            self._heads = shown.heads
            self.table.figures.set_columns(_columns(shown.heads, shown.change_label))
        self.table.set_lines([_line(row) for row in shown.rows])
        self._notes.setText("\n".join(shown.notes))
        self._fit_notes()
        self._stack.setCurrentIndex(1)

    def _on_failed(self, error: UserError) -> None:
        self._say(word_error(error, translator(screen_language())), tr("Try again"))

    def _say(self, sentence: str, action: str | None = None) -> None:
        self._empty.set_content(sentence, action)
        self._stack.setCurrentIndex(0)

    def _on_opened(self, cell: ShownCell) -> None:
        """The persons of a year, or its closing; a label opens the period looked at."""
        column = self.table.currentIndex().column()
        head = self._heads[(column or len(self._heads)) - 1]
        assert isinstance(cell.key, CellKey)
        frozen = ClosingOf(closed=head.code)
        known_at = self._wanted[1] if self._wanted else None
        persons = FigureOf(head.code, cell.key, known_at=known_at)
        self.opened.emit(frozen if head.is_frozen else persons)


def _columns(heads: tuple[YearHead, ...], change: str) -> tuple[Column, ...]:
    """A column a year, the change, the bars; as many before the years are known."""
    blank = YearHead("", "", breaks=False, is_frozen=False)
    years = heads or (blank,) * (YEARS + 1)
    usual = number_text(8_888)
    return (
        *(
            Column(
                _head(head),
                usual,
                total=place == YEARS,
                tip=_tip(head),
                icon="lock" if head.is_frozen else "",
            )
            for place, head in enumerate(years)
        ),
        Column(change, delta_text(888, 500), quiet=True),
        Column("", _BARS_SAMPLE, tip=tr("Year after year: persons")),
    )


def _head(head: YearHead) -> str:
    text = ltr(head.text)
    if not head.breaks:
        return text
    # At the side where reading starts: a head without letters would run left to right.
    side = _RIGHT_TO_LEFT if screen_language().is_rtl else ""
    return f"{side}{BREAK_MARK} {text}"


def _tip(head: YearHead) -> str:
    """What the signs of a head mean."""
    facts = [head.text]
    if head.is_frozen:
        facts.append(tr("Closed"))
    if head.breaks:
        facts.append(tr("Counted otherwise than the year before"))
    return " · ".join(facts)


def _line(row: YearsRow) -> Line:
    if row.key is None:
        return Line(LineKind.GAP, "")
    years = (
        ShownCell(NO_DATA) if value is None else ShownCell(number_text(value), row.key)
        for value in row.values
    )
    before, now = row.values[-2:]
    change = "" if before is None or now is None else delta_text(now, before)
    cells = (*years, ShownCell(change), ShownCell(""))
    return Line(_KINDS[row.kind], row.label, "/".join(row.key[:2]), cells, row.values)
