"""The registration screen, driven by the keyboard."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import func, select
from tests.ui.conftest import RecordingShell
from tests.ui.forms.hands import (
    box_of,
    click,
    enter,
    error_of,
    focused_key,
    issues,
    pick,
    press,
    save,
    show,
    type_text,
)

from avrr_desktop.people.base import table_of
from avrr_desktop.people.case import Membership
from avrr_desktop.people.person import Person
from avrr_desktop.services.drafts import Stored
from avrr_desktop.services.records import Records
from avrr_desktop.services.register import Register
from avrr_desktop.ui.forms.page import FormPage
from avrr_desktop.ui.forms.registration import RegistrationPage
from avrr_desktop.ui.page import Context
from avrr_desktop.ui.routes import CasePage, FormOf, NewRegistration, PersonPage

CTRL = Qt.KeyboardModifier.ControlModifier


def count(register: Register, model: type) -> int:
    with register.database.reading() as connection:
        table = table_of(model)
        query = select(func.count()).where(table.c.deleted_at.is_(None)).select_from(table)
        return connection.execute(query).scalar() or 0


def representative_of(person: Stored) -> object:
    consents = person.values["consent"]
    assert isinstance(consents, tuple)
    return consents[0]["representative"]


def type_person(page: RegistrationPage) -> None:
    """KONÉ Aïcha and her contact, by the keyboard alone, up to the consent."""
    enter(page, "KONÉ")
    enter(page, "Aïcha")
    enter(page, "كوني")
    enter(page, "عائشة")
    press(page, Qt.Key.Key_Right)  # the first of the two
    press(page, Qt.Key.Key_Right)
    press(page, Qt.Key.Key_Return)
    enter(page, "070993")
    pick(page, "cote")
    pick(page, "passep")
    enter(page, "R 0999888")
    enter(page, "06 61 20 48 17")
    enter(page, "040223")
    enter(page, "140223")
    pick(page, "bouche")
    press(page, Qt.Key.Key_Return)  # the usual office
    press(page, Qt.Key.Key_Return)  # the consent is of that day
    pick(page, "ecrit")
    press(page, Qt.Key.Key_A, CTRL)  # every purpose


def test_registration_and_assistance_are_entered_by_the_keyboard_alone(
    context: Context, shell: RecordingShell, records: Records, qtbot: QtBot
) -> None:
    page = RegistrationPage(context, NewRegistration())
    show(qtbot, page)
    qtbot.waitUntil(lambda: focused_key(page) == "family_name")
    type_person(page)
    save(page)
    assert not issues(page)
    route = shell.opened[-1]
    assert isinstance(route, PersonPage)
    stored = records.read("person", route.person_id)
    assert stored.values["given_name"] == "Aïcha"
    assert stored.values["sex"] == "woman"
    assert stored.values["nationality"] == "CI"
    consents = stored.values["consent"]
    assert isinstance(consents, tuple)
    assert consents[0]["given_on"] == date(2023, 2, 14)
    assert len(consents[0]["purposes"]) == 4

    form = FormPage(context, FormOf("direct_assistance"))
    show(qtbot, form)
    qtbot.waitUntil(lambda: focused_key(form) == "person_id")
    type_text(form, "kone aicha")
    press(form, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: focused_key(form) == "given_on")
    enter(form, "j")
    pick(form, "bon d")
    save(form)
    assert len(shell.saved) == 2
    saved = records.read("direct_assistance", shell.saved[-1][0].ids[0])
    assert saved.values["person_id"] == route.person_id
    assert saved.values["given_on"] == date(2023, 7, 5)


def test_saving_leaves_an_empty_screen_behind(
    context: Context, shell: RecordingShell, register: Register, qtbot: QtBot
) -> None:
    page = RegistrationPage(context, NewRegistration())
    show(qtbot, page)
    qtbot.waitUntil(lambda: focused_key(page) == "family_name")
    type_person(page)
    press(page, Qt.Key.Key_Return, CTRL)
    assert len(shell.saved) == 1
    assert box_of(page, "family_name").value() is None
    assert focused_key(page) == "family_name"
    assert not page.has_changes()
    assert count(register, Person) == 1


def test_saving_for_another_keeps_what_repeats(
    context: Context, shell: RecordingShell, qtbot: QtBot
) -> None:
    page = RegistrationPage(context, NewRegistration())
    show(qtbot, page)
    qtbot.waitUntil(lambda: focused_key(page) == "family_name")
    type_person(page)
    press(page, Qt.Key.Key_Return, CTRL, Qt.KeyboardModifier.ShiftModifier)
    assert len(shell.saved) == 1
    assert box_of(page, "nationality").value() == "CI"
    assert box_of(page, "registered_on").value() == date(2023, 2, 14)
    assert box_of(page, "channel").value() == "word_of_mouth"
    assert box_of(page, "family_name").value() is None
    assert box_of(page, "contacted_on").value() is None


def test_family_is_registered_in_one_go(
    context: Context, shell: RecordingShell, register: Register, records: Records, qtbot: QtBot
) -> None:
    page = RegistrationPage(context, NewRegistration())
    show(qtbot, page)
    qtbot.waitUntil(lambda: focused_key(page) == "family_name")
    type_person(page)
    for place, given, birth in (
        ("conj", "Ibrahim", "1990"),
        ("enf", "Fatou", "05062015"),
        ("enf", "Maimouna", "~3"),
        ("enf", "Kader", "2020"),
    ):
        click(page.made.add_button)
        pick(page, place)
        assert focused_key(page).endswith("-family_name")
        press(page, Qt.Key.Key_Return)
        enter(page, given)
        press(page, Qt.Key.Key_Return)
        press(page, Qt.Key.Key_Return)
        press(page, Qt.Key.Key_Space)  # man
        press(page, Qt.Key.Key_Return)
        type_text(page, birth)
    save(page)
    assert not issues(page)
    assert (count(register, Person), count(register, Membership)) == (5, 5)
    route = shell.opened[-1]
    assert isinstance(route, CasePage)
    case = records.read("case_file", route.case_id)
    assert isinstance(case.values["membership"], tuple)
    places = [line["place"] for line in case.values["membership"]]
    assert places == ["head", "spouse", "child", "child", "child"]
    child = records.read("person", case.values["membership"][2]["person_id"])
    assert representative_of(child) == "KONÉ Aïcha"
    assert child.values["nationality"] == "CI"
    spouse = records.read("person", case.values["membership"][1]["person_id"])
    assert representative_of(spouse) is None


def test_member_joins_an_existing_case(
    context: Context, family: str, records: Records, qtbot: QtBot
) -> None:
    page = RegistrationPage(context, NewRegistration(case_id=family))
    show(qtbot, page)
    qtbot.waitUntil(lambda: focused_key(page) == "membership-place")
    pick(page, "enf")
    enter(page, "DIALLO")
    enter(page, "Binta")
    for key, text in (("birth_typed", "01/02/2023"), ("contacted_on", "01/07/2023")):
        box_of(page, key).focus()
        enter(page, text)
    box_of(page, "nationality").focus()
    pick(page, "guinee")
    box_of(page, "channel").focus()
    pick(page, "bouche")
    save(page)
    assert not issues(page)
    lines = records.read("case_file", family).values["membership"]
    assert isinstance(lines, tuple)
    assert len(lines) == 6
    assert lines[5]["place"] == "child"


def test_known_document_stops_the_save_until_it_is_said_whose_it_is(
    context: Context, shell: RecordingShell, family: str, qtbot: QtBot
) -> None:
    page = RegistrationPage(context, NewRegistration())
    show(qtbot, page)
    qtbot.waitUntil(lambda: focused_key(page) == "family_name")
    type_person(page)
    number = box_of(page, "document-number")
    number.editor.set_value("r-0123451")
    save(page)
    assert not shell.saved
    assert issues(page)
    different = page.findChild(QPushButton, "document-number-document_known-different")
    assert different is not None
    click(different)
    enter(page, "Numéro recopié par erreur sur l'autre fiche")
    assert not issues(page)
    save(page)
    assert len(shell.saved) == 1


def test_missing_consent_is_asked_for_once(context: Context, qtbot: QtBot) -> None:
    page = RegistrationPage(context, NewRegistration())
    show(qtbot, page)
    qtbot.waitUntil(lambda: focused_key(page) == "family_name")
    enter(page, "KONÉ")
    for key, text in (("contacted_on", "040223"), ("registered_on", "140223")):
        box_of(page, key).focus()
        enter(page, text)
    save(page)
    assert error_of(page, "consent-form")
    assert error_of(page, "consent-purposes")
    assert not error_of(page, "registered_on")


def test_child_alone_is_asked_for_a_representative(context: Context, qtbot: QtBot) -> None:
    page = RegistrationPage(context, NewRegistration())
    show(qtbot, page)
    box = box_of(page, "consent-representative")
    assert box.isHidden()
    box_of(page, "registered_on").focus()
    enter(page, "140223")
    box_of(page, "birth_typed").focus()
    enter(page, "~15")
    assert not box.isHidden()


def test_focus_is_left_to_the_page_that_follows(context: Context, qtbot: QtBot) -> None:
    window, following = QWidget(), QLineEdit()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    page = RegistrationPage(context, NewRegistration())
    column.addWidget(page)
    column.addWidget(following)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(lambda: focused_key(page) == "family_name")
    page.reload()  # as after a save
    page.hide()
    following.setFocus()
    QCoreApplication.processEvents()
    assert window.focusWidget() is following
