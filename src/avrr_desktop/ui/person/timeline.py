"""The timeline: date, icon on a line, title and details, and a chip with the role."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QHeaderView, QStyle, QStyleOptionViewItem, QWidget

from avrr_desktop.core.specs import Activity
from avrr_desktop.core.translation import tr
from avrr_desktop.services.timeline import Moment
from avrr_desktop.ui.page import Context
from avrr_desktop.ui.person.words import agreed, moment_chip, moment_line, moment_title
from avrr_desktop.ui.theme.current import color
from avrr_desktop.ui.theme.fonts import font
from avrr_desktop.ui.theme.icons import draw_icon
from avrr_desktop.ui.theme.tokens import IconSize, Line, Space, Type
from avrr_desktop.ui.widgets.chip_drawing import chip_size, draw_chip
from avrr_desktop.ui.widgets.delegates import CellDelegate
from avrr_desktop.ui.widgets.drawing import START, draw_text, mirrored, text_width
from avrr_desktop.ui.widgets.formats import date_text, ltr
from avrr_desktop.ui.widgets.table import TableView

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_Role = Qt.ItemDataRole
MOMENT = Qt.ItemDataRole.UserRole + 1
_MEDAL = 26  # diameter of the circle round the icon


class TimelineModel(QAbstractListModel):
    """Moments, the latest first; a line marks today between what lies ahead and what is past."""

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._rows: list[Moment | None] = []
        self._sex: object = None
        self._today = context.register.clock.today()

    def show(self, moments: Sequence[Moment], sex: object = None) -> None:
        """Show these, of a person of this sex: French words agree with it."""
        self._sex = sex
        ahead = [moment for moment in moments if moment.is_ahead]
        past = [moment for moment in moments if not moment.is_ahead]
        self.beginResetModel()
        self._rows = [*ahead, None, *past] if ahead else list(past)
        self.endResetModel()

    def moment(self, row: int) -> Moment | None:
        """The moment of a row; None for the line of today."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Moments, and perhaps today."""
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """The line of today cannot be chosen."""
        if self.moment(index.row()) is None:
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index)

    def data(self, index: Index, role: int = _Role.DisplayRole) -> object:
        """The moment for the delegate; one sentence for everything else."""
        moment = self.moment(index.row())
        if role == MOMENT:
            return moment
        if role not in (_Role.DisplayRole, _Role.AccessibleTextRole, _Role.ToolTipRole):
            return None
        if moment is None:
            return self.today_text()
        return " · ".join(part for part in self.texts(moment) if part)

    def today_text(self) -> str:
        """« Today, 05/07/2023 »."""
        return tr("Today, {day}", day=ltr(date_text(self._today)))

    def texts(self, moment: Moment) -> tuple[str, str, str, str]:
        """Date, title, details and role."""
        day = ltr(date_text(moment.day)) if moment.day else tr("No date")
        title = agreed(moment_title(self._context, moment), self._sex)
        role = moment_chip(moment).text
        return day, title, moment_line(self._context, moment), role


