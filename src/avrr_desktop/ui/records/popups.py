"""What opens under a chip or a button: a list to tick, or two dates."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QListView, QVBoxLayout, QWidget

from avrr_desktop.core.periods import Period
from avrr_desktop.core.translation import tr
from avrr_desktop.ui.editors.day import DateEditor
from avrr_desktop.ui.editors.term_search import matching
from avrr_desktop.ui.theme.polish import set_look
from avrr_desktop.ui.theme.tokens import Height, Space, Type
from avrr_desktop.ui.widgets.buttons import Button, Variant
from avrr_desktop.ui.widgets.formats import code_text
from avrr_desktop.ui.widgets.text import Text

Index = QModelIndex | QPersistentModelIndex
Choice = tuple[str, str]  # code, label
SEARCHED_FROM = 10
_SHOWN_ROWS = 9
_ROOT = QModelIndex()
_Role = Qt.ItemDataRole


class _Choices(QAbstractListModel):
    """Choices with a tick each, narrowed by what is typed."""

    def __init__(self, choices: Sequence[Choice], ticked: Collection[str], parent: QObject) -> None:
        super().__init__(parent)
        self._choices = list(choices)
        self._shown = list(range(len(self._choices)))
        self.ticked = set(ticked)

    def narrow(self, typed: str) -> None:
        """Show what fits ``typed``."""
        self.beginResetModel()
        self._shown = matching(self._choices, typed)
        self.endResetModel()

    def toggle(self, index: Index) -> None:
        """Tick or untick."""
        code = self._choices[self._shown[index.row()]][0]
        self.ticked ^= {code}
        self.dataChanged.emit(index, index)

    def in_order(self) -> tuple[str, ...]:
        """Ticked codes, in the order of the list."""
        return tuple(code for code, _label in self._choices if code in self.ticked)

    def rowCount(self, parent: Index = _ROOT) -> int:
        """The choices that fit."""
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = _Role.DisplayRole) -> object:
        """Label and tick."""
        code, label = self._choices[self._shown[index.row()]]
        if role in (_Role.DisplayRole, _Role.AccessibleTextRole):
            return label
        if role == _Role.CheckStateRole:
            return Qt.CheckState.Checked if code in self.ticked else Qt.CheckState.Unchecked
        return None


class Popup(QFrame):
    """A small window under a field, closed by Escape or a click elsewhere."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setObjectName(name)
        set_look(self, ground="popup")
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(Space.S, Space.S, Space.S, Space.S)
        self.column.setSpacing(Space.XS)

    def open_under(self, field: QWidget) -> None:
        """Show under ``field``, kept on the screen, its start under the field's start."""
        self.ensurePolished()
        self.adjustSize()
        at = field.mapToGlobal(QPoint(0, field.height() + 2))
        if field.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            at.setX(at.x() + field.width() - self.width())
        area = field.screen().availableGeometry()
        if at.y() + self.height() > area.bottom():
            at.setY(max(area.top(), at.y() - self.height() - field.height() - 2))
        at.setX(max(area.left(), min(at.x(), area.right() - self.width())))
        self.move(at)
        self.show()


class CheckPopup(Popup):
    """A list to tick; ``ticked`` gives the codes at each change. Space ticks, Enter closes."""

    ticked = Signal(tuple)

    def __init__(
        self, title: str, choices: Sequence[Choice], chosen: Collection[str], parent: QWidget
    ) -> None:
        super().__init__("check-popup", parent)
        self._model = _Choices(choices, chosen, self)
        self.search = QLineEdit()
        self.search.setObjectName("check-popup-search")
        self.search.setAccessibleName(tr("Search in the list"))
        self.search.setPlaceholderText(tr("Search"))
        self.search.textChanged.connect(self._on_searched)
        self.list = QListView()
        self.list.setObjectName("check-popup-list")
        self.list.setAccessibleName(title)
        self.list.setProperty("popup", "true")
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.list.setModel(self._model)
        self.list.clicked.connect(self._on_clicked)
        self.list.setCurrentIndex(self._model.index(0, 0))
        for part in (self.search, self.list):
            part.installEventFilter(self)
        self.column.addWidget(Text(title, Type.CAPTION))
        self.column.addWidget(self.search)
        # Only now that it has a parent: shown without one, it would be a window.
        self.search.setVisible(len(choices) > SEARCHED_FROM)
        self.column.addWidget(self.list)

    def open_under(self, field: QWidget) -> None:
        """As high as the list, up to nine rows."""
        rows = min(self._model.rowCount(), _SHOWN_ROWS)
        high = max(Height.ROW, self.list.sizeHintForRow(0))
        self.list.setFixedHeight(rows * high + 2 * Space.XS + 2)
        self.list.setMinimumWidth(self.list.sizeHintForColumn(0) + 2 * Space.XXL)
        super().open_under(field)
        (self.list if self.search.isHidden() else self.search).setFocus()

    def _on_searched(self, typed: str) -> None:
        self._model.narrow(typed)
        self.list.setCurrentIndex(self._model.index(0, 0))

    def _on_clicked(self, index: QModelIndex) -> None:
        self._model.toggle(index)
        self.ticked.emit(self._model.in_order())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows walk from the search line; Space ticks in the list; Enter closes."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        key = Qt.Key(event.key())
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if watched is self.search and self.search.text() and self._model.rowCount():
                self._on_clicked(self.list.currentIndex())
                self.search.clear()
            else:
                self.close()
            return True
        if key == Qt.Key.Key_Space and watched is self.list:
            self._on_clicked(self.list.currentIndex())
            return True
        if watched is self.search and key in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            self.list.setFocus()
            return True
        return super().eventFilter(watched, event)


class DatesPopup(Popup):
    """Two dates, and the periods one wants most; ``chosen`` gives both, None for no bound."""

    chosen = Signal(object, object)

    def __init__(
        self,
        title: str,
        bounds: tuple[date | None, date | None],
        periods: Sequence[Period],
        today: date,
        parent: QWidget,
    ) -> None:
        super().__init__("dates-popup", parent)
        self.column.addWidget(Text(title, Type.CAPTION))
        quick = QHBoxLayout()
        for period in periods:
            button = Button(code_text(period.code), small=True, name=f"period-{period.code}")
            button.clicked.connect(lambda _=False, p=period: self._choose(p.start, p.end))
            quick.addWidget(button)
        quick.addStretch(1)
        self.column.addLayout(quick)
        self.first = self._editor("dates-first", tr("From"), today, bounds[0])
        self.last = self._editor("dates-last", tr("To"), today, bounds[1])
        apply = Button(tr("Filter"), Variant.PRIMARY, small=True, name="dates-apply")
        apply.clicked.connect(self._on_applied)
        self.column.addWidget(apply, 0, Qt.AlignmentFlag.AlignRight)

    def _editor(self, name: str, label: str, today: date, value: date | None) -> DateEditor:
        editor = DateEditor(name, label, today=lambda: today, future=True)
        editor.set_value(value)
        editor.finished.connect(self._on_applied)
        self.column.addWidget(Text(label, Type.CAPTION))
        self.column.addWidget(editor)
        return editor

    def open_under(self, field: QWidget) -> None:
        """Start on the first date."""
        super().open_under(field)
        self.first.setFocus()

    def _on_applied(self) -> None:
        for editor in (self.first, self.last):
            editor.set_state("error" if editor.problem() else "normal")
            if editor.problem():
                editor.setFocus()
                return
        self._choose(self.first.value(), self.last.value())

    def _choose(self, first: date | None, last: date | None) -> None:
        self.close()
        self.chosen.emit(first, last)
