"""Ctrl+Z and Ctrl+Y where one types: what they take back, what they leave, what they say."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit
from pytestqt.qtbot import QtBot
from tests.ui.conftest import person_draft
from tests.ui.forms.hands import box_of, click, focused_key, press, type_text
from tests.ui.windows import shown_window

from avrr_desktop.core.actors import Actor
from avrr_desktop.core.labels import Language
from avrr_desktop.core.translation import load_catalogues
from avrr_desktop.services.drafts import Draft
from avrr_desktop.services.records import Records
from avrr_desktop.services.register import Register
from avrr_desktop.ui.forms.entry_page import EntryPage
from avrr_desktop.ui.routes import NewRegistration, PersonPage, RecordsOf, Settings
from avrr_desktop.ui.shell.main_window import MainWindow
from avrr_desktop.ui.shell.news import News
from avrr_desktop.ui.tasks import Tasks

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
KONE = "a" * 32
DAY = date(2023, 5, 3)
NAME = "\u2066KONÉ Aïcha\u2069"


@pytest.fixture
def window(
    qapp: QApplication, register: Register, person: str, tasks: Tasks, qtbot: QtBot
) -> Iterator[MainWindow]:
    """The main window; KONÉ Aïcha has just been registered."""
    made = shown_window(
        qapp, register, tasks, qtbot
    )  # what is half typed would be asked about by qtbot
    yield made
    made.leave()
    qtbot.waitUntil(lambda: tasks.is_idle)
    made.deleteLater()


def form_of(window: MainWindow) -> EntryPage:
    page = window.page
    assert isinstance(page, EntryPage)
    return page


def is_there(records: Records) -> bool:
    return not records.read("person", KONE).is_deleted


def test_half_typed_form_keeps_the_register_as_it_is(
    window: MainWindow, records: Records, qtbot: QtBot
) -> None:
    window.open(NewRegistration())
    form = form_of(window)
    qtbot.waitUntil(lambda: focused_key(form) == "family_name")
    type_text(form, "SOW")
    box_of(form, "sex").focus()
    for key in (Qt.Key.Key_Z, Qt.Key.Key_Y):
        press(form, key, CONTROL)
        assert is_there(records)
        assert window.said().startswith("Save or leave this entry first")
        assert box_of(form, "family_name").value() == "SOW"
    box_of(form, "given_name").focus()  # an empty text field is no way round
    press(form, Qt.Key.Key_Z, CONTROL)
    assert is_there(records)


def test_half_typed_settings_keep_the_register_too(
    window: MainWindow, records: Records, qtbot: QtBot
) -> None:
    window.open(Settings())
    page = window.page
    assert page is not None
    field = next(each for each in page.findChildren(QLineEdit) if each.isVisible())
    field.setFocus()
    type_text(page, "Z")
    page.focus_regions()[0].setFocus()
    press(page, Qt.Key.Key_Z, CONTROL)
    assert is_there(records)
    assert window.said().startswith("Save or leave this entry first")


def test_text_field_undoes_its_own_typing_first(
    window: MainWindow, records: Records, qtbot: QtBot
) -> None:
    window.open(RecordsOf("person"))
    page = window.page
    assert page is not None
    search = page.findChild(QLineEdit, "list-search")
    assert search is not None
    search.setFocus()
    type_text(page, "so")
    press(page, Qt.Key.Key_Z, CONTROL)
    assert search.text() == ""
    assert is_there(records)
    press(page, Qt.Key.Key_Y, CONTROL)
    assert search.text() == "so"
    press(page, Qt.Key.Key_Z, CONTROL)
    assert is_there(records)
    press(page, Qt.Key.Key_Z, CONTROL)
    assert not is_there(records)


def test_empty_field_of_a_next_entry_takes_the_undo_of_the_register(
    window: MainWindow, records: Records, qtbot: QtBot
) -> None:
    window.open(NewRegistration())
    form = form_of(window)
    qtbot.waitUntil(lambda: focused_key(form) == "family_name")
    press(form, Qt.Key.Key_Z, CONTROL)
    assert not is_there(records)
    assert window.said() == f"Save undone: Personne ({NAME})."


@pytest.mark.parametrize(("key", "held"), [(Qt.Key.Key_Y, ()), (Qt.Key.Key_Z, (SHIFT,))])
def test_what_was_undone_comes_back_by_key(
    window: MainWindow, records: Records, key: Qt.Key, held: tuple[Qt.KeyboardModifier, ...]
) -> None:
    press(window, Qt.Key.Key_Z, CONTROL)
    assert not is_there(records)
    press(window, key, CONTROL, *held)
    assert is_there(records)
    assert window.said() == f"Save redone: Personne ({NAME})."
    press(window, key, CONTROL, *held)
    assert window.said() == "There is nothing to redo."
    press(window, Qt.Key.Key_Z, CONTROL)
    assert not is_there(records)


def test_the_keys_stay_on_the_page_whose_buttons_went(window: MainWindow, person: str) -> None:
    window.open(PersonPage(person))
    for key in (Qt.Key.Key_Z, Qt.Key.Key_Y, Qt.Key.Key_Z):
        press(window, key, CONTROL)
        focused = window.focusWidget()
        assert focused is not None
        assert window.page is not None
        assert window.page.isAncestorOf(focused), focused.objectName()


def test_bar_offers_the_other_way(window: MainWindow, records: Records, actor: Actor) -> None:
    records.delete(actor, "person", KONE, "double")
    press(window, Qt.Key.Key_Z, CONTROL)
    for expected in (False, True):
        (bar,) = window.findChildren(News)
        button = next(each for each in bar.findChildren(QAbstractButton) if each.isVisible())
        assert button.text() == ("Undo" if expected else "Redo")
        click(button)
        assert is_there(records) is expected
    kept = records.read("person", KONE)
    records.redo(actor)
    assert kept.is_deleted is False


def test_a_key_pressed_over_the_palette_touches_nothing(
    window: MainWindow, records: Records
) -> None:
    press(window, Qt.Key.Key_K, CONTROL)
    press(window, Qt.Key.Key_Z, CONTROL)
    assert is_there(records)


def test_entry_about_several_persons_names_the_first(
    window: MainWindow, records: Records, actor: Actor
) -> None:
    records.save(
        actor,
        person_draft("b" * 32, family_name="SOW", given_name="Mariam"),
        person_draft("c" * 32, family_name="SOW", given_name="Ibrahima"),
    )
    press(window, Qt.Key.Key_Z, CONTROL)
    assert window.said() == "Save undone: Personne (\u2066SOW Mariam\u2069 and 1 other)."


def test_case_is_named_by_its_number(window: MainWindow, records: Records, actor: Actor) -> None:
    records.save(actor, Draft("case_file", {"office": "RBA", "opened_on": DAY}, new_id="d" * 32))
    number = str(records.read("case_file", "d" * 32).values["number"])
    press(window, Qt.Key.Key_Z, CONTROL)
    assert number.replace("-", "\u2011") in window.said()


@pytest.fixture
def catalogues(register: Register) -> Iterator[None]:
    """The sentences of the screen; the tests after speak English again."""
    load_catalogues(register.paths.catalogues)
    yield
    load_catalogues(register.paths.register.parent)


@pytest.mark.parametrize(
    ("language", "undone", "redone"),
    [
        (Language.FR, f"Enregistrement annulé\u00a0: Personne ({NAME}).", "rétabli"),
        (Language.AR, f"({NAME})", NAME),
        (Language.EN, f"Save undone: Person ({NAME}).", f"Save redone: Person ({NAME})."),
    ],
)
@pytest.mark.usefixtures("catalogues")
def test_sentences_name_the_record_in_every_language(
    window: MainWindow, language: Language, undone: str, redone: str
) -> None:
    window._on_language_chosen(language)
    press(window, Qt.Key.Key_Z, CONTROL)
    assert undone in window.said()
    press(window, Qt.Key.Key_Y, CONTROL)
    assert redone in window.said()
