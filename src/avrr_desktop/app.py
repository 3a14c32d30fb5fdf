"""The composition root: paths, log, crash hook, register, worker, window."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from avrr_desktop import collector
from avrr_desktop.core.clock import Clock
from avrr_desktop.core.errors import UserError
from avrr_desktop.core.translation import load_catalogues, set_screen_language, tr
from avrr_desktop.log import install_crash_hook, logger, start_log, stop_log
from avrr_desktop.paths import Paths
from avrr_desktop.services.access.entries import note_exit
from avrr_desktop.services.access.header_file import is_protected
from avrr_desktop.services.register import (
    Register,
    needs_update,
    open_register,
    read_setting,
)
from avrr_desktop.services.snapshot import copy_snapshot
from avrr_desktop.ui.shell.alone import Alone, Holder
from avrr_desktop.ui.shell.care import Care
from avrr_desktop.ui.shell.crashes import tell_crashes
from avrr_desktop.ui.shell.desk import Desk
from avrr_desktop.ui.shell.idle import IdleWatch
from avrr_desktop.ui.shell.main_window import MainWindow
from avrr_desktop.ui.shell.system_lock import SystemLock
from avrr_desktop.ui.tasks import Tasks

if TYPE_CHECKING:
    from avrr_desktop.ui.access.entry_window import EntryWindow
    from avrr_desktop.ui.shell.looking import LookingFolder
    from avrr_desktop.ui.shell.parting import Parting

_LISTENS_MS = 300  # the window is on screen: a bus may take a moment to answer
_STARTED_MS = 3000  # by then the first figures are shown


def run_window(paths: Paths, clock: Clock, file: Path | None = None) -> int:
    """Open the window and serve it until it is closed; gives the exit code.

    ``file`` is a register of another PC, to be gone on with here.
    """
    start_log(paths.log_dir)
    install_crash_hook(paths.crash_dir)
    try:
        app = _dressed(paths)
        alone = Alone(paths)
        holder = alone.take()
        given = str(file.resolve()) if file is not None else ""
        if holder is not None and holder.is_here and alone.call(file=given):
            return 0  # the first window shows itself
        session = Session(app, paths, clock, alone)
        session.begin(holder, file)
        logger.info("window opened")
        QTimer.singleShot(_STARTED_MS, collector.resume)
        QTimer.singleShot(_STARTED_MS, alone.listen)
        QTimer.singleShot(_STARTED_MS, _clear_copies)
        code = app.exec()
        session.end()
        alone.release()
        return code
    finally:
        stop_log()


class Session(QObject):
    """From the log-in to the end of the program, over any number of locks."""

    def __init__(
        self, app: QApplication, paths: Paths, clock: Clock, alone: Alone | None = None
    ) -> None:
        super().__init__(app)
        self._app, self._paths, self._clock = app, paths, clock
        self._alone = alone
        self._holder: Holder | None = None
        self._copied: LookingFolder | None = None
        if alone is not None:
            alone.called.connect(self._show_itself)
        self.window: MainWindow | None = None
        self.entry: EntryWindow | None = None
        self._care: Care | None = None
        self._parting: Parting | None = None

    def begin(self, holder: Holder | None = None, file: Path | None = None) -> None:
        """The window on an open register, or the way into a protected one, or of a ``file``.

        A register that does not open is said on the screen: there may be no terminal; so is one
        that ``holder`` has open.
        """
        self._holder = holder
        if holder is not None:
            self._ask(holder=holder)
            return
        if file is not None:
            self._ask(file=file)
            return
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
        if self._copied is not None:
            self._copied.remove()

    def _show_itself(self, file: str = "") -> None:
        """Somebody started the program again, or opened a file of another PC with it."""
        if file and self.window is not None:
            self.window.say_failed(
                tr("A register is open here. Lock it (Ctrl+L), then open the file again.")
            )
        elif file and self.entry is not None:
            self.entry.offer_file(Path(file))
        window = self.window or self.entry
        if self._parting is not None:
            self._parting.show_itself()
        elif window is not None:
            window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
            window.raise_()
            window.activateWindow()

    def _look_at_copy(self) -> None:
        from avrr_desktop.ui.shell.looking import LookingFolder

        copied = LookingFolder()
        try:
            self._paths = copy_snapshot(self._paths, copied.path)
        except UserError as error:
            copied.remove()
            self._leave_entry()
            self._ask(error, self._holder)
            return
        self._copied = copied
        self._leave_entry()
        self.begin()

    def _unlock(self) -> None:
        assert self._alone is not None
        holder = self._alone.take_anyway()
        self._alone.listen()
        self._leave_entry()
        self.begin(holder)

    def _leave_entry(self) -> None:
        entry, self.entry = self.entry, None
        # The next window first: closing the last one ends the program.
        if entry is not None:
            QTimer.singleShot(0, entry, entry.close)
            QTimer.singleShot(0, entry, entry.deleteLater)

    def _open_to_all(self) -> Register | None:
        """A register of invented people; real ones are entered by a password."""
        if is_protected(self._paths) or not self._paths.register.is_file():
            return None
        if needs_update(self._paths):  # it takes its time: the way in shows how far it is
            return None
        register = open_register(self._paths, self._clock)
        if register.info.is_demo:
            return register
        register.close()
        return None

    def _leave_file(self) -> None:
        """Nothing was taken in: on with the register that is here, when it is open to all."""
        if self._paths.register.exists() and not is_protected(self._paths):
            self._leave_entry()
            self.begin()

    def _ask(
        self,
        fault: UserError | None = None,
        holder: Holder | None = None,
        file: Path | None = None,
    ) -> None:
        from avrr_desktop.ui.access.entry_window import EntryWindow

        self.entry = EntryWindow(
            self._app, self._paths, self._clock, fault=fault, holder=holder, file=file
        )
        self.entry.file_left.connect(self._leave_file)
        self.entry.copy_asked.connect(self._look_at_copy)
        self.entry.unlock_asked.connect(self._unlock)
        self.entry.entered.connect(self._work_on)
        self.entry.show()

    def _work_on(self, register: Register) -> None:
        if self._copied is not None:
            register.only_show()
        window = show_window(self._app, register)
        self.window = window
        window.replaced.connect(self._replace)
        tell_crashes(self._paths.crash_dir, window.say_failed)
        if register.access is not None:
            window.lock_requested.connect(self.lock)
            watch = IdleWatch(self._app, window.desk.lock_minutes, window)
            watch.idle.connect(self.lock)
            ear = SystemLock(window)
            ear.locked.connect(self.lock)
            QTimer.singleShot(_LISTENS_MS, ear, ear.listen)
            if not register.actor.is_looking:
                self._care = Care(register, window.say_failed, self)
                self._care.start()
        if self.entry is not None:
            if self.entry.news:
                window.say_news(self.entry.news)
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
        if register.access is not None and not register.actor.is_looking:
            self._part(register, is_last=is_last)
        close_window(window)

    def _part(self, register: Register, *, is_last: bool) -> None:
        """The line in the journal and the session's backup; a disk that refuses keeps nobody in."""
        try:
            note_exit(register)
        except UserError as error:
            logger.warning("no line at the end of the session: %s", error.code)
        if is_last:
            from avrr_desktop.ui.shell.parting import Parting

            self._parting = Parting(register)
            self._parting.see_out()
            self._parting.deleteLater()
            self._parting = None


def _clear_copies() -> None:
    """What a program killed while it only looked has left in the system's temporary folder."""
    from avrr_desktop.ui.shell.looking import remove_left

    if number := remove_left():
        logger.info("copies left by a killed program and removed: %d", number)


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
    made.setDesktopFileName("avrr-desktop")  # the entry of the menus whose icon it bears
    return made


def _opening_period(register: Register) -> str:
    """The period a demonstration register is shown at; otherwise today's semester."""
    with register.database.reading() as connection:
        kept = read_setting(connection, "opening_period")
    return kept if isinstance(kept, str) else ""
