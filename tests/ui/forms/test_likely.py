"""Somebody of the register is seen while they are typed again, and asked about at the save."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from tests.ui.conftest import RecordingShell
from tests.ui.forms.hands import box_of, click, error_of, press, save, show
from tests.ui.forms.test_registration import type_person

from avrr_desktop.core.actors import Actor, Role
from avrr_desktop.services.drafts import Draft
from avrr_desktop.services.duplicates_found import probable_duplicates
from avrr_desktop.services.likely import likely_files
from avrr_desktop.services.records import Records
from avrr_desktop.services.register import Register
from avrr_desktop.ui.forms.registration import RegistrationPage
from avrr_desktop.ui.page import Context
from avrr_desktop.ui.routes import NewRegistration
from avrr_desktop.ui.widgets.buttons import Button
from avrr_desktop.ui.widgets.text import Text

KNOWN = "e" * 32
HER = {
    "family_name": "KONÉ",
    "given_name": "Aicha",
    "sex": "woman",
    "birth_typed": "07/09/1993",
    "nationality": "CI",
}


@pytest.fixture
def known(records: Records, register: Register) -> str:
    """Aïcha, registered before without a document; she is the person ``type_person`` types."""
    draft = Draft("person", HER, new_id=KNOWN)
    records.save(register.local_actor, draft, confirm_all="test")
    return KNOWN


@pytest.fixture
def page(known: str, context: Context, qtbot: QtBot) -> RegistrationPage:
    made = RegistrationPage(context, NewRegistration())
    show(qtbot, made)
    qtbot.waitUntil(lambda: box_of(made, "family_name").has_focus_inside())
    type_person(made)
    return made


def seen(page: RegistrationPage) -> list[str]:
    strip = page.made.first.likely
    return [text.text() for text in strip.findChildren(Text) if text.isVisible()]


def button(page: RegistrationPage, name: str) -> Button:
    found = [b for b in page.findChildren(Button, name) if b.isVisible()]
    assert found, name
    return found[0]


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def persons(register: Register) -> int:
    with register.database.reading() as connection:
        query = "SELECT count(*) FROM person WHERE deleted_at IS NULL"
        return int(connection.exec_driver_sql(query).scalar() or 0)


def test_she_is_seen_while_typed_and_no_focus_is_taken(
    page: RegistrationPage, qtbot: QtBot
) -> None:
    before = focused()
    qtbot.waitUntil(lambda: bool(seen(page)))
    assert focused() is before
    assert any("Aicha" in text for text in seen(page))
    assert any("Same birth date" in text for text in seen(page))
    box_of(page, "birth_typed").focus()
    press(page, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(focused(), "070973")
    qtbot.waitUntil(lambda: not seen(page))


def test_her_file_takes_what_is_typed(
    page: RegistrationPage, register: Register, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: bool(seen(page)))
    click(button(page, "likely-0"))
    assert page.made.first.target == KNOWN
    assert not seen(page)
    click(button(page, "known-refuse"))
    qtbot.waitUntil(lambda: page.context.tasks.is_idle)
    assert page.made.first.target != KNOWN
    assert page.made.own_faults() == []
    assert not seen(page)  # it was just said


def test_another_person_is_said_once_and_kept(
    page: RegistrationPage, register: Register, records: Records, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: bool(seen(page)))
    button(page, "likely-different").setFocus()
    QTest.keyClick(button(page, "likely-different"), Qt.Key.Key_Space)
    assert not seen(page)
    save(page)
    assert persons(register) == 2
    assert probable_duplicates(register).total == 0
    records.undo(page.context.actor)
    assert persons(register) == 1


def test_a_twin_is_not_saved_without_an_answer(
    page: RegistrationPage, register: Register, shell: RecordingShell
) -> None:
    save(page)
    assert persons(register) == 1
    assert not shell.saved
    click(button(page, f"family_name-likely_known:{KNOWN}-different"))
    QTest.keyClicks(focused(), "Sa cousine")
    press(page, Qt.Key.Key_Return)
    save(page)
    assert len(shell.saved) == 1
    assert persons(register) == 2
    with register.database.reading() as connection:
        query = "SELECT reason FROM different_persons"
        assert connection.exec_driver_sql(query).scalars().all() == ["Sa cousine"]
    assert error_of(page, "family_name") == ""


def test_a_document_in_common_asks_once_for_the_two_likenesses(
    page: RegistrationPage, register: Register, records: Records, shell: RecordingShell
) -> None:
    stored = records.read("person", KNOWN)
    document = {"kind": "passport", "number": "R 0999888"}
    draft = Draft("person", {"document": (document,)}, id=KNOWN, version=stored.version)
    records.save(register.local_actor, draft, confirm_all="test")
    save(page)
    assert not page.findChildren(Button, f"family_name-likely_known:{KNOWN}-same")
    click(button(page, "document-number-document_known-different"))
    QTest.keyClicks(focused(), "Passeport recopie")
    press(page, Qt.Key.Key_Return)
    save(page)
    assert len(shell.saved) == 1
    assert persons(register) == 2
    assert probable_duplicates(register).total == 0


def test_a_reason_given_for_one_file_does_not_answer_for_another(
    page: RegistrationPage, register: Register, records: Records
) -> None:
    save(page)
    click(button(page, f"family_name-likely_known:{KNOWN}-different"))
    QTest.keyClicks(focused(), "Sa cousine")
    press(page, Qt.Key.Key_Return)
    values = {**HER, "given_name": "Fatou"}
    records.save(register.local_actor, Draft("person", values, new_id="f" * 32), confirm_all="test")
    box_of(page, "given_name").focus()
    press(page, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(focused(), "Fatou")
    save(page)
    assert persons(register) == 2
    button(page, f"family_name-likely_known:{'f' * 32}-same")


def test_somebody_entered_meanwhile_from_elsewhere_is_asked_about(
    page: RegistrationPage, register: Register, records: Records, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: bool(seen(page)))
    click(button(page, "likely-different"))
    qtbot.waitUntil(lambda: page.context.tasks.is_idle)
    known = records.read("person", KNOWN).values
    twin = {name: known[name] for name in ("family_name", "given_name", "sex", "birth_typed")}
    draft = Draft("person", {**twin, "nationality": "CI"}, new_id="f" * 32)
    records.save(register.local_actor, draft, confirm_all="test")
    save(page)
    assert persons(register) == 2
    button(page, f"family_name-likely_known:{'f' * 32}-same")


def test_a_save_asks_again_only_when_the_register_changed(
    page: RegistrationPage,
    register: Register,
    records: Records,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    qtbot.waitUntil(lambda: bool(seen(page)))
    asked: list[object] = []

    def counted(*given: object) -> object:
        asked.append(given)
        return likely_files(*given)  # type: ignore[arg-type] # as given

    monkeypatch.setattr("avrr_desktop.ui.forms.likely_watch.likely_files", counted)
    save(page)
    assert not asked
    draft = Draft("person", {"phone": ({"number": "0661204817"},)}, id=KNOWN)
    records.save(register.local_actor, draft, confirm_all="test")
    save(page)
    assert len(asked) == 1


def test_tab_goes_from_her_fields_to_the_answers_and_on(
    page: RegistrationPage, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: bool(seen(page)))
    box_of(page, "nationality").focus()
    walked = []
    for _ in range(3):
        press(page, Qt.Key.Key_Tab)
        walked.append(focused())
    assert walked[:2] == [button(page, "likely-different"), button(page, "likely-0")]
    assert not page.made.first.likely.isAncestorOf(walked[2])
    press(page, Qt.Key.Key_Backtab)
    press(page, Qt.Key.Key_Return)
    assert page.made.first.target == KNOWN


def test_a_role_that_may_not_read_names_is_shown_nothing(
    known: str, context: Context, qtbot: QtBot
) -> None:
    made = RegistrationPage(context, NewRegistration())
    show(qtbot, made)
    qtbot.waitUntil(lambda: box_of(made, "family_name").has_focus_inside())
    context.actor = context.register.actor = Actor("r", "Lecture", Role.READER)
    type_person(made)
    assert made.made.likely.faults(made.made.first, "", ()) == []
    qtbot.waitUntil(lambda: context.tasks.is_idle)
    assert seen(made) == []


def test_a_member_taken_away_while_looked_up_leaves_no_trace(
    page: RegistrationPage, qtbot: QtBot
) -> None:
    card = page.made.add_member()
    for name, value in (("family_name", "KONÉ"), ("given_name", "Aicha"), ("birth_typed", "1993")):
        boxes = {box.key: box for box in card.part.boxes()}
        key = next(key for key in boxes if key.endswith(name))
        boxes[key].focus()
        QTest.keyClicks(focused(), value)
    card.removed.emit(card)
    qtbot.waitUntil(lambda: bool(seen(page)))
    qtbot.waitUntil(lambda: page.context.tasks.is_idle)
    assert len(page.made.cards) == 0


def test_the_first_fault_is_in_sight_whatever_the_question_takes(
    known: str, context: Context, qtbot: QtBot
) -> None:
    made = RegistrationPage(context, NewRegistration())
    show(qtbot, made, 760, 640)  # one column: the contact lies below
    qtbot.waitUntil(lambda: box_of(made, "family_name").has_focus_inside())
    for name, value in HER.items():
        box_of(made, name).editor.set_value(value)
    made.on_edited()
    save(made)
    box = box_of(made, "contacted_on")
    assert box.has_focus_inside()
    area = made.frame.scroller.viewport()

    def is_in_sight() -> bool:
        top = box.mapTo(area, box.rect().topLeft()).y()
        return top >= 0 and top + box.height() <= area.height()

    qtbot.waitUntil(is_in_sight)


def test_what_was_answered_outlives_a_change_of_language(
    page: RegistrationPage, context: Context, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: bool(seen(page)))
    click(button(page, "likely-different"))
    again = RegistrationPage(context, NewRegistration())
    show(qtbot, again)
    again.set_state(page.state())
    qtbot.waitUntil(lambda: context.tasks.is_idle)
    assert again.made.own_faults() == []
    assert not seen(again)
