"""Opening balances: what was counted before the register began."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QStackedLayout, QVBoxLayout, QWidget

from avrr_desktop.core.translation import tr
from avrr_desktop.people.base import field_of
from avrr_desktop.people.opening_balance import OPENING_BALANCE
from avrr_desktop.services.balances import Balance, opening_balances
from avrr_desktop.ui.page import Context
from avrr_desktop.ui.routes import FormOf
from avrr_desktop.ui.shell.sides import margins
from avrr_desktop.ui.theme.tokens import Line, Space, Type
from avrr_desktop.ui.widgets.buttons import Button, Variant
from avrr_desktop.ui.widgets.empty import EmptyState
from avrr_desktop.ui.widgets.formats import date_text, ltr, number_text
from avrr_desktop.ui.widgets.surfaces import Card, HairLine
from avrr_desktop.ui.widgets.table import TableView
from avrr_desktop.ui.widgets.text import Text

Index = QModelIndex | QPersistentModelIndex
NO_INDEX = QModelIndex()
_COLUMNS = ("section", "term", "as_of", "value", "source", "signed_by")


class BalancesModel(QAbstractTableModel):
    """One row a balance."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._balances: tuple[Balance, ...] = ()

    def read(self) -> None:
        """Read them again."""
        self.beginResetModel()
        self._balances = opening_balances(self._context.register)
        self.endResetModel()

    def balance(self, row: int) -> Balance | None:
        """The balance of a row."""
        return self._balances[row] if 0 <= row < len(self._balances) else None

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._balances)

    def columnCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else len(_COLUMNS)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        if orientation != Qt.Orientation.Horizontal:
            return None
        name = _COLUMNS[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._context.text(field_of(OPENING_BALANCE.model, name).spec.label)
        if role == Qt.ItemDataRole.TextAlignmentRole and name == "value":
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        balance = self.balance(index.row())
        if balance is None:
            return None
        name = _COLUMNS[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole and name == "value":
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return self._text(balance, name) if role == Qt.ItemDataRole.DisplayRole else None

    def _text(self, balance: Balance, name: str) -> str:
        context = self._context
        texts = {
            "section": lambda: context.term("section", balance.section),
            "term": lambda: context.term("country", balance.term) or tr("All countries"),
            "as_of": lambda: ltr(date_text(balance.as_of)),
            "value": lambda: ltr(number_text(balance.value)),
            "source": lambda: balance.source,
            "signed_by": lambda: balance.signed_by,
        }
        return texts[name]()


class BalancesSection(QWidget):
    """Their table; Enter opens the form."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("settings-balances")
        self._context = context
        self.model = BalancesModel(context)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.PAGE, 0, Space.PAGE, Space.PAGE)
        card = Card("balances-card", flush=True)
        card.body.addLayout(self._head())
        card.body.addWidget(HairLine())
        self.table = TableView("balances", accessible=context.text(OPENING_BALANCE.plural))
        self.table.setModel(self.model)
        self.table.setSelectionMode(TableView.SelectionMode.SingleSelection)
        head = self.table.horizontalHeader()
        head.setSectionsClickable(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(_COLUMNS.index("source"), QHeaderView.ResizeMode.Stretch)
        self.table.activated.connect(self._open)
        self._stack = QStackedLayout()
        card.body.addLayout(self._stack, 1)
        self._stack.addWidget(self.table)
        empty = EmptyState(
            tr("No balance: running totals begin with the first record entered here."),
            tr("Add a balance"),
            icon="plus",
        )
        empty.action_requested.connect(self.add)
        self._stack.addWidget(empty)
        column.addWidget(card, 1)
        self.refresh()

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setContentsMargins(margins(Space.L, Space.S, Space.M - Line.RING_ROOM, Space.S))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Text(self._context.text(OPENING_BALANCE.plural), Type.SECTION))
        note = tr("Counted before the register began, with their source and who signed them.")
        words.addWidget(Text(note, Type.CAPTION, wrap=True))
        head.addLayout(words, 1)
        self._add = Button(tr("Add a balance"), Variant.PRIMARY, icon="plus", name="balance-add")
        self._add.clicked.connect(self.add)
        head.addWidget(self._add)
        return head

    def refresh(self) -> None:
        """Read them again."""
        self.model.read()
        has_some = self.model.rowCount() > 0
        self._stack.setCurrentIndex(0 if has_some else 1)
        self._add.setVisible(has_some)
        if has_some:
            self.table.setCurrentIndex(self.model.index(0, 0))

    def add(self) -> None:
        """Open the form of a new one."""
        self._context.shell.open(FormOf(OPENING_BALANCE.key))

    def _open(self, index: QModelIndex) -> None:
        balance = self.model.balance(index.row())
        if balance is not None:
            self._context.shell.open(FormOf(OPENING_BALANCE.key, balance.id))