class MomentDelegate(CellDelegate):
    """Draws one moment."""

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._date_width = text_width("00/00/0000", font()) + Space.M

    def paint_content(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The line of time, then the texts and the chip."""
        model = index.model()
        assert isinstance(model, TimelineModel)
        moment = model.moment(index.row())
        outer = option.rect.adjusted(Space.L, 0, -Space.L, 0)
        if moment is None:
            self._paint_today(painter, option, outer, model.today_text())
            return
        day, title, line, _role = model.texts(moment)
        painter.setFont(font())
        painter.setPen(color("text2"))
        self._text(painter, option, outer, QRect(0, 0, self._date_width, outer.height()), day)
        self._paint_medal(painter, option, outer, moment, index)
        chip = moment_chip(moment)
        size = chip_size(chip)
        top = (outer.height() - size.height()) // 2
        box = QRect(outer.width() - size.width(), top, size.width(), size.height())
        draw_chip(painter, self._placed(option, outer, box), chip, option.direction)
        left = self._date_width + _MEDAL + Space.L
        room = outer.width() - left - size.width() - Space.M
        self._paint_words(painter, option, outer, QRect(left, 0, room, outer.height()), title, line)

    def _paint_words(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        outer: QRect,
        box: QRect,
        title: str,
        line: str,
    ) -> None:
        bold, caption = font(bold=True), font(Type.CAPTION)
        first = QFontMetrics(bold).height()
        second = QFontMetrics(caption).height() if line else 0
        top = (box.height() - first - second) // 2
        painter.setFont(bold)
        painter.setPen(color("text"))
        self._text(painter, option, outer, QRect(box.x(), top, box.width(), first), title)
        painter.setFont(caption)
        painter.setPen(color("text2"))
        below = QRect(box.x(), top + first, box.width(), second)
        self._text(painter, option, outer, below, line)

    def _paint_medal(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        outer: QRect,
        moment: Moment,
        index: Index,
    ) -> None:
        """A circle with the activity's icon, on the line that joins it to its neighbours."""
        x = self._date_width
        middle = outer.height() // 2
        box = QRect(x, middle - _MEDAL // 2, _MEDAL, _MEDAL)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for top, high in self._joins(index, middle, outer.height()):
            join = self._placed(option, outer, QRect(x + _MEDAL // 2, top, Line.HAIR, high))
            painter.fillRect(join, color("control"))
        counted = moment.is_main and moment.day is not None and not moment.is_ahead
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        ground = ("accent" if chosen else "accent_soft") if counted else "surface"
        pen = QPen(color(ground if counted else "control"), Line.HAIR)
        if not counted:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(color(ground))
        circle = self._placed(option, outer, box)
        painter.drawEllipse(circle)
        ink = ("on_accent" if chosen else "accent_text") if counted else "text2"
        inner = QRectF(circle).center()
        size = IconSize.CHIP
        at = QRectF(inner.x() - size / 2, inner.y() - size / 2, size, size)
        draw_icon(painter, at, _icon(moment), ink)

    def _joins(self, index: Index, middle: int, high: int) -> list[tuple[int, int]]:
        """Pieces of the line above and below the circle."""
        model = index.model()
        assert isinstance(model, TimelineModel)
        half = _MEDAL // 2
        pieces = []
        if model.moment(index.row() - 1) is not None:
            pieces.append((0, middle - half))
        if model.moment(index.row() + 1) is not None:
            pieces.append((middle + half, high - middle - half))
        return pieces

    def _paint_today(
        self, painter: QPainter, option: QStyleOptionViewItem, outer: QRect, text: str
    ) -> None:
        face = font(Type.CAPTION, bold=True)
        painter.setFont(face)
        painter.setPen(color("accent_text"))
        width = text_width(text, face)
        self._text(painter, option, outer, QRect(0, 0, width, outer.height()), text)
        left = width + Space.M
        rule = QRect(left, outer.height() // 2, outer.width() - left, Line.HAIR)
        painter.fillRect(self._placed(option, outer, rule), color("accent_text"))

    def _placed(self, option: QStyleOptionViewItem, outer: QRect, box: QRect) -> QRect:
        return mirrored(option.direction, outer, box.translated(outer.topLeft()))

    def _text(
        self, painter: QPainter, option: QStyleOptionViewItem, outer: QRect, box: QRect, text: str
    ) -> None:
        draw_text(painter, self._placed(option, outer, box), text, option.direction, START)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Two lines and padding."""
        return QSize(option.rect.width(), _row_height())


def _icon(moment: Moment) -> str:
    if moment.is_main:
        return moment.activity.icon
    return moment.activity.icon if isinstance(moment.record, Activity) else "clock"


def _row_height() -> int:
    lines = QFontMetrics(font(bold=True)).height() + QFontMetrics(font(Type.CAPTION)).height()
    return lines + Space.M


class Timeline(TableView):
    """The list of moments; Enter opens the form of one, Delete asks to delete it."""

    delete_asked = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("timeline", accessible=tr("Timeline"), parent=parent)
        self.moments = TimelineModel(context, self)
        self.setModel(self.moments)
        self.setItemDelegate(MomentDelegate(context, self))
        self.setSelectionMode(TableView.SelectionMode.SingleSelection)
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self._size_rows()
        self.setMinimumHeight(4 * _row_height())

    def _size_rows(self) -> None:
        self.verticalHeader().setDefaultSectionSize(_row_height())

    def _draw_hairlines(self, painter: QPainter, area: QRect) -> None:
        """None: the line of time joins the rows."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete asks."""
        if event.key() == Qt.Key.Key_Delete:
            self.delete_asked.emit()
            return
        super().keyPressEvent(event)

    def current(self) -> Moment | None:
        """The moment that has the focus."""
        return self.moments.moment(self.currentIndex().row())
