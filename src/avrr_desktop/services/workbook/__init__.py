"""Workbooks of Excel: how they are written safely, and the statistical one."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from avrr_desktop.services.workbook.statistical import export_workbook, write_workbook

__all__ = ["export_workbook", "write_workbook"]


def __getattr__(name: str) -> object:
    """The library behind them takes long to import: only once a workbook is asked for."""
    if name not in __all__:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.statistical"), name)
