"""A plugin of pytest for the trial: wine is slow, and what a test waits for may come later.

Every wait ends as soon as its condition holds, so this loosens nothing: a test that would pass on
a PC passes here too, and one that waits in vain still fails.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from pytestqt.qtbot import QtBot

_LEAST_MS = 60_000
_WAITS = ("waitUntil", "waitSignal", "waitSignals", "waitCallback")  # the older names follow


def pytest_configure() -> None:
    """Let every wait of pytest-qt last a minute at least."""
    for name in _WAITS:
        setattr(QtBot, name, _patient(getattr(QtBot, name)))


def _patient(wait: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(wait)
    def patient(*args: Any, timeout: int = _LEAST_MS, **others: Any) -> Any:
        return wait(*args, timeout=max(timeout, _LEAST_MS), **others)

    return patient
