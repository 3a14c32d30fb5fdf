"""An older register at the log-in: its update is shown, may be stopped, is said when it fails."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QProgressBar
from pytestqt.qtbot import QtBot
from tests.access.conftest import AMINA
from tests.backups.conftest import add_person
from tests.survival.works import OLD, lay_old_register
from tests.ui.test_way_in import Open, entered, entry, paths, press, protected, type_in

from avrr_desktop.app import Session, application
from avrr_desktop.core.clock import FixedClock
from avrr_desktop.core.errors import UserError
from avrr_desktop.db.schema import HEAD, version_of
from avrr_desktop.paths import Paths, paths_in
from avrr_desktop.services.access.protecting import Protected
from avrr_desktop.services.backups import Reason, backups
from avrr_desktop.services.backups.copies import remove
from avrr_desktop.services.register import Register, create_register, needs_update
from avrr_desktop.services.updating import rehearsal
from avrr_desktop.ui.access.first_start import FirstUserStep
from avrr_desktop.ui.access.log_in import LogInStep
from avrr_desktop.ui.access.update_step import UpdateStep
from avrr_desktop.ui.widgets.banners import Banner

__all__ = ["entered", "entry", "paths", "protected"]


@pytest.fixture
def old(protected: Protected, paths: Paths) -> Paths:
    """Of the version before, and closed."""
    access = protected.register.access
    assert access is not None
    add_person(protected.register, 0)
    protected.register.close()
    remove(backups(paths))
    lay_old_register(paths, access.keys[0].secret)
    (paths.data_dir / OLD).replace(paths.register)
    return paths


def test_the_update_is_shown_and_leads_in(
    qtbot: QtBot, entry: Open, entered: list[Register], old: Paths
) -> None:
    window = entry()
    type_in(window, "password", AMINA.password)
    press(window, "log-in-go")
    qtbot.waitUntil(lambda: isinstance(window.step, UpdateStep) or bool(entered))
    qtbot.waitUntil(lambda: bool(entered), timeout=30_000)
    assert version_of(entered[0].database) == HEAD
    assert [one.reason for one in backups(old)] == [Reason.MIGRATION]
    assert window.desk.login == AMINA.login


def test_stopped_the_register_is_as_it_was(
    qtbot: QtBot,
    entry: Open,
    entered: list[Register],
    old: Paths,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    counted = rehearsal._counted
    shown: list[UpdateStep] = []

    def stopped_in(*given: object) -> object:
        """On the worker, once the rehearsal is under way."""
        shown[0]._request.progress.cancel()
        return counted(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(rehearsal, "_counted", stopped_in)
    window = entry()
    begin = UpdateStep.begin

    def begun(step: UpdateStep) -> None:
        shown.append(step)
        begin(step)

    monkeypatch.setattr(UpdateStep, "begin", begun)
    type_in(window, "password", AMINA.password)
    press(window, "log-in-go")
    qtbot.waitUntil(lambda: bool(shown), timeout=30_000)
    bar = shown[0].findChild(QProgressBar, "update-progress")
    assert bar is not None
    assert bar.accessibleName()
    qtbot.waitUntil(lambda: isinstance(window.step, LogInStep), timeout=30_000)
    assert not entered


def test_a_failed_rehearsal_is_said(
    qtbot: QtBot,
    entry: Open,
    entered: list[Register],
    old: Paths,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_: object) -> None:
        raise UserError("rehearsal_figures", period="2023-S1")

    monkeypatch.setattr(rehearsal, "rehearse", fail)
    window = entry()
    type_in(window, "password", AMINA.password)
    press(window, "log-in-go")
    qtbot.waitUntil(lambda: isinstance(window.step, Banner), timeout=30_000)
    assert window.step is not None
    texts = [label.text() for label in window.step.findChildren(QLabel)]
    assert any("2023-S1" in text for text in texts)
    assert not entered


@pytest.mark.parametrize("is_demo", [True, False])
def test_an_older_open_register_is_updated_on_the_way_in(
    qtbot: QtBot,
    entry: Open,
    entered: list[Register],
    paths: Paths,
    clock: FixedClock,
    *,
    is_demo: bool,
) -> None:
    create_register(paths, clock, is_demo=is_demo).close()
    lay_old_register(paths, None)
    (paths.data_dir / OLD).replace(paths.register)
    assert Session(application(), paths, clock)._open_to_all() is None
    window = entry()
    if is_demo:
        qtbot.waitUntil(lambda: bool(entered), timeout=30_000)
    else:  # it is to be protected then
        qtbot.waitUntil(lambda: isinstance(window.step, FirstUserStep), timeout=30_000)
    assert not needs_update(paths_in(paths.data_dir))
