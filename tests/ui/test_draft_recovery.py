"""Nothing typed is lost: forms half typed, told as given, when, then."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QElapsedTimer, QEvent, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import func, select
from tests.ui.forms.conftest import family, person_id
from tests.ui.forms.hands import box_of, click, enter, focused_key, pick, press, save, type_text

from avrr_desktop.activities import RECORD_BY_KEY
from avrr_desktop.core.actors import Actor, Role
from avrr_desktop.core.clock import FixedClock
from avrr_desktop.core.errors import UserError
from avrr_desktop.core.labels import Language
from avrr_desktop.core.translation import load_catalogues
from avrr_desktop.db.tables import CHANGE
from avrr_desktop.services.drafts import Draft
from avrr_desktop.services.records import Records
from avrr_desktop.services.register import Register
from avrr_desktop.ui.bin.page import BinPage
from avrr_desktop.ui.drafts.dialog import DraftsDialog
from avrr_desktop.ui.drafts.keeping import Keeping
from avrr_desktop.ui.drafts.packing import pack, unpack
from avrr_desktop.ui.forms.entry_page import EntryPage
from avrr_desktop.ui.forms.registration_body import RegistrationBody
from avrr_desktop.ui.page import Context
from avrr_desktop.ui.routes import Bin, FormOf, NewRegistration, Route, Today
from avrr_desktop.ui.shell.main_window import MainWindow
from avrr_desktop.ui.shell.pages import make_page
from avrr_desktop.ui.shell.status_bar import StatusBar
from avrr_desktop.ui.tasks import Tasks
from avrr_desktop.vault import Box

__all__ = ["family"]

ROOT = Path(__file__).resolve().parents[2]
KILLED_AFTER = 2.0
EIGHT = (
    *("family_name", "given_name", "family_name_ar", "given_name_ar"),
    *("sex", "birth_typed", "nationality", "document-kind"),
)

Opener = Callable[[], MainWindow]


@pytest.fixture
def start(qapp: QApplication, register: Register, tasks: Tasks, qtbot: QtBot) -> Iterator[Opener]:
    """Starts the window, as often as wanted; the one before is gone without a word."""
    load_catalogues(register.paths.catalogues)
    made: list[MainWindow] = []

    def started() -> MainWindow:
        for before in made:
            vanish(before)
        made.clear()
        window = MainWindow(qapp, register, tasks)
        made.append(window)
        window.resize(1440, 900)
        window.start(Today())
        window.show()
        qtbot.waitExposed(window)
        window.activateWindow()
        qtbot.waitUntil(lambda: tasks.is_idle and keeping_of(window).is_idle)
        return window

    yield started
    for window in made:
        vanish(window)
    qtbot.waitUntil(lambda: tasks.is_idle)


def vanish(window: MainWindow) -> None:
    """As if the power failed: nothing is asked, nothing is written any more."""
    for dialog in window.findChildren(DraftsDialog):
        dialog.close()
    page = window.page
    if isinstance(page, EntryPage):
        page.keeper.stop()
        page.keeper._keeping = None
    keeping_of(window).finish()
    window.hide()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def keeping_of(window: MainWindow) -> Keeping:
    keeping = window.context.keeping
    assert keeping is not None
    return keeping


# Given


def given_eight_fields_typed(window: MainWindow, qtbot: QtBot) -> EntryPage:
    """KONÉ Aïcha on the registration screen, up to the number of her passport."""
    window.open(NewRegistration())
    page = form_of(window)
    qtbot.waitUntil(lambda: focused_key(page) == "family_name")
    for text in ("KONÉ", "Aïcha", "كوني", "عائشة"):
        enter(page, text)
    press(page, Qt.Key.Key_Right)
    press(page, Qt.Key.Key_Right)
    press(page, Qt.Key.Key_Return)
    enter(page, "070993")
    pick(page, "cote")
    pick(page, "passep")
    return page


def given_another_name_typed(window: MainWindow, person: str, qtbot: QtBot) -> EntryPage:
    """The stored person with another given name, half typed."""
    window.open(FormOf("person", person))
    page = form_of(window)
    qtbot.waitUntil(lambda: focused_key(page) != "")
    box_of(page, "given_name").focus()
    press(page, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    enter(page, "Aminata")
    return page


# When


def when_a_pause_has_passed(window: MainWindow, register: Register, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: bool(files(register)) and keeping_of(window).is_idle, timeout=10_000)


def when_answered(window: MainWindow, name: str) -> None:
    """The button of the dialog of drafts."""
    button = dialog_of(window).findChild(QPushButton, name)
    assert button is not None
    click(button)
    window.activateWindow()
    QApplication.processEvents()


def when_left(window: MainWindow, route: Route, name: str) -> None:
    """Another page is asked for, and the question about typed work answered."""

    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        assert dialog is not None
        button = dialog.findChild(QPushButton, name)
        assert button is not None
        button.click()

    QTimer.singleShot(0, answer)
    window.open(route)


# Then


def then_resumed(window: MainWindow, qtbot: QtBot) -> None:
    page = form_of(window)
    assert page.route == NewRegistration()
    qtbot.waitUntil(lambda: focused_key(page) == "document-number")
    assert {key: box_of(page, key).value() for key in EIGHT} == {
        "family_name": "KONÉ",
        "given_name": "Aïcha",
        "family_name_ar": "كوني",
        "given_name_ar": "عائشة",
        "sex": "woman",
        "birth_typed": "070993",
        "nationality": "CI",
        "document-kind": "passport",
    }


def then_nothing_is_offered(window: MainWindow) -> None:
    assert not window.findChildren(DraftsDialog)
    assert not status_of(window).drafts.isVisible()


def form_of(window: MainWindow) -> EntryPage:
    page = window.page
    assert isinstance(page, EntryPage)
    return page


def dialog_of(window: MainWindow) -> DraftsDialog:
    (dialog,) = [each for each in window.findChildren(DraftsDialog) if each.isVisible()]
    return dialog


def rows_of(dialog: DraftsDialog) -> list[tuple[str, ...]]:
    model = dialog.model
    return [
        tuple(str(model.index(row, column).data()) for column in range(3))
        for row in range(model.rowCount())
    ]


def status_of(window: MainWindow) -> StatusBar:
    frame = window.centralWidget()
    assert frame is not None
    (bar,) = frame.findChildren(StatusBar)
    return bar


def files(register: Register, folder: str = "") -> list[Path]:
    return sorted((register.paths.drafts_dir / folder).glob("*.draft"))


def changes_of(register: Register) -> int:
    with register.database.reading() as connection:
        return connection.execute(select(func.count()).select_from(CHANGE)).scalar() or 0


# The program killed


@pytest.mark.skipif(sys.platform == "win32", reason="no such signal")
def test_killed_while_typing(tmp_path: Path) -> None:
    folder = tmp_path / "data"

    # Given eight fields typed, and two seconds more
    typed = said_by("type", folder, KILLED_AFTER)
    # When the program is killed and started again, and the dialog answered by Enter
    resumed = said_by("resume", folder, 0)

    # Then the dialog named form, person and time
    (row,) = resumed["rows"]
    assert row == ["Nouvel enregistrement", "KONÉ Aïcha", row[2]]
    assert "05/07/2023" in row[2]
    # and values, page and focus are back
    assert len(typed["values"]) == 8
    assert "" not in typed["values"].values()
    for part in ("values", "page", "focus"):
        assert resumed[part] == typed[part]
    assert typed["focus"] == "document-number"
    # and nothing of it was ever in the register
    assert typed["persons"] == resumed["persons"] == 0


def said_by(action: str, folder: Path, seconds: float) -> dict[str, Any]:
    """What a process says before it is killed so many seconds later."""
    command = [sys.executable, "-m", "tests.ui.draft_process", action, str(folder)]
    environment = {**os.environ, "TZ": "UTC", "LANG": "C.UTF-8"}
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    try:
        assert process.stdout is not None
        assert process.stderr is not None
        line = process.stdout.readline()
        if not line:
            pytest.fail(process.stderr.read().decode())
        time.sleep(seconds)
    finally:
        process.send_signal(signal.SIGKILL)
        process.communicate()
    said: dict[str, Any] = json.loads(line)
    return said


class Waited(QElapsedTimer):
    """As many milliseconds since the first key as the test says."""

    since = 0

    def elapsed(self) -> int:
        return self.since


def test_typing_without_a_pause_is_kept_within_the_five_seconds(
    start: Opener, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    """Each key puts the keeping off by a second, but never past the fourth: then it is written."""
    page = given_eight_fields_typed(start(), qtbot)
    keeper = page.keeper
    monkeypatch.setattr(keeper, "_waited", Waited())
    for since, left in ((0, 1000), (3000, 1000), (3700, 300), (4000, 0), (9000, 0)):
        monkeypatch.setattr(Waited, "since", since)
        type_text(page, "5")
        assert keeper._timer.interval() == left
    assert keeper._timer.isActive()


# Resumed


def test_draft_is_resumed(start: Opener, register: Register, qtbot: QtBot) -> None:
    window = start()
    before = changes_of(register)
    given_eight_fields_typed(window, qtbot)
    when_a_pause_has_passed(window, register, qtbot)
    qtbot.wait(1200)  # the last key is kept a second later

    window = start()
    assert rows_of(dialog_of(window))[0][:2] == ("Nouvel enregistrement", "KONÉ Aïcha")
    QTest.keyClick(dialog_of(window).focusWidget(), Qt.Key.Key_Return)

    then_resumed(window, qtbot)
    assert changes_of(register) == before
    assert len(files(register)) == 1


def test_resumed_draft_is_kept_under_one_name(
    start: Opener, register: Register, qtbot: QtBot
) -> None:
    window = start()
    given_eight_fields_typed(window, qtbot)
    window.keep_typed()
    window = start()
    when_answered(window, "drafts-resume")
    type_text(form_of(window), "R 0999888")
    window.keep_typed()
    window = start()
    assert len(rows_of(dialog_of(window))) == 1
    when_answered(window, "drafts-resume")
    assert box_of(form_of(window), "document-number").value() == "R 0999888"


def test_family_is_resumed(start: Opener, register: Register, qtbot: QtBot) -> None:
    window = start()
    page = given_eight_fields_typed(window, qtbot)
    assert isinstance(page.body, RegistrationBody)
    click(page.body.add_button)
    box_of(page, "member1-given_name").focus()
    type_text(page, "Moussa")
    window.keep_typed()

    window = start()
    assert rows_of(dialog_of(window))[0][1] == "KONÉ Aïcha, KONÉ Moussa"
    when_answered(window, "drafts-resume")

    page = form_of(window)
    assert isinstance(page.body, RegistrationBody)
    assert len(page.body.cards) == 1
    assert box_of(page, "member1-given_name").value() == "Moussa"
    assert focused_key(page) == "member1-given_name"


def test_entry_for_several_is_resumed(start: Opener, family: str, qtbot: QtBot) -> None:
    window = start()
    two = (person_id("1"), person_id("2"))
    window.open(FormOf("direct_assistance", person_ids=two, case_id=family))
    page = form_of(window)
    qtbot.waitUntil(lambda: focused_key(page) == "given_on")
    enter(page, "030723")
    window.keep_typed()

    window = start()
    assert rows_of(dialog_of(window))[0][1] == "DIALLO Mamadou, DIALLO Fatoumata"
    when_answered(window, "drafts-resume")

    page = form_of(window)
    assert box_of(page, "given_on").value() == date(2023, 7, 3)
    assert [draft.values["person_id"] for draft in page.body.drafts()] == list(two)


def keys_of_forms() -> list[str]:
    """Records but for those that are lines within another's form."""
    lines = {child.key for record in RECORD_BY_KEY.values() for child in record.children}
    return sorted(set(RECORD_BY_KEY) - lines)


