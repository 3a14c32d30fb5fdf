"""The list a term is chosen from, with a search line when it is long."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListView, QVBoxLayout, QWidget

from avrr_desktop.core.translation import tr
from avrr_desktop.ui.editors.term_search import Term, matching, next_match
from avrr_desktop.ui.theme.polish import set_look
from avrr_desktop.ui.theme.tokens import Height, Space
from avrr_desktop.ui.widgets.text import Text

SEARCHED_FROM = 10
_SHOWN_ROWS = 9
_LIST_KEYS = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown})
_CHOOSING_KEYS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab})


class TermPopup(QFrame):
    """Opens under a field; ``picked`` gives the rank of the term among all those given."""

    picked = Signal(int)

    def __init__(self, terms: Sequence[Term], current: int, parent: QWidget) -> None:
        # A frame whose parent is a combo gets no ground from the sheet.
        super().__init__(parent.parentWidget() or parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("term-popup")
        set_look(self, ground="popup")
        self._terms = list(terms)
        self._ranks = list(range(len(self._terms)))
        self._typed = ""
        self.search = QLineEdit()
        self.list = QListView()
        self._labels = QStringListModel([label for _code, label in self._terms])
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XS, Space.XS, Space.XS, Space.XS)
        column.setSpacing(Space.XS)
        column.addWidget(self.search)
        column.addWidget(self.list)
        self._none = Text(tr("Nothing in the list matches."), tone="text2", wrap=True)
        self._dress_search()
        self._dress_list(parent.accessibleName())
        self._select(max(current, 0))

    def _dress_search(self) -> None:
        self.search.setObjectName("term-search")
        self.search.setAccessibleName(tr("Search in the list"))
        self.search.setPlaceholderText(tr("Search"))
        self.search.textChanged.connect(self._on_searched)
        self.search.installEventFilter(self)
        self.search.setVisible(len(self._terms) > SEARCHED_FROM)

    def _dress_list(self, accessible: str) -> None:
        self.list.setObjectName("term-list")
        self.list.setAccessibleName(accessible)
        self.list.setProperty("popup", "true")
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.list.setMouseTracking(True)
        self.list.installEventFilter(self)
        self.list.setModel(self._labels)
        self.list.clicked.connect(self._on_clicked)
        self._none.setObjectName("term-none")
        self._none.hide()
        column = QVBoxLayout(self.list.viewport())
        column.addWidget(self._none, 0, Qt.AlignmentFlag.AlignTop)

    def open_under(self, field: QWidget, typed: str = "") -> None:
        """Show under ``field``, at least as wide; ``typed`` starts the search."""
        rows = min(len(self._terms), _SHOWN_ROWS)
        row_height = max(Height.ROW, self.list.sizeHintForRow(0))
        self.list.setFixedHeight(rows * row_height + 2 * Space.XS + 2)
        wide = self.list.sizeHintForColumn(0) + 2 * Space.XXL
        self.ensurePolished()
        self.resize(max(field.width(), wide), self.sizeHint().height())
        at = field.mapToGlobal(QPoint(0, field.height() + 2))
        if field.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            at.setX(at.x() + field.width() - self.width())
        self.move(self._kept_on_screen(at, field))
        self.show()
        target = self.list if self.search.isHidden() else self.search
        target.setFocus()
        if typed and not self.search.isHidden():
            self.search.setText(typed)

    def _kept_on_screen(self, at: QPoint, field: QWidget) -> QPoint:
        """Above the field when there is no room under it."""
        area = field.screen().availableGeometry()
        if at.y() + self.height() > area.bottom():
            at.setY(max(area.top(), at.y() - self.height() - field.height() - 2))
        at.setX(max(area.left(), min(at.x(), area.right() - self.width())))
        return at

    def _on_searched(self, typed: str) -> None:
        self._ranks = matching(self._terms, typed)
        self._labels.setStringList([self._terms[rank][1] for rank in self._ranks])
        self._none.setVisible(not self._ranks)
        self._select(0)

    def _select(self, row: int) -> None:
        index = self._labels.index(row, 0)
        self.list.setCurrentIndex(index)
        self.list.scrollTo(index)

    def _on_clicked(self, index: QModelIndex) -> None:
        self._pick(index.row())

    def _pick(self, row: int) -> None:
        if 0 <= row < len(self._ranks):
            self.picked.emit(self._ranks[row])
            self.close()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows walk the list from the search line; Enter chooses."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        key = Qt.Key(event.key())
        if key in _CHOOSING_KEYS:
            self._pick(self.list.currentIndex().row())
            return True
        if watched is self.search and key in _LIST_KEYS:
            self.list.event(event)
            return True
        if watched is self.list and event.text().strip():
            self._type_ahead(event.text())
            return True
        return super().eventFilter(watched, event)

    def _type_ahead(self, typed: str) -> None:
        self._typed += typed
        row = next_match(self._terms, self._typed, self.list.currentIndex().row())
        if row is None:
            self._typed = typed
            row = next_match(self._terms, typed, self.list.currentIndex().row())
        if row is not None:
            self._select(row)
