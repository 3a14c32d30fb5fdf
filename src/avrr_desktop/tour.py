"""The tour: fills each form once with real key strokes, then pictures every screen.

It runs in a demonstration register of its own, on a screen or without one. The folder it is given
then holds the pictures in three languages, the printed summary and the workbook.
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from avrr_desktop.app import close_window, open_window
from avrr_desktop.core.clock import Clock
from avrr_desktop.core.errors import UserError
from avrr_desktop.core.labels import Language
from avrr_desktop.core.periods import parse_period
from avrr_desktop.paths import paths_in
from avrr_desktop.services.demo import write_demo
from avrr_desktop.services.register import Register
from avrr_desktop.services.summary import summarise
from avrr_desktop.services.summary_text import summary_text
from avrr_desktop.services.workbook import export_workbook
from avrr_desktop.visits.leading import Leading
from avrr_desktop.visits.places import PERIOD, forms, places

SIZE = (1440, 900)


def run_tour(output: Path, clock: Clock) -> int:
    """Make the tour and keep its pictures in ``output``; gives the exit code.

    Raises:
        UserError: the folder cannot be written.
    """
    try:
        output.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError("folder_read_only", folder=str(output)) from error
    with TemporaryDirectory() as folder:
        paths = paths_in(Path(folder) / "register")
        write_demo(paths, clock, persons=None, seed=1).close()
        app, window = open_window(paths, clock)
        window.resize(*SIZE)
        QTest.qWaitForWindowExposed(window)
        window.activateWindow()
        try:
            tour = Tour(Leading(app, window), output)
            tour.fill_forms()
            tour.picture_screens()
            tour.publish()
        finally:
            close_window(window)
    return 0


class Tour:
    """One visit of every form and every screen."""

    def __init__(self, leading: Leading, output: Path) -> None:
        self._leading = leading
        self._window = leading.window
        self._output = output
        self._register: Register = self._window.context.register

    def fill_forms(self) -> None:
        """Every form once, from the keyboard, down to the register."""
        for name, route in forms(self._register):
            try:
                self._leading.fill(route)
            except UserError:
                self._picture(f"refused-{name}")
                self._leading.let_go()
                raise

    def picture_screens(self) -> None:
        """A picture of every screen in every language."""
        for language in Language:
            self._window.desk.language = language
            self._window.build_anew()
            for name, route in places(self._register):
                self._leading.show(route)
                self._picture(f"{language.value}-{name}")
            self._window.search("kone aicha")
            self._leading.settle()
            self._picture(f"{language.value}-search")
            QTest.keyClick(self._leading.focus(), Qt.Key.Key_Escape)

    def publish(self) -> None:
        """The summary on the terminal and in a file, and the workbook."""
        period = parse_period(PERIOD)
        text = summary_text(self._register, summarise(self._register, period), Language.FR)
        (self._output / "synthese.txt").write_text(text + "\n", encoding="utf-8")
        sys.stdout.write(text + "\n")
        export_workbook(self._register, period, self._output / "classeur.xlsx", Language.FR)

    def _picture(self, name: str) -> None:
        self._leading.picture(self._output / f"{name}.png")
