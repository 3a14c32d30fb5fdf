"""The summary's document: the one place that chooses what is shown, in which order, how worded."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from avrr_desktop.activities import SECTIONS
from avrr_desktop.activities.across import HEADLINE, HEADLINE_LABELS, RUNNING, TERMS_SHOWN
from avrr_desktop.core.labels import Language
from avrr_desktop.core.periods import PeriodKind
from avrr_desktop.core.translation import Translator, translator
from avrr_desktop.core.vocabularies import Vocabularies
from avrr_desktop.services.identities import Check
from avrr_desktop.services.register import RegisterInfo
from avrr_desktop.services.summary import Summary
from avrr_desktop.services.summary.cells import (
    COHORT,
    COUNTED,
    DEPARTED,
    OPENING,
    RUNNING_TOTAL,
    RUNNING_TOTALS,
    CellKey,
)
from avrr_desktop.services.summary.measures import MEDIAN_DELAY, measure_of
from avrr_desktop.services.summary_document import (
    Cell,
    Headline,
    Row,
    RowKind,
    Running,
    SummaryDocument,
)
from avrr_desktop.services.summary_labels import (
    CHANGE_LABEL,
    GROUP_LABELS,
    PERCENT_LABEL,
    SERVICES_LABEL,
    cohort_labels,
    group_headings,
    measure_label,
    period_text,
    section_label,
    span_text,
    term_label,
)
from avrr_desktop.services.summary_notes import definitions_of, notes_of
from avrr_desktop.services.summary_rows import COUNTRY_LIST, Rows, number

_TERMS_NAMED = 2  # in the second line of a headline figure


def document(
    summary: Summary,
    vocabularies: Vocabularies,
    language: Language,
    *,
    register: RegisterInfo | None = None,
    planned: Mapping[str, int] | None = None,
    counted: Collection[str] | None = None,
    checked: Sequence[Check] | None = None,
) -> SummaryDocument:
    """The summary worded in ``language``.

    ``planned`` are the planned events without a date, by section. ``counted`` names the sections
    that were counted, without details or the period before; everything when None. ``checked``
    are the identities of the last full count, where they need not be looked at again.
    """
    say = translator(language)
    rows = Rows(summary, vocabularies, say, counted)
    is_whole = counted is None
    return SummaryDocument(
        language=language,
        period=summary.period,
        period_label=period_text(summary.period, say),
        previous_label=period_text(summary.period.previous, say),
        title=_title(summary.period.kind, say),
        subtitle=_subtitle(summary, say),
        counted_at=summary.counted_at,
        group_labels=group_headings(language),
        total_label=GROUP_LABELS["total"].text(language),
        change_label=CHANGE_LABEL.text(language),
        percent_label=PERCENT_LABEL.text(language),
        services_label=SERVICES_LABEL.text(language),
        headline=tuple(_headline(rows, is_whole=is_whole)),
        main=rows.main(),
        footnotes=tuple(_footnotes(rows)) if is_whole else (),
        sections=tuple(rows.part(key) for key in SECTIONS) if is_whole else (),
        cohort=_cohort(rows),
        cohort_note=_cohort_note(summary, say),
        running=tuple(_running(rows)) if is_whole else (),
        donors=tuple((c, vocabularies.label("fund", c, language)) for c in summary.donors()),
        notes=notes_of(summary, say, planned or {}, checked) if is_whole else (),
        definitions=definitions_of(summary, say, register),
    )


def opens(key: CellKey) -> CellKey:
    """The cell whose persons a figure opens: its own, or the one it derives from."""
    measure = measure_of(key.section, key.measure)
    if measure is None or not measure.is_derived:
        return key
    if key.section == RUNNING_TOTALS:
        return key._replace(measure=COUNTED)
    return CellKey(key.section, measure.base)


def _title(kind: PeriodKind, say: Translator) -> str:
    return {
        PeriodKind.SEMESTER: say.tr("Summary of the semester"),
        PeriodKind.QUARTER: say.tr("Summary of the quarter"),
        PeriodKind.MONTH: say.tr("Summary of the month"),
        PeriodKind.YEAR: say.tr("Summary of the year"),
        PeriodKind.RANGE: say.tr("Summary of the range"),
    }[kind]


def _subtitle(summary: Summary, say: Translator) -> str:
    return say.tr(
        "{span} · distinct persons, group by the age on the day of the event",
        span=span_text(summary.period, say),
    )


def _headline(rows: Rows, *, is_whole: bool) -> Iterator[Headline]:
    language = rows.say.language
    for key in HEADLINE:
        second = _second_line(rows, key) if is_whole else ""
        yield Headline(HEADLINE_LABELS[key].text(language), rows.section_row(key), second)
    code, running = next(iter(RUNNING.items()))
    measure = measure_of(RUNNING_TOTALS, RUNNING_TOTAL)
    assert measure is not None
    row = rows.row(RowKind.MAIN, running.label.text(language), measure, code)
    second = ""
    if is_whole:
        opening, counted = (
            rows.summary.value(RUNNING_TOTALS, name, code) for name in (OPENING, COUNTED)
        )
        second = rows.say.tr(
            "{opening} carried over + {counted} counted here",
            opening=number(opening),
            counted=number(counted),
        )
    yield Headline(running.label.text(language), row, second)


def _second_line(rows: Rows, key: str) -> str:
    """Countries and delay, or services, or the two largest terms: what the section has first."""
    section = SECTIONS[key][1]
    first = section.breakdowns[0]
    if first.vocabulary == COUNTRY_LIST:
        return _countries_and_delay(rows, key)
    if first.services:
        services = rows.summary.value(key, "services")
        count = int(services or 0)
        return rows.say.ntr(
            "{number} service rendered", "{number} services rendered", count, number=number(count)
        )
    return _largest_terms(rows, key, f"persons_by_{first.key}")


def _countries_and_delay(rows: Rows, key: str) -> str:
    say, count = rows.say, int(rows.summary.value(key, "number_of_countries") or 0)
    parts = [say.ntr("{count} country", "{count} countries", count)]
    delay = rows.summary.value(key, MEDIAN_DELAY) if measure_of(key, MEDIAN_DELAY) else None
    if delay is not None:
        parts.append(say.ntr("median delay {count} day", "median delay {count} days", int(delay)))
    return " · ".join(parts)


def _largest_terms(rows: Rows, key: str, name: str) -> str:
    measure = measure_of(key, name)
    assert measure is not None
    summary = rows.summary
    shares = [(summary.percent(key, name, term) or 0, term) for term in summary.terms(key, name)]
    shares = sorted((s for s in shares if s[0]), key=lambda share: -share[0])[:_TERMS_NAMED]
    return " · ".join(
        f"{term_label(measure, term, rows.vocabularies, rows.say.language)} {share}\u00a0%"
        for share, term in shares
    )


def _footnotes(rows: Rows) -> Iterator[str]:
    for key, breakdown in TERMS_SHOWN.items():
        measure = measure_of(key, f"persons_by_{breakdown}")
        assert measure is not None
        if not rows.summary.is_additive(key, measure.name):
            yield rows.not_additive_note(measure)


def _cohort(rows: Rows) -> Row:
    measure = measure_of(COHORT, DEPARTED)
    assert measure is not None
    return rows.row(RowKind.MAIN, measure_label(measure).text(rows.say.language), measure)


def _cohort_note(summary: Summary, say: Translator) -> str:
    start, end = (label.text(say.language) for label in cohort_labels())
    return say.tr(
        "Not the figure “{returns}” of the period: persons of “{registrations}” who left by"
        " {day}, grouped as at their registration.",
        returns=end,
        registrations=start,
        day=f"{summary.as_of_day:%d/%m/%Y}",
    )


def _running(rows: Rows) -> Iterator[Running]:
    summary, say = rows.summary, rows.say
    for code in summary.terms(RUNNING_TOTALS, RUNNING_TOTAL):
        opening, counted, total = (
            Cell(CellKey(RUNNING_TOTALS, name, code), summary.value(RUNNING_TOTALS, name, code))
            for name in (OPENING, COUNTED, RUNNING_TOTAL)
        )
        yield Running(
            code, _running_label(rows, code), opening, counted, total, _more_than(code, total, say)
        )


def _running_label(rows: Rows, code: str) -> str:
    section, _, term = code.partition(":")
    language = rows.say.language
    if term:
        measure = measure_of(RUNNING_TOTALS, RUNNING_TOTAL)
        assert measure is not None
        return term_label(measure, code, rows.vocabularies, language)
    known = RUNNING.get(section)
    return (known.label if known else section_label(section)).text(language)


def _more_than(code: str, total: Cell, say: Translator) -> str:
    """« plus de 20 000 »: the total rounded down (rule 10); empty below the first step."""
    known = RUNNING.get(code)
    if known is None or total.value is None:
        return ""
    rounded = int(total.value) // known.rounded_to * known.rounded_to
    return say.tr("more than {number}", number=number(rounded)) if rounded else ""
