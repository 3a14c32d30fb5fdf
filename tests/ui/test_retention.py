"""Anonymising from the settings, and the file of one person, driven."""

from __future__ import annotations

from pathlib import Path

import pypdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot
from tests.retention.conftest import *  # noqa: F403 (the register of a family long gone)
from tests.retention.conftest import CHILD, HEAD, OTHER
from tests.ui.conftest import RecordingShell
from tests.ui.test_users_and_backups import answering, press

from avrr_desktop.core.actors import Actor, Role
from avrr_desktop.core.errors import UserError
from avrr_desktop.core.labels import Language
from avrr_desktop.core.periods import parse_period
from avrr_desktop.services.bulletin.blocks import Heading
from avrr_desktop.services.drafts import Changed, Draft
from avrr_desktop.services.person_page import read_person
from avrr_desktop.services.records import Records
from avrr_desktop.services.register import Register
from avrr_desktop.services.retention.anonymising import anonymise
from avrr_desktop.services.settings import read_office
from avrr_desktop.services.subject_access import subject_file
from avrr_desktop.ui.changes import Changes
from avrr_desktop.ui.page import Context
from avrr_desktop.ui.person.page import PersonPageView
from avrr_desktop.ui.routes import PersonPage, Settings
from avrr_desktop.ui.settings import retention
from avrr_desktop.ui.settings.page import SettingsPage
from avrr_desktop.ui.settings.retention import RetentionSection
from avrr_desktop.ui.tasks import Tasks
from avrr_desktop.ui.widgets.banners import Banner
from avrr_desktop.ui.widgets.buttons import Button


@pytest.fixture
def context(register: Register, shell: RecordingShell, tasks: Tasks) -> Context:
    return Context(register, Records(register), register.actor, Changes(), tasks, shell)


def section(qtbot: QtBot, context: Context) -> RetentionSection:
    made = RetentionSection(context)
    qtbot.addWidget(made)
    made.resize(1000, 600)
    made.show()
    qtbot.waitUntil(lambda: bool(made.found.due))
    return made


def button(widget: QWidget, name: str) -> Button:
    found = widget.findChild(Button, name)
    assert found is not None
    return found


def test_one_file_is_anonymised(qtbot: QtBot, context: Context) -> None:
    shown, changes = section(qtbot, context), list[Changed]()
    context.changes.happened.connect(changes.append)
    assert len(shown.found.due) == 3
    answering({})
    press(shown, "retention-one")
    qtbot.waitUntil(lambda: len(shown.found.due) == 2)
    assert [changed.persons for changed in changes] == [frozenset({HEAD})]
    assert shown.said.isVisible()
    assert read_person(context.register, HEAD, parse_period("2012-S1")).name.family == "—"


def test_all_are_anonymised_and_the_list_is_empty(qtbot: QtBot, context: Context) -> None:
    shown = section(qtbot, context)
    answering({"retention-reason": "Delai fini"})
    press(shown, "retention-all")
    qtbot.waitUntil(lambda: not shown.found.due and shown.stop.isHidden())
    assert not shown.every.isEnabled()
    views = [read_person(context.register, i, parse_period("2012-S1")) for i in (CHILD, OTHER)]
    assert all(view.anonymised_on for view in views)


def test_without_a_reason_nothing_is_done(qtbot: QtBot, context: Context) -> None:
    shown = section(qtbot, context)
    answering({"retention-reason": ""})
    press(shown, "retention-one")
    assert read_person(context.register, HEAD, parse_period("2012-S1")).anonymised_on is None


def test_the_time_of_keeping_is_changed(qtbot: QtBot, context: Context) -> None:
    shown = section(qtbot, context)
    answering({"retention-years": "0"})  # refused, and left
    press(shown, "retention-change")
    assert read_office(context.register).retention_years == "10"
    answering({"retention-years": "11"})
    press(shown, "retention-change")
    qtbot.waitUntil(lambda: not shown.found.due)
    assert read_office(context.register).retention_years == "11"


def test_only_an_administrator_sees_it(qtbot: QtBot, context: Context) -> None:
    context.register.actor = Actor("s", "Superviseur", Role.SUPERVISOR)
    seen = Context(
        context.register, context.records, context.register.actor, context.changes,
        context.tasks, context.shell,
    )  # fmt: skip
    page = SettingsPage(seen, Settings("retention"))
    qtbot.addWidget(page)
    assert page.findChild(RetentionSection) is None


def test_the_page_of_somebody_anonymised_offers_nothing(qtbot: QtBot, context: Context) -> None:
    anonymise(context.register, context.actor, [HEAD], "Délai")
    page = PersonPageView(context, PersonPage(HEAD))
    qtbot.addWidget(page)
    page.resize(1200, 800)
    page.show()
    assert page.findChild(Banner, "person-anonymised") is not None
    for name in ("edit-identity", "delete-person", "add-other"):
        assert not button(page, name).isVisible()


def test_the_whole_file_of_a_person_is_written(
    qtbot: QtBot, context: Context, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = PersonPageView(context, PersonPage(HEAD))
    qtbot.addWidget(page)
    page.show()
    target = tmp_path / "dossier.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(target), ""))
    QTest.mouseClick(button(page, "person-file"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(target.exists)
    text = "\n".join(part.extract_text() for part in pypdf.PdfReader(target).pages)
    for told in (
        "ZOUNGRANA",
        "QX7788990",
        "07/09/1985",
        "RBA-2012-0001",
        "24/05/2012",
        "01/12/2012",
    ):
        assert told in text
    assert "Théophraste" not in text  # another person of the household
    with context.register.database.reading() as connection:
        query = "SELECT action, record_id FROM change ORDER BY sequence DESC LIMIT 1"
        assert tuple(connection.exec_driver_sql(query).one()) == ("export", "dossier.pdf")


def test_notes_that_may_not_be_read_are_said_to_be_there(context: Context) -> None:
    change = Draft("person", {"medical_notes": "Suivi cardiologique"}, id=HEAD)
    context.register.actor = Actor("r", "Médecin", Role.SUPERVISOR, restricted=True)
    context.records.save(context.register.actor, change, confirm_all="test")
    assert "cardiologique" in repr(subject_file(context.register, HEAD, Language.FR))
    context.register.actor = Actor("s", "Superviseur", Role.SUPERVISOR)
    held = repr(subject_file(context.register, HEAD, Language.FR))
    assert "cardiologique" not in held
    assert "Notes médicales" in held


def test_given_up_the_list_and_the_figures_are_told(qtbot: QtBot, context: Context) -> None:
    shown, changes = section(qtbot, context), list[Changed]()
    context.changes.happened.connect(changes.append)
    answering({}, then=None)
    press(shown, "retention-all")
    assert shown.stop.isVisible()
    press(shown, "retention-stop")
    qtbot.waitUntil(lambda: not shown.stop.isVisible() and bool(changes))


def test_a_list_that_cannot_be_read_is_said_once(
    qtbot: QtBot, context: Context, monkeypatch: pytest.MonkeyPatch, shell: RecordingShell
) -> None:
    def failing(_register: Register) -> None:
        raise UserError("disk_failure")

    monkeypatch.setattr(retention, "read_retention", failing)
    shown = RetentionSection(context)
    qtbot.addWidget(shown)
    qtbot.waitUntil(lambda: bool(shell.failed))
    QApplication.processEvents()
    assert len(shell.failed) == 1


def test_papers_places_and_activities_are_parts_of_one_rank(context: Context) -> None:
    blocks = subject_file(context.register, HEAD, Language.FR).blocks
    assert {block.level for block in blocks if isinstance(block, Heading)} == {1}
