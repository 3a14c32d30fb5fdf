"""The erratum: what a closed semester's figures should have said, in three languages."""

from __future__ import annotations

from collections.abc import Iterator

from avrr_desktop.activities import SECTIONS
from avrr_desktop.core.ages import GROUPS, TOTAL
from avrr_desktop.core.labels import Language
from avrr_desktop.core.translation import Translator, translator
from avrr_desktop.services.closing.gap import Gap
from avrr_desktop.services.summary import CellKey, Summary
from avrr_desktop.services.summary_labels import GROUP_LABELS, period_text, section_label
from avrr_desktop.services.summary_rows import number


def erratum(gap: Gap, language: Language) -> str:
    """One sentence for each section whose persons differ; empty when none does.

    The order of the groups is that of every table: men, women, boys, girls, undetermined.
    """
    return "\n".join(_sentences(gap, translator(language)))


def _sentences(gap: Gap, say: Translator) -> Iterator[str]:
    before, after = gap.published.counted.summary, gap.recomputed
    for section in SECTIONS:
        moved = any(CellKey(section, "persons", None, g) in gap.difference for g in _ALL)
        if moved:
            yield say.tr(
                "{period} – {section}: {now} ({groups}), instead of {then} published"
                " ({published_groups}).",
                period=period_text(gap.closing.period, say),
                section=section_label(section).text(say.language),
                now=number(after.value(section, "persons")),
                groups=_groups(after, section, say),
                then=number(before.value(section, "persons")),
                published_groups=_groups(before, section, say),
            )


_ALL = (TOTAL, *(group.value for group in GROUPS))


def _groups(summary: Summary, section: str, say: Translator) -> str:
    """« 640 hommes, 241 femmes… » in one order; undetermined only when there are any."""
    parts = []
    for group in GROUPS:
        value = int(summary.value(section, "persons", None, group.value) or 0)
        if value or group.value != "undetermined":
            label = GROUP_LABELS[group.value].text(say.language)
            parts.append(f"{label} {number(value)}")
    return say.tr(", ").join(parts)
