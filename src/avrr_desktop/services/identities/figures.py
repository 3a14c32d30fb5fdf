"""The cells of a summary, by measure, term and group: what identities are read from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from avrr_desktop.activities import SECTIONS
from avrr_desktop.core.ages import TOTAL
from avrr_desktop.core.specs import Population
from avrr_desktop.services.summary import Summary
from avrr_desktop.services.summary.cells import CellKey
from avrr_desktop.services.summary.measures import RUNNING, Measure, all_measures

Groups = Mapping[str, int]


@dataclass(frozen=True)
class Figures:
    """The figures of a period; every group and term that is counted, known or not."""

    summary: Summary

    @cached_property
    def _terms(self) -> Mapping[tuple[str, str], Mapping[str | None, Groups]]:
        found: defaultdict[tuple[str, str], dict[str | None, dict[str, int]]]
        found = defaultdict(dict)
        for key, value in self.summary.cells.items():
            found[key.section, key.measure].setdefault(key.term, {})[key.group] = value
        return found

    def terms(self, measure: Measure) -> Mapping[str | None, Groups]:
        """The groups counted of each term; of None where the measure has no terms."""
        return self.by_term(measure.section, measure.name)

    def by_term(self, section: str, name: str) -> Mapping[str | None, Groups]:
        """The same, of a measure by its name."""
        return self._terms.get((section, name), {})

    def at(self, section: str, name: str, term: str | None = None, group: str = TOTAL) -> int:
        """One cell; 0 when nothing counts in it."""
        return self.summary.cells.get(CellKey(section, name, term, group), 0)

    def base(self, measure: Measure, group: str = TOTAL) -> int:
        """The total of the section that a measure is cut from."""
        return self.at(measure.section, measure.base, None, group)


def listed_measures() -> Iterator[Measure]:
    """The measures that cut a section by a list."""
    for measure in all_measures():
        if measure.vocabulary and measure.vocabulary != RUNNING and not measure.is_derived:
            yield measure


def populations() -> Iterator[tuple[str, Population]]:
    """Every population of every section."""
    for key, (_, section) in SECTIONS.items():
        for population in section.populations:
            yield key, population
