"""A caseworker's Monday: the real window, real keys, the figures, the list and the workbook."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.ui.forms.hands import focused_key, save
from tests.ui.forms.test_registration import type_person

from avrr_desktop.app import close_window, open_window
from avrr_desktop.core.clock import FixedClock
from avrr_desktop.core.labels import Language
from avrr_desktop.core.periods import parse_period
from avrr_desktop.paths import Paths
from avrr_desktop.services.lists import ListQuery, page
from avrr_desktop.services.workbook import export_workbook
from avrr_desktop.ui.forms.registration import RegistrationPage
from avrr_desktop.ui.routes import NewRegistration, SummaryOf
from avrr_desktop.ui.shell.main_window import MainWindow
from avrr_desktop.ui.summary.live import live_figures

MONDAY = FixedClock(datetime(2023, 7, 3, 9, tzinfo=UTC))
PERIOD = "2023-S1"


@pytest.fixture
def window(copied: Paths, qapp: QApplication, qtbot: QtBot) -> Iterator[MainWindow]:
    _, opened = open_window(copied, MONDAY)
    qtbot.waitUntil(opened.has_figures, timeout=20_000)
    opened.activateWindow()
    qtbot.waitUntil(opened.isActiveWindow)
    yield opened
    opened.context.tasks.finish()
    close_window(opened)


def shown_total(window: MainWindow) -> object:
    summary = live_figures(window.context).summary
    assert summary is not None
    return summary.value("registrations", "persons")


def test_registration_typed_in_the_window_is_counted_everywhere(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    assert shown_total(window) == 1732
    window.open(NewRegistration())
    form = window.page
    assert isinstance(form, RegistrationPage)
    qtbot.waitUntil(lambda: focused_key(form) == "family_name")
    type_person(form)
    save(form)
    # At once: before the worker has had its turn.
    assert shown_total(window) == 1733
    window.open(SummaryOf(PERIOD))
    qtbot.waitUntil(lambda: window.has_figures() and window.context.tasks.is_idle, timeout=20_000)
    assert shown_total(window) == 1733
    register = window.context.register
    assert page(register, ListQuery("registration", text="R 0999888")).total == 1
    target = tmp_path / "classeur.xlsx"
    export_workbook(register, parse_period(PERIOD), target, Language.FR)
    first = load_workbook(target).worksheets[0]
    assert any(1733 in row for row in first.iter_rows(values_only=True))


def test_undo_takes_the_registration_back(window: MainWindow, qtbot: QtBot) -> None:
    window.open(NewRegistration())
    form = window.page
    assert isinstance(form, RegistrationPage)
    qtbot.waitUntil(lambda: focused_key(form) == "family_name")
    type_person(form)
    save(form)
    assert shown_total(window) == 1733
    window.open(SummaryOf(PERIOD))
    control = Qt.KeyboardModifier.ControlModifier
    QTest.keyClick(window, Qt.Key.Key_Z, control)
    assert shown_total(window) == 1732


@pytest.mark.parametrize("language", list(Language))
def test_switch_of_language_keeps_what_is_typed(
    window: MainWindow, qtbot: QtBot, language: Language
) -> None:
    window.open(NewRegistration())
    form = window.page
    assert isinstance(form, RegistrationPage)
    qtbot.waitUntil(lambda: focused_key(form) == "family_name")
    QTest.keyClicks(window.focusWidget(), "SOW")
    window.desk.language = language
    window.build_anew()
    again = window.page
    assert isinstance(again, RegistrationPage)
    assert again is not form
    assert next(b for b in again.body.boxes() if b.key == "family_name").value() == "SOW"
    assert window.layoutDirection() == (
        Qt.LayoutDirection.RightToLeft if language.is_rtl else Qt.LayoutDirection.LeftToRight
    )
    again.reload()
