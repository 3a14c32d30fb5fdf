"""Somebody at the real program: logs in, types with real keys, and tells what the screen shows.

Each line told is plain, ``SAVED name`` once the status bar says so, or JSON: what stands in the
half-typed form, and at which instant; that the window still turns; what the next start offers.
"""

from __future__ import annotations

import json
import os
import time
import traceback
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from functools import partial
from random import Random
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget
from tests.survival.works import AMINA, PEOPLE
from tests.ui.forms.hands import box_of, enter, focused_key, pick, press, type_text

from avrr_desktop.app import application, run_window
from avrr_desktop.core.clock import FixedClock
from avrr_desktop.core.translation import tr
from avrr_desktop.paths import Paths
from avrr_desktop.ui.access.entry_window import EntryWindow
from avrr_desktop.ui.access.log_in import LogInStep
from avrr_desktop.ui.drafts.dialog import DraftsDialog
from avrr_desktop.ui.forms.editor_making import typed
from avrr_desktop.ui.forms.entry_page import EntryPage
from avrr_desktop.ui.routes import FormOf
from avrr_desktop.ui.shell.main_window import MainWindow
from avrr_desktop.ui.shell.status_bar import StatusBar
from avrr_desktop.ui.widgets.formats import ltr, time_text

Say = Callable[[str], object]
Steps = Iterator[int]
"""Milliseconds to the next step: in between, the window does everything else."""

SOON: Final = 4
_ALIVE: Final = 100  # milliseconds between two signs that the window turns
_PATIENCE: Final = 600.0
_REST: Final = 2300  # milliseconds: a draft may wait for two seconds of them
_ENDLESS: Final = 7.0  # seconds: a draft may wait for five of them
_CTRL: Final = Qt.KeyboardModifier.ControlModifier


