"""The main window, shown as it is at the desk."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from avrr_desktop.services.register import Register
from avrr_desktop.ui.routes import Route, Today
from avrr_desktop.ui.shell.main_window import MainWindow
from avrr_desktop.ui.tasks import Tasks

SIZE = 1440, 900


def shown_window(
    qapp: QApplication, register: Register, tasks: Tasks, qtbot: QtBot, route: Route | None = None
) -> MainWindow:
    """On a page, today's by default, with nothing left to be read; the caller closes it."""
    made = MainWindow(qapp, register, tasks)
    made.resize(*SIZE)
    made.start(route or Today())
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    qtbot.waitUntil(lambda: tasks.is_idle)
    return made
