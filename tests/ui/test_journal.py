import csv
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListView, QPushButton
from pytestqt.qtbot import QtBot
from tests.ui.conftest import RecordingShell, person_draft, registration_draft, wear

from avrr_desktop.core.labels import Language
from avrr_desktop.services.audit import Action, Subject, note
from avrr_desktop.services.audit_lines import AuditQuery
from avrr_desktop.services.drafts import Draft
from avrr_desktop.ui.journal.model import JournalModel
from avrr_desktop.ui.journal.page import JournalPage
from avrr_desktop.ui.page import Context
from avrr_desktop.ui.routes import JournalOf
from avrr_desktop.ui.theme.tokens import Scheme
from avrr_desktop.ui.widgets.chips import Chip
from avrr_desktop.ui.widgets.text import Text

FIRST, SECOND = "1" * 32, "2" * 32
Opener = Callable[..., JournalPage]


@pytest.fixture
def told(context: Context) -> Context:
    """Two persons, a changed name and a note that a file was written."""
    actor, records = context.actor, context.records
    records.save(
        actor,
        person_draft(FIRST, medical_notes="asthma"),
        registration_draft(FIRST),
        person_draft(SECOND, family_name="DIALLO", given_name="Fatou"),
        confirm_all="test",
    )
    records.save(actor, Draft("person", {"given_name": "Awa"}, id=FIRST), reason="passport seen")
    subject, details = Subject("file", "list.xlsx"), {"what": "workbook", "lines": 3}
    note(context.register, actor, Action.EXPORT, subject, details)
    return context


@pytest.fixture
def open_journal(qtbot: QtBot, context: Context) -> Opener:
    def opened(person: str = "", width: int = 1200) -> JournalPage:
        page = JournalPage(context, JournalOf(person))
        qtbot.addWidget(page)
        page.resize(width, 640)
        page.show()
        settle(qtbot, context)
        return page

    return opened


def settle(qtbot: QtBot, context: Context) -> None:
    qtbot.waitUntil(lambda: context.tasks.is_idle)


def rows(page: JournalPage) -> list[tuple[str, ...]]:
    model = page.model
    return [
        tuple(str(model.index(row, column).data()) for column in range(1, 6))
        for row in range(model.rowCount())
    ]


def texts(page: JournalPage) -> str:
    QApplication.processEvents()  # what was just added is shown
    return "\n".join(each.text() for each in page.details.findChildren(Text) if each.isVisible())


def test_lines_say_who_what_before_after_and_why(told: Context, open_journal: Opener) -> None:
    exported, changed, *others = rows(open_journal())
    name = told.actor.name
    assert exported == (name, "Export", "File list.xlsx", "content: Workbook; lines: 3", "")
    assert changed[:2] == (name, "Change of an entry")
    assert changed[3:] == ("Prénom: Aïcha → Awa", "passport seen")
    assert others


def test_filters_narrow_and_are_seen(told: Context, open_journal: Opener, qtbot: QtBot) -> None:
    page = open_journal()
    everything = page.model.rowCount()
    page.filters.search.setFocus()
    QTest.keyClicks(page.filters.search, "list.x")
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)
    assert rows(page)[0][1] == "Export"
    page.filters.search.clear()
    qtbot.waitUntil(lambda: page.model.rowCount() == everything)
    chip = page.findChild(Chip, "journal-actions")
    assert chip is not None
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    popup = QApplication.activePopupWidget()
    assert popup is not None
    listed = popup.findChild(QListView, "check-popup-list")
    assert listed is not None
    QTest.keyClick(listed, Qt.Key.Key_Down)
    QTest.keyClick(listed, Qt.Key.Key_Space)
    popup.close()
    settle(qtbot, told)
    assert [row[1] for row in rows(page)] == ["Export"]
    chip = page.findChild(Chip, "journal-actions")
    assert chip is not None
    assert "Export" in chip.text()
    clear = page.findChild(QPushButton, "journal-clear")
    assert clear is not None
    QTest.mouseClick(clear, Qt.MouseButton.LeftButton)
    settle(qtbot, told)
    assert page.model.rowCount() == everything


def test_a_person_s_journal_is_theirs(told: Context, open_journal: Opener) -> None:
    page = open_journal(SECOND)
    assert page.model.rowCount() > 0
    number = told.records.read("person", SECOND).values["number"]
    assert {row[2].split()[-1] for row in rows(page)} == {number}
    assert page.findChild(Chip, "journal-person") is not None


