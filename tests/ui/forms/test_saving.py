"""What a form asks before saving is what the save asks: no save ends without a word."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from tests.ui.conftest import RecordingShell, wear
from tests.ui.forms.conftest import person_id
from tests.ui.forms.hands import box_of, click, enter, focused_key, issues, pick, save, show
from tests.ui.forms.test_registration import count, type_person

from avrr_desktop.core.actors import Actor
from avrr_desktop.core.labels import Language
from avrr_desktop.core.translation import load_catalogues
from avrr_desktop.people.person import Person
from avrr_desktop.services.drafts import Changed, Draft
from avrr_desktop.services.register import Register
from avrr_desktop.ui.forms.registration import RegistrationPage
from avrr_desktop.ui.page import Context
from avrr_desktop.ui.routes import CasePage, NewRegistration

NUMBER = "member1-document-number"
DOUBT = f"{NUMBER}-document_known"
REASON = "Enfant inscrit sur le passeport de sa mère"


def add_child(page: RegistrationPage, number: str) -> None:
    """A child whose document bears this number."""
    click(page.made.add_button)
    pick(page, "enf")
    texts = {"given_name": "Fatou", "birth_typed": "05062015", "document-number": number}
    for key, text in texts.items():
        box_of(page, f"member1-{key}").focus()
        enter(page, text)
    box_of(page, "member1-sex").editor.set_value("woman")
    box_of(page, "member1-document-kind").editor.set_value("passport")


@pytest.fixture
def page(context: Context, qtbot: QtBot) -> RegistrationPage:
    """KONÉ Aïcha, and her child on her passport."""
    made = RegistrationPage(context, NewRegistration())
    show(qtbot, made)
    qtbot.waitUntil(lambda: focused_key(made) == "family_name")
    type_person(made)
    add_child(made, "r-0999888")
    return made


def seen(page: QWidget, name: str) -> list[QPushButton]:
    return [b for b in page.findChildren(QPushButton, name) if b.isVisibleTo(page)]


def asked(page: QWidget, name: str = DOUBT) -> str:
    """The sentence of the doubt that is shown, or nothing."""
    shown = [w for w in page.findChildren(QWidget, name) if w.isVisibleTo(page)]
    return shown[0].accessibleName() if shown else ""


def test_reason_for_a_number_borne_twice_on_the_form_counts(
    page: RegistrationPage, shell: RecordingShell, register: Register
) -> None:
    save(page)
    assert len(issues(page)) == 1
    assert not shell.saved
    enter(page, REASON)
    assert not issues(page)
    save(page)
    assert len(shell.saved) == 1
    assert isinstance(shell.opened[-1], CasePage)
    assert count(register, Person) == 2


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        (Language.FR, "Ce document est aussi celui de KONÉ Aïcha, à enregistrer en même temps."),
        (Language.AR, "هذه الوثيقة هي أيضًا وثيقة \u2066KONÉ Aïcha\u2069 ضمن عملية الحفظ نفسها."),
        (Language.EN, "This document is also that of KONÉ Aïcha, to be saved at the same time."),
    ],
)
def test_other_member_of_the_form_is_named_and_no_file_is_offered(
    page: RegistrationPage, qapp: QApplication, language: Language, sentence: str
) -> None:
    load_catalogues(page.context.register.paths.catalogues)
    wear(qapp, language)
    save(page)
    assert asked(page) == sentence
    assert seen(page, f"{DOUBT}-confirm")
    assert not seen(page, f"{DOUBT}-same")
    assert not seen(page, f"{DOUBT}-different")


def test_member_known_to_the_register_is_not_offered_as_the_same_person(
    context: Context, family: str, qtbot: QtBot
) -> None:
    page = RegistrationPage(context, NewRegistration())
    show(qtbot, page)
    qtbot.waitUntil(lambda: focused_key(page) == "family_name")
    type_person(page)
    add_child(page, "R 0123453")
    save(page)
    click(seen(page, f"{DOUBT}-same")[0])
    box_of(page, "document-number").editor.set_value("r0123453")
    save(page)
    doubt = "document-number-document_known"
    assert "DIALLO Ibrahima" in asked(page, doubt)
    assert seen(page, f"{doubt}-confirm")
    assert not seen(page, f"{doubt}-same")


def test_doubt_that_comes_up_only_at_the_save_is_asked_whatever_was_said_before(
    context: Context,
    shell: RecordingShell,
    family: str,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The other file is deleted after the answer, and is back between the check and the save."""
    page = RegistrationPage(context, NewRegistration())
    show(qtbot, page)
    qtbot.waitUntil(lambda: focused_key(page) == "family_name")
    type_person(page)
    box_of(page, "document-number").editor.set_value("R 0123451")
    save(page)
    doubt = "document-number-document_known"
    click(seen(page, f"{doubt}-different")[0])
    enter(page, REASON)
    assert not issues(page)
    records, actor = context.records, context.actor
    records.delete(actor, "person", person_id("1"), "doublon")
    real: Callable[..., Changed] = records.save

    def meanwhile(by: Actor, *drafts: Draft, **rest: object) -> Changed:
        monkeypatch.undo()
        records.undo(actor)
        return real(by, *drafts, **rest)

    monkeypatch.setattr(records, "save", meanwhile)
    save(page)
    assert not shell.saved
    assert "DIALLO Mamadou" in asked(page, doubt)
    assert issues(page)
    assert box_of(page, "document-number").reasons_typed() == {"document_known": REASON}
    click(seen(page, f"{doubt}-confirm")[0])
    save(page)
    assert len(shell.saved) == 1
