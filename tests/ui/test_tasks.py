"""The worker: what is asked of it, when it begins, what is given up."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from avrr_desktop.core.errors import UserError
from avrr_desktop.ui.tasks import Progress, Request, Tasks


class Noted:
    """Remembers what the worker did and what came back."""

    def __init__(self) -> None:
        self.worked: list[str] = []
        self.done: list[str] = []
        self.cancelled: list[str] = []

    def request(self, name: str) -> Request[str]:
        def work(_progress: Progress) -> str:
            self.worked.append(name)
            return name

        return Request(
            work, self.done.append, self.fail, on_cancelled=lambda: self.cancelled.append(name)
        )

    def fail(self, error: UserError) -> None:
        pytest.fail(error.code)


def test_postponed_work_lets_other_work_pass_and_keeps_the_worker_busy(
    qtbot: QtBot, tasks: Tasks
) -> None:
    noted = Noted()
    tasks.start(noted.request("later"), after_ms=50)
    tasks.start(noted.request("now"))
    qtbot.waitUntil(lambda: noted.done == ["now"])
    assert not tasks.is_idle
    qtbot.waitUntil(lambda: noted.done == ["now", "later"])
    assert tasks.is_idle


def test_postponed_work_given_up_meanwhile_never_begins(qtbot: QtBot, tasks: Tasks) -> None:
    noted = Noted()
    tasks.cancel(tasks.start(noted.request("later"), after_ms=10))
    qtbot.waitUntil(lambda: noted.cancelled == ["later"])
    assert tasks.is_idle
    assert not noted.worked


def test_postponed_work_is_given_up_at_the_end(qtbot: QtBot, qapp: QApplication) -> None:
    worker, noted = Tasks(), Noted()
    worker.start(noted.request("later"), after_ms=10)
    worker.finish()
    qtbot.waitUntil(lambda: worker.is_idle)
    assert not noted.worked
    worker.deleteLater()
    qapp.processEvents()
