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
    """Let the collector rest, import what has no Qt, then Qt, told not to read sources."""
    collector.rest()
    for name in _WITHOUT_QT:
        import_module(name)
    import_module("PySide6.QtCore")
    _spare_sources()


def _spare_sources() -> None:
    """PySide6 reads the source of every module imported after it: a tenth of the start.

    It looks for its own name there, to know which modules may ask for other names of methods
    (``from __feature__ import …``). None of ours does: the answer is given without reading.
    """
    feature = vars(import_module("shibokensupport.feature"))
    assert "_mod_uses_pyside" in feature  # of PySide6 6.11
    feature["_mod_uses_pyside"] = lambda _module: True
