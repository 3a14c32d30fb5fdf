"""A registration typed for somebody the register knows already."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot
from tests.ui.conftest import RecordingShell, wear
from tests.ui.forms.conftest import CASE, person_id
from tests.ui.forms.hands import (
    box_of,
    click,
    enter,
    focused_key,
    issues,
    pick,
    press,
    save,
    show,
    type_text,
)

from avrr_desktop.core.labels import Language
from avrr_desktop.services.records import Records
from avrr_desktop.services.search import find
from avrr_desktop.ui.forms.registration import RegistrationPage
from avrr_desktop.ui.page import Context
from avrr_desktop.ui.routes import NewRegistration, PersonPage

KNOWN = person_id("1")
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(context: Context, family: str, qtbot: QtBot) -> RegistrationPage:
    """Mamadou DIALLO typed again, with another first name, birth and phone, and saved once."""
    made = RegistrationPage(context, NewRegistration())
    show(qtbot, made)
    qtbot.waitUntil(lambda: focused_key(made) == "family_name")
    enter(made, "DIALLO")
    enter(made, "Mamadu")
    press(made, Qt.Key.Key_Return)
    enter(made, "مامادو")
    press(made, Qt.Key.Key_Right)
    press(made, Qt.Key.Key_Right)  # woman
    press(made, Qt.Key.Key_Return)
    enter(made, "1995")
    pick(made, "guinee")
    pick(made, "passep")
    enter(made, "r-0123451")
    enter(made, "06 61 20 48 17")
    enter(made, "040623")
    enter(made, "140623")
    pick(made, "bouche")
    press(made, Qt.Key.Key_Return)
    press(made, Qt.Key.Key_Return)
    pick(made, "ecrit")
    press(made, Qt.Key.Key_A, CTRL)
    save(made)
    return made


def button(page: QWidget, name: str) -> QPushButton:
    found = [b for b in page.findChildren(QPushButton, name) if b.isVisibleTo(page)]
    assert len(found) == 1, name
    return found[0]


def say_same(page: RegistrationPage) -> None:
    click(button(page, "document-number-document_known-same"))


def lines(values: Mapping[str, object], key: str) -> tuple[Mapping[str, object], ...]:
    found = values[key]
    assert isinstance(found, tuple)
    return found


def shown_differences(page: RegistrationPage) -> list[str]:
    return sorted(
        child.objectName().removesuffix("-difference")
        for child in page.findChildren(QWidget)
        if child.objectName().endswith("-difference") and child.isVisibleTo(page)
    )


def test_same_person_keeps_what_is_typed_and_asks_where_it_differs(
    page: RegistrationPage, shell: RecordingShell
) -> None:
    say_same(page)
    assert not shell.opened
    banner = page.made.first.banner
    assert banner.isVisibleTo(page)
    assert "DIALLO" in banner.accessibleName()
    assert shown_differences(page) == ["birth_typed", "given_name", "sex"]
    assert box_of(page, "given_name").value() == "Mamadu"
    assert box_of(page, "phone-number").value() == "06 61 20 48 17"
    assert box_of(page, "contacted_on").value() == date(2023, 6, 4)
    assert box_of(page, "channel").value() == "word_of_mouth"
    assert len(issues(page)) == 3
    save(page)
    assert not shell.saved


def test_choices_made_the_file_gets_the_registration_and_nothing_unasked(
    page: RegistrationPage, shell: RecordingShell, context: Context, qtbot: QtBot
) -> None:
    records, register, family = context.records, context.register, CASE
    before = records.read("person", KNOWN).values
    say_same(page)
    click(button(page, "given_name-keep"))
    assert box_of(page, "given_name").value() == "Mamadou"
    click(button(page, "birth_typed-correct"))
    click(button(page, "sex-keep"))
    qtbot.waitUntil(lambda: not issues(page))
    save(page)
    assert not issues(page)
    assert len(shell.saved) == 1
    assert shell.opened[-1] == PersonPage(KNOWN)
    after = records.read("person", KNOWN).values
    assert after["given_name"] == "Mamadou"
    assert after["given_name_ar"] == "مامادو"  # the register had none
    assert after["birth_typed"] == "1995"
    assert after["sex"] == before["sex"]
    assert after["number"] == before["number"]
    assert lines(after, "document") == lines(before, "document")
    assert [line["number"] for line in lines(after, "phone")] == ["06 61 20 48 17"]
    consents = lines(after, "consent")
    assert consents[:-1] == lines(before, "consent")
    assert consents[-1]["given_on"] == date(2023, 6, 14)
    assert len(lines(records.read("case_file", family).values, "membership")) == 5
    event = next(i for key, i in shell.saved[0][0].records if key == "registration")
    registration = records.read("registration", event).values
    assert (registration["person_id"], registration["case_id"]) == (KNOWN, family)
    assert registration["registered_on"] == date(2023, 6, 14)
    assert len(find(register, "diallo", 20).hits) == 5


def test_a_choice_may_be_taken_back_and_nothing_typed_is_lost(page: RegistrationPage) -> None:
    say_same(page)
    click(button(page, "given_name-keep"))
    assert "Mamadu" in _difference(page, "given_name").accessibleName()
    click(button(page, "given_name-change"))
    assert box_of(page, "given_name").value() == "Mamadu"
    click(button(page, "given_name-keep"))
    box_of(page, "given_name").focus()
    press(page, Qt.Key.Key_A, CTRL)
    type_text(page, "Madou")
    click(button(page, "given_name-correct"))
    assert box_of(page, "given_name").value() == "Madou"


def test_another_person_after_all_gives_back_the_form_as_typed(
    page: RegistrationPage, shell: RecordingShell, records: Records
) -> None:
    typed = page.made.first.typed()
    say_same(page)
    click(button(page, "given_name-keep"))
    click(button(page, "known-refuse"))
    assert page.made.first.typed() == typed
    assert not shown_differences(page)
    assert not page.made.first.banner.isVisibleTo(page)
    save(page)
    click(button(page, "document-number-document_known-different"))
    enter(page, "Numéro recopié par erreur")
    save(page)
    assert len(shell.saved) == 1
    assert records.read("person", shell.saved[0][0].ids[0]).values["given_name"] == "Mamadu"
    assert records.read("person", KNOWN).values["given_name"] == "Mamadou"


def test_choices_survive_a_switch_of_language(
    page: RegistrationPage, context: Context, qtbot: QtBot, themed: object
) -> None:
    from PySide6.QtWidgets import QApplication

    say_same(page)
    click(button(page, "given_name-keep"))
    kept = page.state()
    page.hide()
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    wear(app, Language.AR)
    again = RegistrationPage(context, NewRegistration())
    show(qtbot, again)
    again.set_state(kept)
    assert again.state() is not None
    assert again.body.typed() == page.body.typed()
    assert shown_differences(again) == ["birth_typed", "given_name", "sex"]
    click(button(again, "given_name-change"))
    assert box_of(again, "given_name").value() == "Mamadu"


def test_two_members_cannot_be_the_same_file(page: RegistrationPage, shell: RecordingShell) -> None:
    say_same(page)
    for key in ("given_name", "birth_typed", "sex"):
        click(button(page, f"{key}-keep"))
    click(page.made.add_button)
    pick(page, "enf")
    press(page, Qt.Key.Key_Return)
    enter(page, "Mamadou")
    box_of(page, "member1-document-kind").focus()
    pick(page, "passep")
    enter(page, "R 0123451")
    # The number is then the same person's of this very page: the register alone cannot tell.
    card = page.made.cards[0].part
    page.made.take_known(card.boxes()[0], KNOWN)
    save(page)
    assert not shell.saved
    assert any("twice" in fault.text for fault in page.saving.check() or ())


def _difference(page: RegistrationPage, key: str) -> QWidget:
    (found,) = (w for w in page.findChildren(QWidget, f"{key}-difference") if w.isVisibleTo(page))
    return found
