"""The row of filters over a list: chips, those in force filled, and « + Filter »."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMenu, QWidget

from avrr_desktop.core.ages import GROUPS
from avrr_desktop.core.errors import UserError
from avrr_desktop.core.kinds import Kind
from avrr_desktop.core.periods import PeriodKind, parse_period, period_of, semester_of
from avrr_desktop.core.translation import tr
from avrr_desktop.services.lists import Column, ColumnKind, Filter, filters_of
from avrr_desktop.ui.forms.person_words import group_word
from avrr_desktop.ui.page import Context
from avrr_desktop.ui.records.popups import CheckPopup, Choice, DatesPopup
from avrr_desktop.ui.records.search_line import SearchLine
from avrr_desktop.ui.theme.tokens import Height, Space
from avrr_desktop.ui.widgets.buttons import Button, Variant
from avrr_desktop.ui.widgets.chip_drawing import ChipKind
from avrr_desktop.ui.widgets.chips import Chip
from avrr_desktop.ui.widgets.flow import FlowLayout
from avrr_desktop.ui.widgets.formats import date_text, ltr

_OFFERED = 3  # chips shown though nothing is filtered by them
_PAUSE = 150  # milliseconds after the last key before the list is searched


class FilterBar(QWidget):
    """Text and filters of a list; ``changed`` after each change, ``rebuilt`` with other chips."""

    changed = Signal()
    rebuilt = Signal()

    def __init__(self, context: Context, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("filter-bar")
        self._context = context
        self._columns = {column.key: column for column in filters_of(key)}
        self._filters: dict[str, Filter] = {}
        self._offered = list(self._columns)[:_OFFERED]
        self._by_name: dict[str, Chip] = {}
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self.changed)
        self.search = SearchLine()
        self.search.textEdited.connect(lambda _text: self._pause.start())
        self.search.textChanged.connect(self._on_text)
        self._chips = QWidget()
        self._flow = FlowLayout(self._chips, Space.S - 2)
        # Chips are lower than the search line: the first row stands on its middle.
        self._flow.setContentsMargins(0, (Height.BUTTON - Height.CHIP) // 2, 0, 0)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.M, Space.S, Space.M, Space.S)
        row.setSpacing(Space.S)
        row.addWidget(self.search, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._chips, 1)
        self._row = row
        self._rebuild()

    def add_trailing(self, widget: QWidget) -> None:
        """Put something at the end of the row."""
        self._row.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)

    def hurry(self) -> None:
        """Search what is typed now rather than after the pause."""
        if self._pause.isActive():
            self._pause.stop()
            self.changed.emit()

    def text(self) -> str:
        """What is searched."""
        return self.search.text().strip()

    def filters(self) -> tuple[Filter, ...]:
        """The filters in force."""
        return tuple(self._filters.values())

    def set_filters(self, filters: Iterable[Filter], text: str = "") -> None:
        """Filter by these, without telling."""
        self._filters = {f.column: f for f in filters if f.column in self._columns}
        self.search.blockSignals(True)
        self.search.setText(text)
        self.search.blockSignals(False)
        self._rebuild()

    def preset(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Filter by the codes or periods a route names."""
        codes: dict[str, tuple[str, ...]] = {}
        for name, code in pairs:
            codes[name] = (*codes.get(name, ()), code)
        self.set_filters(
            made
            for name, wanted in codes.items()
            if (column := self._columns.get(name)) and (made := _filter(column, wanted))
        )

    def clear(self) -> None:
        """Take every filter away."""
        self.set_filters(())
        self.changed.emit()

    @property
    def is_active(self) -> bool:
        """Whether anything narrows the list."""
        return bool(self._filters or self.text())

    def _on_text(self, text: str) -> None:
        if not text:  # the cross of the line tells nothing else
            self._pause.start()

    def _rebuild(self) -> None:
        self._flow.clear()
        shown = dict.fromkeys([*self._filters, *self._offered])
        self._by_name = {name: self._chip(self._columns[name]) for name in shown}
        for chip in self._by_name.values():
            self._flow.addWidget(chip)
        if len(shown) < len(self._columns):
            more = Chip(tr("Filter"), ChipKind.FILTER, icon="plus", name="add-filter")
            more.clicked.connect(lambda _=False: self._on_more(more))
            self._flow.addWidget(more)
        if self._filters:
            everything = Button(tr("Clear"), Variant.LINK, small=True, name="clear-filters")
            everything.clicked.connect(self.clear)
            self._flow.addWidget(everything)
        self.rebuilt.emit()

    def _chip(self, column: Column) -> Chip:
        label = self._context.text(column.label)
        in_force = self._filters.get(column.key)
        if in_force is None:
            chip = Chip(label, ChipKind.FILTER, name=f"filter-{column.key}")
        else:
            text = tr("{field}: {values}", field=label, values=self._said(column, in_force))
            chip = Chip(text, ChipKind.IN_FORCE, name=f"filter-{column.key}")
            chip.closed.connect(lambda: self._set(column.key, None))
        chip.clicked.connect(lambda _=False: self._on_chip(column, chip))
        return chip

    def _said(self, column: Column, wanted: Filter) -> str:
        if not wanted.codes:
            first, last = (ltr(date_text(day)) for day in (wanted.first, wanted.last))
            if first and last:
                return tr("{first} to {last}", first=first, last=last)
            return tr("from {day}", day=first) if first else tr("until {day}", day=last)
        labels = dict(self._choices(column))
        first_label = labels.get(wanted.codes[0], wanted.codes[0])
        rest = len(wanted.codes) - 1
        return f"{first_label} {ltr(f'+{rest}')}" if rest else first_label

    def _choices(self, column: Column) -> list[Choice]:
        if column.kind is ColumnKind.GROUP:
            return [(group.value, group_word(group)) for group in GROUPS]
        terms = self._context.register.vocabularies.terms(column.vocabulary)
        choices = [(term.code, self._context.text(term.label)) for term in terms]
        if column.field is not None and not column.field.required:
            choices.append(("", tr("Not stated")))
        return choices

    def _on_chip(self, column: Column, chip: Chip) -> None:
        label = self._context.text(column.label)
        now = self._filters.get(column.key, Filter(column.key))
        if column.value_kind is Kind.DATE:
            today = self._context.register.clock.today()
            semester = semester_of(today)
            periods = (semester.previous, semester, period_of(PeriodKind.YEAR, today))
            dates = DatesPopup(label, (now.first, now.last), periods, today, self)
            dates.chosen.connect(lambda a, b: self._on_dates(column.key, a, b))
            dates.open_under(chip)
            return
        popup = CheckPopup(label, self._choices(column), now.codes, self)
        popup.ticked.connect(lambda codes: self._on_codes(column.key, codes))
        popup.open_under(chip)

    def _on_more(self, chip: Chip) -> None:
        menu = QMenu(self)
        menu.setObjectName("filters-menu")
        for name, column in self._columns.items():
            if name not in self._filters and name not in self._offered:
                action = menu.addAction(self._context.text(column.label))
                action.triggered.connect(lambda _=False, n=name: self._on_added(n))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(chip.mapToGlobal(chip.rect().bottomLeft()))

    def _on_added(self, name: str) -> None:
        self._offered.append(name)
        self._rebuild()
        self._by_name[name].setFocus()
        self._on_chip(self._columns[name], self._by_name[name])

    def _on_codes(self, name: str, codes: tuple[str, ...]) -> None:
        self._set(name, Filter(name, codes) if codes else None)

    def _on_dates(self, name: str, first: date | None, last: date | None) -> None:
        self._set(name, Filter(name, first=first, last=last) if first or last else None)

    def _set(self, name: str, wanted: Filter | None) -> None:
        self._filters.pop(name, None)
        if wanted is not None:
            self._filters[name] = wanted
        self._rebuild()
        if name in self._by_name and QApplication.activePopupWidget() is None:
            # The chip that had the focus is gone.
            self._by_name[name].setFocus()
        self.changed.emit()


def _filter(column: Column, codes: tuple[str, ...]) -> Filter | None:
    if column.value_kind is not Kind.DATE:
        return Filter(column.key, codes)
    try:
        period = parse_period(codes[0])
    except UserError:
        return None
    return Filter(column.key, first=period.start, last=period.end)
