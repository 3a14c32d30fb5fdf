"""The rig of all tests: no screen, deterministic examples, nothing left open or running."""

from __future__ import annotations

import gc
import os
import sys
import threading
from collections.abc import Generator, Iterator

import pytest
from hypothesis import settings

from avrr_desktop.core import translation
from avrr_desktop.paths import resources_dir

os.environ["QT_QPA_PLATFORM"] = "offscreen"  # before Qt is imported
if sys.platform == "win32":  # without a screen Qt takes its fonts from a folder there
    os.environ.setdefault("QT_QPA_FONTDIR", str(resources_dir() / "fonts"))

settings.register_profile("short", derandomize=True, deadline=None, database=None)
settings.register_profile("long", max_examples=2_000, deadline=None)
settings.load_profile("long" if os.environ.get("AVRR_HYPOTHESIS") == "long" else "short")

_NOTHING_LOADED = dict(translation._state)
_THREAD_GRACE = 2.0  # seconds a thread may take to end after its test


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    """The arguments of the one QApplication; the first names the program."""
    return ["avrr-desktop"]


@pytest.fixture(autouse=True)
def _nothing_left() -> Iterator[None]:
    """Fail the test that leaves a window open, a thread running or the collector at rest."""
    before = set(threading.enumerate())
    yield
    left = _open_windows() + _living_threads(before) + _resting_collector()
    if left:
        pytest.fail("left behind: " + ", ".join(left))


def _open_windows() -> list[str]:
    """Names of the windows still shown; they are closed, so that the next test starts clean."""
    if "PySide6.QtWidgets" not in sys.modules:
        return []
    from PySide6.QtWidgets import QApplication

    if QApplication.instance() is None:
        return []
    windows = [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]
    names = [f"window {type(widget).__name__} {widget.windowTitle()!r}" for widget in windows]
    for widget in windows:
        widget.hide()
        widget.deleteLater()
    return names


def _living_threads(before: set[threading.Thread]) -> list[str]:
    started = [
        thread for thread in threading.enumerate() if thread not in before and not thread.daemon
    ]
    for thread in started:
        thread.join(_THREAD_GRACE)
    names = [f"thread {thread.name}" for thread in started if thread.is_alive()]
    if "PySide6.QtCore" in sys.modules:
        from PySide6.QtCore import QThreadPool

        if not QThreadPool.globalInstance().waitForDone(int(_THREAD_GRACE * 1000)):
            names.append("a task of Qt's thread pool")
    return names


def _resting_collector() -> list[str]:
    """Python collects again: the tests that follow would keep every window they ever made."""
    if gc.isenabled():
        return []
    gc.enable()
    return ["a garbage collector at rest"]


@pytest.fixture(autouse=True)
def _speaks_english() -> Iterator[None]:
    """What a test, or a fixture of several tests, loads to speak French or Arabic is gone."""
    _forget_languages()
    yield
    _forget_languages()


def _forget_languages() -> None:
    translation._state.clear()
    translation._state.update(_NOTHING_LOADED)
    translation.translator.cache_clear()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown() -> Generator[None, object, object]:
    """A test that ends half-typed must not leave a question that nobody answers."""
    pages = sys.modules.get("avrr_desktop.ui.forms.entry_page")
    if pages is None:
        return (yield)
    asked = pages.__dict__["may_discard"]
    pages.__dict__["may_discard"] = lambda *_: True
    try:
        return (yield)
    finally:
        pages.__dict__["may_discard"] = asked
