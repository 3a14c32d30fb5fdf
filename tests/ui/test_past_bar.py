"""The figures as known on a day, asked on the summary page as a user would."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from tests.ui.conftest import RecordingShell, person_draft, registration_draft, wear

from avrr_desktop.core.clock import FixedClock
from avrr_desktop.core.labels import Language
from avrr_desktop.core.periods import parse_period
from avrr_desktop.services.summary import CellKey
from avrr_desktop.ui.page import Context
from avrr_desktop.ui.routes import FigureOf, SummaryOf
from avrr_desktop.ui.summary.figure_table import FigureTable
from avrr_desktop.ui.summary.live import live_figures
from avrr_desktop.ui.summary.page import SummaryPage

OTHER = "b" * 32
Kind = TypeVar("Kind", bound=QWidget)
MakePage = Callable[[], SummaryPage]


@pytest.fixture
def make_page(qtbot: QtBot, context: Context, person: str, clock: FixedClock) -> Iterator[MakePage]:
    """The page of 2023-S1: a woman registered on the 5th of July, a man on the 15th."""
    clock.instant += timedelta(days=10)
    values = {"family_name": "DIALLO", "sex": "man", "birth_typed": "1990"}
    drafts = person_draft(OTHER, **values), registration_draft(OTHER)
    context.records.save(context.actor, *drafts, confirm_all="invented")
    made: list[SummaryPage] = []

    def make() -> SummaryPage:
        page = SummaryPage(context, SummaryOf("2023-S1"))
        qtbot.addWidget(page)
        page.resize(1200, 760)
        page.show()
        qtbot.waitExposed(page)
        qtbot.waitUntil(lambda: live_figures(context).is_whole)
        made.append(page)
        return page

    yield make
    for page in made:
        page.hide()


@pytest.fixture
def page(make_page: MakePage) -> SummaryPage:
    return make_page()


def found(page: SummaryPage, kind: type[Kind], name: str) -> Kind:
    widget = page.findChild(kind, name)
    assert widget is not None, name
    return widget


def women_and_men(page: SummaryPage) -> tuple[str, str]:
    """What stands in the line of registrations."""
    lines = found(page, FigureTable, "summary-table").figures.lines
    cells = next(line for line in lines if line.code == "registrations").cells
    groups = {cell.key.group: cell.text for cell in cells if cell.key and not cell.is_previous}
    return groups["women"], groups["men"]


def ask(page: SummaryPage, day: str, time: str) -> None:
    """Through the keyboard alone."""
    button = found(page, QPushButton, "past-ask")
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    line = found(page, QLineEdit, "past-day")
    line.clear()
    QTest.keyClicks(line, day)
    QTest.keyClick(line, Qt.Key.Key_Return)
    hour = found(page, QLineEdit, "past-time")
    QTest.keyClicks(hour, time)
    QTest.keyClick(hour, Qt.Key.Key_Return)


def banner_text(page: SummaryPage) -> str:
    banner = found(page, QWidget, "past-banner")
    return found(page, QLabel, "past-banner-text").text() if banner.isVisibleTo(page) else ""


def wait_for_past(qtbot: QtBot, page: SummaryPage) -> None:
    qtbot.waitUntil(lambda: bool(banner_text(page)))


def test_figures_of_a_day_and_back_to_now_by_keys_alone(
    qtbot: QtBot, page: SummaryPage, shell: RecordingShell
) -> None:
    assert women_and_men(page) == ("1", "1")
    ask(page, "10/07/2023", "")
    wait_for_past(qtbot, page)
    assert women_and_men(page) == ("1", "0")
    assert banner_text(page).startswith("Figures as known on 10/07/2023 at 23:59:59.")
    assert not found(page, QPushButton, "export-workbook").isVisibleTo(page)
    table = found(page, FigureTable, "summary-table")
    qtbot.waitUntil(table.hasFocus)
    row = next(i for i, line in enumerate(table.figures.lines) if line.code == "registrations")
    table.setCurrentIndex(table.figures.index(row, 1))
    QTest.keyClick(table, Qt.Key.Key_Return)
    end_of_day = datetime(2023, 7, 10, 23, 59, 59, 999999).astimezone(UTC)
    men = CellKey("registrations", "persons", None, "men")
    assert shell.opened == [FigureOf("2023-S1", men, known_at=end_of_day)]
    back = found(page, QPushButton, "past-banner-action")
    back.setFocus()
    QTest.keyClick(back, Qt.Key.Key_Space)
    assert women_and_men(page) == ("1", "1")
    assert banner_text(page) == ""
    assert found(page, QPushButton, "export-workbook").isVisibleTo(page)


def test_route_to_a_moment_shows_it(qtbot: QtBot, make_page: MakePage, context: Context) -> None:
    make_page()
    route = SummaryOf("2023-S1", datetime(2023, 7, 10, 12, tzinfo=UTC))
    page = SummaryPage(context, route)
    qtbot.addWidget(page)
    page.show()
    wait_for_past(qtbot, page)
    assert women_and_men(page) == ("1", "0")
    page.hide()


def test_a_save_does_not_move_the_figures_of_the_past(
    qtbot: QtBot, page: SummaryPage, context: Context
) -> None:
    ask(page, "15/07/2023", "")
    wait_for_past(qtbot, page)
    assert women_and_men(page) == ("1", "1")
    live = live_figures(context)
    saved = context.records.delete(context.actor, "person", OTHER, "double", watch=live.period)
    context.changes.announce(saved)
    assert live.summary is not None
    assert live.summary.value("registrations", "persons") == 1
    assert women_and_men(page) == ("1", "1")
    qtbot.waitUntil(lambda: live.is_whole)


def test_another_period_is_of_the_same_moment(
    qtbot: QtBot, page: SummaryPage, context: Context
) -> None:
    ask(page, "10/07/2023", "9h30")
    wait_for_past(qtbot, page)
    live_figures(context).set_period(parse_period("2023"))
    title = found(page, QLabel, "summary-title")
    qtbot.waitUntil(lambda: "year" in title.accessibleName())
    assert women_and_men(page) == ("1", "0")
    assert "10/07/2023 at 09:30." in banner_text(page)
    qtbot.waitUntil(lambda: live_figures(context).is_whole)


@pytest.mark.parametrize(
    ("day", "time", "said"),
    [
        ("", "", "Type a day."),
        ("32/07/2023", "", "This day does not exist."),
        ("16/07/2023", "", "This date is in the future."),
        ("10/07/2023", "25:00", "Not a time. Type it as 10:30."),
        ("10/07/2023", "midi", "Not a time. Type it as 10:30."),
        ("15/07/2023", "23:59", "This moment lies in the future: nothing is known of it yet."),
        (
            "01/07/2023",
            "",
            "The register began on 05/07/2023: nothing was known before.",
        ),
    ],
)
def test_what_cannot_be_known_is_said_beside_the_fields(
    qtbot: QtBot, page: SummaryPage, day: str, time: str, said: str
) -> None:
    ask(page, day, time)
    shown = found(page, QWidget, "past-said")
    words = found(page, QLineEdit, "past-day"), found(page, QLineEdit, "past-time")
    qtbot.waitUntil(lambda: any(said == line.accessibleDescription() for line in words))
    assert shown.isVisibleTo(page)
    assert banner_text(page) == ""
    assert women_and_men(page) == ("1", "1")
    QTest.keyClick(words[0], Qt.Key.Key_Escape)
    assert not shown.isVisibleTo(page)


def test_the_moment_survives_a_switch_of_language(
    qtbot: QtBot, make_page: MakePage, qapp: QApplication
) -> None:
    first = make_page()
    ask(first, "10/07/2023", "")
    wait_for_past(qtbot, first)
    state = first.state()
    wear(qapp, Language.AR)
    page = make_page()
    page.set_state(state)
    assert women_and_men(page) == ("1", "0")
    assert banner_text(page).startswith("Figures as known on 10/07/2023")