@pytest.mark.parametrize("key", keys_of_forms())
def test_every_form_can_be_kept(context: Context, key: str, qtbot: QtBot) -> None:
    page = make_page(context, FormOf(key))
    qtbot.addWidget(page)
    assert isinstance(page, EntryPage)
    state = page.typed_state()
    kept = json.loads(json.dumps(pack(page.route, state)))
    assert unpack(kept) == (page.route, state)


def test_a_state_of_another_program_is_refused() -> None:
    with pytest.raises(UserError, match="sealed_broken"):
        unpack({"route": {"!": "FormOf", "of": {"key": "person"}}, "state": {"!": "os", "of": "x"}})
    with pytest.raises(UserError, match="sealed_broken"):
        unpack({"route": {"!": "FormOf", "of": {"key": "person"}}, "state": None})


# Through switch, lock and log-out


def test_language_switch_keeps_one_draft(start: Opener, register: Register, qtbot: QtBot) -> None:
    window = start()
    given_eight_fields_typed(window, qtbot)
    window.keep_typed()
    status_of(window).language_chosen.emit(Language.AR)
    QApplication.processEvents()
    assert box_of(form_of(window), "given_name").value() == "Aïcha"
    type_text(form_of(window), "R1")
    window.keep_typed()

    window = start()
    assert len(rows_of(dialog_of(window))) == 1
    when_answered(window, "drafts-resume")
    assert box_of(form_of(window), "document-number").value() == "R1"
    status_of(window).language_chosen.emit(Language.FR)
    qtbot.waitUntil(lambda: keeping_of(window).is_idle)
    assert status_of(window).drafts.isHidden()  # it is on screen, and does not wait


