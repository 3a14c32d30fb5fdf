"""Python's garbage collector during the start: nothing made then is garbage, yet it looks."""

from __future__ import annotations

import gc


def rest() -> None:
    """Look for no garbage until ``resume``: it would take a quarter of the start."""
    gc.disable()


def wake() -> None:
    """Look for garbage again, everywhere."""
    gc.enable()


def resume() -> None:
    """Look for garbage again, never among what the start made: modules, tables, the window."""
    gc.collect()
    gc.freeze()
    gc.enable()
