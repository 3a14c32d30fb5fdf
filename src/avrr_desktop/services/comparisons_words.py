"""The main figures year after year, worded: heads, rows and what breaks the series."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from avrr_desktop.activities.across import GAP_BEFORE
from avrr_desktop.core.periods import Period, PeriodKind
from avrr_desktop.core.translation import Translator
from avrr_desktop.core.vocabularies import Vocabularies
from avrr_desktop.services.comparisons import Comparisons, Series
from avrr_desktop.services.said_values import Said
from avrr_desktop.services.series_breaks import ListBreak, RulesBreak, Turn
from avrr_desktop.services.summary.cells import CellKey
from avrr_desktop.services.summary.measures import measure_of
from avrr_desktop.services.summary_document import RowKind
from avrr_desktop.services.summary_labels import period_text, section_label
from avrr_desktop.services.vocabulary_names import list_label

BREAK_MARK: Final = "‖"  # stands before the first period that is counted otherwise
NO_DATA: Final = "—"
_ISOLATE: Final = "\u2066{}\u2069"
_MOST_TERMS: Final = 8  # named in one sentence


@dataclass(frozen=True, slots=True)
class YearHead:
    """The head of one year."""

    text: str
    code: str  # of its period
    breaks: bool  # counted otherwise than the one before
    is_frozen: bool

    @property
    def marked(self) -> str:
        """The head with the mark of a break."""
        return f"{BREAK_MARK} {self.text}" if self.breaks else self.text


@dataclass(frozen=True, slots=True)
class YearsRow:
    """One figure over the years, with its change since the year before; a gap has no key."""

    kind: RowKind
    label: str
    key: CellKey | None = None
    values: tuple[int | None, ...] = ()  # None for no data
    change: int | None = None
    change_percent: int | None = None


@dataclass(frozen=True, slots=True)
class YearsDocument:
    """A title, a head for every year, rows, and notes about breaks."""

    title: str
    figure_label: str
    heads: tuple[YearHead, ...]
    change_label: str
    rows: tuple[YearsRow, ...]
    notes: tuple[str, ...]
    has_several: bool  # whether there is another year to compare with
    nothing: str  # says so when there is none


def years_document(found: Comparisons, lists: Vocabularies, say: Translator) -> YearsDocument:
    """A series in words."""
    heads = tuple(
        YearHead(
            _head(year.period, say),
            year.period.code,
            found.breaks_before(year.period),
            year.is_frozen,
        )
        for year in found.years
    )
    return YearsDocument(
        title=say.tr("Year after year: persons"),
        figure_label=say.tr("Part of the bulletin"),
        heads=heads,
        change_label=say.tr("In a year"),
        rows=tuple(_rows(found, say)),
        notes=tuple(_notes(found, lists, say)),
        has_several=found.has_several,
        nothing=_nothing(found, say),
    )


def _rows(found: Comparisons, say: Translator) -> Iterator[YearsRow]:
    """As in the table of the bulletin: a gap between populations that are never added."""
    section = ""
    for series in found.series:
        key = series.key.section
        if key != section and key in GAP_BEFORE:
            yield YearsRow(RowKind.GAP, "")
        kind = RowKind.SUB if key == section else RowKind.MAIN
        section = key
        label = _label(series, say, kind)
        yield YearsRow(kind, label, series.key, series.values, series.change, series.change_percent)


def _label(series: Series, say: Translator, kind: RowKind) -> str:
    measure = measure_of(series.key.section, series.key.measure)
    assert measure is not None
    if kind is RowKind.SUB:
        return measure.population.label.text(say.language)
    return section_label(series.key.section).text(say.language)


def _nothing(found: Comparisons, say: Translator) -> str:
    period = _named(found.period, say)
    if found.first_event is None:
        return say.tr("The register holds no event yet: there is nothing to compare.")
    return say.tr(
        "The first event of the register is of {day}: there is no earlier year to compare"
        " {period} with.",
        day=_day(found, say),
        period=period,
    )


def _day(found: Comparisons, say: Translator) -> str:
    return Said(say, {"day": found.first_event}).day("day")


def _notes(found: Comparisons, lists: Vocabularies, say: Translator) -> Iterator[str]:
    """What breaks the series first: each explains a mark."""
    for each in found.rules:
        yield _rules_note(each, say)
    for change in found.lists:
        yield _list_note(change, lists, say)
    if any(year.is_frozen for year in found.years):
        yield say.tr(
            "Closed semesters are as they were frozen; other periods are counted by the rules and"
            " lists of now."
        )
    else:
        yield say.tr("Every year is counted by the rules and lists of now.")
    if not all(year.has_data for year in found.years):
        yield say.tr(
            "{sign}: no data, the first event of the register is of {day}.",
            sign=NO_DATA,
            day=_day(found, say),
        )
    if found.period.end >= found.today:
        yield say.tr(
            "{period} is not over: counted up to {day}.",
            period=_named(found.period, say),
            day=Said(say, {"day": found.today}).day("day"),
        )


def _rules_note(change: RulesBreak, say: Translator) -> str:
    return say.tr(
        "{mark} {period}: rules of counting {after} instead of {before}.",
        mark=BREAK_MARK,
        period=_named(change.period, say),
        before=_code(change.before, say),
        after=_code(change.after, say),
    )


_Wording = Callable[[Translator, dict[str, str]], str]
_SENTENCES: Final[dict[Turn, _Wording]] = {
    Turn.ADDED: lambda say, words: say.tr(
        "{mark} {period}: added to the list “{list}” on {day}: {terms}.", **words
    ),
    Turn.RETIRED: lambda say, words: say.tr(
        "{mark} {period}: retired from the list “{list}” on {day}: {terms}.", **words
    ),
    Turn.TAKEN_BACK: lambda say, words: say.tr(
        "{mark} {period}: taken back into the list “{list}” on {day}: {terms}.", **words
    ),
    Turn.TAGGED: lambda say, words: say.tr(
        "{mark} {period}: counted otherwise in the list “{list}” since {day}: {terms}.", **words
    ),
}


def _list_note(change: ListBreak, lists: Vocabularies, say: Translator) -> str:
    language = say.language
    named = [lists.label(change.vocabulary, code, language) for code in change.codes]
    terms = say.tr(", ").join(named[:_MOST_TERMS])
    if len(named) > _MOST_TERMS:
        terms = f"{terms}… (+{len(named) - _MOST_TERMS})"
    words = {
        "mark": BREAK_MARK,
        "period": _named(change.period, say),
        "list": list_label(change.vocabulary).text(language),
        "day": Said(say, {"day": change.day}).day("day"),
        "terms": terms,
    }
    return _SENTENCES[change.turn](say, words)


def _head(period: Period, say: Translator) -> str:
    """Short: months and ranges differ in their years alone."""
    if period.kind not in (PeriodKind.MONTH, PeriodKind.RANGE):
        return period_text(period, say)
    first, last = period.start.year, period.end.year
    return str(first) if first == last else f"{first}–{last}"


def _named(period: Period, say: Translator) -> str:
    """A period within a sentence; the name of a month follows the reading direction."""
    text = period_text(period, say)
    return text if period.kind is PeriodKind.MONTH else _code(text, say)


def _code(text: str, say: Translator) -> str:
    """A code kept left to right in an Arabic sentence."""
    return _ISOLATE.format(text) if say.language.is_rtl else text
