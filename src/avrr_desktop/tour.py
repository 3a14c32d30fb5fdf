"""The tour: fills each form once with real key strokes, then pictures every screen.

It runs in a demonstration register of its own, on a screen or without one. The folder it is given
then holds the pictures in three languages, the printed summary and the workbook.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from avrr_desktop.activities import ACTIVITIES, SECTIONS
from avrr_desktop.activities.across import COHORT_FROM, COHORT_TO
from avrr_desktop.app import close_window, open_window
from avrr_desktop.core.clock import Clock
from avrr_desktop.core.errors import UserError
from avrr_desktop.core.kinds import Kind
from avrr_desktop.core.labels import Language
from avrr_desktop.core.periods import parse_period
from avrr_desktop.core.specs import Activity
from avrr_desktop.paths import paths_in
from avrr_desktop.people.case import CASE_FILE
from avrr_desktop.people.person import PERSON
from avrr_desktop.services.demo import write_demo
from avrr_desktop.services.exchange.planning import sequence_now
from avrr_desktop.services.lists import Filter, ListQuery, page
from avrr_desktop.services.register import Register
from avrr_desktop.services.summary import summarise
from avrr_desktop.services.summary.cells import CellKey
from avrr_desktop.services.summary_text import summary_text
from avrr_desktop.services.workbook import export_workbook
from avrr_desktop.ui.editors.yes_no import ChoiceEditor, YesNoEditor
from avrr_desktop.ui.forms.entry_page import EntryPage
from avrr_desktop.ui.forms.field_box import FieldBox
from avrr_desktop.ui.routes import (
    About,
    Bin,
    CasePage,
    Exchange,
    FigureOf,
    FormOf,
    Help,
    JournalOf,
    NewRegistration,
    PersonPage,
    RecordsOf,
    Route,
    Settings,
    SummaryOf,
    Today,
)
from avrr_desktop.ui.shell.main_window import MainWindow

PERIOD = "2023-S1"
SIZE = (1440, 900)
_DAY = date(2023, 6, 1)
_WAIT_SECONDS = 30.0
_PAUSE_SECONDS = 0.35  # the forms count the effect of what is typed after a pause
# What is typed into a field of each kind; lists take their first term, a press of an arrow.
_KEYS: dict[Kind, str] = {
    Kind.TEXT: "Saisie de la visite",
    Kind.LATIN: "VISITE",
    Kind.ARABIC: "زيارة",
    Kind.LONG_TEXT: "Saisie de la visite.",
    Kind.IDENTIFIER: "V 2023",
    Kind.INTEGER: "2",
    Kind.AMOUNT: "600",
    Kind.DATE: f"{_DAY:%d%m%y}",
    Kind.BIRTH: "120394",
}
# A visit neither ends a programme nor gives it up.
_LEFT_EMPTY = frozenset(
    {"exit_kind", "exit_on", "exit_reason", "abandoned_on", "withdrawn_on", "exception_reason"}
)


def run_tour(output: Path, clock: Clock) -> int:
    """Make the tour and keep its pictures in ``output``; gives the exit code.

    Raises:
        UserError: the folder cannot be written.
    """
    try:
        output.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError("folder_read_only", folder=str(output)) from error
    with TemporaryDirectory() as folder:
        paths = paths_in(Path(folder) / "register")
        write_demo(paths, clock, persons=None, seed=1).close()
        app, window = open_window(paths, clock)
        window.resize(*SIZE)
        QTest.qWaitForWindowExposed(window)
        window.activateWindow()
        try:
            tour = Tour(app, window, output)
            tour.fill_forms()
            tour.picture_screens()
            tour.publish()
        finally:
            close_window(window)
    return 0


class Tour:
    """One visit of every form and every screen."""

    def __init__(self, app: QApplication, window: MainWindow, output: Path) -> None:
        self._app = app
        self._window = window
        self._output = output
        self._register: Register = window.context.register

    def fill_forms(self) -> None:
        """Every form once, from the keyboard, down to the register."""
        person = self._somebody()
        self._fill(NewRegistration(), "new-registration")
        for activity in ACTIVITIES:
            self._fill(FormOf(activity.key, person_ids=(person,)), activity.key)
        for record in (PERSON, CASE_FILE):
            self._fill(FormOf(record.key), record.key)

    def picture_screens(self) -> None:
        """A picture of every screen in every language."""
        for language in Language:
            self._window.desk.language = language
            self._window.build_anew()
            for name, route in self._screens():
                self._show(route)
                self._picture(f"{language.value}-{name}")
            self._window.search("kone aicha")
            self._settle()
            self._picture(f"{language.value}-search")
            QTest.keyClick(self._focus(), Qt.Key.Key_Escape)

    def publish(self) -> None:
        """The summary on the terminal and in a file, and the workbook."""
        period = parse_period(PERIOD)
        text = summary_text(self._register, summarise(self._register, period), Language.FR)
        (self._output / "synthese.txt").write_text(text + "\n", encoding="utf-8")
        sys.stdout.write(text + "\n")
        export_workbook(self._register, period, self._output / "classeur.xlsx", Language.FR)

    def _screens(self) -> Iterator[tuple[str, Route]]:
        person = self._somebody()
        yield "today", Today()
        yield "summary", SummaryOf(PERIOD)
        yield "figure", FigureOf(PERIOD, CellKey(COHORT_TO, "persons"))
        yield "figure-not-counted", FigureOf(PERIOD, CellKey(COHORT_FROM, "persons"), True)
        yield "registration", NewRegistration()
        yield "person", PersonPage(person)
        yield "case", CasePage(self._first_of(CASE_FILE.key))
        for record in (PERSON, CASE_FILE, *ACTIVITIES):
            yield f"list-{record.key}", RecordsOf(record.key)
            person_ids = (person,) if isinstance(record, Activity) else ()
            yield f"form-{record.key}", FormOf(record.key, person_ids=person_ids)
        yield "bin", Bin()
        yield "exchange", Exchange()
        for section in ("general", "lists", "balances", "retention"):
            yield f"settings-{section}", Settings(section)
        yield "journal", JournalOf()
        yield "about", About()
        yield "help", Help()

    def _somebody(self) -> str:
        """Somebody who was registered and left before the day typed into the forms."""
        activity, section = SECTIONS[COHORT_TO]
        departed = Filter(section.dated_by, first=date(2023, 4, 1), last=date(2023, 5, 31))
        found = page(self._register, ListQuery(activity.key, filters=(departed,), limit=1))
        return found.rows[0].person_id

    def _first_of(self, key: str) -> str:
        return page(self._register, ListQuery(key, limit=1)).rows[0].id

    def _fill(self, route: Route, name: str) -> None:
        """Type into every field, save with Ctrl+S and see that the register took it."""
        before = self._sequence()
        self._show(route)
        form = self._window.page
        assert isinstance(form, EntryPage)
        done: set[str] = set()
        while left := [box for box in form.body.order() if box.key not in done]:
            done.add(left[0].key)
            self._type(left[0])
        self._settle()
        QTest.keyClick(self._focus(), Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
        self._settle()
        if self._sequence() == before:
            self._picture(f"refused-{name}")
            form.reload()  # so that nothing asks what to do with the typed work
            raise UserError("tour_refused", form=name)

    def _type(self, box: FieldBox) -> None:
        field = box.field
        if field.name in _LEFT_EMPTY or box.value() not in (None, ()):
            return
        box.focus()
        self._app.processEvents()
        if keys := _KEYS.get(field.spec.kind):
            self._strike(keys)
        elif field.spec.kind is Kind.TERMS:
            QTest.keyClick(self._focus(), Qt.Key.Key_Space)
        else:
            is_row = isinstance(box.editor, ChoiceEditor | YesNoEditor)
            QTest.keyClick(self._focus(), Qt.Key.Key_Right if is_row else Qt.Key.Key_Down)
        QTest.keyClick(self._focus(), Qt.Key.Key_Return)

    def _strike(self, text: str) -> None:
        """Strike the keys of ``text``, as a keyboard of its script would send them."""
        for letter in text:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                modifiers = Qt.KeyboardModifier.NoModifier
                self._app.sendEvent(self._focus(), QKeyEvent(kind, 0, modifiers, letter))

    def _show(self, route: Route) -> None:
        self._window.open(route)
        self._settle()

    def _settle(self) -> None:
        """Let the worker and the window finish; a sleep hands the worker its turn."""
        tasks = self._window.context.tasks
        begun = time.monotonic()
        while time.monotonic() - begun < _WAIT_SECONDS:
            self._app.processEvents()
            time.sleep(0.005)
            if tasks.is_idle and time.monotonic() - begun > _PAUSE_SECONDS:
                return

    def _focus(self) -> QWidget:
        focused: QWidget | None = self._window.focusWidget()
        return self._window if focused is None else focused

    def _picture(self, name: str) -> None:
        self._window.grab().save(str(self._output / f"{name}.png"))

    def _sequence(self) -> int:
        with self._register.database.reading() as connection:
            return sequence_now(connection)
