"""Lines of children edited within the form, and members of a case."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from tests.ui.conftest import RecordingShell
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

from avrr_desktop.services.records import Records
from avrr_desktop.ui.forms.child_line import ChildLine
from avrr_desktop.ui.forms.page import FormPage
from avrr_desktop.ui.page import Context
from avrr_desktop.ui.routes import FormOf


def lines_of(page: FormPage, key: str) -> list[ChildLine]:
    return page.made.tables[key].lines


def test_line_is_added_by_the_keyboard(
    context: Context, person: str, records: Records, qtbot: QtBot
) -> None:
    page = FormPage(context, FormOf("person", person))
    show(qtbot, page)
    page.made.tables["document"].add_button.setFocus()
    press(page, Qt.Key.Key_Space)
    assert focused_key(page) == "document-0-kind"
    pick(page, "passep")
    enter(page, "R 0123456")
    save(page)
    documents = records.read("person", person).values["document"]
    assert isinstance(documents, tuple)
    assert documents[0]["number"] == "R 0123456"
    assert lines_of(page, "document")[0].line_id == documents[0]["id"]


def test_removed_line_comes_back_until_the_save(
    context: Context, person: str, records: Records, qtbot: QtBot
) -> None:
    page = FormPage(context, FormOf("person", person))
    show(qtbot, page)
    line = lines_of(page, "consent")[0]
    click(line.remove_button)
    assert line.is_removed
    assert page.has_changes()
    click(line.remove_button)
    assert not page.has_changes()
    click(line.remove_button)
    save(page)
    assert records.read("person", person).values["consent"] == ()
    assert not lines_of(page, "consent")


def test_empty_new_line_is_left_out(
    context: Context, person: str, shell: RecordingShell, qtbot: QtBot
) -> None:
    page = FormPage(context, FormOf("person", person))
    show(qtbot, page)
    click(page.made.tables["phone"].add_button)
    save(page)
    assert len(shell.saved) == 1
    assert not lines_of(page, "phone")


def test_unwanted_new_line_goes_at_once(context: Context, person: str, qtbot: QtBot) -> None:
    page = FormPage(context, FormOf("person", person))
    show(qtbot, page)
    click(page.made.tables["phone"].add_button)
    click(lines_of(page, "phone")[0].remove_button)
    assert not lines_of(page, "phone")
    assert page.made.tables["phone"].add_button.hasFocus()


def test_fault_opens_its_line(context: Context, person: str, qtbot: QtBot) -> None:
    page = FormPage(context, FormOf("person", person))
    show(qtbot, page)
    line = lines_of(page, "consent")[0]
    click(line.edit_button)
    box_of(page, "consent-0-withdrawn_on").focus()
    enter(page, "01012023")
    click(line.edit_button)
    assert not line.is_open
    save(page)
    assert line.is_open
    assert error_of(page, "consent-0-withdrawn_on")
    assert issues(page)
    assert focused_key(page) == "consent-0-withdrawn_on"


def test_half_typed_and_removed_lines_are_kept(context: Context, person: str, qtbot: QtBot) -> None:
    page = FormPage(context, FormOf("person", person))
    show(qtbot, page)
    click(lines_of(page, "consent")[0].remove_button)
    click(page.made.tables["document"].add_button)
    box_of(page, "document-0-number").focus()
    type_text(page, "R 01")
    kept = page.state()
    again = FormPage(context, FormOf("person", person))
    show(qtbot, again)
    again.set_state(kept)
    assert lines_of(again, "consent")[0].is_removed
    assert box_of(again, "document-0-number").value() == "R 01"
    assert focused_key(again) == "document-0-number"
    assert again.has_changes()


def test_member_is_added_to_a_case_by_search(
    context: Context, family: str, person: str, records: Records, qtbot: QtBot
) -> None:
    page = FormPage(context, FormOf("case_file", family))
    show(qtbot, page)
    click(page.made.tables["membership"].add_button)
    enter(page, "kone")
    pick(page, "sans")
    enter(page, "01062023")
    save(page)
    assert not issues(page)
    lines = records.read("case_file", family).values["membership"]
    assert isinstance(lines, tuple)
    assert lines[-1]["person_id"] == person


def test_undo_elsewhere_reads_the_record_again(
    context: Context, family: str, records: Records, shell: RecordingShell, qtbot: QtBot
) -> None:
    page = FormPage(context, FormOf("person", person_id("1")))
    show(qtbot, page)
    box_of(page, "given_name").focus()
    press(page, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    enter(page, "Moussa")
    save(page)
    changed = records.undo(context.actor)
    page.refresh(changed)
    assert box_of(page, "given_name").value() == "Mamadou"
