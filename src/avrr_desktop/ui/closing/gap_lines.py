"""The lines of a gap: each part of the bulletin, its groups when they differ, other figures."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum

from avrr_desktop.activities import SECTIONS
from avrr_desktop.core.ages import GROUPS, TOTAL
from avrr_desktop.core.translation import ntr, screen_language, tr
from avrr_desktop.services.closing.explained import Explanation
from avrr_desktop.services.closing.gap import Gap
from avrr_desktop.services.summary import CellKey
from avrr_desktop.services.summary.cells import OPENING
from avrr_desktop.services.summary_labels import cell_label, group_label, section_label
from avrr_desktop.ui.closing.words import explained_text, moves_text
from avrr_desktop.ui.widgets.formats import number_text

_PERSONS = "persons"


class LineKind(StrEnum):
    """What a line stands for."""

    PART = "part"
    GROUP = "group"
    MORE = "more"  # other figures of the part, folded
    FIGURE = "figure"


@dataclass(frozen=True, slots=True)
class GapLine:
    """One line; ``count`` figures are folded under a line of kind ``MORE``."""

    kind: LineKind
    section: str
    label: str
    published: int | None = None
    recomputed: int | None = None
    explanation: str = ""
    opens: bool = False  # the explanation or the fold

    @property
    def difference(self) -> int:
        """Recomputed less published."""
        return (self.recomputed or 0) - (self.published or 0)


def gap_lines(
    gap: Gap, explained: Collection[Explanation], unfolded: Collection[str] = ()
) -> tuple[GapLine, ...]:
    """The lines in the order of the bulletin; ``unfolded`` parts show every figure that differs."""
    across = sorted({key.section for key in gap.difference} - SECTIONS.keys())
    return tuple(
        line
        for section in (*SECTIONS, *across)
        for line in _part(gap, section, explained, unfolded)
    )


def _part(
    gap: Gap, section: str, explained: Collection[Explanation], unfolded: Collection[str]
) -> Iterator[GapLine]:
    moved = [key for key in gap.difference if key.section == section]
    total = CellKey(section, _PERSONS)
    is_shown = section not in SECTIONS or SECTIONS[section][0].counted[0].key == section
    values = _values(gap, total)
    if not (is_shown or moved or any(values)):
        return
    count = sum(section in one.sections for one in explained)
    has_persons = section in SECTIONS
    yield GapLine(
        LineKind.PART,
        section,
        section_label(section).text(screen_language()),
        values[0] if has_persons else None,
        values[1] if has_persons else None,
        explained_text(count) if count else tr("None"),
        opens=count > 0,
    )
    groups = [key for key in moved if key[1:3] == (_PERSONS, None) and key.group != TOTAL]
    if groups:
        yield from _groups(gap, section)
    others = [key for key in moved if key[1:3] != (_PERSONS, None) and key.measure[:1] != "_"]
    if others:
        yield _more(section, len(others), is_open=section in unfolded)
        if section in unfolded:
            yield from _figures(gap, section, others)


def _groups(gap: Gap, section: str) -> Iterator[GapLine]:
    for group in GROUPS:
        key = CellKey(section, _PERSONS, None, group.value)
        before, after = _values(gap, key)
        if group.value == "undetermined" and not (before or after):
            continue
        yield GapLine(
            LineKind.GROUP,
            section,
            group_label(group.value, screen_language()),
            before,
            after,
            moves_text(gap, key) if before != after or key in gap.difference else "",
        )


def _more(section: str, count: int, *, is_open: bool) -> GapLine:
    number = number_text(count)
    said = ntr("{number} other figure", "{number} other figures", count, number=number)
    fold = tr("Fold") if is_open else tr("Show")
    return GapLine(LineKind.MORE, section, said, explanation=fold, opens=True)


def _figures(gap: Gap, section: str, keys: list[CellKey]) -> Iterator[GapLine]:
    lists, language = gap.recomputed.vocabularies, screen_language()
    part = section_label(section).text(language)
    order = sorted(keys, key=lambda k: (k.measure, str(k.term), k.group != TOTAL, k.group))
    for key in order:
        before, after = _values(gap, key)
        label = cell_label(key, lists, language).removeprefix(f"{part} · ")
        yield GapLine(LineKind.FIGURE, section, label, before, after, moves_text(gap, key))


def _values(gap: Gap, key: CellKey) -> tuple[int, int]:
    before, after = gap.published.counted.summary, gap.recomputed
    if key.measure == OPENING:
        code = key.term or ""
        return before.openings.get(code, 0), after.openings.get(code, 0)
    return before.cells.get(key, 0), after.cells.get(key, 0)
