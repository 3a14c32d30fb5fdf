"""What was not saved the last time: named, to be resumed, left for later or discarded."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QHeaderView, QSizePolicy, QVBoxLayout, QWidget

from avrr_desktop.core.translation import ntr, tr
from avrr_desktop.services.unsaved import Unsaved
from avrr_desktop.ui.drafts.words import form_text, persons_text, when_text
from avrr_desktop.ui.page import Context
from avrr_desktop.ui.shell.sides import margins
from avrr_desktop.ui.theme.tokens import Height, Space, Type, Width
from avrr_desktop.ui.widgets.buttons import Button, Variant
from avrr_desktop.ui.widgets.formats import number_text
from avrr_desktop.ui.widgets.icon_label import IconMark
from avrr_desktop.ui.widgets.roles import CellRole
from avrr_desktop.ui.widgets.surfaces import Card
from avrr_desktop.ui.widgets.table import TableView
from avrr_desktop.ui.widgets.text import Text

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_Role = Qt.ItemDataRole
_MOST_ROWS = 6


class DraftsModel(QAbstractTableModel):
    """Form, person, time: a row for each half-typed form."""

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._forms: tuple[Unsaved, ...] = ()
        self._heads = (tr("Form"), tr("Person"), tr("Typed on"))

    def show(self, forms: Sequence[Unsaved]) -> None:
        """Show these."""
        self.beginResetModel()
        self._forms = tuple(forms)
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Forms."""
        return 0 if parent.isValid() else len(self._forms)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """What, whose, when."""
        return 0 if parent.isValid() else len(self._heads)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole
    ) -> object:
        """The heads."""
        if orientation is Qt.Orientation.Horizontal:
            if role == _Role.DisplayRole:
                return self._heads[section]
            if role == _Role.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = _Role.DisplayRole) -> object:
        """Texts; the person in bold."""
        form = self._forms[index.row()]
        if role == CellRole.BOLD:
            return index.column() == 1
        if role in (_Role.DisplayRole, _Role.ToolTipRole, _Role.AccessibleTextRole):
            texts = (form_text(self._context, form), persons_text(form), when_text(form))
            return texts[index.column()]
        return None


class DraftsDialog(QDialog):
    """*Resume* is the default; Escape leaves everything for later; nothing is erased here."""

    resumed = Signal(object)  # Unsaved
    discarded = Signal(object)  # Unsaved

    def __init__(self, parent: QWidget, context: Context, forms: Sequence[Unsaved]) -> None:
        super().__init__(parent)
        self.setObjectName("drafts-dialog")
        self.setWindowTitle(tr("Unsaved work"))
        self.setModal(True)
        self.setMinimumWidth(Width.DRAFTS)
        self._context = context
        self._forms = list(forms)
        column = QVBoxLayout(self)
        column.setContentsMargins(margins(Space.XL, Space.XL, Space.L, Space.L))
        column.setSpacing(Space.L)
        column.addLayout(self._words())
        self.model = DraftsModel(context, self)
        column.addWidget(self._list())
        column.addLayout(self._buttons())
        delete = QShortcut(QKeySequence(Qt.Key.Key_Delete), self)
        delete.activated.connect(self._on_discard)
        self._show(0)
        self.table.setFocus()

    def _words(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(Space.M)
        row.addWidget(IconMark("pencil", "accent_text"), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(Space.XS)
        self._title = Text("", Type.SECTION, name="drafts-title")
        said = tr("What was typed is not in the register, and no figure counts it.")
        words.addWidget(self._title)
        words.addWidget(Text(said, tone="text2", wrap=True, name="drafts-sentence"))
        self.setAccessibleDescription(said)
        row.addLayout(words, 1)
        return row

    def _list(self) -> Card:
        card = Card("drafts-card", flush=True)
        self.table = TableView("drafts-table", accessible=tr("Forms not saved"))
        self.table.setModel(self.model)
        self.table.setSelectionMode(TableView.SelectionMode.SingleSelection)
        head = self.table.horizontalHeader()
        head.setSectionsClickable(False)
        for column in range(self.model.columnCount()):
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.table.activated.connect(lambda _index: self._on_resume())
        card.body.addWidget(self.table)
        card.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        return card

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(Space.XS)
        discard = Button(tr("Discard"), Variant.QUIET, key=tr("Del"), name="drafts-discard")
        discard.setToolTip(tr("It stays in the bin for 30 days."))
        later = Button(tr("Later"), Variant.SECONDARY, key=tr("Esc"), name="drafts-later")
        resume = Button(tr("Resume"), Variant.PRIMARY, name="drafts-resume")
        discard.clicked.connect(self._on_discard)
        later.clicked.connect(self.reject)
        resume.clicked.connect(self._on_resume)
        row.addWidget(discard)
        row.addStretch(1)
        row.addWidget(later)
        row.addWidget(resume)
        resume.setDefault(True)
        return row

    def _show(self, place: int) -> None:
        count = len(self._forms)
        title = ntr(
            "{number} form was not saved",
            "{number} forms were not saved",
            count,
            number=number_text(count),
        )
        self._title.setText(title)
        self.setAccessibleName(title)
        self.model.show(self._forms)
        rows = min(count, _MOST_ROWS)
        height = self.table.verticalHeader().defaultSectionSize() * rows
        head = self.table.horizontalHeader().sizeHint().height()
        self.table.setFixedHeight(height + max(head, Height.TABLE_HEAD) + 2)
        self.table.setCurrentIndex(self.model.index(min(place, count - 1), 0))

    def _current(self) -> int:
        return self.table.currentIndex().row()

    def _on_resume(self) -> None:
        if 0 <= self._current() < len(self._forms):
            form = self._forms[self._current()]
            self.accept()
            self.resumed.emit(form)

    def _on_discard(self) -> None:
        place = self._current()
        if not 0 <= place < len(self._forms):
            return
        self.discarded.emit(self._forms.pop(place))
        if self._forms:
            self._show(place)
            self.table.setFocus()
        else:
            self.reject()
