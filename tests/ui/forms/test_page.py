"""The generic form: errors, confirmations, keys, leaving, coming back, failures of the disk."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from tests.ui.conftest import RecordingShell, wear
from tests.ui.forms.conftest import person_id
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

from avrr_desktop.core.actors import Actor
from avrr_desktop.core.labels import Language
from avrr_desktop.core.periods import parse_period
from avrr_desktop.services.drafts import Draft
from avrr_desktop.services.records import Records
from avrr_desktop.services.register import Register
from avrr_desktop.services.summary import summarise
from avrr_desktop.ui.forms.child_table import ChildTable
from avrr_desktop.ui.forms.page import FormPage
from avrr_desktop.ui.page import Context
from avrr_desktop.ui.routes import CasePage, FormOf
from avrr_desktop.ui.theme.tokens import Scheme
from avrr_desktop.ui.widgets.text import Text

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
S1 = parse_period("2023-S1")


@pytest.fixture
def returning(context: Context, person: str, qtbot: QtBot) -> FormPage:
    """A new return of KONÉ Aïcha, registered on 14/02/2023."""
    page = FormPage(context, FormOf("return_from_morocco", person_ids=(person,)))
    show(qtbot, page)
    return page


def put(page: FormPage, key: str, text: str) -> None:
    """Type in a field, whatever had the focus."""
    box_of(page, key).focus()
    enter(page, text)


def test_nothing_is_said_while_a_first_pass_is_typed(returning: FormPage, qtbot: QtBot) -> None:
    put(returning, "document_requested_on", "12052023")
    put(returning, "document_obtained_on", "02052023")
    returning.saving.check()
    assert not issues(returning)
    assert not error_of(returning, "document_obtained_on")


def test_day_that_does_not_exist_is_said_on_leaving_its_field(returning: FormPage) -> None:
    put(returning, "departed_on", "31022023")
    assert error_of(returning, "departed_on")
    assert not issues(returning)
    assert box_of(returning, "departed_on").editor.focus_widget().accessibleDescription()


def test_five_faults_give_five_messages_and_f8_jumps(
    returning: FormPage, shell: RecordingShell
) -> None:
    put(returning, "departed_on", "31022023")
    put(returning, "document_requested_on", "12052023")
    put(returning, "document_obtained_on", "02052023")
    put(returning, "counselled_on", "01011890")
    put(returning, "allowance", "9000")  # to confirm
    save(returning)
    assert not shell.saved
    said = issues(returning)
    assert len(said) == 5
    faulty = ("departed_on", "country", "document_obtained_on", "counselled_on")
    assert all(error_of(returning, key) for key in faulty)
    walked = [focused_key(returning)]
    for _ in range(4):
        press(returning, Qt.Key.Key_F8)
        walked.append(focused_key(returning))
    # Errors in the order of the form, then the value to confirm.
    assert walked == [*faulty, "allowance"]
    press(returning, Qt.Key.Key_F8)
    assert focused_key(returning) == "departed_on"
    press(returning, Qt.Key.Key_F8, SHIFT)
    assert focused_key(returning) == "allowance"
    assert box_of(returning, "departed_on").editor.focus_widget().property("text") == "31022023"


def test_errors_are_live_after_a_failed_save(returning: FormPage, qtbot: QtBot) -> None:
    save(returning)
    assert len(issues(returning)) == 1
    assert focused_key(returning) == "country"
    pick(returning, "cote")
    qtbot.waitUntil(lambda: not issues(returning))


def test_unlikely_value_is_saved_once_confirmed_with_a_reason(
    returning: FormPage, shell: RecordingShell, records: Records
) -> None:
    box_of(returning, "country").focus()
    pick(returning, "cote")
    put(returning, "departed_on", "28062023")
    put(returning, "allowance", "9000")
    save(returning)
    assert len(issues(returning)) == 1
    press(returning, Qt.Key.Key_Return)  # no reason: nothing happens
    assert issues(returning)
    enter(returning, "Deux escales payées")
    assert not issues(returning)
    save(returning)
    assert len(shell.saved) == 1
    stored = records.read("return_from_morocco", shell.saved[0][0].ids[0])
    assert stored.values["allowance"] == 900_000


def test_another_value_asks_again(returning: FormPage, qtbot: QtBot) -> None:
    box_of(returning, "country").focus()
    pick(returning, "cote")
    put(returning, "allowance", "9000")
    save(returning)
    enter(returning, "Vu avec la mission")
    assert not issues(returning)
    put(returning, "allowance", "9001")
    qtbot.waitUntil(lambda: len(issues(returning)) == 1)


def test_return_before_birth_is_refused(returning: FormPage) -> None:
    put(returning, "departed_on", "01011992")
    save(returning)
    assert "07/09/1993" in error_of(returning, "departed_on")


def test_fields_come_and_go_with_the_values(returning: FormPage) -> None:
    arrived = box_of(returning, "arrived_on")
    assert arrived.isHidden()
    put(returning, "departed_on", "28062023")
    assert not arrived.isHidden()
    box_of(returning, "departed_on").focus()
    press(returning, Qt.Key.Key_A, CTRL)
    press(returning, Qt.Key.Key_Delete)
    assert arrived.isHidden()


def test_enter_goes_through_the_fields_in_reading_order(returning: FormPage) -> None:
    box_of(returning, "planned_on").focus()
    walked = []
    for _ in range(6):
        walked.append(focused_key(returning))
        press(returning, Qt.Key.Key_Return)
    assert walked == ["planned_on", "departed_on", "departure_place", "flight", "country", "city"]


def test_tab_goes_in_reading_order(returning: FormPage) -> None:
    box_of(returning, "planned_on").focus()
    walked = []
    for _ in range(8):
        walked.append(focused_key(returning))
        press(returning, Qt.Key.Key_Tab)
    assert walked[:6] == [
        "planned_on",
        "departed_on",
        "departure_place",
        "flight",
        "country",
        "city",
    ]
    assert walked[6] == "document"


def test_group_on_the_day_of_the_event_is_shown(returning: FormPage) -> None:
    chip = returning.findChild(QWidget, "form-group")
    assert chip is not None
    put(returning, "departed_on", "28062023")
    assert "28/06/2023" in chip.accessibleName()


def test_saving_stays_on_the_stored_record(
    returning: FormPage, shell: RecordingShell, records: Records
) -> None:
    box_of(returning, "country").focus()
    pick(returning, "cote")
    put(returning, "city", "Abidjan")
    save(returning)
    record_id = shell.saved[0][0].ids[0]
    assert returning.route == FormOf("return_from_morocco", record_id)
    assert not returning.has_changes()
    put(returning, "city", "Bouaké")
    save(returning)
    assert len(shell.saved) == 2
    assert records.read("return_from_morocco", record_id).version == 2


def test_unknown_code_is_kept_and_said(
    context: Context, person: str, shell: RecordingShell, qtbot: QtBot
) -> None:
    route = FormOf("return_from_morocco", person_ids=(person,), prefill=(("country", "ATLANTIS"),))
    page = FormPage(context, route)
    show(qtbot, page)
    save(page)
    assert "ATLANTIS" in error_of(page, "country")
    assert not shell.saved


def test_change_made_elsewhere_is_said_and_reloaded(
    returning: FormPage, records: Records, actor: Actor, shell: RecordingShell
) -> None:
    box_of(returning, "country").focus()
    pick(returning, "cote")
    save(returning)
    record_id = shell.saved[0][0].ids[0]
    records.save(actor, Draft("return_from_morocco", {"city": "Man"}, id=record_id))
    put(returning, "city", "Abidjan")
    save(returning)
    assert len(shell.saved) == 1
    assert returning.frame.notice.isVisibleTo(returning)
    assert box_of(returning, "city").value() == "Abidjan"
    click(returning.frame.notice.action)
    assert box_of(returning, "country").value() == "CI"
    assert box_of(returning, "city").value() == "Abidjan"  # as typed; the notice has the other
    said = [text.text() for text in returning.frame.notice.findChildren(Text)]
    assert any("Man" in text for text in said)
    save(returning)
    assert records.read("return_from_morocco", record_id).values["city"] == "Abidjan"


def limit_pages(register: Register, most: int) -> None:
    """Tell every pooled connection: the limit is not kept in the file."""
    held = [register.database.engine.connect() for _ in range(4)]
    for connection in held:
        connection.exec_driver_sql(f"PRAGMA max_page_count = {most}")
    for connection in held:
        connection.close()


def test_full_disk_keeps_the_values_and_a_retry_works(
    context: Context, person: str, register: Register, shell: RecordingShell, qtbot: QtBot
) -> None:
    page = FormPage(context, FormOf("person", person))
    show(qtbot, page)
    notes = "Suivi par l'équipe. " * 190
    for key in ("protection_notes", "medical_notes"):
        area = box_of(page, key).editor
        area.set_value(notes)
    limit_pages(register, 1)  # SQLite takes the present size as the least
    save(page)
    assert not shell.saved
    assert page.frame.notice.isVisibleTo(page)
    assert box_of(page, "medical_notes").value() == notes.strip()
    limit_pages(register, 1_000_000)
    click(page.frame.notice.action)
    assert len(shell.saved) == 1
    assert not page.frame.notice.isVisibleTo(page)


def answer(name: str) -> None:
    """Press a button of the question as soon as it is there."""

    def press_it() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QDialog)
        button = dialog.findChild(QPushButton, name)
        assert button is not None
        button.click()

    QTimer.singleShot(0, press_it)


def test_typed_work_is_guarded(returning: FormPage) -> None:
    assert returning.may_leave()
    put(returning, "city", "Abidjan")
    answer("leave-keep")
    assert not returning.may_leave()
    answer("leave-discard")
    assert returning.may_leave()


def test_escape_goes_back(returning: FormPage, shell: RecordingShell) -> None:
    press(returning, Qt.Key.Key_Escape)
    assert shell.backs == 1


def test_language_switch_keeps_half_typed_values_focus_and_faults(
    context: Context, returning: FormPage, qapp: QApplication, qtbot: QtBot
) -> None:
    put(returning, "departed_on", "31022023")
    put(returning, "flight", "AT 525")
    put(returning, "allowance", "9000")
    save(returning)
    box_of(returning, "allowance").focus()
    type_text(returning, "Deux esc")
    box_of(returning, "flight").focus()
    kept = returning.state()
    wear(qapp, Language.AR)
    page = FormPage(context, FormOf("return_from_morocco", person_ids=("a" * 32,)))
    show(qtbot, page)
    page.set_state(kept)
    assert focused_key(page) == "flight"
    assert box_of(page, "flight").value() == "AT 525"
    assert box_of(page, "departed_on").editor.focus_widget().property("text") == "31022023"
    assert len(issues(page)) == 3
    assert box_of(page, "allowance").reasons_typed() == {"unusual_number": "Deux esc"}
    assert page.has_changes()
    assert page.state() == kept


def test_assistance_for_four_of_five_counts_four_persons(
    context: Context, family: str, register: Register, shell: RecordingShell, qtbot: QtBot
) -> None:
    page = FormPage(context, FormOf("direct_assistance", person_ids=(person_id("1"),)))
    show(qtbot, page)
    everyone = page.findChild(QPushButton, "household-everyone")
    assert everyone is not None
    click(everyone)
    fifth = page.findChild(QWidget, f"household-{person_id('5')}")
    assert fifth is not None
    click(fifth)
    put(page, "given_on", "10062023")
    box_of(page, "kind").focus()
    pick(page, "bon d")
    save(page)
    assert not issues(page)
    assert len(shell.saved[0][0].ids) == 4
    assert shell.opened[-1] == CasePage(family)
    summary = summarise(register, S1)
    groups = ("total", "men", "women", "boys", "girls")
    counted = [summary.value("direct_assistance", "persons", None, group) for group in groups]
    assert counted == [4, 1, 1, 1, 1]
    assert summary.value("direct_assistance", "cases") == 1


def test_fault_of_one_of_several_is_shown_with_the_name(
    context: Context, family: str, records: Records, shell: RecordingShell, qtbot: QtBot
) -> None:
    given = {"office": "RBA", "given_on": date(2023, 6, 10), "kind": "voucher"}
    records.save(context.actor, Draft("direct_assistance", {**given, "person_id": person_id("2")}))
    ids = (person_id("1"), person_id("2"))
    prefill = tuple(given.items())
    page = FormPage(context, FormOf("direct_assistance", person_ids=ids, prefill=prefill))
    show(qtbot, page)
    save(page)
    assert len(issues(page)) == 1
    block = page.findChild(QWidget, "given_on-same_event_again")
    assert block is not None
    assert "Fatoumata" in block.accessibleName()
    assert "Mamadou" not in block.accessibleName()
    enter(page, "Deux remises le même jour")
    save(page)
    assert len(shell.saved) == 1
    assert len(shell.saved[0][0].ids) == 2


def test_the_only_return_is_chosen(
    context: Context, records: Records, actor: Actor, person: str, qtbot: QtBot
) -> None:
    done = records.save(
        actor,
        Draft(
            "return_from_morocco",
            {
                "person_id": person,
                "office": "RBA",
                "country": "CI",
                "departed_on": date(2023, 5, 24),
            },
        ),
    )
    page = FormPage(context, FormOf("reintegration", person_ids=(person,)))
    show(qtbot, page)
    assert box_of(page, "return_from_morocco_id").value() == done.ids[0]
    assert box_of(page, "return_to_morocco_id").value() is None


def test_form_without_a_person_asks_for_one(context: Context, person: str, qtbot: QtBot) -> None:
    page = FormPage(context, FormOf("referral"))
    show(qtbot, page)
    save(page)
    assert error_of(page, "person_id")
    assert not error_of(page, "partner") or "consent" not in error_of(page, "partner").lower()


def test_pending_figures_are_shown_before_the_save(
    context: Context, returning: FormPage, qtbot: QtBot
) -> None:
    context.period = "2023-S1"
    box_of(returning, "country").focus()
    pick(returning, "cote")
    put(returning, "departed_on", "28062023")
    chip = returning.findChild(QWidget, "live-pending")
    assert chip is not None
    qtbot.waitUntil(lambda: chip.isVisibleTo(returning), timeout=20_000)
    put(returning, "departed_on", "31022023")
    qtbot.waitUntil(lambda: not chip.isVisibleTo(returning), timeout=20_000)


def test_panel_folds_below_its_width_and_with_f9(returning: FormPage) -> None:
    assert returning.live is not None
    panel, line = returning.live.panel, returning.live.line
    assert panel.isVisibleTo(returning)
    press(returning, Qt.Key.Key_F9)
    assert not panel.isVisibleTo(returning)
    assert line.isVisibleTo(returning)
    press(returning, Qt.Key.Key_F9)
    assert panel.isVisibleTo(returning)
    state = returning.state()
    assert state is not None
    assert state.panel is True


def test_narrow_page_folds_its_panel(context: Context, person: str, qtbot: QtBot) -> None:
    page = FormPage(context, FormOf("referral", person_ids=(person,)))
    show(qtbot, page, width=880)
    assert page.live is not None
    assert not page.live.panel.isVisibleTo(page)
    assert page.width() == 880


def test_help_of_a_field_opens_with_f1(context: Context, person: str, qtbot: QtBot) -> None:
    page = FormPage(context, FormOf("person", person))
    show(qtbot, page)
    box = box_of(page, "birth_typed")
    text = box.findChild(QWidget, "birth_typed-help")
    assert text is not None
    box.focus()
    press(page, Qt.Key.Key_F1)
    assert text.isVisibleTo(page)
    press(page, Qt.Key.Key_F1)
    assert not text.isVisibleTo(page)


def test_forms_open_in_the_dark(
    context: Context, person: str, qapp: QApplication, qtbot: QtBot
) -> None:
    wear(qapp, Language.FR, Scheme.DARK)
    page = FormPage(context, FormOf("person", person))
    show(qtbot, page)
    assert not page.grab().isNull()


def test_to_look_at_a_line_is_no_change(context: Context, person: str, qtbot: QtBot) -> None:
    page = FormPage(context, FormOf("person", person))
    show(qtbot, page)
    table = page.findChild(ChildTable, "children-document")
    assert table is not None
    table.add()
    for name, value in (("kind", "passport"), ("number", "R0123456")):
        table.lines[-1].fields.boxes[name].editor.set_value(value)
    page.on_edited()
    save(page)
    page.reload()
    table = page.findChild(ChildTable, "children-document")
    assert table is not None
    line = table.lines[-1]
    assert not line.is_open
    line.open()
    assert line.is_open
    assert not page.has_changes()


def paste(key: QKeySequence.StandardKey = QKeySequence.StandardKey.Paste) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keySequence(focused, key)


def test_what_is_too_long_is_kept_and_said(context: Context, person: str, qtbot: QtBot) -> None:
    page = FormPage(context, FormOf("person", person))
    show(qtbot, page)
    phones, notes = "0661 20 48 17 / 0537 71 22 33 (mari)", "Suivi. " * 7000
    table = page.findChild(ChildTable, "children-phone")
    assert table is not None
    number = table.add().fields.boxes["number"]
    number.focus()
    QGuiApplication.clipboard().setText(phones)
    paste()
    box_of(page, "protection_notes").focus()
    QGuiApplication.clipboard().setText(notes)
    paste()
    save(page)
    assert number.value() == phones
    assert box_of(page, "protection_notes").value() == notes.strip()
    for key in (number.key, "protection_notes"):
        assert "At most" in error_of(page, key)
