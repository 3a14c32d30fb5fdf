"""Forms within the main window: its keys, its history, its language."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from tests.ui.forms.hands import box_of, enter, focused_key, pick, press, save, type_text
from tests.ui.windows import shown_window

from avrr_desktop.activities import RECORD_BY_KEY
from avrr_desktop.core.labels import Language
from avrr_desktop.people.base import choice_fields_of, column_fields_of
from avrr_desktop.services.register import Register
from avrr_desktop.ui.forms.editor_making import EditorSource
from avrr_desktop.ui.forms.entry_page import EntryPage
from avrr_desktop.ui.forms.field_help import help_of
from avrr_desktop.ui.page import Context
from avrr_desktop.ui.routes import FormOf, Help, NewRegistration, PersonPage, RecordsOf
from avrr_desktop.ui.shell.main_window import MainWindow
from avrr_desktop.ui.shell.status_bar import StatusBar
from avrr_desktop.ui.tasks import Tasks
from avrr_desktop.ui.widgets.text import Text

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def window(
    qapp: QApplication, register: Register, person: str, tasks: Tasks, qtbot: QtBot
) -> Iterator[MainWindow]:
    """The main window on the page of KONÉ Aïcha."""
    made = shown_window(qapp, register, tasks, qtbot, PersonPage(person))
    qtbot.addWidget(made)
    yield made
    qtbot.waitUntil(lambda: tasks.is_idle)


def form_of(window: MainWindow) -> EntryPage:
    page = window.page
    assert isinstance(page, EntryPage)
    return page


def set_aside_for_the_guide(window: MainWindow, qtbot: QtBot) -> None:
    """F1 where no field has the keys; the form half typed waits among the drafts."""
    form_of(window).bar.save.setFocus()
    press(form_of(window), Qt.Key.Key_F1)
    qtbot.waitUntil(lambda: len(window.offering.waiting()) == 1)


def speak(window: MainWindow, language: Language) -> None:
    """Choose a language in the status bar."""
    frame = window.centralWidget()
    assert frame is not None
    (bar,) = frame.findChildren(StatusBar)
    bar.language_chosen.emit(language)
    QApplication.processEvents()


def answer(name: str) -> None:
    """Press a button of the question as soon as it is there."""

    def press_it() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QDialog)
        button = dialog.findChild(QPushButton, name)
        assert button is not None
        button.click()

    QTimer.singleShot(0, press_it)


def test_escape_asks_before_typed_work_is_lost(
    window: MainWindow, person: str, qtbot: QtBot
) -> None:
    window.open(FormOf("return_from_morocco", person_ids=(person,)))
    qtbot.waitUntil(lambda: focused_key(form_of(window)) == "planned_on")
    enter(form_of(window), "280623")
    answer("leave-keep")
    press(form_of(window), Qt.Key.Key_Escape)
    assert form_of(window).has_changes()
    answer("leave-discard")
    press(form_of(window), Qt.Key.Key_Escape)
    assert window.page is not None
    assert window.page.route == PersonPage(person)


def test_escape_closes_an_open_list_before_the_form(
    window: MainWindow, person: str, qtbot: QtBot
) -> None:
    window.open(FormOf("return_from_morocco", person_ids=(person,)))
    qtbot.waitUntil(lambda: focused_key(form_of(window)) == "planned_on")
    box_of(form_of(window), "country").focus()
    press(form_of(window), Qt.Key.Key_Space)
    popup = QApplication.activePopupWidget()
    assert popup is not None
    form = form_of(window)
    form._on_escape()  # the shortcut comes before the key where there is a window system
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is None)
    assert window.page is form


def test_discarded_work_does_not_come_back(window: MainWindow, person: str, qtbot: QtBot) -> None:
    window.open(FormOf("return_from_morocco", person_ids=(person,)))
    qtbot.waitUntil(lambda: focused_key(form_of(window)) == "planned_on")
    enter(form_of(window), "280623")
    answer("leave-discard")
    window.open(PersonPage(person))
    window.back()
    assert box_of(form_of(window), "planned_on").value() is None
    assert not form_of(window).has_changes()


def test_saved_form_is_left_without_a_question(
    window: MainWindow, person: str, qtbot: QtBot
) -> None:
    window.open(FormOf("return_from_morocco", person_ids=(person,)))
    qtbot.waitUntil(lambda: focused_key(form_of(window)) == "planned_on")
    box_of(form_of(window), "country").focus()
    pick(form_of(window), "cote")
    save(form_of(window))
    route = form_of(window).route
    assert isinstance(route, FormOf)
    assert route.record_id
    press(form_of(window), Qt.Key.Key_Escape)
    assert window.page is not None
    assert window.page.route == PersonPage(person)


def test_language_switch_keeps_what_is_half_typed(
    window: MainWindow, person: str, qtbot: QtBot
) -> None:
    window.open(NewRegistration())
    qtbot.waitUntil(lambda: focused_key(form_of(window)) == "family_name")
    enter(form_of(window), "KONÉ")
    type_text(form_of(window), "Aïc")
    speak(window, Language.AR)
    assert box_of(form_of(window), "family_name").value() == "KONÉ"
    assert box_of(form_of(window), "given_name").value() == "Aïc"
    assert focused_key(form_of(window)) == "given_name"
    speak(window, Language.FR)
    assert form_of(window).has_changes()


def test_control_enter_starts_the_next_one_in_place(
    window: MainWindow, person: str, qtbot: QtBot
) -> None:
    window.open(FormOf("direct_assistance", person_ids=(person,)))
    qtbot.waitUntil(lambda: focused_key(form_of(window)) == "given_on")
    enter(form_of(window), "j")
    pick(form_of(window), "bon d")
    press(form_of(window), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert form_of(window).route == FormOf("direct_assistance")
    assert focused_key(form_of(window)) == "person_id"
    press(form_of(window), Qt.Key.Key_Escape)
    assert window.page is not None
    assert window.page.route == PersonPage(person)


def test_form_fits_the_smallest_window(window: MainWindow, person: str, qtbot: QtBot) -> None:
    window.open(FormOf("return_from_morocco", person_ids=(person,)))
    window.resize(1000, 640)
    QApplication.processEvents()
    assert window.width() == 1000
    page = form_of(window)
    assert page.live is not None
    assert not page.live.panel.isVisibleTo(page)
    saving = page.findChild(QWidget, "form-save-next")
    assert saving is not None
    assert page.rect().contains(saving.mapTo(page, saving.rect().bottomRight()))


def test_search_given_up_leaves_the_keys_in_the_field(
    window: MainWindow, person: str, qtbot: QtBot
) -> None:
    window.open(NewRegistration())
    form = form_of(window)
    qtbot.waitUntil(lambda: focused_key(form) == "family_name")
    enter(form, "SOW")
    type_text(form, "Mar")
    press(form, Qt.Key.Key_K, CONTROL)
    palette = window.overlays.palette
    assert palette is not None
    with qtbot.waitSignal(palette.found):
        type_text(form, "kone")
    answer("leave-keep")
    press(form, Qt.Key.Key_Return)
    assert window.page is form
    assert focused_key(form) == "given_name"
    type_text(form, "iam")
    assert box_of(form, "given_name").value() == "Mariam"


@pytest.mark.parametrize("destination", ["kone", "corbeille"])
def test_search_gives_the_keys_to_the_page_gone_to(
    window: MainWindow, person: str, qtbot: QtBot, destination: str
) -> None:
    window.open(RecordsOf("person"))
    press(window, Qt.Key.Key_K, CONTROL)
    palette = window.overlays.palette
    assert palette is not None
    with qtbot.waitSignal(palette.found):
        type_text(window, destination)
    press(window, Qt.Key.Key_Return)
    page = window.page
    assert page is not None
    assert not isinstance(page.route, RecordsOf)
    focused = window.focusWidget()
    assert focused is page or page.isAncestorOf(focused)


@pytest.mark.parametrize("language", list(Language))
def test_f1_says_what_any_field_takes_without_leaving(
    window: MainWindow, person: str, qtbot: QtBot, language: Language
) -> None:
    speak(window, language)
    window.open(NewRegistration())
    form = form_of(window)
    qtbot.waitUntil(lambda: focused_key(form) == "family_name")
    type_text(form, "SOW")
    for box in list(form.body.order()):
        box.focus()
        press(form, Qt.Key.Key_F1)
        assert window.page is form, box.key
        said = box.findChild(Text, f"{box.key}-help")
        assert said is not None
        assert said.isVisibleTo(form), box.key
        assert said.text().endswith(".")
        assert box.editor.focus_widget().accessibleDescription() == said.text()
        press(form, Qt.Key.Key_F1)
        assert not said.isVisibleTo(form), box.key
    assert box_of(form, "family_name").value() == "SOW"


def test_every_kind_of_field_says_what_it_takes(context: Context) -> None:
    source = EditorSource(context.register)
    for record in RECORD_BY_KEY.values():
        for each in (*column_fields_of(record.model), *choice_fields_of(record.model)):
            editor = source.make(each, each.name, None, is_required=False)
            assert help_of(each, editor).endswith("."), (record.key, each.name)
            editor.deleteLater()


def test_guide_opened_from_a_half_typed_form_gives_it_back(
    window: MainWindow, person: str, qtbot: QtBot
) -> None:
    window.open(NewRegistration())
    form = form_of(window)
    qtbot.waitUntil(lambda: focused_key(form) == "family_name")
    enter(form, "SOW")
    type_text(form, "Mar")
    form.bar.save.setFocus()
    press(form, Qt.Key.Key_F1)  # no question: it waits
    assert isinstance(window.page.route if window.page else None, Help)
    qtbot.waitUntil(lambda: len(window.offering.waiting()) == 1)
    press(window, Qt.Key.Key_Escape)
    form = form_of(window)
    assert box_of(form, "family_name").value() == "SOW"
    assert box_of(form, "given_name").value() == "Mar"
    assert form.has_changes()
    qtbot.waitUntil(lambda: window.offering.waiting() == ())  # it is on screen again


def test_form_set_aside_and_saved_elsewhere_does_not_come_back(
    window: MainWindow, person: str, qtbot: QtBot
) -> None:
    window.open(FormOf("direct_assistance", person_ids=(person,)))
    qtbot.waitUntil(lambda: focused_key(form_of(window)) == "given_on")
    enter(form_of(window), "j")
    pick(form_of(window), "bon d")
    set_aside_for_the_guide(window, qtbot)
    (waiting,) = window.offering.waiting()
    window.offering.resume(waiting)
    assert form_of(window).has_changes()
    save(form_of(window))
    assert not form_of(window).has_changes()
    window.back()  # the guide
    window.back()
    assert not form_of(window).has_changes()


def test_form_gone_on_with_elsewhere_is_not_overwritten_by_what_it_was(
    window: MainWindow, person: str, qtbot: QtBot
) -> None:
    window.open(NewRegistration())
    qtbot.waitUntil(lambda: focused_key(form_of(window)) == "family_name")
    type_text(form_of(window), "SO")
    set_aside_for_the_guide(window, qtbot)
    window.offering.resume(window.offering.waiting()[0])
    box_of(form_of(window), "given_name").focus()
    type_text(form_of(window), "Mariam")
    answer("leave-later")
    window.back()
    window.back()
    assert not form_of(window).has_changes()
    keeping = window.context.keeping
    assert keeping is not None
    qtbot.waitUntil(lambda: keeping.is_idle)
    window.offering.resume(window.offering.waiting()[0])
    assert box_of(form_of(window), "family_name").value() == "SO"
    assert box_of(form_of(window), "given_name").value() == "Mariam"


def test_form_set_aside_and_discarded_does_not_come_back(
    window: MainWindow, person: str, qtbot: QtBot
) -> None:
    window.open(NewRegistration())
    qtbot.waitUntil(lambda: focused_key(form_of(window)) == "family_name")
    type_text(form_of(window), "SO")
    set_aside_for_the_guide(window, qtbot)
    keeping = window.context.keeping
    assert keeping is not None
    keeping.discard(window.offering.waiting()[0].id)
    window.back()
    assert not form_of(window).has_changes()
