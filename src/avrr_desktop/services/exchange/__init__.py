"""Lists of persons going out to Excel and coming back: template, nominal list, import."""

from __future__ import annotations

from avrr_desktop.services.exchange.importing import run_import
from avrr_desktop.services.exchange.nominal import Exported, export_nominal, list_of
from avrr_desktop.services.exchange.plan import ImportPlan, LineFinding, PlannedLine, Verdict
from avrr_desktop.services.exchange.planning import plan_import
from avrr_desktop.services.exchange.report import write_report
from avrr_desktop.services.exchange.template import write_template

__all__ = [
    "Exported",
    "ImportPlan",
    "LineFinding",
    "PlannedLine",
    "Verdict",
    "export_nominal",
    "list_of",
    "plan_import",
    "run_import",
    "write_report",
    "write_template",
]
