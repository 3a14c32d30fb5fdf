from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from tests.ui.conftest import TODAY, RecordingShell

from avrr_desktop.core.actors import Actor
from avrr_desktop.services.drafts import Draft
from avrr_desktop.services.records import Records
from avrr_desktop.services.worklist import Work
from avrr_desktop.ui.page import Context
from avrr_desktop.ui.routes import FormOf, NewRegistration, PersonPage, Today
from avrr_desktop.ui.today.page import TodayPage
from avrr_desktop.ui.today.words import first_names

PERSON = "a" * 32


def a_return(record_id: str, planned_on: date) -> Draft:
    values = {"person_id": PERSON, "office": "RBA", "country": "CI", "planned_on": planned_on}
    return Draft("return_from_morocco", values, new_id=record_id)


@pytest.fixture
def page(context: Context, qtbot: QtBot) -> Iterator[TodayPage]:
    made = TodayPage(context, Today())
    qtbot.addWidget(made)
    made.resize(1200, 700)
    made.show()
    qtbot.waitUntil(lambda: context.tasks.is_idle)
    yield made
    qtbot.waitUntil(lambda: context.tasks.is_idle)


def test_quiet_day_says_so(page: TodayPage, shell: RecordingShell, qtbot: QtBot) -> None:
    page._empty.button.click()
    assert page._empty.isVisible()
    assert shell.opened == [NewRegistration()]


@pytest.fixture
def planned(person: str, records: Records, actor: Actor) -> None:
    records.save(actor, a_return("1" * 32, TODAY + timedelta(days=3)))
    records.save(actor, a_return("2" * 32, TODAY - timedelta(days=3)))


def works(page: TodayPage) -> list[Work]:
    rows = range(page.lines.rowCount())
    return [line.work for row in rows if (line := page.lines.line(row)) is not None]


def test_lists_are_counted_and_the_first_is_shown(planned: None, page: TodayPage) -> None:
    assert works(page)[:3] == [Work.PLANNED_SOON, Work.PLANNED_PAST, Work.MISSING_PAPERS]
    item = page.items.item(0)
    assert item is not None
    assert item.record_id == "1" * 32
    line = page.lines.line(0)
    assert line is not None
    assert "KONÉ Aïcha" in first_names(line)


def test_enter_opens_the_record_of_the_row(
    planned: None, page: TodayPage, shell: RecordingShell
) -> None:
    QTest.keyClick(page.view, Qt.Key.Key_Down)
    QTest.keyClick(page.view, Qt.Key.Key_Return)
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert shell.opened == [FormOf("return_from_morocco", "2" * 32)]


def test_incomplete_person_opens_their_page(
    planned: None, page: TodayPage, shell: RecordingShell
) -> None:
    last = page.lines.rowCount() - 1
    page.view.setCurrentIndex(page.lines.index(last))
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert shell.opened == [PersonPage(PERSON)]


def test_line_goes_when_its_work_is_done(
    planned: None, page: TodayPage, records: Records, actor: Actor, qtbot: QtBot
) -> None:
    gone = records.delete(actor, "return_from_morocco", "1" * 32, "essai")
    page.refresh(gone)
    qtbot.waitUntil(lambda: Work.PLANNED_SOON not in works(page))


def test_chosen_list_is_found_again(
    planned: None, page: TodayPage, context: Context, qtbot: QtBot
) -> None:
    page.view.setCurrentIndex(page.lines.index(1))
    again = TodayPage(context, Today())
    qtbot.addWidget(again)
    again.set_state(page.state())
    qtbot.waitUntil(lambda: again.lines.rowCount() > 0)
    assert again.view.currentIndex().row() == 1
