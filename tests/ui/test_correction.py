"""A change that moves what was published asks why before it is written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from tests.ui.conftest import RecordingShell, person_draft, registration_draft, wear

from avrr_desktop.core.actors import Actor
from avrr_desktop.core.labels import Language
from avrr_desktop.core.periods import parse_period
from avrr_desktop.services.closing.closings import close
from avrr_desktop.services.closing.corrections import corrections
from avrr_desktop.services.closing.held import PENDING
from avrr_desktop.services.records import Records
from avrr_desktop.services.register import Register
from avrr_desktop.ui.page import Context
from avrr_desktop.ui.records.deletion import DeletionBar
from avrr_desktop.ui.shell import undoing
from avrr_desktop.ui.shell.correction import CorrectionDialog
from avrr_desktop.ui.theme.tokens import Scheme

PERSON = "a" * 32
S1 = parse_period("2023-S1")


@pytest.fixture
def closed(register: Register, records: Records, actor: Actor) -> Register:
    """A registration in a semester closed since."""
    records.save(actor, person_draft(PERSON))
    records.save(actor, registration_draft(PERSON, registered_on=date(2023, 2, 14)))
    close(register, actor, S1)
    return register


def dialog_open() -> CorrectionDialog | None:
    shown = QApplication.activeModalWidget()
    return shown if isinstance(shown, CorrectionDialog) else None


def when_asked(act: Callable[[CorrectionDialog], None]) -> None:
    """Do something once the question is there."""

    def look() -> None:
        dialog = dialog_open()
        if dialog is None:
            QTimer.singleShot(10, look)
        else:
            act(dialog)

    QTimer.singleShot(0, look)


def give_reason(dialog: CorrectionDialog) -> None:
    assert not dialog.save.isEnabled()
    QTest.keyClicks(dialog.reason, "entered twice")
    QTest.keyClick(dialog.reason, Qt.Key.Key_Return)


def delete(context: Context, qtbot: QtBot) -> DeletionBar:
    bar = DeletionBar(context)
    qtbot.addWidget(bar)
    bar.ask("person", PERSON, "KONÉ Aïcha")
    QTest.keyClicks(bar.reason, "double")
    QTest.keyClick(bar.reason, Qt.Key.Key_Return)
    return bar


def test_a_deletion_becomes_a_correction(
    closed: Register, context: Context, shell: RecordingShell, qtbot: QtBot
) -> None:
    said: list[str] = []

    def answer(dialog: CorrectionDialog) -> None:
        said.append(dialog.accessibleDescription())
        give_reason(dialog)

    when_asked(answer)
    delete(context, qtbot)
    assert "2023‑S1" in said[0]
    assert "Femmes" in said[0]
    (waiting,) = corrections(closed)
    assert (waiting.status, waiting.reason) == (PENDING, "entered twice")
    assert len(shell.done) == 1


def test_given_up_nothing_is_written(
    closed: Register, context: Context, shell: RecordingShell, qtbot: QtBot
) -> None:
    when_asked(lambda dialog: QTest.keyClick(dialog, Qt.Key.Key_Escape))
    bar = delete(context, qtbot)
    assert corrections(closed) == ()
    assert not context.records.read("person", PERSON).is_deleted
    assert (shell.done, shell.failed) == ([], [])
    assert bar.reason.text() == "double"


def test_undo_of_what_was_closed_since_asks_too(
    closed: Register, context: Context, qtbot: QtBot
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    when_asked(lambda dialog: dialog.reject())
    assert undoing.turn(undoing.UNDO, context, parent)[0] is None
    when_asked(give_reason)
    assert undoing.turn(undoing.UNDO, context, parent)[0] is not None
    assert len(corrections(closed)) == 1


@pytest.mark.parametrize("language", list(Language))
def test_question_is_mirrored_and_whole(
    closed: Register, context: Context, qtbot: QtBot, qapp: QApplication, language: Language
) -> None:
    wear(qapp, language, Scheme.DARK)
    seen: list[tuple[bool, bool]] = []

    def look(dialog: CorrectionDialog) -> None:
        is_rtl = dialog.layoutDirection() is Qt.LayoutDirection.RightToLeft
        seen.append((is_rtl, dialog.save.width() >= dialog.save.sizeHint().width()))
        dialog.reject()

    when_asked(look)
    delete(context, qtbot)
    assert seen == [(language.is_rtl, True)]
