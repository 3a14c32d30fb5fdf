"""The search palette (Ctrl+K): one box that finds anyone."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelectionModel, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QVBoxLayout,
    QWidget,
)

from avrr_desktop.core.errors import UserError
from avrr_desktop.core.translation import screen_language, tr, translator
from avrr_desktop.services.search import Results, find
from avrr_desktop.ui.page import Context
from avrr_desktop.ui.routes import NewRegistration, Route
from avrr_desktop.ui.shell.overlay import Overlay
from avrr_desktop.ui.shell.palette_delegate import PaletteDelegate
from avrr_desktop.ui.shell.palette_rows import (
    PaletteModel,
    PaletteRow,
    RowKind,
    activity_rows,
    result_rows,
)
from avrr_desktop.ui.tasks import Progress, Request, Tasks
from avrr_desktop.ui.theme.fonts import font
from avrr_desktop.ui.theme.tokens import IconSize, Space, Type, Width
from avrr_desktop.ui.widgets.icon_label import IconMark
from avrr_desktop.ui.widgets.keycap import KeyCap
from avrr_desktop.ui.widgets.surfaces import HairLine, Surface
from avrr_desktop.ui.widgets.text import Text

_PAUSE = 60  # milliseconds after the last key before looking
_SHOWN = 20


class SearchPalette(Overlay):
    """``chosen`` gives the route to open. Looking runs on ``tasks``; typing never waits."""

    chosen = Signal(object)
    found = Signal()  # the rows answer what is typed

    def __init__(self, host: QWidget, context: Context, tasks: Tasks, start_at: int) -> None:
        super().__init__(host, "palette-veil")
        self._context, self._tasks, self._start_at = context, tasks, start_at
        self._request: Request[Results] | None = None
        self._results: Results | None = None
        self._model = PaletteModel()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self._look)
        panel = Surface("palette", name="palette")
        panel.setAccessibleName(tr("Search"))
        self.hold(panel)
        column = QVBoxLayout(panel)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addLayout(self._input_row())
        self._list = self._make_list()
        column.addWidget(HairLine())
        column.addWidget(self._list)
        column.addWidget(_keys())
        self._list.hide()

    def _input_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(Space.L, Space.S, Space.L, Space.S)
        row.setSpacing(Space.M)
        self.input = QLineEdit()
        self.input.setObjectName("palette-input")
        self.input.setAccessibleName(tr("Name, phone, passport or case number"))
        self.input.setPlaceholderText(tr("Name, phone, passport, case…"))
        self.input.setProperty("bare", "true")
        self.input.setFont(font(Type.PALETTE))
        self.input.setMinimumHeight(Space.XXL + Space.S)
        self.input.textChanged.connect(lambda _text: self._pause.start())
        self.input.installEventFilter(self)
        row.addWidget(IconMark("search", "accent_text", IconSize.NAV))
        row.addWidget(self.input, 1)
        row.addWidget(KeyCap(tr("Esc")))
        return row

    def _make_list(self) -> QListView:
        view = QListView()
        view.setObjectName("palette-list")
        view.setAccessibleName(tr("Found"))
        view.setFrameShape(QFrame.Shape.NoFrame)
        view.setModel(self._model)
        view.setItemDelegate(PaletteDelegate(view))
        view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setMouseTracking(True)
        view.clicked.connect(lambda index: self._choose(self._model.row(index.row())))
        return view

    def open_with(self, typed: str = "") -> None:
        """Show, with the letter that opened it."""
        self.unfold()
        self.input.setText(typed)
        self.input.setFocus()

    def place_panel(self) -> None:
        """Under the search field, as wide as the design says where there is room."""
        room = self.width() - 2 * Space.L
        width = min(Width.SEARCH_PALETTE, room)
        start = min(self._start_at, self.width() - width - Space.L)
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            start = self.width() - start - width
        top = Space.XL * 2
        wanted = self._list_height()
        fixed = self.panel.sizeHint().height() - self._list.sizeHint().height() * int(
            self._list.isVisibleTo(self.panel)
        )
        self._list.setFixedHeight(min(wanted, max(0, self.height() - top - Space.XL - fixed)))
        self.panel.setFixedWidth(width)
        self.panel.adjustSize()
        self.panel.move(start, top)

    def _list_height(self) -> int:
        rows = range(self._model.rowCount())
        return sum(self._list.sizeHintForRow(row) for row in rows) + Space.XS

    def rows(self) -> list[PaletteRow]:
        """What is shown, for those who watch."""
        found = (self._model.row(place) for place in range(self._model.rowCount()))
        return [row for row in found if row is not None]

    def _look(self) -> None:
        """Ask the worker; what was asked before is dropped."""
        self._tasks.cancel(self._request)
        self._request = None
        typed, register = self.input.text(), self._context.register
        if not typed.strip():
            self._results = None
            self._show([])
            return

        def work(_progress: Progress) -> Results:
            return find(register, typed, _SHOWN)

        self._request = self._tasks.start(Request(work, self._on_found, self._on_failed))

    def _on_found(self, results: Results) -> None:
        self._results = results
        self._show(result_rows(self._context, results))
        self.found.emit()

    def _on_failed(self, error: UserError) -> None:
        from avrr_desktop.services.messages import word_error

        said = word_error(error, translator(screen_language()))
        self._show([PaletteRow(RowKind.HEADER, said)])

    def _show(self, rows: list[PaletteRow]) -> None:
        self._model.set_rows(rows)
        self._list.setVisible(bool(rows))
        choices = self._model.choices()
        if choices:
            self._select(choices[0])
        self.place_panel()
        if rows:
            self._list.scrollToTop()

    def _select(self, place: int) -> None:
        flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
        index = self._model.index(place)
        self._list.selectionModel().setCurrentIndex(index, flag)
        row = self._model.row(place)
        if row is not None:
            self.input.setAccessibleDescription(row.spoken)

    def _move(self, step: int) -> None:
        choices = self._model.choices()
        if not choices:
            return
        here = self._list.currentIndex().row()
        place = choices.index(here) + step if here in choices else 0
        self._select(choices[place % len(choices)])
        if choices[place % len(choices)] == choices[0]:
            self._list.scrollToTop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The keys of the list are typed in the field."""
        is_key = watched is self.input and event.type() == QEvent.Type.KeyPress
        if is_key and isinstance(event, QKeyEvent) and self._take_key(event):
            return True
        return super().eventFilter(watched, event)

    def _take_key(self, event: QKeyEvent) -> bool:
        key, control = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if key in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            self._move(1 if key == Qt.Key.Key_Down else -1)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._enter(add_activity=control)
        elif key == Qt.Key.Key_N and control:
            self.create_person()
        elif key == Qt.Key.Key_Escape:
            self.close_overlay()
        else:
            return False
        return True

    def _enter(self, *, add_activity: bool) -> None:
        row = self._model.row(self._list.currentIndex().row())
        if add_activity and row is not None and row.person_id:
            self._show(activity_rows(row.person_id))
        else:
            self._choose(row)

    def create_person(self) -> None:
        """Create a person with what was typed."""
        elements = self._results.elements if self._results is not None else None
        self._go(NewRegistration(elements.prefill() if elements is not None else ()))

    def _choose(self, row: PaletteRow | None) -> None:
        if row is not None and row.route is not None:
            self._go(row.route)

    def _go(self, route: Route) -> None:
        self.close_overlay()  # before the page is asked: it may stay, and then has the keys again
        self.chosen.emit(route)

    def close_overlay(self) -> None:
        """Forget what was being looked for."""
        self._pause.stop()
        self._tasks.cancel(self._request)
        super().close_overlay()


def _keys() -> QWidget:
    """What the keys do, and what may be typed."""
    bar = Surface("raised", edge="top", name="palette-keys")
    bar.setProperty("corners", "bottom")
    row = QHBoxLayout(bar)
    row.setContentsMargins(Space.L, Space.S - 2, Space.L, Space.S - 2)
    row.setSpacing(Space.XS)
    for keys, text in (
        (("↑", "↓"), tr("choose")),
        ((tr("Enter"),), tr("open")),
        (("Ctrl+" + tr("Enter"),), tr("add an activity")),
    ):
        for key in keys:
            row.addWidget(KeyCap(key))
        row.addWidget(Text(text, Type.CAPTION))
        row.addSpacing(Space.S)
    row.addStretch(1)
    row.addWidget(Text(tr("Names, عائشة, phone, case, passport"), Type.CAPTION))
    return bar
