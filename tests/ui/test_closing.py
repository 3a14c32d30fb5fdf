"""Closing a semester and its gap, driven by clicks and keys on a small register."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from threading import Event

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import text
from tests.ui.conftest import RecordingShell, wear

from avrr_desktop.core.actors import Actor, Role
from avrr_desktop.core.errors import UserError
from avrr_desktop.core.labels import Language
from avrr_desktop.core.periods import parse_period
from avrr_desktop.core.translation import load_catalogues
from avrr_desktop.paths import resources_dir
from avrr_desktop.services.closing.closings import close, publish
from avrr_desktop.services.closing.corrections import APPROVED, REFUSED, corrections
from avrr_desktop.services.closing.held import closing_for, closings
from avrr_desktop.services.drafts import Draft
from avrr_desktop.services.records import Records
from avrr_desktop.services.register import Register
from avrr_desktop.ui.closing.checks import CheckLine, State
from avrr_desktop.ui.closing.freeze import FreezeDialog
from avrr_desktop.ui.closing.gap_lines import LineKind
from avrr_desktop.ui.closing.page import ClosingPage
from avrr_desktop.ui.closing.semesters import past_semesters, semester_to_close
from avrr_desktop.ui.closing.words import change_text, fingerprint_text
from avrr_desktop.ui.page import Context
from avrr_desktop.ui.routes import ClosingOf, FormOf, PersonPage
from avrr_desktop.ui.widgets.buttons import Button
from avrr_desktop.ui.widgets.text import Text

S1 = parse_period("2023-S1")
S2 = parse_period("2022-S2")
SUPERVISOR = Actor("supervisor", "Youssef Benjelloun", Role.SUPERVISOR)
SALMA = Actor("salma", "Salma Idrissi", Role.CASEWORKER)
PERSON = "a" * 32
OpenPage = Callable[[ClosingOf], ClosingPage]


@pytest.fixture(autouse=True)
def _speaks() -> None:
    load_catalogues(resources_dir() / "i18n")


@pytest.fixture
def open_page(context: Context, qtbot: QtBot) -> Iterator[OpenPage]:
    """Opens the page and waits until both cards are read."""

    def made(route: ClosingOf) -> ClosingPage:
        page = ClosingPage(context, route)
        qtbot.addWidget(page)
        page.resize(1200, 760)
        page.show()
        qtbot.waitExposed(page)
        qtbot.waitUntil(lambda: context.tasks.is_idle)
        QApplication.processEvents()  # what came last is laid out
        return page

    yield made
    qtbot.waitUntil(lambda: context.tasks.is_idle)


def click(page: ClosingPage, name: str) -> None:
    """Press the button of this name, which must be seen and enabled."""
    found = [b for b in page.findChildren(Button, name) if b.isVisible() and b.isEnabled()]
    assert found, name
    QTest.mouseClick(found[0], Qt.MouseButton.LeftButton)


def texts(page: ClosingPage, name: str) -> list[str]:
    return [label.text() for label in page.findChildren(Text, name) if label.isVisible()]


def corrected(records: Records, **values: object) -> None:
    """Salma corrects the person's file after the closing."""
    stored = records.read("person", PERSON)
    new = {**stored.values, **values}
    draft = Draft("person", new, id=PERSON, version=stored.version)
    records.save(SALMA, draft, correction="Passeport reçu")


@pytest.fixture
def published(person: str, register: Register) -> None:
    """2023-S1 frozen and given out."""
    close(register, SUPERVISOR, S1)
    publish(register, SUPERVISOR, S1)


def test_nothing_closed_yet_says_so(open_page: OpenPage) -> None:
    page = open_page(ClosingOf())
    assert page.closed._empty.isVisible()
    assert "Clôturer" in texts(page, "page-title")[0]


@pytest.fixture
def overdue(person: str, records: Records, actor: Actor) -> str:
    """A return planned on a day gone by, neither done nor given up."""
    values = {"person_id": person, "office": "RBA", "country": "CI"}
    planned = {**values, "planned_on": date(2023, 5, 2)}
    records.save(actor, Draft("return_from_morocco", planned, new_id="1" * 32))
    return "1" * 32