def test_lock_keeps_and_does_not_offer_what_is_on_screen(
    start: Opener, register: Register, qtbot: QtBot
) -> None:
    window = start()
    given_eight_fields_typed(window, qtbot)
    assert window.keep_typed()
    assert len(files(register)) == 1
    window.offering.start()  # unlocked by the same person
    qtbot.waitUntil(lambda: keeping_of(window).is_idle)
    then_nothing_is_offered(window)
    then_resumed(window, qtbot)


def test_draft_belongs_to_its_author(start: Opener, register: Register, qtbot: QtBot) -> None:
    window = start()
    given_eight_fields_typed(window, qtbot)
    assert window.keep_typed()
    author = register.actor

    register.actor = Actor("b" * 32, "Karim", Role.CASEWORKER)
    window = start()
    then_nothing_is_offered(window)

    register.actor = author
    window = start()
    when_answered(window, "drafts-resume")
    then_resumed(window, qtbot)


# Saved, discarded, left for later


def test_saved_form_is_never_offered(
    start: Opener, register: Register, person: str, qtbot: QtBot
) -> None:
    window = start()
    page = given_another_name_typed(window, person, qtbot)
    window.keep_typed()
    assert len(files(register)) == 1
    save(page)
    assert files(register) == []
    assert files(register, "bin") == []
    qtbot.wait(1200)
    assert files(register) == []
    window = start()
    then_nothing_is_offered(window)


