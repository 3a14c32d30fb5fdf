"""A save in the window itself: until the figures on the screen are painted anew."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import cycle
from typing import Final

from tests.benchmarks.counting import PERIOD, SAVE_LIMITS, kinds_of_save
from tests.benchmarks.measuring import Row, median_after
from tests.benchmarks.registers import CLOCK

from avrr_desktop import collector
from avrr_desktop.paths import Paths
from avrr_desktop.services.records import Records

_KIND: Final = "a new assistance"


def measure_window_saves(paths: Paths, persons: int, times: int) -> Iterator[Row]:
    """Saves while the summary of the semester is shown; the recount that follows is not counted."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QEventLoop

    from avrr_desktop.app import close_window, open_window
    from avrr_desktop.ui.summary.live import live_figures

    application, window = open_window(paths, CLOCK)
    context, figures = window.context, live_figures(window.context)
    figures.set_period(PERIOD)

    def settle() -> None:
        while not (figures.is_whole and window.has_figures()):
            application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)

    settle()
    collector.resume()  # as the program does once it has started
    records = Records(context.register)
    drafts = cycle(dict(kinds_of_save(context.register, records))[_KIND])

    def save() -> None:
        before = figures.summary
        changed = records.save(context.actor, next(drafts), watch=PERIOD, confirm_all="benchmark")
        window.say_saved(changed)
        application.processEvents()
        if figures.summary is before:
            raise AssertionError("the save moved no figure")

    def take_back() -> None:
        undone = records.undo(context.actor, watch=PERIOD)
        assert undone is not None
        context.changes.announce(undone)
        settle()

    spent = median_after(save, take_back, times)
    yield Row(f"save to screen: {_KIND}", persons, spent, limit=SAVE_LIMITS.get(persons))
    close_window(window)
