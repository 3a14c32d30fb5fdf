"""The proof pack in the window: its button, its language, its file, and giving it up."""

from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu
from pytestqt.qtbot import QtBot
from tests.ui.conftest import RecordingShell

from avrr_desktop.core.actors import Actor, Role
from avrr_desktop.core.periods import parse_period
from avrr_desktop.core.translation import load_catalogues
from avrr_desktop.paths import resources_dir
from avrr_desktop.services.closing.closings import close
from avrr_desktop.services.proof.checking import checker_in, verified
from avrr_desktop.services.register import Register
from avrr_desktop.ui.closing.page import ClosingPage
from avrr_desktop.ui.page import Context
from avrr_desktop.ui.routes import ClosingOf
from avrr_desktop.ui.widgets.banners import Banner
from avrr_desktop.ui.widgets.buttons import Button

S1 = parse_period("2023-S1")
SUPERVISOR = Actor("supervisor", "Youssef Benjelloun", Role.SUPERVISOR)


@pytest.fixture
def page(person: str, register: Register, context: Context, qtbot: QtBot) -> Iterator[ClosingPage]:
    load_catalogues(resources_dir() / "i18n")
    close(register, SUPERVISOR, S1)
    made = ClosingPage(context, ClosingOf(S1.code))
    qtbot.addWidget(made)
    made.resize(1200, 760)
    made.show()
    qtbot.waitExposed(made)
    qtbot.waitUntil(lambda: context.tasks.is_idle)
    QApplication.processEvents()
    yield made
    qtbot.waitUntil(lambda: context.tasks.is_idle, timeout=30_000)


def choose(page: ClosingPage, language: str) -> None:
    """Press the button, then a language of its menu."""
    button = page.findChild(Button, "proof")
    assert button is not None
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    menu = next(m for m in button.findChildren(QMenu) if m.isVisible())
    action = menu.findChild(QAction, f"proof-{language}")
    assert action is not None
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())


def says(page: ClosingPage) -> str:
    found = page.findChild(Banner, "proof-writing-news")
    assert found is not None
    return found.accessibleName() if found.isVisible() else ""


def to_file(monkeypatch: pytest.MonkeyPatch, path: Path) -> list[str]:
    """Answer the dialog; what it proposed."""
    asked: list[str] = []

    def chosen(_parent: object, _title: str, named: str, _kinds: str) -> tuple[str, str]:
        asked.append(named)
        return str(path), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", chosen)
    return asked


def test_the_button_writes_a_pack_that_conforms(
    page: ClosingPage,
    context: Context,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = tmp_path / "pack.zip"
    asked = to_file(monkeypatch, path)
    choose(page, "en")
    qtbot.waitUntil(lambda: context.tasks.is_idle and path.is_file(), timeout=30_000)
    qtbot.waitUntil(lambda: str(path) in says(page))
    assert asked == ["Dossier de preuve AVRR 2023-S1 en.zip"]
    with ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    assert verified(checker_in(resources_dir()), members)[0] == []
    assert b'lang="en"' in members["definitions.html"]


def test_giving_up_leaves_no_file(
    page: ClosingPage,
    context: Context,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = tmp_path / "pack.zip"
    to_file(monkeypatch, path)
    choose(page, "fr")
    cancel = page.closed.proof.busy.cancel_button
    assert cancel.isVisible()
    QTest.mouseClick(cancel, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: context.tasks.is_idle, timeout=30_000)
    qtbot.waitUntil(lambda: "Abandonné" in says(page))
    assert not list(tmp_path.glob("*.zip*"))


def test_a_failure_is_said(
    page: ClosingPage,
    qtbot: QtBot,
    shell: RecordingShell,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    to_file(monkeypatch, tmp_path / "none" / "pack.zip")
    choose(page, "fr")
    qtbot.waitUntil(lambda: bool(shell.failed), timeout=30_000)
    assert str(tmp_path / "none") in shell.failed[0]
    assert shell.retries[0] is not None