def test_blocking_point_opens_its_record(
    overdue: str, open_page: OpenPage, shell: RecordingShell
) -> None:
    page = open_page(ClosingOf(S1.code))
    assert texts(page, "freeze-why") == [
        "Réglez le point bloquant, ou donnez un motif pour figer malgré tout."
    ]
    click(page, "open-planned_past")
    assert shell.opened == [FormOf("return_from_morocco", overdue)]


def test_blocking_point_is_passed_for_a_reason_alone(
    overdue: str, register: Register, open_page: OpenPage, context: Context, qtbot: QtBot
) -> None:
    page = open_page(ClosingOf(S1.code))
    asked = []

    def give_reason() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, FreezeDialog)
        asked.append((dialog.freeze.isEnabled(), dialog.focusWidget() is dialog.reason))
        QTest.keyClicks(dialog.reason, "  ")
        asked.append((dialog.freeze.isEnabled(), True))
        QTest.keyClicks(dialog.reason, "Date attendue")
        QTest.keyClick(dialog.reason, Qt.Key.Key_Return)

    QTimer.singleShot(0, give_reason)
    click(page, "freeze")
    qtbot.waitUntil(lambda: context.tasks.is_idle and page.closed.view is not None)
    assert asked == [(False, True), (False, True)]
    assert closing_for(register, S1) is not None
    with register.database.reading() as connection:
        kept = "SELECT DISTINCT reason FROM change WHERE action = 'close'"
        assert connection.execute(text(kept)).scalars().all() == ["Date attendue"]


def test_figures_that_do_not_agree_are_passed_by_no_reason(
    overdue: str, open_page: OpenPage
) -> None:
    page = open_page(ClosingOf(S1.code))
    assert page.checks.checked is not None
    red = CheckLine("identities", State.BLOCKING, "shield-check", "Total", count=1, is_final=True)
    checked = page.checks.checked
    page.checks.show_checked(replace(checked, lines=(red, *checked.lines)))
    assert not page.checks.freeze.isEnabled()
    assert texts(page, "freeze-why") == ["Réglez d’abord les 2 points bloquants."]


def test_empty_part_is_declared(
    person: str, open_page: OpenPage, context: Context, qtbot: QtBot
) -> None:
    page = open_page(ClosingOf(S1.code))
    click(page, "open-empty_sections")
    before = page.checks.checked
    qtbot.waitUntil(
        lambda: any(b.isVisible() for b in page.findChildren(Button, "declare-resettlement"))
    )
    click(page, "declare-resettlement")
    qtbot.waitUntil(lambda: context.tasks.is_idle and page.checks.checked is not before)
    QApplication.processEvents()
    names = {b.objectName() for b in page.findChildren(Button) if b.isVisible()}
    assert "declare-resettlement" not in names


def answer(name: str) -> None:
    """Press a button of the dialog once it is on screen."""

    def press() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, FreezeDialog)
        button = dialog.findChild(Button, name)
        assert button is not None
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    QTimer.singleShot(0, press)


def test_freezing_is_asked_then_done(
    person: str, register: Register, open_page: OpenPage, context: Context, qtbot: QtBot
) -> None:
    page = open_page(ClosingOf(S1.code))
    assert page.header.steps.step() == 1
    answer("freeze-leave")
    click(page, "freeze")
    assert closing_for(register, S1) is None
    answer("freeze-do")
    click(page, "freeze")
    qtbot.waitUntil(lambda: context.tasks.is_idle and page.closed.view is not None)
    closing = closing_for(register, S1)
    assert closing is not None
    assert closing.actor_id == context.actor.id
    assert page.header.steps.step() == 2
    assert page.focusWidget() is page.closed.table
    assert page.closed._none.isVisible()
    assert page.closed.seal.verdict.text() == "Empreinte conforme"
    click(page, "publish")
    assert page.header.steps.step() == 3