def test_typing_taken_back_leaves_no_draft(start: Opener, register: Register, qtbot: QtBot) -> None:
    window = start()
    window.open(NewRegistration())
    page = form_of(window)
    qtbot.waitUntil(lambda: focused_key(page) == "family_name")
    type_text(page, "K")
    window.keep_typed()
    assert len(files(register)) == 1
    press(page, Qt.Key.Key_Backspace)
    qtbot.waitUntil(lambda: not files(register), timeout=10_000)


def test_discarded_in_the_dialog_comes_back_from_the_bin(
    start: Opener, register: Register, qtbot: QtBot
) -> None:
    window = start()
    given_eight_fields_typed(window, qtbot)
    window.keep_typed()
    window = start()
    QTest.keyClick(dialog_of(window).focusWidget(), Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: not window.findChildren(DraftsDialog))
    assert not files(register)
    then_nothing_is_offered(window)

    page = when_the_bin_is_opened(window, qtbot)
    texts = [str(page.model.index(0, column).data()) for column in range(5)]
    assert texts[1:3] == ["Brouillon\u00a0: Nouvel enregistrement", "KONÉ Aïcha"]
    assert "04/08/2023" in texts[4]
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    then_resumed(window, qtbot)
    assert not files(register, "bin")


def when_the_bin_is_opened(window: MainWindow, qtbot: QtBot) -> BinPage:
    window.open(Bin())
    page = window.page
    assert isinstance(page, BinPage)
    qtbot.waitUntil(lambda: window.context.tasks.is_idle)
    return page


