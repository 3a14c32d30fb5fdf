"""Wrong passwords slow down: each one more after the third doubles the wait."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from avrr_desktop.core.clock import Clock
from avrr_desktop.core.errors import UserError
from avrr_desktop.paths import Paths
from avrr_desktop.services.atomic import atomic_write

_FREE = 3
_LONGEST = 300  # seconds


@dataclass(frozen=True, slots=True)
class Attempts:
    """Wrong passwords since somebody last came in: their instants, and whose login was named."""

    lines: tuple[tuple[datetime, str], ...] = ()

    def wait(self, now: datetime) -> int:
        """Seconds until the next try; a clock set back does not shorten them."""
        if len(self.lines) < _FREE:
            return 0
        longest = min(_LONGEST, 1 << (len(self.lines) - _FREE + 1))
        since = (now - self.lines[-1][0]).total_seconds()
        return max(0, min(longest, round(longest - since)))


def read_attempts(paths: Paths) -> Attempts:
    """What was tried; nothing when the file is not there or cannot be read."""
    try:
        lines = json.loads(paths.attempts.read_text(encoding="utf-8"))
        return Attempts(tuple((datetime.fromisoformat(at), str(user)) for at, user in lines))
    except (OSError, ValueError, TypeError):
        return Attempts()


def note_wrong(paths: Paths, clock: Clock, user_id: str) -> Attempts:
    """One wrong password more. A disk that refuses must not let anybody in, nor keep anybody out.

    What was typed is not kept: it may have been a password.
    """
    attempts = Attempts((*read_attempts(paths).lines[-50:], (clock.now(), user_id)))
    lines = [[at.isoformat(), user] for at, user in attempts.lines]
    with suppress(UserError), atomic_write(paths.attempts) as file:
        file.write(json.dumps(lines).encode())
    return attempts


def forget_attempts(paths: Paths) -> None:
    """After somebody came in, once the journal knows of them."""
    with suppress(OSError):
        paths.attempts.unlink(missing_ok=True)
