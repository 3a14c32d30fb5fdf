"""Lists of persons going out to Excel and coming back: template, nominal list, import."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from avrr_desktop.services.exchange.importing import run_import
    from avrr_desktop.services.exchange.nominal import Exported, export_nominal, list_of
    from avrr_desktop.services.exchange.planning import plan_import
    from avrr_desktop.services.exchange.report import write_report
    from avrr_desktop.services.exchange.template import write_template

_HOMES = {
    "Exported": "nominal",
    "export_nominal": "nominal",
    "list_of": "nominal",
    "plan_import": "planning",
    "run_import": "importing",
    "write_report": "report",
    "write_template": "template",
}
__all__ = [
    "Exported",
    "export_nominal",
    "list_of",
    "plan_import",
    "run_import",
    "write_report",
    "write_template",
]


def __getattr__(name: str) -> object:
    """The library behind them takes long to import: only once a file is asked for."""
    if name not in _HOMES:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
