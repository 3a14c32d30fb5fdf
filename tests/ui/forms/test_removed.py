"""Saving a form while the drive of the register is away, and once it is back."""

from __future__ import annotations

import shutil
import sys
from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from tests.ui.conftest import RecordingShell
from tests.ui.forms.hands import box_of, enter, focused_key, pick, save, show

from avrr_desktop.ui.forms.page import FormPage
from avrr_desktop.ui.page import Context
from avrr_desktop.ui.routes import FormOf

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="an open file keeps its drive")


def test_what_is_typed_waits_for_the_drive(
    context: Context, person: str, shell: RecordingShell, tmp_path: Path, qtbot: QtBot
) -> None:
    form = FormPage(context, FormOf("direct_assistance", person_ids=(person,)))
    show(qtbot, form)
    qtbot.waitUntil(lambda: focused_key(form) == "given_on")
    enter(form, "010323")
    pick(form, "bon d")
    folder, away = context.register.paths.register.parent, tmp_path / "away"
    shutil.move(folder, away)
    save(form)
    qtbot.waitUntil(form.frame.notice.isVisible)
    assert "Check the disk" in form.frame.notice.accessibleName()
    assert not shell.saved
    assert not list(folder.rglob("*"))  # nothing is written in its place
    assert box_of(form, "given_on").value() == date(2023, 3, 1)
    shutil.rmtree(folder, ignore_errors=True)
    shutil.move(away, folder)
    save(form)
    qtbot.waitUntil(lambda: bool(shell.saved))
    stored = context.records.read("direct_assistance", shell.saved[0][0].ids[0])
    assert str(stored.values["given_on"]) == "2023-03-01"