def test_details_tell_restricted_notes_to_who_may_read_them(
    told: Context, open_journal: Opener, qtbot: QtBot
) -> None:
    page = open_journal()
    assert "asthma" not in str(rows(page))
    page.table.setCurrentIndex(page.model.index(page.model.rowCount() - 1, 0))
    assert "asthma" in texts(page)
    told.register.actor = told.actor = type(told.actor)("b", "Badia", told.actor.role)
    other = open_journal()
    other.table.setCurrentIndex(other.model.index(other.model.rowCount() - 1, 0))
    assert "asthma" not in texts(other)
    assert "restricted" in texts(other)


def test_a_value_is_restored_from_the_keyboard(
    told: Context, open_journal: Opener, shell: RecordingShell, qtbot: QtBot
) -> None:
    page = open_journal()
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_Down)
    button = page.findChild(QPushButton, "journal-restore-given_name")
    assert button is not None
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert not page.details.save.isEnabled()
    QTest.keyClicks(page.details.reason, "typing error")
    QTest.keyClick(page.details.reason, Qt.Key.Key_Return)
    settle(qtbot, told)
    assert told.records.read("person", FIRST).values["given_name"] == "Aïcha"
    assert len(shell.done) == 1
    assert rows(page)[0][3:] == ("Prénom: Awa → Aïcha", "typing error")


def test_the_check_names_the_line(told: Context, open_journal: Opener, qtbot: QtBot) -> None:
    page = open_journal()
    QTest.mouseClick(page.check_button, Qt.MouseButton.LeftButton)
    settle(qtbot, told)
    assert "holds" in page.busy.news.accessibleName()
    other = sqlite3.connect(told.register.paths.register)
    other.executescript(
        "DROP TRIGGER change_is_append_only_update; UPDATE change SET reason='x' WHERE sequence=2;"
    )
    other.commit()
    other.close()
    QTest.mouseClick(page.check_button, Qt.MouseButton.LeftButton)
    settle(qtbot, told)
    said = page.busy.news.accessibleName()
    assert said == "The journal was altered with another program at line 2."
    assert page.model.sequence_at(page.table.currentIndex().row()) == 2


def test_the_head_is_begun_anew_with_a_reason(
    told: Context, open_journal: Opener, qtbot: QtBot
) -> None:
    told.register.paths.journal_head.unlink()
    page = open_journal()
    QTest.mouseClick(page.check_button, Qt.MouseButton.LeftButton)
    settle(qtbot, told)
    assert "journal.head" in page.busy.news.accessibleName()
    QTest.keyClicks(page.head_bar.reason, "moved to another computer")
    QTest.keyClick(page.head_bar.reason, Qt.Key.Key_Return)
    settle(qtbot, told)
    assert rows(page)[0][1] == "Head of the journal begun anew"
    assert page.head_bar.isHidden()
    QTest.mouseClick(page.check_button, Qt.MouseButton.LeftButton)
    settle(qtbot, told)
    assert page.busy.news.accessibleName() == "Every line of the journal holds."


def test_the_lines_shown_are_exported(
    told: Context, open_journal: Opener, qtbot: QtBot, tmp_path: Path
) -> None:
    page = open_journal()
    page.filters.set_query(AuditQuery(actions=("export",)))
    page.refresh()
    settle(qtbot, told)
    page.write(tmp_path / "journal.csv")
    settle(qtbot, told)
    with (tmp_path / "journal.csv").open(encoding="utf-8-sig", newline="") as file:
        written = list(csv.reader(file, delimiter=";"))
    assert [row[4] for row in written[1:]] == ["File list.xlsx"]
    settle(qtbot, told)
    assert rows(page)[0][2] == "File journal.csv"


def test_a_page_of_lines_is_read_at_a_time(told: Context, qtbot: QtBot) -> None:
    model = JournalModel(told, told.tasks)
    model.show(range(100_000, 0, -1))
    assert model.rowCount() == 100_000
    assert model.index(100_000 - 1, 2).data() == "Entry"  # line 1
    assert len(model._pages) == 1


def test_coming_back_finds_filters_and_line(
    told: Context, open_journal: Opener, qtbot: QtBot
) -> None:
    page = open_journal()
    page.filters.set_query(AuditQuery(actions=("save",)))
    page.refresh()
    settle(qtbot, told)
    page.table.setCurrentIndex(page.model.index(2, 0))
    kept, line = page.state(), page.model.sequence_at(2)
    other = open_journal()
    other.set_state(kept)
    settle(qtbot, told)
    assert other.filters.query() == AuditQuery(actions=("save",))
    assert other.model.sequence_at(other.table.currentIndex().row()) == line


@pytest.mark.parametrize("language", [Language.FR, Language.AR, Language.EN])
@pytest.mark.parametrize("width", [780, 1220])
def test_nothing_is_wider_than_the_page(
    qapp: QApplication, told: Context, open_journal: Opener, language: Language, width: int
) -> None:
    wear(qapp, language, Scheme.LIGHT)
    page = open_journal(width=width)
    assert page.minimumSizeHint().width() <= width
