from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from tests.ui.conftest import RecordingShell

from avrr_desktop.services.identities import IDENTITIES, guarding
from avrr_desktop.services.summary import Roll, Summary, rolls_of, summary_of
from avrr_desktop.services.summary.cells import CellKey
from avrr_desktop.ui.identities.model import STATE, VALUE, WANTED
from avrr_desktop.ui.identities.page import ChecksPage
from avrr_desktop.ui.page import Context
from avrr_desktop.ui.routes import ChecksOf, FigureOf, PersonPage
from avrr_desktop.ui.widgets.buttons import Button

MEN = CellKey("registrations", "persons", None, "men")
Opened = Callable[[], ChecksPage]


@pytest.fixture
def opened(context: Context, qtbot: QtBot) -> Iterator[Opened]:
    def open_page() -> ChecksPage:
        page = ChecksPage(context, ChecksOf("2023-S1"))
        qtbot.addWidget(page)
        page.resize(1200, 700)
        page.show()
        qtbot.waitUntil(lambda: context.tasks.is_idle and page.model.rowCount() > 0)
        return page

    yield open_page
    qtbot.waitUntil(lambda: context.tasks.is_idle)


def texts(page: ChecksPage, column: int) -> list[str]:
    rows = range(page.model.rowCount())
    return [str(page.model.index(row, column).data()) for row in rows]


@pytest.fixture
def tampered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three men whom nobody registered."""

    def count(*given: object) -> Summary:
        summary = summary_of(*given)  # type: ignore[arg-type]
        return replace(summary, cells={**summary.cells, MEN: 3})

    monkeypatch.setattr(guarding, "summary_of", count)


def test_sound_figures_are_all_green(opened: Opened, person: str) -> None:
    page = opened()
    assert page.model.rowCount() == len(IDENTITIES) - 1  # no workbook was made
    assert set(texts(page, STATE)) == {"Verified"}
    assert page._verdict.isVisible()


def test_a_red_identity_comes_first_and_its_figure_opens_the_list(
    opened: Opened, tampered: None, shell: RecordingShell, qtbot: QtBot
) -> None:
    page = opened()
    assert texts(page, STATE)[0] != "Verified"
    assert (texts(page, VALUE)[1], texts(page, WANTED)[1]) == ("\u20660\u2069", "3")
    QTest.keyClick(page.table, Qt.Key.Key_Down)
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert shell.opened == [FigureOf("2023-S1", CellKey("registrations", "persons"))]


def test_the_one_person_to_look_at_is_opened(
    opened: Opened,
    monkeypatch: pytest.MonkeyPatch,
    shell: RecordingShell,
) -> None:
    def with_stranger(*given: object) -> tuple[Roll, ...]:
        rolls = rolls_of(*given)  # type: ignore[arg-type]
        return tuple(
            replace(roll, members={(None, "stranger")}, groups={"stranger": "women"})
            if roll.section == "cohort"
            else roll
            for roll in rolls
        )

    monkeypatch.setattr(guarding, "rolls_of", with_stranger)
    page = opened()
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert shell.opened == [PersonPage("stranger")]


def test_checking_again_counts_again(
    opened: Opened, context: Context, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    page = opened()
    broken = {MEN: 3}
    monkeypatch.setattr(
        guarding,
        "summary_of",
        lambda *given: replace(summary_of(*given), cells=broken),
    )
    button = page.findChild(Button, "check-again")
    assert button is not None
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: context.tasks.is_idle and texts(page, STATE)[0] != "Verified")
    page.refresh()
    page.refresh()  # while the first is under way: once more afterwards, nothing is lost
    assert page._is_stale
    qtbot.waitUntil(lambda: context.tasks.is_idle and not page._is_stale)


def test_it_comes_back_to_the_line_one_was_on(opened: Opened, context: Context) -> None:
    page = opened()
    page.set_state(3)
    page._show(guarding.guarded_count(context.register, page._period))
    assert page.state() == 3
