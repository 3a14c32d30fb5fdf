"""What the checks share: a scratch folder, a register of invented people, the window on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

from avrr_desktop.core.clock import Clock, FixedClock
from avrr_desktop.core.labels import Language
from avrr_desktop.paths import Paths
from avrr_desktop.services.demo import write_demo
from avrr_desktop.services.register import Register, open_register

if TYPE_CHECKING:
    from avrr_desktop.visits.leading import Leading

# A day when all the invented people have acted: what is found does not hang on the PC's clock.
CLOCK: Final[Clock] = FixedClock(datetime(2025, 3, 3, 9, tzinfo=UTC))
PERSONS: Final = 120  # some in every list
_SIZE: Final = (1280, 800)


class Missing(Exception):
    """Something that is not there or does not work, named as an administrator looks for it."""


@dataclass(frozen=True, slots=True)
class Check:
    """One check: what it is about, in the user's language, and what it does."""

    label: Callable[[], str]
    run: Callable[[Bench], None]


class Bench:
    """Made at the first need, all in ``folder``; nothing of the user's own is touched."""

    def __init__(self, folder: Path, resources: Path, language: Language) -> None:
        self.folder = folder
        self.resources = resources
        self.language = language
        self.faults: list[str] = []  # of slots and of paint events, which nobody else would see
        self._leading: Leading | None = None
        self._register: Register | None = None

    def paths(self, name: str) -> Paths:
        """A register's folder of its own."""
        return Paths(self.folder / name, self.resources)

    @cached_property
    def demo(self) -> Paths:
        """A register of invented people, written."""
        paths = self.paths("demo")
        write_demo(paths, CLOCK, persons=PERSONS).close()
        return paths

    @property
    def register(self) -> Register:
        """That register, open: the window's own when there is one."""
        if self._leading is not None:
            return self._leading.window.context.register
        if self._register is None:
            self._register = open_register(self.demo, CLOCK)
        return self._register

    def leading(self) -> Leading:
        """The window on it."""
        if self._leading is None:
            from avrr_desktop.app import open_window
            from avrr_desktop.ui.shell.desk import Desk
            from avrr_desktop.visits.leading import Leading

            self._close_register()
            Desk(self.demo.settings).language = self.language
            app, window = open_window(self.demo, CLOCK)
            self._leading = Leading(app, window)
            window.resize(*_SIZE)
            self._leading.settle()
        return self._leading

    def close(self) -> None:
        """Close what was opened."""
        self._close_register()
        if self._leading is not None:
            from avrr_desktop.app import close_window

            window, self._leading = self._leading.window, None
            window.leave()
            close_window(window)

    def _close_register(self) -> None:
        if self._register is not None:
            self._register.close()
            self._register = None


def require(is_so: object, what: str) -> None:
    """Name what is missing unless something holds.

    Raises:
        Missing: it does not.
    """
    if not is_so:
        raise Missing(what)