def test_discarded_when_leaving_goes_to_the_bin(
    start: Opener, register: Register, qtbot: QtBot
) -> None:
    window = start()
    given_eight_fields_typed(window, qtbot)
    when_left(window, Today(), "leave-discard")
    assert not files(register)
    assert len(files(register, "bin")) == 1
    qtbot.wait(1200)
    assert not files(register)


def test_bin_lets_go_after_thirty_days(
    start: Opener, register: Register, clock: FixedClock, qtbot: QtBot
) -> None:
    window = start()
    given_eight_fields_typed(window, qtbot)
    when_left(window, Today(), "leave-discard")
    clock.instant += timedelta(days=29)
    start()
    assert len(files(register, "bin")) == 1
    clock.instant += timedelta(days=1)
    window = start()
    assert not files(register, "bin")
    assert when_the_bin_is_opened(window, qtbot).model.rowCount() == 0


def test_left_for_later_waits_in_the_status_bar(
    start: Opener, register: Register, qtbot: QtBot
) -> None:
    window = start()
    given_eight_fields_typed(window, qtbot)
    when_left(window, Today(), "leave-later")
    assert window.page is not None
    assert window.page.route == Today()
    chip = status_of(window).drafts
    qtbot.waitUntil(chip.isVisible)
    assert chip.text() == "1 brouillon"
    click(chip)
    QTest.keyClick(dialog_of(window), Qt.Key.Key_Escape)
    assert chip.isVisible()
    assert len(files(register)) == 1
    click(chip)
    when_answered(window, "drafts-resume")
    then_resumed(window, qtbot)
    assert not chip.isVisible()


def test_several_drafts_are_listed(
    start: Opener, clock: FixedClock, person: str, qtbot: QtBot
) -> None:
    window = start()
    given_eight_fields_typed(window, qtbot)
    when_left(window, Today(), "leave-later")
    clock.instant += timedelta(minutes=3)
    given_another_name_typed(window, person, qtbot)
    when_left(window, Today(), "leave-later")

    window = start()
    dialog = dialog_of(window)
    forms = [row[0] for row in rows_of(dialog)]
    assert forms == ["Personne", "Nouvel enregistrement"]
    QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Delete)
    assert [row[0] for row in rows_of(dialog)] == ["Nouvel enregistrement"]
    QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
    then_resumed(window, qtbot)


# Changed, deleted, damaged


