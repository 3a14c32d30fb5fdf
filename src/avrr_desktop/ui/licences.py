"""The works of others in the program: a notice, and each one's licence in full."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListView, QPlainTextEdit, QVBoxLayout, QWidget

from avrr_desktop.core.translation import screen_language, tr
from avrr_desktop.services.identity import Component, components, licence_text, notice
from avrr_desktop.ui.page import Context, Page
from avrr_desktop.ui.routes import About, Licences
from avrr_desktop.ui.theme.tokens import Space, Type, Width
from avrr_desktop.ui.widgets.breadcrumb import Breadcrumb
from avrr_desktop.ui.widgets.delegates import CellDelegate
from avrr_desktop.ui.widgets.formats import ltr
from avrr_desktop.ui.widgets.surfaces import Card
from avrr_desktop.ui.widgets.text import Text

_ROOT = QModelIndex()
_WORDS = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)
Index = QModelIndex | QPersistentModelIndex


class LicencesModel(QAbstractListModel):
    """The notice, then every component by its name and version."""

    def __init__(self, parts: tuple[Component, ...], parent: QObject) -> None:
        super().__init__(parent)
        self.parts = parts

    def rowCount(self, parent: Index = _ROOT) -> int:
        """The notice and the components."""
        return 0 if parent.isValid() else 1 + len(self.parts)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Names."""
        if role not in _WORDS:
            return None
        part = self.part(index.row())
        return tr("Notice") if part is None else ltr(f"{part.name} {part.version}".strip())

    def part(self, row: int) -> Component | None:
        """The component of a row; None for the notice."""
        return self.parts[row - 1] if 0 < row <= len(self.parts) else None


class LicencesPage(Page):
    """A list beside a text; both can be reached and read with the keyboard alone."""

    def __init__(self, context: Context, route: Licences) -> None:
        super().__init__(context, route)
        self.setObjectName("page-licences")
        self._resources = context.register.paths.resources
        self._model = LicencesModel(components(self._resources), self)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.PAGE, Space.L, Space.PAGE, Space.PAGE)
        column.setSpacing(Space.M)
        head = QVBoxLayout()
        head.setSpacing(Space.S)
        title = tr("Components and licences")
        crumbs = Breadcrumb([tr("About this register"), title])
        crumbs.chosen.connect(lambda _rank: self.context.shell.open(About()))
        head.addWidget(crumbs)
        head.addWidget(Text(title, Type.TITLE, name="page-title"))
        column.addLayout(head)
        cards = QHBoxLayout()
        cards.setSpacing(Space.CARD_GAP)
        cards.addWidget(self._list_card())
        cards.addWidget(self._text_card(), 1)
        column.addLayout(cards, 1)
        self._choose(self._row_of(route.name))

    def _list_card(self) -> Card:
        card = Card("licences-card", flush=True)
        card.setFixedWidth(Width.LISTS)
        self.list = QListView()
        self.list.setObjectName("licences-list")
        self.list.setAccessibleName(tr("Components"))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setModel(self._model)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setItemDelegate(CellDelegate(self.list))
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.list.selectionModel().currentChanged.connect(lambda new: self._show(new.row()))
        card.body.addWidget(self.list, 1)
        return card

    def _text_card(self) -> Card:
        card = Card("licence-card")
        self._name = Text(role=Type.SECTION, wrap=True, name="licence-name")
        self._facts = Text(role=Type.CAPTION, wrap=True, name="licence-facts")
        self.text = QPlainTextEdit()
        self.text.setObjectName("licence-text")
        self.text.setFrameShape(QFrame.Shape.NoFrame)
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        for part in (self._name, self._facts):
            card.body.addWidget(part)
        card.body.addWidget(self.text, 1)
        return card

    def _row_of(self, name: str) -> int:
        names = [part.name for part in self._model.parts]
        return 1 + names.index(name) if name in names else 0

    def _choose(self, row: int) -> None:
        self.list.setCurrentIndex(self._model.index(row))

    def _show(self, row: int) -> None:
        part = self._model.part(row)
        language = screen_language()
        if part is None:
            name, facts = tr("The works of others in this program"), ""
            # Its first line says what the heading says.
            text = notice(self._resources, language).partition("\n\n")[2]
            is_rtl = language.is_rtl
        else:
            name, facts = ltr(f"{part.name} {part.version}".strip()), _facts(part)
            text, is_rtl = licence_text(part, self._resources), False
        self._name.setText(name)
        self._facts.setText(facts)
        self._facts.setVisible(bool(facts))
        self.text.setPlainText(text)
        self.text.setAccessibleName(name)
        self._take_side(is_rtl=is_rtl)

    def _take_side(self, *, is_rtl: bool) -> None:
        """A licence is read from the left, in Arabic windows too; each text from its own side."""
        sides, edges = Qt.LayoutDirection, Qt.AlignmentFlag
        options = self.text.document().defaultTextOption()
        options.setTextDirection(sides.RightToLeft if is_rtl else sides.LeftToRight)
        edge = edges.AlignRight if is_rtl else edges.AlignLeft
        options.setAlignment(edge | edges.AlignAbsolute)
        self.text.document().setDefaultTextOption(options)

    def nav_key(self) -> str:
        """Reached from the settings."""
        return "settings"

    def state(self) -> object:
        """What is shown."""
        return self.list.currentIndex().row()

    def set_state(self, state: object) -> None:
        """Show it again."""
        if isinstance(state, int):
            self._choose(state)

    def focus_regions(self) -> tuple[QWidget, ...]:
        """The list, the text."""
        return (self.list, self.text)


def _facts(part: Component) -> str:
    licence = tr("Licence: {licence}", licence=ltr(part.licence))
    if not part.inside:
        return licence
    carrier = tr("Inside {carrier}", carrier=ltr(part.inside))
    return f"{licence} · {carrier}"
