"""What is done before the window's own modules are imported, so that it shows soon."""

from __future__ import annotations

from importlib import import_module
from typing import Final

from avrr_desktop import collector

# What the first page needs of the layers below; they import the rest.
_WITHOUT_QT: Final = (
    "avrr_desktop.services.live",
    "avrr_desktop.services.messages",
    "avrr_desktop.services.records",
    "avrr_desktop.services.settings",
    "avrr_desktop.services.summary_view",
)


def prepare() -> None:
    """Let the collector rest, and import what has no Qt.

    PySide6 reads the source of every module imported after it: 60 ms for SQLAlchemy's, Pydantic's
    and our own.
    """
    collector.rest()
    for name in _WITHOUT_QT:
        import_module(name)
