"""The keys of a list and of the bin, pressed where one lands in the window."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QTableView
from pytestqt.qtbot import QtBot
from tests.ui.conftest import person_draft, registration_draft
from tests.ui.forms.hands import press, type_text
from tests.ui.windows import shown_window

from avrr_desktop.activities import RECORD_BY_KEY
from avrr_desktop.core.actors import Actor
from avrr_desktop.core.labels import Language
from avrr_desktop.services.drafts import Draft
from avrr_desktop.services.lists import Filter
from avrr_desktop.services.records import Records
from avrr_desktop.services.register import Register
from avrr_desktop.ui.bin.page import BinPage
from avrr_desktop.ui.cases.page import CasePageView
from avrr_desktop.ui.person.page import PersonPageView
from avrr_desktop.ui.records.page import RecordsPage
from avrr_desktop.ui.routes import Bin, CasePage, PersonPage, RecordsOf, Today
from avrr_desktop.ui.shell.main_window import MainWindow
from avrr_desktop.ui.tasks import Tasks

SOW = "b" * 32
CASE, DAY = "e" * 32, date(2023, 5, 3)
NAMES = (("c" * 32, "BAH"), (SOW, "SOW"), ("d" * 32, "SOUMAH"))


@pytest.fixture
def persons(records: Records, actor: Actor, person: str) -> None:
    """Three persons beside KONÉ Aïcha."""
    for new_id, family in NAMES:
        names = {"family_name": family, "given_name": "Awa"}
        records.save(actor, person_draft(new_id, **names), registration_draft(new_id))


@pytest.fixture
def window(
    qapp: QApplication, register: Register, persons: None, tasks: Tasks, qtbot: QtBot
) -> Iterator[MainWindow]:
    """The main window over a register of four persons."""
    made = shown_window(qapp, register, tasks, qtbot)
    qtbot.addWidget(made)
    yield made
    qtbot.waitUntil(lambda: tasks.is_idle)


def list_of(window: MainWindow, qtbot: QtBot) -> RecordsPage:
    window.open(RecordsOf("person"))
    page = window.page
    assert isinstance(page, RecordsPage)
    qtbot.waitUntil(lambda: page.list.model.rowCount() == 4)
    assert page.list.filters.search.hasFocus()
    return page


def names(page: RecordsPage) -> list[str]:
    rows = (page.list.model.row(place) for place in range(page.list.model.rowCount()))
    return [row.person_id for row in rows if row is not None]


def test_down_goes_from_the_search_into_the_table(window: MainWindow, qtbot: QtBot) -> None:
    page = list_of(window, qtbot)
    press(window, Qt.Key.Key_Down)
    assert page.list.table.hasFocus()
    assert page.list.table.currentIndex().row() == 0
    press(window, Qt.Key.Key_Down)
    wanted = page.list.model.row(1)
    press(window, Qt.Key.Key_Return)
    assert window.page is not None
    assert wanted is not None
    assert window.page.route == PersonPage(wanted.person_id)


def test_enter_in_the_search_opens_what_was_just_typed(window: MainWindow, qtbot: QtBot) -> None:
    list_of(window, qtbot)
    type_text(window, "sow")
    press(window, Qt.Key.Key_Return)  # the list has not been read again yet
    qtbot.waitUntil(lambda: window.page is not None and window.page.route == PersonPage(SOW))


def test_enter_in_the_search_without_an_answer_stays(window: MainWindow, qtbot: QtBot) -> None:
    page = list_of(window, qtbot)
    type_text(window, "zzzz")
    press(window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.list.model.rowCount() == 0)
    press(window, Qt.Key.Key_Return)
    press(window, Qt.Key.Key_Down)
    assert window.page is page
    assert page.list.filters.search.hasFocus()


def test_letter_typed_after_enter_opens_nothing(window: MainWindow, qtbot: QtBot) -> None:
    page = list_of(window, qtbot)
    type_text(window, "so")
    search = page.list.filters.search
    QTest.keyClick(search, Qt.Key.Key_Return)  # what is asked comes with the next events
    QTest.keyClick(search, Qt.Key.Key_W)
    qtbot.waitUntil(lambda: names(page) == [SOW])
    qtbot.waitUntil(lambda: window.context.tasks.is_idle)
    assert window.page is page


def test_escape_empties_the_search_then_leaves_the_page(window: MainWindow, qtbot: QtBot) -> None:
    page = list_of(window, qtbot)
    type_text(window, "sow")
    qtbot.waitUntil(lambda: names(page) == [SOW])
    press(window, Qt.Key.Key_Escape)
    assert window.page is page
    assert page.list.filters.search.text() == ""
    qtbot.waitUntil(lambda: page.list.model.rowCount() == 4)
    press(window, Qt.Key.Key_Escape)
    assert window.page is not None
    assert window.page.route == Today()


def test_tab_goes_through_a_list_as_it_is_read(window: MainWindow, qtbot: QtBot) -> None:
    page = list_of(window, qtbot)
    for _ in range(2):  # a filter set builds the chips anew
        walked, places = ["list-search"], []
        page.list.filters.search.setFocus()
        while walked[-1] != "list" and len(walked) < 12:
            press(window, Qt.Key.Key_Tab)
            focused = window.focusWidget()
            assert focused is not None
            walked.append(focused.objectName())
            places.append(focused.mapTo(page, focused.rect().center()).x())
        chips = walked[1:-2]
        assert walked[-2:] == ["choose-columns", "list"]
        assert chips
        assert all(name.startswith(("filter-", "add-filter", "clear-filters")) for name in chips)
        assert places[:-1] == sorted(places[:-1])
        page.list.filters.set_filters((Filter("nationality", ("CI",)),))
        QApplication.processEvents()


def test_bin_opens_on_its_table(window: MainWindow, records: Records, qtbot: QtBot) -> None:
    records.delete(window.context.actor, "person", SOW, "double")
    window.open(Bin())
    page = window.page
    assert isinstance(page, BinPage)
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)
    press(window, Qt.Key.Key_Return)
    assert not records.read("person", SOW).is_deleted
    qtbot.waitUntil(page.empty.isVisible)
    focused = window.focusWidget()  # the table went with its last row
    assert focused is not None
    assert focused.objectName() == "bin-kinds-0"


def test_f6_reads_the_bin_from_its_kinds(window: MainWindow, records: Records) -> None:
    window.open(Bin())
    page = window.page
    assert isinstance(page, BinPage)
    assert page.focus_regions() == (page.kinds, page.table)
    assert window.findChild(QTableView, "bin-table") is page.table
    assert window.findChild(QLineEdit, "list-search") is None


@pytest.mark.parametrize("language", [Language.AR, Language.EN])
def test_reason_begun_outlives_a_change_of_language(
    window: MainWindow, records: Records, qtbot: QtBot, language: Language
) -> None:
    window.open(RecordsOf("registration"))
    page = window.page
    assert isinstance(page, RecordsPage)
    qtbot.waitUntil(lambda: page.list.model.rowCount() == 4)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Delete):
        press(window, key)
    row = page.list.model.row(1)
    assert row is not None
    type_text(window, "entered tw")
    window._on_language_chosen(language)
    shown = window.page
    assert isinstance(shown, RecordsPage)
    assert shown is not page
    bar = shown.deletion
    assert bar.reason.text() == "entered tw"
    assert bar.reason.hasFocus()
    label = RECORD_BY_KEY["registration"].label.text(language)
    assert label in bar.accessibleName()
    qtbot.waitUntil(lambda: shown.list.model.rowCount() == 4)
    qtbot.waitUntil(lambda: window.context.tasks.is_idle)
    type_text(window, "ice")
    press(window, Qt.Key.Key_Return)
    assert records.read("registration", row.id).is_deleted
    assert not bar.isVisible()


@pytest.mark.parametrize("key", ["person", "event", "case"])
def test_reason_begun_on_a_page_outlives_it_too(
    window: MainWindow, records: Records, actor: Actor, qtbot: QtBot, key: str
) -> None:
    member = {"person_id": SOW, "place": "head", "from_on": DAY}
    case = {"office": "RBA", "opened_on": DAY, "membership": (member,)}
    records.save(actor, Draft("case_file", case, new_id=CASE))
    window.open(CasePage(CASE) if key == "case" else PersonPage(SOW))
    qtbot.waitUntil(lambda: window.context.tasks.is_idle)
    page = window.page
    assert isinstance(page, PersonPageView | CasePageView)
    if key == "event":
        assert isinstance(page, PersonPageView)
        page.delete_event()
    else:
        page.delete()
    type_text(window, "dou")
    window._on_language_chosen(Language.EN)
    assert window.page is not None
    bar = window.page.deletion
    assert bar is not None
    qtbot.waitUntil(bar.isVisible)
    assert bar.reason.hasFocus()
    assert bar.reason.text() == "dou"


def test_no_reason_begun_asks_nothing(window: MainWindow, qtbot: QtBot) -> None:
    list_of(window, qtbot)
    window._on_language_chosen(Language.EN)
    assert window.page is not None
    assert window.page.deletion is not None
    assert not window.page.deletion.isVisible()
