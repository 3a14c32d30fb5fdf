"""Probable duplicates, merging and separating, with real clicks and keys."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QRadioButton, QWidget
from pytestqt.qtbot import QtBot
from tests.ui.conftest import RecordingShell, person_draft, registration_draft, wear

from avrr_desktop.core.actors import Actor
from avrr_desktop.core.labels import Language
from avrr_desktop.core.periods import parse_period
from avrr_desktop.services.backups import Reason, backups
from avrr_desktop.services.duplicates_found import probable_duplicates
from avrr_desktop.services.merging import merge
from avrr_desktop.services.person_page import read_person
from avrr_desktop.services.records import Records
from avrr_desktop.services.register import Register
from avrr_desktop.services.worklist import Work
from avrr_desktop.ui.duplicates.merge_page import MergePage
from avrr_desktop.ui.duplicates.model import WHY
from avrr_desktop.ui.duplicates.page import DuplicatesPage
from avrr_desktop.ui.page import Context
from avrr_desktop.ui.person.page import PersonPageView
from avrr_desktop.ui.routes import DuplicatesOf, MergeOf, PersonPage, Today
from avrr_desktop.ui.theme.tokens import Scheme
from avrr_desktop.ui.today.page import TodayPage
from avrr_desktop.ui.widgets.banners import Banner
from avrr_desktop.ui.widgets.buttons import Button
from avrr_desktop.ui.widgets.text import Text

KEPT, GONE = "a" * 32, "b" * 32
S1 = parse_period("2023-S1")


@pytest.fixture
def two_files(register: Register, records: Records, actor: Actor, context: Context) -> Register:
    """KONÉ Aïcha entered twice: the second time as KONNEH Aicha, a year only, with her passport."""
    context.period = "2023-S1"
    passport = ({"kind": "passport", "number": "R0123456"},)
    other = {"family_name": "KONNEH", "given_name": "Aicha", "birth_typed": "1993"}
    records.save(
        actor,
        person_draft(KEPT, document=passport, city="rabat"),
        person_draft(GONE, document=passport, **other),
        registration_draft(KEPT),
        registration_draft(GONE, registered_on=date(2023, 3, 2), contacted_on=date(2023, 3, 1)),
        confirm_all="test",
    )
    return register


def shown(qtbot: QtBot, page: QWidget) -> None:
    qtbot.addWidget(page)
    page.resize(1220, 760)
    page.show()


@pytest.fixture
def pairs(qtbot: QtBot, context: Context, two_files: Register) -> DuplicatesPage:
    page = DuplicatesPage(context, DuplicatesOf())
    shown(qtbot, page)
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)
    return page


@pytest.fixture
def merging(qtbot: QtBot, context: Context, two_files: Register) -> MergePage:
    page = MergePage(context, MergeOf(KEPT, GONE))
    shown(qtbot, page)
    return page


def click(page: QWidget, name: str) -> None:
    button = page.findChild(Button, name)
    assert button is not None
    assert button.isVisible()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def choose(page: QWidget, name: str) -> None:
    button = page.findChild(QRadioButton, name)
    assert button is not None
    QTest.mouseClick(button, Qt.MouseButton.LeftButton, pos=button.rect().center())
    if not button.isChecked():  # a click beside the words
        button.setFocus()
        QTest.keyClick(button, Qt.Key.Key_Space)
    assert button.isChecked()


def text_of(page: QWidget, name: str) -> str:
    label = page.findChild(Text, name)
    assert label is not None
    return label.text().replace("\u2066", "").replace("\u2069", "").replace("\u2011", "-")


def test_a_pair_says_why(pairs: DuplicatesPage) -> None:
    said = str(pairs.model.index(0, WHY).data(Qt.ItemDataRole.AccessibleTextRole))
    assert "R0123456" in said
    assert said.count(",") == 3
    assert text_of(pairs, "duplicates-count").startswith("1")


def test_enter_puts_the_two_files_side_by_side(
    pairs: DuplicatesPage, shell: RecordingShell
) -> None:
    pairs.table.setFocus()
    QTest.keyClick(pairs.table, Qt.Key.Key_Return)
    click(pairs, "same-person")
    assert shell.opened == [MergeOf(KEPT, GONE)] * 2
    click(pairs, "open-first")
    assert shell.opened[-1] == PersonPage(KEPT)


def test_different_persons_need_a_reason_and_leave_the_list(
    pairs: DuplicatesPage, shell: RecordingShell, qtbot: QtBot, records: Records, actor: Actor
) -> None:
    click(pairs, "different-persons")
    assert not pairs.reason.do_button.isEnabled()
    QTest.keyClick(pairs.reason.reason, Qt.Key.Key_Return)
    assert not shell.done
    QTest.keyClicks(pairs.reason.reason, "Deux cousines")
    QTest.keyClick(pairs.reason.reason, Qt.Key.Key_Return)
    assert len(shell.done) == 1
    pairs.refresh(shell.done[0][0])
    qtbot.waitUntil(lambda: pairs.model.rowCount() == 0)
    assert pairs.empty.isVisible()
    records.undo(actor)
    pairs.look_again()
    qtbot.waitUntil(lambda: pairs.model.rowCount() == 1)


def test_escape_gives_up_saying_they_are_different(
    pairs: DuplicatesPage, shell: RecordingShell
) -> None:
    click(pairs, "different-persons")
    QTest.keyClick(pairs.reason.reason, Qt.Key.Key_Escape)
    assert not pairs.reason.isVisible()
    assert pairs.table.hasFocus()
    assert not shell.done


def test_the_search_can_be_given_up_and_asked_again(
    qtbot: QtBot, context: Context, two_files: Register
) -> None:
    page = DuplicatesPage(context, DuplicatesOf())
    shown(qtbot, page)
    click(page, "duplicates-search-cancel")
    qtbot.waitUntil(lambda: context.tasks.is_idle and not page.busy.is_busy)
    if not page.model.rowCount():  # cancelled in time
        assert page.busy.news.isVisible()
        click(page, "look-again")
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)


def test_only_what_differs_is_asked(merging: MergePage) -> None:
    assert merging.fields is not None
    asked = set(merging.fields.chosen())
    assert asked == {"family_name", "given_name", "birth_typed", "city"}
    agreed = merging.findChild(Button, "merge-agreed")
    assert agreed is not None
    before = agreed.text()
    click(merging, "merge-agreed")
    assert agreed.text() != before


def test_merging_shows_its_effect_asks_why_and_opens_the_survivor(
    merging: MergePage, shell: RecordingShell, register: Register, qtbot: QtBot
) -> None:
    assert "Enregistrements −1" in text_of(merging, "merge-effect")
    button = merging.findChild(Button, "merge-do")
    assert button is not None
    assert not button.isEnabled()
    choose(merging, "take-birth_typed-1")
    QTest.keyClicks(merging.reason, "Meme passeport")
    click(merging, "merge-do")
    qtbot.waitUntil(lambda: shell.opened == [PersonPage(KEPT)])
    assert [copy.reason for copy in backups(register.paths)] == [Reason.MERGE]
    assert len(shell.done) == 1
    view = read_person(register, GONE, S1)
    assert (view.id, view.values["birth_typed"]) == (KEPT, "1993")
    assert view.values["family_name"] == "KONÉ"


def test_the_other_file_may_stay(
    merging: MergePage, shell: RecordingShell, register: Register, qtbot: QtBot
) -> None:
    assert merging.fields is not None
    choose(merging, "keep-1")
    # What only the other file knows goes over to the one that stays.
    assert merging.fields.taken() == ("city",)
    choose(merging, "take-family_name-0")
    QTest.keyClicks(merging.reason, "Meme passeport")
    QTest.keyClick(merging.reason, Qt.Key.Key_Return)
    QTest.keyClick(merging.reason, Qt.Key.Key_Return)  # once is enough
    qtbot.waitUntil(lambda: len(shell.done) == 1)
    view = read_person(register, KEPT, S1)
    assert (view.id, view.values["given_name"], view.values["city"]) == (GONE, "Aicha", "rabat")
    assert view.values["family_name"] == "KONÉ"


def test_what_was_chosen_is_come_back_to(
    merging: MergePage, qtbot: QtBot, context: Context
) -> None:
    choose(merging, "keep-1")
    choose(merging, "take-given_name-0")
    QTest.keyClicks(merging.reason, "Meme")
    again = MergePage(context, MergeOf(KEPT, GONE))
    shown(qtbot, again)
    again.set_state(merging.state())
    assert again.state() == merging.state()


def test_a_file_merged_meanwhile_is_said_to_be(
    merging: MergePage, shell: RecordingShell, register: Register, actor: Actor, qtbot: QtBot
) -> None:
    merge(register, actor, KEPT, GONE, (), reason="ailleurs")
    QTest.keyClicks(merging.reason, "Meme passeport")
    QTest.keyClick(merging.reason, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(shell.failed) == 1)
    retry = shell.retries[0]
    assert retry is not None
    retry()
    assert merging.files is None


def test_the_page_of_the_person_separates_again(
    qtbot: QtBot, context: Context, two_files: Register, actor: Actor, shell: RecordingShell
) -> None:
    merge(two_files, actor, KEPT, GONE, ("birth_typed",), reason="Same passport")
    page = PersonPageView(context, PersonPage(GONE))
    shown(qtbot, page)
    assert page.view is not None
    assert page.view.id == KEPT
    banner = page.findChild(Banner, "merged-P-000002")
    assert banner is not None
    assert "KONNEH Aicha" in banner.accessibleName()
    QTest.mouseClick(banner.action, Qt.MouseButton.LeftButton)
    assert "Enregistrements +1" in text_of(page, "separation-effect")
    QTest.keyClicks(page.separation.reason, "Deux soeurs")
    QTest.keyClick(page.separation.reason, Qt.Key.Key_Return)
    assert len(shell.done) == 1
    page.refresh(shell.done[0][0])
    assert page.findChild(Banner, "merged-P-000002") is None or page.view.id == GONE
    assert read_person(two_files, KEPT, S1).values["birth_typed"] == "07/09/1993"


def test_the_day_s_work_counts_the_pairs_and_opens_them(
    qtbot: QtBot, context: Context, two_files: Register, shell: RecordingShell
) -> None:
    page = TodayPage(context, Today())
    shown(qtbot, page)
    qtbot.waitUntil(lambda: context.tasks.is_idle)
    works = [line.work for row in range(9) if (line := page.lines.line(row)) is not None]
    assert Work.DUPLICATES in works
    page.view.setCurrentIndex(page.lines.index(works.index(Work.DUPLICATES)))
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert shell.opened == [DuplicatesOf()]


@pytest.mark.parametrize("language", list(Language))
def test_every_control_has_words_in_every_language(
    qtbot: QtBot, qapp: QApplication, context: Context, two_files: Register, language: Language
) -> None:
    wear(qapp, language, Scheme.DARK)
    for page in (
        DuplicatesPage(context, DuplicatesOf()),
        MergePage(context, MergeOf(KEPT, GONE)),
    ):
        shown(qtbot, page)
        qtbot.waitUntil(lambda: context.tasks.is_idle)
        for button in page.findChildren(QWidget):
            if isinstance(button, Button | QRadioButton) and button.isVisible():
                assert button.accessibleName() or button.text()
    assert probable_duplicates(two_files).total == 1
