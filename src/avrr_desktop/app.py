"""The composition root: paths, log, crash hook, register, worker, window."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from avrr_desktop import collector
from avrr_desktop.core.clock import Clock
from avrr_desktop.core.errors import UserError
from avrr_desktop.core.translation import load_catalogues, set_screen_language
from avrr_desktop.log import install_crash_hook, logger, start_log, stop_log
from avrr_desktop.paths import Paths
from avrr_desktop.services.access.entries import note_exit
from avrr_desktop.services.access.header_file import is_protected
from avrr_desktop.services.register import (
    Register,
    open_register,
    read_setting,
)
from avrr_desktop.ui.shell.care import Care
from avrr_desktop.ui.shell.crashes import tell_crashes
from avrr_desktop.ui.shell.desk import Desk
from avrr_desktop.ui.shell.idle import IdleWatch
from avrr_desktop.ui.shell.main_window import MainWindow
from avrr_desktop.ui.tasks import Tasks

if TYPE_CHECKING:
    from avrr_desktop.ui.access.entry_window import EntryWindow

_STARTED_MS = 3000  # by then the first figures are shown


def run_window(paths: Paths, clock: Clock) -> int:
    """Open the window and serve it until it is closed; gives the exit code."""
    start_log(paths.log_dir)
    install_crash_hook(paths.crash_dir)
    try:
        app = _dressed(paths)
        session = Session(app, paths, clock)
        session.begin()
        logger.info("window opened")
        QTimer.singleShot(_STARTED_MS, collector.resume)
        code = app.exec()
        session.end()
        return code
    finally:
        stop_log()


class Session(QObject):
    """From the log-in to the end of the program, over any number of locks."""

    def __init__(self, app: QApplication, paths: Paths, clock: Clock) -> None:
        super().__init__(app)
        self._app, self._paths, self._clock = app, paths, clock
        self.window: MainWindow | None = None
        self.entry: EntryWindow | None = None
        self._care: Care | None = None

    def begin(self) -> None:
        """The window on an open register, or the way into a protected one.

        A register that does not open is said on the screen: there may be no terminal.
        """
        try:
            register = self._open_to_all()
        except UserError as error:
            self._ask(error)
            return
        if register is not None:
            self._work_on(register)
        else:
            self._ask()

    def lock(self) -> None:
        """Close the register until somebody logs in; what is half typed is kept for its author."""
        window = self.window
        if window is None or window.context.register.access is None:
            return
        self._ask()
        self._leave(window)

    def end(self) -> None:
        """After the last window: a backup, and the register closed."""
        if self.entry is not None:
            self.entry.close()
            self.entry.deleteLater()
        if self.window is not None:
            self._leave(self.window, is_last=True)

    def _open_to_all(self) -> Register | None:
        """A register of invented people; real ones are entered by a password."""
        if is_protected(self._paths) or not self._paths.register.is_file():
            return None
        register = open_register(self._paths, self._clock)
        if register.info.is_demo:
            return register
        register.close()
        return None

    def _ask(self, fault: UserError | None = None) -> None:
        from avrr_desktop.ui.access.entry_window import EntryWindow

        self.entry = EntryWindow(self._app, self._paths, self._clock, fault=fault)
        self.entry.entered.connect(self._work_on)
        self.entry.show()

    def _work_on(self, register: Register) -> None:
        window = show_window(self._app, register)
        self.window = window
        window.replaced.connect(self._replace)
        tell_crashes(self._paths.crash_dir, window.say_failed)
        if register.access is not None:
            window.lock_requested.connect(self.lock)
            watch = IdleWatch(self._app, window.desk.lock_minutes, window)
            watch.idle.connect(self.lock)
            self._care = Care(register, window.say_failed, self)
            self._care.start()
        if self.entry is not None:
            self.entry.close()
            self.entry.deleteLater()
            self.entry = None

    def _replace(self, register: Register) -> None:
        """Another register in the place of the one that is open, which is closed already."""
        before = self.window
        assert before is not None
        self._stop_care()
        before.leave()
        before.context.tasks.finish()
        self._work_on(register)
        before.deleteLater()

    def _stop_care(self) -> None:
        if self._care is not None:
            self._care.finish()
            self._care.deleteLater()
            self._care = None

    def _leave(self, window: MainWindow, *, is_last: bool = False) -> None:
        self.window = None
        register = window.context.register
        self._stop_care()
        window.leave()
        window.context.tasks.finish()
        if register.access is not None:
            _parting(register, is_last=is_last)
        close_window(window)


def _parting(register: Register, *, is_last: bool) -> None:
    """The line in the journal and the session's backup; a disk that refuses keeps nobody in."""
    from avrr_desktop.services.backups import Reason
    from avrr_desktop.services.backups.making import backup_if_changed
    from avrr_desktop.services.backups.second_place import copy_to_second_place

    try:
        note_exit(register)
        if is_last and backup_if_changed(register, Reason.SESSION) is not None:
            copy_to_second_place(register)
    except UserError as error:
        logger.warning("no backup at the end of the session: %s", error.code)


def open_window(paths: Paths, clock: Clock) -> tuple[QApplication, MainWindow]:
    """The application and its window, shown, on the open register of ``paths``.

    Raises:
        UserError: the register cannot be opened.
    """
    app = _dressed(paths)
    return app, show_window(app, open_register(paths, clock))


def show_window(app: QApplication, register: Register) -> MainWindow:
    """The window on an open register, shown."""
    window = MainWindow(app, register, Tasks())
    window.context.period = _opening_period(register)
    window.start()
    window.show()
    return window


def _dressed(paths: Paths) -> QApplication:
    app = application()
    load_catalogues(paths.catalogues)
    set_screen_language(Desk(paths.settings).language)
    return app


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
