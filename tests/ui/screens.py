"""Goes through every screen of the program at one size after another.

``python -m tests.ui.screens FOLDER [fr|ar|en] [light|dark] [WIDTHxHEIGHT] [NAME…]`` keeps a picture
of each and prints what is cut. The scale is Qt's: ``QT_SCALE_FACTOR=2`` before the command.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtWidgets import QApplication
from tests.ui.clipping import Cut, cuts

from avrr_desktop.activities import ACTIVITIES, SECTIONS
from avrr_desktop.activities.across import COHORT_FROM, COHORT_TO
from avrr_desktop.app import close_window, open_window
from avrr_desktop.core.actors import Actor, Role
from avrr_desktop.core.clock import FixedClock
from avrr_desktop.core.labels import Language
from avrr_desktop.core.periods import parse_period
from avrr_desktop.core.specs import Activity
from avrr_desktop.paths import Paths, paths_in
from avrr_desktop.people.case import CASE_FILE
from avrr_desktop.people.person import PERSON
from avrr_desktop.services.closing.closings import close
from avrr_desktop.services.demo import write_demo
from avrr_desktop.services.drafts import Draft
from avrr_desktop.services.lists import Filter, ListQuery, page
from avrr_desktop.services.records import Records
from avrr_desktop.services.register import Register, open_register
from avrr_desktop.services.summary.cells import CellKey
from avrr_desktop.ui import routes
from avrr_desktop.ui.shell.main_window import MainWindow
from avrr_desktop.ui.theme.tokens import Scheme

Size = tuple[int, int]
PERIOD, CLOSED = "2023-S1", "2022-S2"
SUPERVISOR = Actor("supervisor", "Youssef Benjelloun", Role.SUPERVISOR)
CLOCK = FixedClock(datetime(2023, 7, 5, 10, 42, tzinfo=UTC))
WRITTEN = FixedClock(datetime(2025, 3, 3, 9, 0, tzinfo=UTC))  # once all its people have acted
SIZES = ((1000, 640), (1280, 800), (1440, 900))
_WAIT_SECONDS = 60.0
_ROUNDS = 3  # of events, with nothing left to do
_LOOK = 0.4  # seconds before a picture: figures and explanations come after a pause
FEW = 300  # persons: every list has some, and a walk stays short
MAIN = frozenset(
    {
        "today",
        "summary",
        "figure",
        "not-counted",
        "person",
        "registration",
        "list-registration",
        "form-return_from_morocco",
        "exchange",
        "settings-lists",
    }
)


def screens(register: Register) -> Iterator[tuple[str, routes.Route]]:
    """Every screen of the program, by name."""
    person = _somebody(register)
    yield "today", routes.Today()
    yield "summary", routes.SummaryOf(PERIOD)
    yield "figure", routes.FigureOf(PERIOD, CellKey(COHORT_TO, "persons"))
    yield "not-counted", routes.FigureOf(PERIOD, CellKey(COHORT_FROM, "persons"), True)
    yield "checks", routes.ChecksOf(PERIOD)
    yield "closing", routes.ClosingOf(PERIOD, CLOSED)
    yield "duplicates", routes.DuplicatesOf()
    yield "merge", routes.MergeOf(*_two_of(register))
    yield "person", routes.PersonPage(person)
    yield "case", routes.CasePage(_first_of(register, CASE_FILE.key))
    yield "registration", routes.NewRegistration()
    for record in (PERSON, CASE_FILE, *ACTIVITIES):
        yield f"list-{record.key}", routes.RecordsOf(record.key)
        persons = (person,) if isinstance(record, Activity) else ()
        yield f"form-{record.key}", routes.FormOf(record.key, person_ids=persons)
    for key in ("person", "case_file", "return_from_morocco"):
        yield f"stored-{key}", routes.FormOf(key, record_id=_first_of(register, key))
    yield "bin", routes.Bin()
    yield "exchange", routes.Exchange()
    yield "bulletin-texts", routes.BulletinTexts(PERIOD)
    for section in ("general", "lists", "balances", "bulletin", "backups", "retention"):
        yield f"settings-{section}", routes.Settings(section)
    yield "move", routes.MoveRegister()
    yield "journal", routes.JournalOf()
    yield "about", routes.About()
    yield "licences", routes.Licences()
    yield "licence", routes.Licences("Qt")
    yield "help", routes.Help()


def _somebody(register: Register) -> str:
    activity, section = SECTIONS[COHORT_TO]
    departed = Filter(section.dated_by, first=date(2023, 4, 1), last=date(2023, 5, 31))
    return page(register, ListQuery(activity.key, filters=(departed,), limit=1)).rows[0].person_id


def _two_of(register: Register) -> tuple[str, str]:
    first, second = page(register, ListQuery(PERSON.key, limit=2)).rows
    return first.id, second.id


def _first_of(register: Register, key: str) -> str:
    return page(register, ListQuery(key, limit=1)).rows[0].id


class Walk:
    """The window, led from screen to screen."""

    def __init__(self, app: QApplication, window: MainWindow) -> None:
        self._app, self.window = app, window

    def wear(self, language: Language, scheme: Scheme = Scheme.LIGHT) -> None:
        """Another language, other colours."""
        self.window.desk.language, self.window.desk.scheme = language, scheme
        self.window.build_anew()
        self.settle()

    def resize(self, size: Size) -> None:
        """Another size of the window."""
        self.window.resize(*size)
        self.settle()

    def settle(self, pause: float = 0) -> None:
        """Let the worker and the window finish; ``pause`` seconds more for what comes late."""
        tasks = self.window.context.tasks
        begun, quiet = time.monotonic(), 0
        while quiet < _ROUNDS or time.monotonic() - begun < pause:
            self._app.processEvents()
            quiet = quiet + 1 if tasks.is_idle else 0
            time.sleep(0.002)
            assert time.monotonic() - begun < _WAIT_SECONDS, "the worker never ends"

    def cuts(self) -> list[Cut]:
        """What cannot be read whole now."""
        return cuts(self.window)


def _close_one(paths: Paths) -> None:
    """A closed semester from which one person moved since: a gap, and a correction that waits."""
    register = open_register(paths, CLOCK)
    try:
        period, records = parse_period(CLOSED), Records(register)
        close(register, SUPERVISOR, period, "Dates attendues de la compagnie aérienne")
        first, section = SECTIONS[COHORT_FROM]
        inside = Filter(section.dated_by, first=period.start, last=period.end)
        row = page(register, ListQuery(first.key, filters=(inside,), limit=1)).rows[0]
        stored = records.read(PERSON.key, row.person_id)
        other = "man" if stored.values["sex"] == "woman" else "woman"
        draft = Draft(PERSON.key, {"sex": other}, id=row.person_id, version=stored.version)
        why = "Passeport présenté à l’accueil"
        records.save(register.local_actor, draft, confirm_all=why, correction=why)
    finally:
        register.close()


@contextmanager
def walking(folder: Path, *, persons: int | None = None) -> Iterator[Walk]:
    """The window on a register of invented people, of the day of the design's pictures."""
    paths = paths_in(folder)
    write_demo(paths, WRITTEN, persons=persons).close()
    _close_one(paths)
    app, window = open_window(paths, CLOCK)
    try:
        yield Walk(app, window)
    finally:
        close_window(window)


