"""After an update the window says so once, and a page tells what changed, in three languages."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot
from tests.ui.conftest import wear

from avrr_desktop.core.labels import Language
from avrr_desktop.paths import Paths, resources_dir
from avrr_desktop.services.identity import program_version
from avrr_desktop.services.register import Register
from avrr_desktop.services.what_changed import FILE, is_newer, read_versions
from avrr_desktop.ui.help import HelpPage
from avrr_desktop.ui.page import Context
from avrr_desktop.ui.routes import Help, WhatChanged
from avrr_desktop.ui.shell.desk import Desk
from avrr_desktop.ui.shell.main_window import MainWindow
from avrr_desktop.ui.shell.updated import first_start_of_newer
from avrr_desktop.ui.tasks import Tasks
from avrr_desktop.ui.what_changed import WhatChangedPage
from avrr_desktop.ui.what_changed import shown as as_shown
from avrr_desktop.ui.widgets.buttons import Button


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "settings.ini")


def test_a_new_desk_is_told_nothing(desk: Desk) -> None:
    assert not first_start_of_newer(desk)
    assert desk.version == program_version()


@pytest.mark.parametrize(("before", "is_told"), [("0.0.9", True), ("99.0", False)])
def test_another_version_is_told_once(desk: Desk, before: str, is_told: bool) -> None:
    desk.version = before
    assert first_start_of_newer(desk) is is_told
    assert not first_start_of_newer(desk)


def test_a_desk_of_a_version_that_noted_none_is_told(desk: Desk) -> None:
    desk.geometry = QByteArray(b"somewhere")
    assert first_start_of_newer(desk)


def test_versions_are_numbers() -> None:
    assert is_newer("0.10.0", "0.9.2")
    assert not is_newer("0.9.2", "0.9.2")
    assert is_newer("1.0", "0.99.99")


def test_the_version_of_the_program_is_told_in_every_language() -> None:
    versions = read_versions(resources_dir())
    assert versions[0].number == program_version()
    for version in versions:
        assert 0 < len(version.changes) <= 5
        for change in version.changes:
            texts = [change.text(language) for language in Language]
            assert all(text[-1] in ".؟!" for text in texts)
            assert len(set(texts)) == len(texts)


@pytest.mark.parametrize("content", [None, "version = 1", "[[version]]\n", "not = [toml"])
def test_lost_news_keep_nobody_out(tmp_path: Path, content: str | None) -> None:
    if content is not None:
        (tmp_path / FILE).write_text(content, encoding="utf-8")
    assert read_versions(tmp_path) == ()


@pytest.mark.parametrize("language", list(Language))
def test_the_page_shows_each_change(
    qapp: QApplication, qtbot: QtBot, context: Context, language: Language
) -> None:
    wear(qapp, language)
    page = WhatChangedPage(context, WhatChanged())
    qtbot.addWidget(page)
    found = {label.text() for label in page.findChildren(QLabel)}
    for version in read_versions(resources_dir()):
        assert {as_shown(change.text(language)) for change in version.changes} <= found


def test_without_its_file_the_page_says_so(
    qtbot: QtBot, context: Context, register: Register, tmp_path: Path
) -> None:
    copied = tmp_path / "resources"
    shutil.copytree(resources_dir(), copied)
    (copied / FILE).unlink()
    register.paths = Paths(register.paths.data_dir, copied)
    page = WhatChangedPage(context, WhatChanged())
    qtbot.addWidget(page)
    assert not page.findChildren(QLabel, "version-0.1.0")


def test_the_window_says_it_once_and_leads_there(
    qapp: QApplication, qtbot: QtBot, register: Register
) -> None:
    Desk(register.paths.settings).version = "0.0.1"
    for is_first in (True, False):
        window = MainWindow(qapp, register, Tasks())
        window.start()
        assert bool(window.said()) is is_first
        if is_first:
            assert program_version() in window.said()
            bar = window.findChild(Button, "inline-bar-action")
            assert bar is not None
            bar.click()
            assert isinstance(window.page, WhatChangedPage)
        window.context.tasks.finish()
        window.leave()
        qapp.processEvents()
        window.deleteLater()


def test_the_help_leads_there(qtbot: QtBot, context: Context) -> None:
    page = HelpPage(context, Help())
    qtbot.addWidget(page)
    button = page.findChild(Button, "what-changed")
    assert button is not None
    button.click()
    assert context.shell.opened == [WhatChanged()]  # type: ignore[attr-defined]
