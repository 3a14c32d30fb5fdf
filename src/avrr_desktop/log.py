"""The log and the crash files: ids and field names only, never a value of a person."""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

_LOG_BYTES = 512_000
_LOG_FILES = 4

logger = logging.getLogger("avrr_desktop")


def start_log(folder: Path) -> None:
    """Write the log into ``folder``; a folder that cannot be written leaves the program without."""
    logger.setLevel(logging.INFO)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(
            folder / "avrr.log", maxBytes=_LOG_BYTES, backupCount=_LOG_FILES, encoding="utf-8"
        )
    except OSError:
        return
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logger.addHandler(handler)


def stop_log() -> None:
    """Close the log's file."""
    for handler in tuple(logger.handlers):
        logger.removeHandler(handler)
        handler.close()


def install_crash_hook(folder: Path) -> None:
    """Send every fault of the program to a crash file.

    PySide sends the exceptions of slots and of workers here too, on the worker's own thread: the
    hook opens no window.
    """

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        report = describe(kind, trace)
        logger.error("fault of the program: %s", kind.__name__)
        write_crash_file(folder, report)
        sys.stderr.write(report)

    sys.excepthook = hook


def describe(kind: type[BaseException], trace: TracebackType | None) -> str:
    """Where a fault happened. The error's own text is left out: it may quote a person's data."""
    lines = [f"{kind.__module__}.{kind.__name__} on {threading.current_thread().name}"]
    lines += [
        f"  {Path(frame.filename).name}:{frame.lineno} in {frame.name}"
        for frame in traceback.extract_tb(trace)
    ]
    return "\n".join(lines) + "\n"


def write_crash_file(folder: Path, report: str) -> None:
    """Keep a report for the next start; a disk that refuses must not hide the fault itself."""
    name = datetime.now(UTC).strftime("crash-%Y%m%d-%H%M%S-%f.txt")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(report, encoding="utf-8")
    except OSError:
        logger.warning("the crash file could not be written")
