"""What the person at the killed program was promised, and what the next start must offer.

A form that is half typed waits as a draft with what stood in it two seconds ago, while one types
without a pause five; a form said to be saved waits no more.
"""

from __future__ import annotations

import json
import os
import select
import signal
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from random import Random
from typing import Any, Final

from tests.survival.typist import Say, Steps, Typist, live

import avrr_desktop
from avrr_desktop.core.clock import FixedClock
from avrr_desktop.paths import Paths

LIVES: Final[Mapping[str, Callable[[Typist], Steps]]] = {
    "desk: registering": Typist.registering,
    "desk: assisting": Typist.assisting,
    "desk: one long text": Typist.endless,
}
FILES: Final = frozenset({"settings.ini", "logs", "drafts", "window.lock"})
_QUIET: Final = 2.0  # seconds without a key
_LONGEST: Final = 5.5  # seconds with keys: five, and the time of writing
_PATIENCE: Final = 900.0
Values = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Promise:
    """What may stand in the draft that is offered; ``is_due`` when one must be.

    ``is_typing``: killed within a key, of which the draft may hold more than was told.
    """

    is_due: bool
    allowed: Sequence[Values]
    is_typing: bool = False

    def holds(self, values: Values) -> bool:
        """Whether a draft with these values is as good as promised."""
        last = self.allowed[-1] if self.allowed else {}
        is_newer = all(values.get(key, "").startswith(text) for key, text in last.items())
        return values in self.allowed or (self.is_typing and is_newer)


def preload() -> None:
    """Import what a window imports later on, once for every fork; no application is made."""
    for found in walk_packages(avrr_desktop.__path__, "avrr_desktop."):
        if ".db.migrations" not in found.name and not found.name.endswith("__main__"):
            import_module(found.name)


def sit_down(paths: Paths, clock: FixedClock, say: Say, seed: float, name: str) -> int:
    """The life of the working process."""
    return live(paths, clock, say, Random(seed), LIVES[name])


def promise_of(said: Sequence[str]) -> Promise:
    """From what was told until the kill: instants are the program's own."""
    states: list[tuple[float, Values]] = []
    until, is_saving, is_typing = 0.0, False, False
    for line in said:
        if not line.startswith("{"):  # said to be saved
            states, is_saving = [], False
            continue
        told: dict[str, Any] = json.loads(line)
        until = max(until, told["at"])
        is_typing = told["kind"] == "key" or (is_typing and told["kind"] == "alive")
        if told["kind"] == "form":
            states, is_saving = [], False
        elif told["kind"] == "typed":
            states.append((told["at"], told["values"]))
        elif told["kind"] == "saving":
            is_saving = True
    texts = [values for _, values in states]
    if is_saving or not states:  # saved without having been said to be, or not
        return Promise(is_due=False, allowed=texts, is_typing=is_typing)
    if not is_typing and until - states[-1][0] >= _QUIET:
        return Promise(is_due=True, allowed=texts[-1:])
    old = sum(at <= until - _LONGEST for at, _ in states)
    return Promise(is_due=old > 0, allowed=texts[max(old - 1, 0) :], is_typing=is_typing)


def start_again(paths: Paths, clock: FixedClock, errors: Path) -> dict[str, Any]:
    """The real program once more: what its dialog offers, and what stands in the form then."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        write_errors_to(errors)
        try:
            say = teller(writing)
            live(paths, clock, say, Random(0), Typist.looking)
        finally:
            os._exit(1)
    os.close(writing)
    try:
        heard = b""
        end = time.monotonic() + _PATIENCE
        while b'"offered"' not in heard or not heard.endswith(b"\n"):
            assert select.select([reading], [], [], max(0.0, end - time.monotonic()))[0], "no start"
            part = os.read(reading, 65536)
            assert part, f"the next start failed: {errors.read_text()[-3000:]}"
            heard += part
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(reading)
    line = next(line for line in heard.decode().splitlines() if '"offered"' in line)
    offered: dict[str, Any] = json.loads(line)
    return offered


def verify(said: Sequence[str], offered: Mapping[str, Any]) -> bool:
    """The promise is kept, and nothing that was saved is offered; whether a draft was due."""
    promise, values = promise_of(said), offered["values"]
    if promise.is_due:
        assert offered["rows"], ("nothing offered", promise.allowed[-1])
    if offered["rows"]:
        assert promise.holds(values), (values, promise.allowed[:1], promise.allowed[-1:])
    for line in said:
        word, _, name = line.partition(" ")
        form = {"SAVED": "Nouvel enregistrement", "ASSISTED": "Assistance directe"}.get(word)
        who = name if form else ""
        saved_again = [r for r in offered["rows"] if form == r[0] and who in r[1].split()]
        assert not saved_again, (line, offered["rows"])
    return promise.is_due


def require_whole_folder(paths: Paths) -> None:
    """No fault of the program was written down, no draft put aside."""
    for folder in (paths.crash_dir, paths.drafts_dir / "aside"):
        found = list(folder.glob("*")) if folder.is_dir() else []
        assert not found, [each.read_bytes()[-1500:] for each in found]


def teller(pipe: int) -> Say:
    """Tells lines through a pipe; each is whole, for it is short."""
    return lambda line: os.write(pipe, f"{line}\n".encode())


def write_errors_to(path: Path) -> None:
    """What Qt and Python complain of goes to a file from now on."""
    with path.open("wb") as file:
        os.dup2(file.fileno(), 2)
