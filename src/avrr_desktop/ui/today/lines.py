"""The lists of the day at the start side of the page: title, first persons, count."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from avrr_desktop.core.translation import tr
from avrr_desktop.services.worklist import DUE, Work, WorkLine
from avrr_desktop.ui.theme.current import color
from avrr_desktop.ui.theme.fonts import font
from avrr_desktop.ui.theme.icons import draw_icon
from avrr_desktop.ui.theme.proxy import draw_ring
from avrr_desktop.ui.theme.tokens import IconSize, Line, Radius, Space, Type
from avrr_desktop.ui.today.words import WORDS, first_names
from avrr_desktop.ui.widgets.drawing import END, START, draw_text, mirrored, text_width
from avrr_desktop.ui.widgets.formats import number_text

Index = QModelIndex | QPersistentModelIndex
NO_INDEX = QModelIndex()
LINE_ROLE = Qt.ItemDataRole.UserRole + 1
_MARK = 3


class LinesModel(QAbstractListModel):
    """The lists that have something in them."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: tuple[WorkLine, ...] = ()

    def set_lines(self, lines: Sequence[WorkLine]) -> None:
        """Show these."""
        self.beginResetModel()
        self._lines = tuple(lines)
        self.endResetModel()

    def add_line(self, line: WorkLine) -> None:
        """Show one more, found later, in its place among the others."""
        order = list(Work)
        rank = order.index(line.work)
        row = sum(order.index(each.work) < rank for each in self._lines)
        self.beginInsertRows(NO_INDEX, row, row)
        self._lines = (*self._lines[:row], line, *self._lines[row:])
        self.endInsertRows()

    def line(self, row: int) -> WorkLine | None:
        """The list of a row."""
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def row_of(self, work: Work | None) -> int:
        """The row of a list; the first when it is gone."""
        works = [line.work for line in self._lines]
        return works.index(work) if work in works else 0

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line = self.line(index.row())
        if line is None:
            return None
        if role == LINE_ROLE:
            return line
        title = WORDS[line.work].title()
        if role == Qt.ItemDataRole.DisplayRole:
            return title
        spoken = Qt.ItemDataRole.AccessibleTextRole
        return f"{title}, {number_text(line.count)}" if role == spoken else None


class LinesView(QListView):
    """``activated`` on Enter; arrows change what the page shows beside."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("work-lines")
        self.setAccessibleName(tr("Lists of the day"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setItemDelegate(_LineDelegate(self))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)

    def minimumSizeHint(self) -> QSize:
        """It scrolls when there is less room."""
        return QSize(240, 2 * Space.XXL)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to the persons of the list."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self.activated.emit(self.currentIndex())
            return
        super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """All the lines, where the page has room."""
        model = self.model()
        heights = (self.sizeHintForRow(row) for row in range(model.rowCount()))
        return QSize(360, sum(heights) + Space.XS)


class _LineDelegate(QStyledItemDelegate):
    """Icon, title over the first persons, count at the end."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        lines = QFontMetrics(font(bold=True)).height() + QFontMetrics(font(Type.CAPTION)).height()
        return QSize(0, max(58, lines + Space.XL))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line = index.data(LINE_ROLE)
        if not isinstance(line, WorkLine):
            return
        painter.save()
        _paint_ground(painter, option)
        box, direction = option.rect, option.direction
        inner = box.adjusted(Space.L, 0, -Space.L, 0)
        count = number_text(line.count)
        painter.setFont(font(Type.SECTION))
        painter.setPen(color("text"))
        width = text_width(count, painter.font())
        draw_text(painter, inner, count, direction, END)
        size = IconSize.NAV
        place = QRect(inner.x(), box.y() + (box.height() - size) // 2, size, size)
        tone = "accent_text" if line.work in DUE else "text2"
        draw_icon(painter, QRectF(mirrored(direction, inner, place)), WORDS[line.work].icon, tone)
        start = size + Space.M
        words = QRect(inner.x() + start, box.y(), inner.width() - start - width - Space.L, 0)
        _paint_words(painter, mirrored(direction, inner, words), box, line, direction)
        if option.state & QStyle.StateFlag.State_HasFocus:
            draw_ring(painter, QRectF(box).adjusted(1, 1, -1, -2), Radius.KEY)
        painter.restore()


def _paint_ground(painter: QPainter, option: QStyleOptionViewItem) -> None:
    box = option.rect
    if option.state & QStyle.StateFlag.State_Selected:
        painter.fillRect(box, color("selection"))
        mark = QRect(box.x(), box.y(), _MARK, box.height())
        painter.fillRect(mirrored(option.direction, box, mark), color("accent_text"))
    elif option.state & QStyle.StateFlag.State_MouseOver:
        painter.fillRect(box, color("raised"))
    bottom = QRect(box.x(), box.bottom(), box.width(), Line.HAIR)
    painter.fillRect(bottom, color("hairline"))


def _paint_words(
    painter: QPainter, words: QRect, box: QRect, line: WorkLine, direction: Qt.LayoutDirection
) -> None:
    bold, caption = font(bold=True), font(Type.CAPTION)
    high, low = QFontMetrics(bold).height(), QFontMetrics(caption).height()
    top = box.y() + (box.height() - high - low) // 2
    for text, face, token, y, height in (
        (WORDS[line.work].title(), bold, "text", top, high),
        (first_names(line), caption, "text2", top + high, low),
    ):
        painter.setFont(face)
        painter.setPen(color(token))
        draw_text(painter, QRect(words.x(), y, words.width(), height), text, direction, START)
