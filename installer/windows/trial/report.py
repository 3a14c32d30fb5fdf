"""What the trial saw: a line for each thing, in order, kept in a file too."""

from __future__ import annotations

import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from installer.windows.trial.wine import TrialError


class Report:
    """Says lines and counts what failed."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.failed: list[str] = []
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("", encoding="utf-8")

    def say(self, text: str) -> None:
        """A line with the time of day."""
        line = f"{time.strftime('%H:%M:%S')} {text}"
        print(line, flush=True)
        with self._path.open("a", encoding="utf-8") as kept:
            kept.write(line + "\n")

    def seen(self, what: str) -> None:
        """Something that is as it must be."""
        self.say(f"    ok  {what}")

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """A part of the trial: when it fails it is said, and the next one goes on."""
        began = time.monotonic()
        self.say(f"== {name}")
        try:
            yield
        except TrialError as error:
            self._fail(name, str(error))
        except Exception as error:  # noqa: BLE001  # whatever it is, the other steps are worth it
            where = traceback.extract_tb(error.__traceback__)[-1]
            place = f"{Path(where.filename).name}:{where.lineno}"
            self._fail(name, f"{type(error).__name__} in {place}: {error}")
        else:
            self.say(f"-- {name}: held, {time.monotonic() - began:.0f} s")

    def _fail(self, name: str, why: str) -> None:
        self.failed.append(name)
        self.say(f"-- {name}: FAILED: {why}")


def must(holds: object, otherwise: str) -> None:
    """Go on only when it holds.

    Raises:
        TrialError: it does not.
    """
    if not holds:
        raise TrialError(otherwise)