@pytest.mark.usefixtures("person")
def test_a_refused_freeze_is_said_whatever_changes_meanwhile(
    open_page: OpenPage,
    context: Context,
    shell: RecordingShell,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    page = open_page(ClosingOf(S1.code))
    is_changed = Event()

    def refused(*_: object) -> None:
        assert is_changed.wait(10)
        raise UserError("already_closed", period=S1.code, day=date(2023, 7, 5))

    monkeypatch.setattr("avrr_desktop.ui.closing.page.close", refused)
    answer("freeze-do")
    click(page, "freeze")
    assert not page.checks.busy.cancel_button.isVisible()
    page.refresh()
    is_changed.set()
    qtbot.waitUntil(lambda: bool(shell.failed))
    qtbot.waitUntil(lambda: context.tasks.is_idle and page.checks.freeze.isEnabled())


def test_gap_is_told_person_by_person(
    published: None,
    records: Records,
    open_page: OpenPage,
    shell: RecordingShell,
) -> None:
    corrected(records, sex="man")
    page = open_page(ClosingOf(S1.code))
    lines = {(one.section, one.label): one for one in page.closed.table.gap.lines}
    women, men = lines["registrations", "Femmes"], lines["registrations", "Hommes"]
    assert (women.published, women.recomputed, women.explanation) == (1, 0, "1 vers hommes")
    assert (men.published, men.recomputed, men.explanation) == (0, 1, "1 depuis femmes")
    assert texts(page, "explanation-change") == ["femme → homme"]
    why = texts(page, "explanation-why")[0]
    assert "Salma Idrissi" in why
    assert "Passeport reçu" in why
    click(page, "explanation-person")
    assert shell.opened == [PersonPage(PERSON)]


def test_other_figures_unfold_with_the_keyboard(
    published: None, records: Records, open_page: OpenPage
) -> None:
    corrected(records, sex="man")
    page = open_page(ClosingOf(S1.code))
    table = page.closed.table
    kinds = [line.kind for line in table.gap.lines]
    table.setFocus()
    table.setCurrentIndex(table.gap.index(kinds.index(LineKind.MORE), 0))
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert LineKind.FIGURE in [line.kind for line in table.gap.lines]
    QTest.keyClick(table, Qt.Key.Key_Space)
    assert LineKind.FIGURE not in [line.kind for line in table.gap.lines]


def test_correction_is_approved(
    published: None, records: Records, register: Register, open_page: OpenPage
) -> None:
    corrected(records, sex="man")
    page = open_page(ClosingOf(S1.code))
    click(page, "correction-approve")
    assert [one.status for one in corrections(register, S1)] == [APPROVED]


@pytest.mark.usefixtures("published")
def test_correction_is_refused_with_a_reason(
    records: Records,
    register: Register,
    open_page: OpenPage,
    context: Context,
    qtbot: QtBot,
) -> None:
    corrected(records, sex="man")
    page = open_page(ClosingOf(S1.code))
    click(page, "correction-refuse")
    assert not page.closed.reasons.confirm.isEnabled()
    QTest.keyClicks(page.closed.reasons.reason, "mauvaise fiche")
    QTest.keyClick(page.closed.reasons.reason, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: context.tasks.is_idle)
    assert [one.status for one in corrections(register, S1)] == [REFUSED]
    assert records.read("person", PERSON).values["sex"] == "woman"
    assert not page.closed.corrections.isVisible()


def test_erratum_is_copied_in_the_language_chosen(
    published: None, records: Records, open_page: OpenPage
) -> None:
    corrected(records, sex="man")
    page = open_page(ClosingOf(S1.code))
    QTest.keyClick(page.closed.erratum.languages, Qt.Key.Key_Left)
    click(page, "erratum-copy")
    copied = QGuiApplication.clipboard().text()
    assert "Registrations" in copied
    assert copied == texts(page, "erratum-text")[0]


def test_reopening_asks_a_reason_and_escape_gives_up(
    published: None, register: Register, open_page: OpenPage, context: Context, qtbot: QtBot
) -> None:
    page = open_page(ClosingOf(S1.code))
    click(page, "reopen")
    QTest.keyClick(page.closed.reasons.reason, Qt.Key.Key_Escape)
    assert not page.closed.reasons.isVisible()
    click(page, "reopen")
    QTest.keyClicks(page.closed.reasons.reason, "fiches manquantes")
    click(page, "closing-reason-do")
    qtbot.waitUntil(lambda: context.tasks.is_idle)
    assert closings(register)[0].reopened_reason == "fiches manquantes"
    assert page.checks._reopened.isVisible()
    assert page.closed._empty.isVisible()


def test_altered_closing_is_red(published: None, register: Register, open_page: OpenPage) -> None:
    with register.database.writing() as connection:
        connection.execute(text("UPDATE closing SET fingerprint = :f"), {"f": "0" * 64})
    page = open_page(ClosingOf(S1.code))
    assert page.closed.seal.verdict.text() == "Empreinte non conforme"
    assert page.closed._altered.isVisible()
    assert not page.closed.table.isVisible()


def test_choices_carry_a_padlock_and_are_found_again(
    person: str, register: Register, open_page: OpenPage, context: Context, qtbot: QtBot
) -> None:
    close(register, SUPERVISOR, S2)
    page = open_page(ClosingOf())
    assert page.state()[:2] == ("2023-S1", "2022-S2")  # type: ignore[index]
    menu = page.header.chooser.make_menu()
    locked = [a.objectName() for a in menu.actions() if not a.icon().isNull()]
    assert locked == ["semester-2022-S2"]
    next(a for a in menu.actions() if a.objectName() == "semester-2022-S1").trigger()
    qtbot.waitUntil(lambda: context.tasks.is_idle)
    again = open_page(ClosingOf())
    again.set_state(page.state())
    assert again.state()[:2] == ("2022-S1", "2022-S2")  # type: ignore[index]


def test_narrow_page_shows_one_card_at_a_time(published: None, open_page: OpenPage) -> None:
    page = open_page(ClosingOf(S1.code))
    page.resize(800, 600)
    assert page.checks.isVisible()
    assert not page.closed.isVisible()
    QTest.keyClick(page.tabs, Qt.Key.Key_Right)
    assert page.closed.isVisible()
    assert not page.checks.isVisible()


def test_semester_to_close_is_the_first_left_open() -> None:
    today = date(2023, 7, 5)
    assert semester_to_close(today, ()) == S1
    assert semester_to_close(today, (S2,)) == S1
    assert semester_to_close(today, (S2.previous, S1)) == S2
    assert semester_to_close(today, (S2, S1)) == S1
    old = parse_period("2009-S1")
    offered = past_semesters(today, (old, S2))
    assert (offered[0], offered[-1]) == (S1, old)
    assert len(set(offered)) == len(offered)


def test_fingerprint_stands_in_groups_of_four() -> None:
    said = fingerprint_text("7f3a91c4e02b5d880c16a97e42b1f3d0" + "0" * 32)
    assert said == "\u20667F3A 91C4 E02B 5D88 · 0C16 A97E 42B1 F3D0\u2069"


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize(
    ("language", "said"),
    [(Language.FR, "femme → homme"), (Language.AR, "امرأة ← رجل"), (Language.EN, "woman → man")],
)
def test_change_reads_in_the_language_of_the_screen(
    records: Records,
    open_page: OpenPage,
    qapp: QApplication,
    language: Language,
    said: str,
) -> None:
    corrected(records, sex="man")
    wear(qapp, language)
    page = open_page(ClosingOf(S1.code))
    assert page.closed.view is not None
    assert change_text(page.closed.view.explanations[0], "registrations") == said


def test_a_check_stopped_for_another_one_is_done_again(
    overdue: str, context: Context, qtbot: QtBot
) -> None:
    page = ClosingPage(context, ClosingOf(S1.code))
    qtbot.addWidget(page)
    page.show()
    page.set_state(page.state())  # the language was changed while the points were being verified
    qtbot.waitUntil(lambda: context.tasks.is_idle)
    assert page.checks.checked is not None
    assert page.checks.busy.news.isHidden()
    page.refresh()
    page.checks.busy.cancel()  # by hand: said, and left at that
    qtbot.waitUntil(lambda: context.tasks.is_idle)
    assert page.checks.busy.news.isVisible()
