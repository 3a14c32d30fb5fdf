"""The filters of the journal: a number, users, actions, records, a period."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from avrr_desktop.core.periods import PeriodKind, period_of, semester_of
from avrr_desktop.core.translation import screen_language, tr, translator
from avrr_desktop.services.audit_lines import AuditQuery, Choices
from avrr_desktop.services.audit_words import action_text, table_text
from avrr_desktop.ui.page import Context
from avrr_desktop.ui.records.popups import CheckPopup, Choice, DatesPopup
from avrr_desktop.ui.theme.tokens import Height, Space
from avrr_desktop.ui.widgets.buttons import Button, Variant
from avrr_desktop.ui.widgets.chip_drawing import ChipKind
from avrr_desktop.ui.widgets.chips import Chip
from avrr_desktop.ui.widgets.flow import FlowLayout
from avrr_desktop.ui.widgets.formats import date_text, ltr

_PAUSE = 250  # milliseconds after the last key before the journal is searched
_LEAST_WIDTH = 200


class JournalFilters(QWidget):
    """A search line and chips; those in force are filled. ``changed`` after each change."""

    changed = Signal()

    def __init__(self, context: Context, person: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("journal-filters")
        self._context = context
        self._query = AuditQuery(person=person)
        self._choices = Choices((), (), ())
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self.changed)
        self.search = QLineEdit()
        self.search.setObjectName("journal-search")
        self.search.setAccessibleName(tr("Search in the journal"))
        self.search.setPlaceholderText(tr("Number, file…"))
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(_LEAST_WIDTH)
        self.search.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.search.textChanged.connect(lambda _text: self._pause.start())
        self._holder = QWidget()
        self._flow = FlowLayout(self._holder, Space.S - 2)
        # Chips are lower than the search line: the first row stands on its middle.
        self._flow.setContentsMargins(0, (Height.BUTTON - Height.CHIP) // 2, 0, 0)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.M, Space.S, Space.M, Space.S)
        row.setSpacing(Space.S)
        row.addWidget(self.search, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._holder, 1)
        self._rebuild()

    def query(self) -> AuditQuery:
        """What is wanted."""
        return replace(self._query, text=self.search.text().strip())

    def set_query(self, query: AuditQuery) -> None:
        """Filter by this, without telling."""
        self._query = query
        self.search.blockSignals(True)
        self.search.setText(query.text)
        self.search.blockSignals(False)
        self._rebuild()

    def set_choices(self, choices: Choices) -> None:
        """What there is to choose from."""
        self._choices = choices
        self._rebuild()

    def clear(self) -> None:
        """Take every filter away."""
        self.set_query(AuditQuery())
        self.changed.emit()

    def _rebuild(self) -> None:
        had = self._focused_name()
        self._flow.clear()
        query = self._query
        if query.person:
            chip = Chip(tr("One person's file"), ChipKind.IN_FORCE, name="journal-person")
            chip.closed.connect(lambda: self._set(person=""))
            self._flow.addWidget(chip)
        say = translator(screen_language())
        actions = _named(self._choices.actions, lambda code: action_text(code, say))
        tables = _named(self._choices.tables, lambda code: table_text(code, say))
        users = list(self._choices.actors)
        self._add("actors", tr("Who"), users, query.actors)
        self._add("actions", tr("Action"), actions, query.actions)
        self._add("tables", tr("Record"), tables, query.tables)
        self._add_dates()
        if query != AuditQuery():
            everything = Button(tr("Clear"), Variant.LINK, small=True, name="journal-clear")
            everything.clicked.connect(self.clear)
            self._flow.addWidget(everything)
        # The chip that had the focus is gone.
        if had and (again := self.findChild(Chip, had)) and not QApplication.activePopupWidget():
            again.setFocus()

    def _focused_name(self) -> str:
        focused = QApplication.focusWidget()
        return focused.objectName() if isinstance(focused, Chip) else ""

    def _add(
        self, field: str, label: str, choices: Sequence[Choice], chosen: tuple[str, ...]
    ) -> None:
        chip = self._chip(f"journal-{field}", label, _said(choices, chosen))
        if chosen:
            chip.closed.connect(lambda: self._set(**{field: ()}))
        chip.clicked.connect(lambda _=False: self._choose(field, label, choices, chip))

    def _choose(self, field: str, label: str, choices: Sequence[Choice], chip: Chip) -> None:
        popup = CheckPopup(label, choices, getattr(self._query, field), self)
        popup.ticked.connect(lambda codes: self._set(**{field: codes}))
        popup.open_under(chip)

    def _add_dates(self) -> None:
        first, last = (ltr(date_text(day)) for day in (self._query.first, self._query.last))
        said = ""
        if first and last:
            said = tr("{first} to {last}", first=first, last=last)
        elif first or last:
            said = tr("from {day}", day=first) if first else tr("until {day}", day=last)
        chip = self._chip("journal-dates", tr("When"), said)
        if said:
            chip.closed.connect(lambda: self._set(first=None, last=None))
        chip.clicked.connect(lambda _=False: self._choose_dates(chip))

    def _choose_dates(self, chip: Chip) -> None:
        today = self._context.register.clock.today()
        semester = semester_of(today)
        periods = (semester.previous, semester, period_of(PeriodKind.MONTH, today))
        bounds = (self._query.first, self._query.last)
        popup = DatesPopup(tr("When"), bounds, periods, today, self)
        popup.chosen.connect(self._on_dates)
        popup.open_under(chip)

    def _on_dates(self, first: date | None, last: date | None) -> None:
        self._set(first=first, last=last)

    def _chip(self, name: str, label: str, said: str) -> Chip:
        text = tr("{field}: {values}", field=label, values=said) if said else label
        chip = Chip(text, ChipKind.IN_FORCE if said else ChipKind.FILTER, name=name)
        self._flow.addWidget(chip)
        return chip

    def _set(self, **changes: object) -> None:
        self._query = replace(self._query, **changes)  # type: ignore[arg-type] # named
        self._rebuild()
        self.changed.emit()


def _named(codes: Sequence[str], word: Callable[[str], str]) -> list[Choice]:
    """Choices in the order of their words."""
    return sorted(((code, word(code)) for code in codes), key=lambda pair: pair[1].casefold())


def _said(choices: Sequence[Choice], chosen: tuple[str, ...]) -> str:
    if not chosen:
        return ""
    first = dict(choices).get(chosen[0], chosen[0])
    rest = len(chosen) - 1
    return f"{first} {ltr(f'+{rest}')}" if rest else first
