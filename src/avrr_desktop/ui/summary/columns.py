"""The columns of the summary's tables, each as wide as its widest figure from the start."""

from __future__ import annotations

from avrr_desktop.core.ages import GROUPS
from avrr_desktop.core.translation import screen_language
from avrr_desktop.services.summary_document import SummaryDocument
from avrr_desktop.services.summary_labels import (
    CHANGE_LABEL,
    GROUP_LABELS,
    PERCENT_LABEL,
    SERVICES_LABEL,
    group_label,
)
from avrr_desktop.ui.summary.figure_model import Column
from avrr_desktop.ui.widgets.formats import delta_text, ltr, number_text

_USUAL = number_text(8_888)


def main_columns(previous: str) -> tuple[Column, ...]:
    """Groups, total, the period before, the change."""
    language = screen_language()
    return (
        *_group_columns(),
        Column(previous, _USUAL, quiet=True),
        Column(CHANGE_LABEL.text(language), delta_text(888, 500), quiet=True),
    )


def detail_columns() -> tuple[Column, ...]:
    """Groups, total, percent, services."""
    language = screen_language()
    return (
        *_group_columns(),
        Column(PERCENT_LABEL.text(language), "100 %", quiet=True),
        Column(SERVICES_LABEL.text(language), _USUAL, quiet=True),
    )


def _group_columns() -> tuple[Column, ...]:
    language = screen_language()
    groups = (
        Column(GROUP_LABELS[g.value].text(language), _USUAL, tip=group_label(g.value, language))
        for g in GROUPS
    )
    return (*groups, Column(GROUP_LABELS["total"].text(language), _USUAL, total=True))


def main_heads(document: SummaryDocument) -> tuple[str, ...]:
    """The heads of the main table for another period."""
    return (
        *document.group_labels,
        document.total_label,
        ltr(document.previous_label),
        document.change_label,
    )