def walk_through(
    walk: Walk, languages: Iterable[Language], sizes: Iterable[Size], names: Collection[str] = ()
) -> Iterator[tuple[str, Cut]]:
    """What is cut on the screens of these names (all when none), and on which one."""
    for language in languages:
        walk.wear(language)
        for name, route in screens(walk.window.context.register):
            if names and name not in names:
                continue
            walk.window.open(route)
            for size in sizes:
                walk.resize(size)
                label = f"{name} {language} {size[0]}x{size[1]}"
                yield from ((label, cut) for cut in walk.cuts())


def main(folder: Path, *words: str) -> None:
    """Keep a picture of each screen and print what is cut."""
    languages = [Language(word) for word in words if word in set(Language)] or list(Language)
    schemes = [Scheme(word) for word in words if word in set(Scheme)] or [Scheme.LIGHT]
    sizes = [_size(word) for word in words if word[0].isdigit()] or list(SIZES)
    taken = {*Language, *Scheme}
    names = {word for word in words if word not in taken and not word[0].isdigit()}
    with TemporaryDirectory() as scratch, walking(Path(scratch) / "register") as walk:
        for language, scheme in product(languages, schemes):
            walk.wear(language, scheme)
            for name, route in screens(walk.window.context.register):
                if names and name not in names:
                    continue
                for size in sizes:
                    walk.resize(size)
                    walk.window.open(route)
                    walk.settle(pause=_LOOK)
                    label = f"{name}-{language}-{scheme}-{size[0]}"
                    walk.window.grab().save(str(folder / f"{label}.png"))
                    for cut in walk.cuts():
                        sys.stdout.write(f"{label} {cut}\n")
                    sys.stdout.flush()


def check(folder: Path) -> None:
    """Print what is cut on the main screens at the scale of this process."""
    with walking(folder, persons=FEW) as walk:
        for label, cut in walk_through(walk, Language, SIZES[:1], MAIN):
            sys.stdout.write(f"{label}: {cut}\n")
        scale = walk.window.devicePixelRatio()
    sys.stdout.write(f"scale {scale:g}\n")


def _size(word: str) -> Size:
    wide, high = word.split("x")
    return int(wide), int(high)


if __name__ == "__main__":
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    if sys.argv[2:] == ["check"]:
        check(target)
    else:
        main(target, *sys.argv[2:])
