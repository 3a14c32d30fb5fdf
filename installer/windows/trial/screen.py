"""The hands and eyes of the trial: keys typed at the screen, pictures taken of it."""

from __future__ import annotations

import os
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from installer.windows.trial.wine import TrialError, Wine

_PATIENCE = 180.0  # seconds until a window shows, on a busy PC
_SETTLED = 4  # pictures in a row that are all but equal
_WITH_OR_WITHOUT_CURSOR = 2
_PAUSE = 0.5
_LOOK = ("import", "-window", "root", "-depth", "8", "-resize", "25%", "gray:-")


@dataclass(frozen=True, slots=True)
class Screen:
    """The one screen of a prefix; pictures go to ``pictures``."""

    wine: Wine
    pictures: Path

    def window(self, title: str) -> str:
        """The id of the window whose title begins so, once it is there.

        Raises:
            TrialError: no such window shows.
        """
        until = time.monotonic() + _PATIENCE
        while time.monotonic() < until:
            found = self._xdotool("search", "--onlyvisible", "--name", f"^{title}")
            if found:
                return found.split()[-1]
            time.sleep(_PAUSE)
        raise TrialError(f"no window is called “{title}…”")

    def is_open(self, title: str) -> bool:
        """Whether such a window shows now."""
        return bool(self._xdotool("search", "--onlyvisible", "--name", f"^{title}"))

    def focus(self, window: str) -> None:
        """Let the window have the keys, in front of what else is there."""
        self._xdotool("windowraise", window)
        self._xdotool("windowfocus", "--sync", window)
        self.settle()

    def fill(self, window: str) -> None:
        """Let the window take the whole screen."""
        self._xdotool("windowmove", window, "0", "0")
        self._xdotool("windowsize", window, "1280", "1000")
        self.settle()

    def press(self, *keys: str) -> None:
        """Keys by their names of X, such as ``ctrl+n`` or ``Return``, each answered first."""
        for key in keys:
            self._xdotool("key", "--clearmodifiers", key)
            self.settle()

    def write(self, text: str) -> None:
        """Letters, one after the other."""
        self._xdotool("type", "--clearmodifiers", "--delay", "60", text)
        self.settle()

    def picture(self, name: str) -> Path:
        """Keep what the screen shows."""
        self.pictures.mkdir(parents=True, exist_ok=True)
        path = self.pictures / f"{name}.png"
        self._run("import", "-window", "root", str(path))
        return path

    def settle(self) -> None:
        """Wait until the screen stands still but for the cursor."""
        seen: list[bytes] = []
        until = time.monotonic() + _PATIENCE
        while time.monotonic() < until:
            seen.append(self._run(*_LOOK))
            last = seen[-_SETTLED:]
            if len(last) == _SETTLED and len(set(last)) <= _WITH_OR_WITHOUT_CURSOR:
                return
            time.sleep(_PAUSE / 2)

    def _xdotool(self, *words: str) -> str:
        return self._run("xdotool", *words).decode("ascii", "replace")

    def _run(self, *command: str) -> bytes:
        environment = {**os.environ, "DISPLAY": self.wine.environment["DISPLAY"]}
        done = subprocess.run(
            command, env=environment, check=False, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        return done.stdout
