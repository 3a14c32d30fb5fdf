"""The only module that starts threads: one worker, results on the GUI thread, cancellable."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event
from types import TracebackType
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, QTimer, Signal, Slot
from shiboken6 import isValid

from avrr_desktop.core.errors import UserError

T = TypeVar("T")


class Cancelled(Exception):
    """The work was given up because it is no longer wanted."""


@dataclass(slots=True)
class Progress:
    """Handed to the work: it says how far it is, and stops when it is no longer wanted."""

    report: Callable[[int, int], None]
    _cancelled: Event = field(default_factory=Event)

    def __call__(self, done: int, total: int) -> None:
        """Say how far the work is.

        Raises:
            Cancelled: the work is no longer wanted.
        """
        if self._cancelled.is_set():
            raise Cancelled
        self.report(done, total)

    def cancel(self) -> None:
        """Ask the work to stop at its next step."""
        self._cancelled.set()

    @property
    def is_cancelled(self) -> bool:
        """Whether the work was asked to stop."""
        return self._cancelled.is_set()


class _Relay(QObject):
    """Carries results to the GUI thread."""

    done = Signal(object, object)  # request, result
    failed = Signal(object, object)  # request, UserError
    progressed = Signal(object, int, int)


@dataclass(slots=True, eq=False)
class Request(Generic[T]):
    """One piece of work asked for."""

    work: Callable[[Progress], T]
    on_done: Callable[[T], None]
    on_failed: Callable[[UserError], None]
    on_progress: Callable[[int, int], None] | None = None
    on_cancelled: Callable[[], None] | None = None
    progress: Progress = field(init=False)


class _Run(QRunnable):
    def __init__(self, request: Request[T], relay: _Relay) -> None:
        super().__init__()
        self._request = request
        self._relay = relay

    def run(self) -> None:
        request = self._request
        try:
            result = request.work(request.progress)
        except Cancelled:
            self._relay.done.emit(request, _CANCELLED)
        except UserError as error:
            self._relay.failed.emit(request, error)
        except BaseException:  # noqa: BLE001 (the task boundary: a bug is the crash hook's)
            self._relay.done.emit(request, _CANCELLED)
            sys.excepthook(*_exception())
        else:
            self._relay.done.emit(request, result)


_CANCELLED = object()


def _is_there(callback: Callable[..., None]) -> bool:
    """Whether the widget a callback belongs to still is: its page may have been left meanwhile."""
    owner = getattr(callback, "__self__", None)
    return not isinstance(owner, QObject) or isValid(owner)


def _exception() -> tuple[type[BaseException], BaseException, TracebackType | None]:
    kind, value, traceback = sys.exc_info()
    assert kind is not None
    assert value is not None
    return kind, value, traceback


class Tasks(QObject):
    """Runs work on one worker thread, in the order it was asked for."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._relay = _Relay(self)
        queued = Qt.ConnectionType.QueuedConnection
        self._relay.done.connect(self._on_done, queued)
        self._relay.failed.connect(self._on_failed, queued)
        self._relay.progressed.connect(self._on_progressed, queued)
        self._waiting: set[Request[object]] = set()

    def start(self, request: Request[T], after_ms: int = 0) -> Request[T]:
        """Queue the work; its callbacks run on the GUI thread, none after ``cancel``.

        ``after_ms`` leaves the interpreter to the GUI thread for so many milliseconds first.
        """
        relay = self._relay

        def report(done: int, total: int) -> None:
            relay.progressed.emit(request, done, total)

        request.progress = Progress(report)
        self._waiting.add(request)  # type: ignore[arg-type]  # kept alive whatever its result
        if after_ms:
            QTimer.singleShot(after_ms, self, lambda: self._begin(request))
        else:
            self._begin(request)
        return request

    def _begin(self, request: Request[T]) -> None:
        if request.progress.is_cancelled:
            self._relay.done.emit(request, _CANCELLED)
        else:
            self._pool.start(_Run(request, self._relay))

    def cancel(self, request: Request[T] | None) -> None:
        """Ask a request to stop; only its ``on_cancelled`` may still be called."""
        if request is not None:
            request.progress.cancel()

    @property
    def is_idle(self) -> bool:
        """Whether no work is waiting or running."""
        return not self._waiting

    def finish(self) -> None:
        """Cancel everything and wait for the worker: at the end of the program."""
        for request in self._waiting:
            request.progress.cancel()
        self._pool.waitForDone()

    @Slot(object, object)
    def _on_done(self, request: Request[object], result: object) -> None:
        self._waiting.discard(request)
        if result is _CANCELLED or request.progress.is_cancelled:
            if request.on_cancelled is not None and _is_there(request.on_cancelled):
                request.on_cancelled()
            return
        if _is_there(request.on_done):
            request.on_done(result)

    @Slot(object, object)
    def _on_failed(self, request: Request[object], error: UserError) -> None:
        self._waiting.discard(request)
        if not request.progress.is_cancelled and _is_there(request.on_failed):
            request.on_failed(error)

    @Slot(object, int, int)
    def _on_progressed(self, request: Request[object], done: int, total: int) -> None:
        if request.on_progress is not None and not request.progress.is_cancelled:
            request.on_progress(done, total)
