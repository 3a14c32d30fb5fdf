from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.ui.conftest import RecordingShell, person_draft, registration_draft, wear

from avrr_desktop.core.labels import Language
from avrr_desktop.services.drafts import Draft
from avrr_desktop.services.register import Register
from avrr_desktop.ui.bin.page import BinPage
from avrr_desktop.ui.page import Context
from avrr_desktop.ui.routes import Bin
from avrr_desktop.ui.theme.tokens import Scheme

FIRST, SECOND = "1" * 32, "2" * 32

Opener = Callable[[], BinPage]


@pytest.fixture
def deleted(context: Context) -> Context:
    """A person in the bin with a registration, and the registration of another."""
    actor, records = context.actor, context.records
    other = registration_draft(SECOND)
    names = {"family_name": "DIALLO", "given_name": "Fatou"}
    changed = records.save(
        actor,
        person_draft(FIRST),
        registration_draft(FIRST),
        person_draft(SECOND, **names),
        other,
        confirm_all="test",
    )
    records.delete(actor, "person", FIRST, "entered twice")
    records.delete(actor, "registration", changed.ids[3], "wrong person")
    return context


@pytest.fixture
def open_bin(qtbot: QtBot, context: Context) -> Opener:
    def opened() -> BinPage:
        page = BinPage(context, Bin())
        qtbot.addWidget(page)
        page.resize(1100, 600)
        page.show()
        qtbot.waitUntil(lambda: context.tasks.is_idle)
        return page

    return opened


def rows(page: BinPage) -> list[tuple[str, ...]]:
    model = page.model
    return [
        tuple(str(model.index(row, column).data()) for column in range(1, 5))
        for row in range(model.rowCount())
    ]


def test_bin_tells_what_who_and_why(deleted: Context, open_bin: Opener) -> None:
    assert sorted(rows(open_bin())) == [
        ("Enregistrement", "DIALLO Fatou", deleted.actor.name, "wrong person"),
        ("Personne", "KONÉ Aïcha and 1 event", deleted.actor.name, "entered twice"),
    ]


def test_kinds_narrow_the_bin(deleted: Context, open_bin: Opener) -> None:
    page = open_bin()
    for kind, expected in ((1, ["Personne"]), (2, []), (3, ["Enregistrement"])):
        page.kinds.set_index(kind)
        assert [row[0] for row in rows(page)] == expected
    page.kinds.set_index(2)
    assert page.empty.isVisible()


def test_enter_restores_the_record_and_its_events(
    deleted: Context, open_bin: Opener, qtbot: QtBot, shell: RecordingShell
) -> None:
    page = open_bin()
    page.kinds.set_index(1)
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert not deleted.records.read("person", FIRST).is_deleted
    page.refresh(shell.done[0][0])
    qtbot.waitUntil(lambda: deleted.tasks.is_idle)
    assert len(page._items) == 1


def test_refused_restoration_is_said(
    deleted: Context, open_bin: Opener, shell: RecordingShell
) -> None:
    deleted.records.delete(deleted.actor, "person", SECOND, "gone")
    page = open_bin()
    page.kinds.set_index(3)
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert len(shell.failed) == 1


def test_entry_taken_back_is_named_so(context: Context, open_bin: Opener) -> None:
    context.records.save(context.actor, person_draft(FIRST))
    context.records.undo(context.actor)
    assert rows(open_bin())[0][-1] == "entry undone"


def test_empty_bin_says_so(register: Register, open_bin: Opener) -> None:
    page = open_bin()
    assert page.empty.isVisible()
    assert not page.restore_button.isEnabled()


def test_state_comes_back(deleted: Context, open_bin: Opener, qtbot: QtBot) -> None:
    page = open_bin()
    page.kinds.set_index(3)
    other = open_bin()
    other.set_state(page.state())
    assert other.state() == page.state()


def test_bin_holds_in_every_language(
    deleted: Context, open_bin: Opener, qapp: QApplication
) -> None:
    for language in Language:
        wear(qapp, language, Scheme.DARK)
        page = open_bin()
        assert not page.grab().isNull()
        page.close()


def test_who_comes_back_and_shares_a_document_is_told(
    deleted: Context, open_bin: Opener, shell: RecordingShell
) -> None:
    paper = {"document": ({"kind": "passport", "number": "R 0123456"},)}
    records, actor = deleted.records, deleted.actor
    records.restore(actor, "person", FIRST)
    records.save(actor, Draft("person", paper, FIRST), confirm_all="test")
    records.delete(actor, "person", FIRST, "entered twice")
    same = {"document": ({"kind": "passport", "number": "r0123456"},)}
    records.save(actor, Draft("person", same, SECOND), confirm_all="test")
    page = open_bin()
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    said = shell.done[-1][1]
    assert "0123456" in said
    assert "DIALLO Fatou" in said


def test_a_number_that_stands_once_does_not_come_back_twice(
    deleted: Context, open_bin: Opener, shell: RecordingShell
) -> None:
    number = {"external_number": ({"system": "mimosa_case", "value": "MC 17"},)}
    records, actor = deleted.records, deleted.actor
    records.restore(actor, "person", FIRST)
    records.save(actor, Draft("person", number, FIRST), confirm_all="test")
    records.delete(actor, "person", FIRST, "entered twice")
    records.save(actor, Draft("person", number, SECOND), confirm_all="test")
    page = open_bin()
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert not shell.done
    assert "MC 17" in shell.failed[-1]
    records.delete(actor, "person", SECOND, "wrong")
    assert records.undo(actor) is not None  # nobody else has it: it comes back
