"""The composition root: paths, log, crash hook, register, worker, window."""

from __future__ import annotations

import sys

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from avrr_desktop import collector
from avrr_desktop.core.clock import Clock
from avrr_desktop.core.errors import UserError
from avrr_desktop.core.translation import load_catalogues, set_screen_language
from avrr_desktop.log import install_crash_hook, logger, start_log, stop_log
from avrr_desktop.paths import Paths
from avrr_desktop.services.register import (
    Register,
    create_register,
    open_register,
    read_setting,
)
from avrr_desktop.ui.shell.desk import Desk
from avrr_desktop.ui.shell.main_window import MainWindow
from avrr_desktop.ui.tasks import Tasks

_STARTED_MS = 3000  # by then the first figures are shown


def run_window(paths: Paths, clock: Clock) -> int:
    """Open the window and serve it until it is closed; gives the exit code.

    Raises:
        UserError: the register cannot be opened.
    """
    start_log(paths.log_dir)
    install_crash_hook(paths.crash_dir)
    try:
        app, window = open_window(paths, clock)
        logger.info("window opened")
        QTimer.singleShot(_STARTED_MS, collector.resume)
        code = app.exec()
        close_window(window)
        return code
    finally:
        stop_log()


def open_window(paths: Paths, clock: Clock) -> tuple[QApplication, MainWindow]:
    """The application and its window, shown, on the register of ``paths``.

    Raises:
        UserError: the register cannot be opened.
    """
    app = application()
    load_catalogues(paths.catalogues)
    set_screen_language(Desk(paths.settings).language)
    register = _register(paths, clock)
    window = MainWindow(app, register, Tasks())
    window.context.period = _opening_period(register)
    window.start()
    window.show()
    return app, window


def close_window(window: MainWindow) -> None:
    """End the worker and close the register; the window is gone afterwards."""
    window.context.tasks.finish()
    register = window.context.register
    if window.isVisible():
        window.close()
    window.deleteLater()
    register.close()


def application() -> QApplication:
    """The one application, made when there is none yet."""
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    made = QApplication(sys.argv[:1])
    made.setApplicationName("AVRR")
    return made


def _opening_period(register: Register) -> str:
    """The period a demonstration register is shown at; otherwise today's semester."""
    with register.database.reading() as connection:
        kept = read_setting(connection, "opening_period")
    return kept if isinstance(kept, str) else ""


def _register(paths: Paths, clock: Clock) -> Register:
    """The register of the data directory; an empty one at the first start."""
    try:
        return open_register(paths, clock)
    except UserError as error:
        if error.code != "no_register":
            raise
    return create_register(paths, clock, is_demo=False)