def test_record_changed_meanwhile(
    start: Opener, records: Records, actor: Actor, person: str, qtbot: QtBot
) -> None:
    window = start()
    given_another_name_typed(window, person, qtbot)
    window.keep_typed()
    stored = records.read("person", person)
    others = {"given_name": "Aïssata", "nationality": "ML"}
    values = {**stored.values, **others}
    records.save(actor, Draft("person", values, person, version=stored.version))

    window = start()
    when_answered(window, "drafts-resume")
    page = form_of(window)

    said = page.frame.notice.accessibleName()
    assert page.frame.notice.isVisible()
    assert actor.name in said
    assert "Aïssata" in said
    assert box_of(page, "given_name").value() == "Aminata"  # as typed
    assert box_of(page, "nationality").value() == "ML"  # left alone: as it is now
    save(page)
    saved = records.read("person", person).values
    assert (saved["given_name"], saved["nationality"]) == ("Aminata", "ML")


def test_a_reload_puts_what_is_typed_on_the_present_version(
    start: Opener, register: Register, records: Records, person: str, qtbot: QtBot
) -> None:
    window = start()
    page = given_another_name_typed(window, person, qtbot)
    stored = records.read("person", person)
    values = {**stored.values, "nationality": "ML"}
    records.save(register.actor, Draft("person", values, person, version=stored.version))
    save(page)
    click(page.frame.notice.action)
    assert box_of(page, "given_name").value() == "Aminata"
    assert box_of(page, "nationality").value() == "ML"
    assert page.has_changes()
    assert not files(register, "bin")


def test_record_deleted_meanwhile(
    start: Opener, register: Register, records: Records, person: str, qtbot: QtBot
) -> None:
    window = start()
    given_another_name_typed(window, person, qtbot)
    window.keep_typed()
    records.delete(register.actor, "person", person, "twice")
    window = start()
    when_answered(window, "drafts-resume")
    assert window.page is not None
    assert window.page.route == Today()
    assert "n’existe plus" in said_in(window)
    assert len(files(register)) == 1


def said_in(window: MainWindow) -> str:
    frame = window.centralWidget()
    assert frame is not None
    return " ".join(
        each.accessibleName() for each in frame.findChildren(QWidget) if each.isVisible()
    )


def test_damaged_draft_is_said_and_set_aside(
    start: Opener, register: Register, qtbot: QtBot
) -> None:
    register.paths.drafts_dir.mkdir(exist_ok=True)
    (register.paths.drafts_dir / f"{'d' * 32}.draft").write_bytes(b"\x00 not a form")
    window = start()
    qtbot.waitUntil(lambda: "illisible" in said_in(window))
    then_nothing_is_offered(window)
    assert len(files(register, "aside")) == 1
    window = start()
    assert "illisible" not in said_in(window)


def test_full_disk_is_said_and_typing_goes_on(
    start: Opener, register: Register, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "no space")

    window = start()
    monkeypatch.setattr(os, "fsync", full)
    page = given_eight_fields_typed(window, qtbot)
    assert not window.keep_typed()
    unkept = status_of(window).unkept
    assert unkept.isVisible()
    assert "Le disque est plein" in unkept.accessibleName()
    assert not files(register)
    type_text(page, "R1")
    monkeypatch.undo()
    qtbot.waitUntil(lambda: bool(files(register)), timeout=10_000)
    qtbot.waitUntil(lambda: not unkept.isVisible())
    assert box_of(page, "document-number").value() == "R1"


def test_no_name_is_readable_in_the_folder_of_a_protected_register(
    start: Opener, register: Register, qtbot: QtBot
) -> None:
    register.box = Box(b"k" * 32, register.info.uuid)
    window = start()
    given_eight_fields_typed(window, qtbot)
    window.keep_typed()
    held = b"".join(path.read_bytes() for path in register.paths.drafts_dir.rglob("*.*"))
    assert held
    for name in ("KONÉ", "Aïcha", "كوني", "عائشة", "070993"):
        for encoding in ("utf-8", "utf-16-le", "utf-16-be", "latin-1"):
            assert name.encode(encoding, "replace") not in held
    window = start()
    when_answered(window, "drafts-resume")
    then_resumed(window, qtbot)