class Typist(QObject):
    """Takes one step after the other while the program runs; a step that fails ends it."""

    def __init__(self, clock: FixedClock, say: Say, random: Random) -> None:
        super().__init__()
        self._clock, self._say, self._random = clock, say, random
        self._steps: Steps = iter(())
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._go_on)
        self._alive = QTimer(self)
        self._alive.setInterval(_ALIVE)
        self._alive.timeout.connect(lambda: self._tell("alive"))
        self._form = ""

    def start(self, steps: Steps) -> None:
        """As soon as the window turns."""
        self._steps = steps
        self._timer.start(0)
        self._alive.start()

    def _go_on(self) -> None:
        try:
            self._timer.start(next(self._steps))
        except StopIteration:
            pass
        except BaseException:  # noqa: BLE001 (the program would only write it down)
            traceback.print_exc()
            os._exit(3)

    def _tell(self, kind: str, **more: object) -> None:
        self._say(json.dumps({"kind": kind, "at": time.monotonic(), **more}))

    # What is seen

    def _entry(self) -> EntryWindow | None:
        found = [w for w in QApplication.topLevelWidgets() if isinstance(w, EntryWindow)]
        return next((w for w in found if w.isVisible()), None)

    def _window(self) -> MainWindow:
        found = [w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow)]
        return next(w for w in found if w.isVisible())

    def _has_window(self) -> bool:
        return any(
            isinstance(w, MainWindow) and w.isVisible() for w in QApplication.topLevelWidgets()
        )

    def _page(self) -> EntryPage:
        page = self._window().page
        assert isinstance(page, EntryPage), page
        return page

    def _is_said_saved(self) -> bool:
        bar = self._window().findChild(StatusBar)
        assert bar is not None
        time_ = ltr(time_text(self._clock.now().astimezone()))
        said = bar.saved.label.text() if bar.saved.isVisible() else ""
        return said == tr("Saved at {time}", time=time_)

    def _until(self, is_so: Callable[[], bool]) -> Steps:
        end = time.monotonic() + _PATIENCE
        while not is_so():
            assert time.monotonic() < end, self._what_stands()
            yield SOON

    def _what_stands(self) -> str:
        """For who must find out why a step failed; the people are invented."""
        windows = [window for window in QApplication.topLevelWidgets() if window.isVisible()]
        parts = [part for window in windows for part in window.findChildren(QWidget)]
        return " | ".join(p.accessibleName() for p in parts if p.isVisible() and p.accessibleName())

    # What is done

    def log_in(self) -> Steps:
        """The password, and Enter."""
        yield from self._until(lambda: self._entry() is not None)
        entry = self._entry()
        assert entry is not None
        assert isinstance(entry.step, LogInStep), entry.step
        password = entry.findChild(QLineEdit, "password")
        assert password is not None
        QTest.keyClicks(password, AMINA.password)
        QTest.keyClick(password, Qt.Key.Key_Return)
        yield from self._until(self._has_window)
        self._window().activateWindow()
        yield SOON

    def _stroke(self, act: Callable[[], None]) -> None:
        """Some keys; what then stands in the form. In between, the program may keep it already."""
        self._tell("key")
        act()
        self._tell("typed", form=self._form, values=values_of(self._page()))

    def _begin(self, name: str, first: str) -> Steps:
        yield from self._until(lambda: focused_key(self._page()) == first)
        self._form = name
        self._tell("form", form=name)

    def registration(self, name: str, *, rest: int = 0) -> Steps:
        """A person by the keyboard alone, as far as the consent; ``rest`` in the middle."""
        window = self._window()
        if not isinstance(window.page, EntryPage) or window.page.form_key() != "new_registration":
            press(window, Qt.Key.Key_N, _CTRL)
        yield from self._begin(name, "family_name")
        arrow, done = Qt.Key.Key_Right, Qt.Key.Key_Return
        number = f"R{self._random.randrange(10**7):07}"
        # Nobody is asked whether she is the one before: born on another day.
        day, month, year = (self._random.randrange(*span) for span in ((2, 29), (1, 13), (60, 99)))
        birth = f"{day:02}{month:02}{year}"
        strokes: tuple[Callable[[], None], ...] = (
            lambda: enter(window, name),
            lambda: enter(window, "Aïcha"),
            lambda: enter(window, "كوني"),
            lambda: enter(window, "عائشة"),
            lambda: press(window, arrow),
            lambda: press(window, arrow),
            lambda: press(window, done),
            lambda: enter(window, birth),
            lambda: pick(window, "cote"),
            lambda: pick(window, "passep"),
            lambda: enter(window, number),
            lambda: enter(window, "06 61 20 48 17"),
            lambda: enter(window, "040223"),
            lambda: enter(window, "140223"),
            lambda: pick(window, "bouche"),
            lambda: press(window, done),
            lambda: press(window, done),
            lambda: pick(window, "ecrit"),
            lambda: press(window, Qt.Key.Key_A, _CTRL),
        )
        for place, stroke in enumerate(strokes):
            self._stroke(stroke)
            yield rest if place == len(strokes) // 2 and rest else SOON

    def assistance(self, name: str) -> Steps:
        """Cash of a day for the person found by name; kept in the form until it is saved."""
        window = self._window()
        window.open(FormOf("direct_assistance"))
        yield from self._begin(name, "person_id")
        self._tell("key")
        type_text(window, name)
        press(window, Qt.Key.Key_Return)
        yield from self._until(lambda: focused_key(self._page()) == "given_on")
        self._stroke(lambda: enter(window, "030623"))
        yield SOON
        self._stroke(lambda: pick(window, "bon d"))
        yield SOON

    def save(self, line: str) -> Steps:
        """Ctrl+Enter; ``line`` is told once the status bar says that it is saved, at this time."""
        self._clock.instant += timedelta(minutes=1)  # no other save was said at it
        self._tell("saving", form=self._form)
        press(self._window(), Qt.Key.Key_Return, _CTRL)
        yield from self._until(self._is_said_saved)
        self._say(line)
        self._form = ""
        yield SOON

    def remarks(self, seconds: float) -> Steps:
        """A long text without a pause."""
        page = self._page()
        box_of(page, "remarks").focus()
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            letter = self._random.choice("abcdefghijklmnopqrstuvwxyz ")
            self._stroke(partial(type_text, page, letter))
            yield 30

    def close(self) -> Steps:
        """The window, and what is half typed kept for later."""
        window = self._window()
        QTimer.singleShot(0, window, window.close)

        def later() -> QPushButton | None:
            asked = QApplication.activeModalWidget()
            return asked.findChild(QPushButton, "leave-later") if asked is not None else None

        yield from self._until(lambda: later() is not None)
        button = later()
        assert button is not None
        button.click()

    # Whole lives

    def registering(self) -> Steps:
        """Two persons, the first kept as a draft before she is saved; a third half-way."""
        yield from self.log_in()
        for number in range(2):
            yield from self.registration(f"SAVED{number}", rest=0 if number else 1300)
            yield from self.save(f"SAVED{number}")
        yield from self.registration("HALFWAY")
        yield _REST
        yield from self.close()

    def assisting(self) -> Steps:
        """Assistance for two persons, and for a third half-way."""
        yield from self.log_in()
        first, second, third = self._random.sample(range(PEOPLE), 3)
        for number in (first, second):
            yield from self.assistance(f"BASE{number}")
            yield from self.save(f"ASSISTED BASE{number}")
        yield from self.assistance(f"BASE{third}")
        yield _REST
        yield from self.close()

    def endless(self) -> Steps:
        """A text that is typed for longer than a draft may wait."""
        yield from self.log_in()
        yield from self.registration("HALFWAY")
        yield from self.remarks(_ENDLESS)
        yield from self.close()

    def looking(self) -> Steps:
        """The next start: what is offered, and what stands in the form that is gone on with."""
        yield from self.log_in()
        keeping = self._window().context.keeping
        assert keeping is not None
        yield from self._until(lambda: keeping.is_idle)
        dialogs = [d for d in self._window().findChildren(DraftsDialog) if d.isVisible()]
        if not dialogs:
            self._tell("offered", rows=[], values={}, form="")
            return
        model = dialogs[0].model
        rows = [
            [str(model.index(row, column).data()) for column in range(2)]
            for row in range(model.rowCount())
        ]
        focused = dialogs[0].focusWidget()
        assert focused is not None
        QTest.keyClick(focused, Qt.Key.Key_Return)
        yield from self._until(lambda: isinstance(self._window().page, EntryPage))
        yield from self._until(lambda: focused_key(self._page()) != "")
        values = values_of(self._page())
        self._tell("offered", rows=rows, values=values, form=self._page().form_key())


def values_of(page: EntryPage) -> Mapping[str, str]:
    """What stands in the fields, readable or not; empty ones left out."""
    texts = {box.key: typed(box.editor) for box in page.body.boxes()}
    return {key: str(text) for key, text in texts.items() if text not in (None, "", ())}


def live(
    paths: Paths, clock: FixedClock, say: Say, random: Random, script: Callable[[Typist], Steps]
) -> int:
    """The program from its start to its end, with somebody at it."""
    application()
    typist = Typist(clock, say, random)
    typist.start(script(typist))
    return run_window(paths, clock)
