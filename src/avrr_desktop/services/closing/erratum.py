"""The erratum: what a closed semester's figures should have said, in three languages."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from avrr_desktop.activities import SECTIONS
from avrr_desktop.core.ages import GROUPS, TOTAL
from avrr_desktop.core.labels import Language
from avrr_desktop.core.translation import Translator, translator
from avrr_desktop.services.closing.gap import Gap
from avrr_desktop.services.summary import CellKey, Summary
from avrr_desktop.services.summary_labels import GROUP_LABELS, period_text, section_label
from avrr_desktop.services.summary_rows import number

Tell = Callable[[Summary, CellKey], str]  # a figure as it may be told
_ALL = (TOTAL, *(group.value for group in GROUPS))


def erratum(gap: Gap, language: Language) -> str:
    """One sentence for each section whose persons differ; empty when none does."""
    return erratum_between(gap.published.counted.summary, gap.recomputed, language)


def erratum_between(
    published: Summary, recounted: Summary, language: Language, tell: Tell | None = None
) -> str:
    """The same, of two counts of one period; ``tell`` writes a figure, whole when None.

    The order of the groups is that of every table: men, women, boys, girls, undetermined.
    """
    say = translator(language)
    return "\n".join(_sentences(published, recounted, say, tell or _whole))


def _whole(summary: Summary, key: CellKey) -> str:
    return number(summary.value(*key))


def _sentences(before: Summary, after: Summary, say: Translator, tell: Tell) -> Iterator[str]:
    for section in SECTIONS:
        total = CellKey(section, "persons")
        keys = [total._replace(group=group) for group in _ALL]
        if any(before.value(*key) != after.value(*key) for key in keys):
            yield say.tr(
                "{period} – {section}: {now} ({groups}), instead of {then} published"
                " ({published_groups}).",
                period=period_text(before.period, say),
                section=section_label(section).text(say.language),
                now=tell(after, total),
                groups=_groups(after, total, say, tell),
                then=tell(before, total),
                published_groups=_groups(before, total, say, tell),
            )


def _groups(summary: Summary, total: CellKey, say: Translator, tell: Tell) -> str:
    """« 640 hommes, 241 femmes… » in one order; undetermined only when there are any."""
    parts = []
    for group in GROUPS:
        key = total._replace(group=group.value)
        if summary.value(*key) or group.value != "undetermined":
            label = GROUP_LABELS[group.value].text(say.language)
            parts.append(f"{label} {tell(summary, key)}")
    return say.tr(", ").join(parts)
