"""What a proof pack is, how to check it, and how its figures are counted: one page to read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape

from avrr_desktop.activities import SECTIONS
from avrr_desktop.core.translation import Translator
from avrr_desktop.services.closing.held import Closing
from avrr_desktop.services.proof.lists import DELAY
from avrr_desktop.services.register import RegisterInfo
from avrr_desktop.services.summary import Summary
from avrr_desktop.services.summary.measures import all_measures
from avrr_desktop.services.summary_labels import (
    measure_label,
    period_text,
    population_row_label,
    section_label,
)
from avrr_desktop.services.summary_notes import definitions_of

_STYLE = (
    "body{font:16px/1.5 sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}"
    "table{border-collapse:collapse;width:100%}"
    "td,th{border-bottom:1px solid #bbb;padding:.3rem .6rem;text-align:start;vertical-align:top}"
    "code{direction:ltr;unicode-bidi:isolate;overflow-wrap:anywhere}"
)
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Missing:
    """How many persons are in no list, and how many have no age any more."""

    withheld: int
    anonymised: int


def definitions_page(
    summary: Summary, info: RegisterInfo, closing: Closing, missing: Missing, say: Translator
) -> bytes:
    """The page, whole and by itself: no script, no picture, no address."""
    language = say.language
    direction = "rtl" if language.is_rtl else "ltr"
    fingerprint = escape(say.tr("Fingerprint of the closing"))
    period = period_text(summary.period, say)
    if language.is_rtl:
        period = f"\u2066{period}\u2069"
    title = say.tr("Proof pack of {period}", period=period)
    parts = (
        f'<!DOCTYPE html><html lang="{language.value}" dir="{direction}">',
        f'<head><meta charset="utf-8"><title>{escape(title)}</title>',
        f"<style>{_STYLE}</style></head><body><h1>{escape(title)}</h1>",
        *(f"<p>{escape(text)}</p>" for text in _introduction(missing, say)),
        f"<p>{fingerprint}<br>{_code(closing.fingerprint)}</p>",
        *_table(say.tr("How to check"), _checking(say), is_code=False),
        *_table(say.tr("Files"), _files(say)),
        *_table(say.tr("Columns of the lists"), _columns(say)),
        *_table(
            say.tr("Definitions"),
            ((d.title, d.text) for d in definitions_of(summary, say, info)),
            is_code=False,
        ),
        *_table(say.tr("Names of the figures"), _measures(say)),
        "</body></html>\n",
    )
    return "\n".join(parts).encode()


def _introduction(missing: Missing, say: Translator) -> Iterator[str]:
    yield say.tr(
        "Every figure of the workbook can be recounted from the lists of this pack, without the"
        " register. The lists hold no name, no number, no birth date: persons, events and cases"
        " have pseudonyms, made with a key that was thrown away."
    )
    yield say.tr(
        "Who holds such lists can still guess at a person where a figure is small: hand them on"
        " only to those who must check, and never publish them."
    )
    if missing.withheld:
        yield say.ntr(
            "{count} person without consent to statistics is in no list. Recounted and withheld"
            " together give the published figure.",
            "{count} persons without consent to statistics are in no list. Recounted and"
            " withheld together give the published figure.",
            missing.withheld,
        )
    if missing.anonymised:
        yield say.ntr(
            "{count} person was anonymised since the closing, the time of keeping being over:"
            " mean ages that counted them can no longer be recounted. Every other figure can.",
            "{count} persons were anonymised since the closing, the time of keeping being over:"
            " mean ages that counted them can no longer be recounted. Every other figure can.",
            missing.anonymised,
        )


def _checking(say: Translator) -> Iterator[Pair]:
    yield (
        "1",
        say.tr(
            "Unpack, then run: python check.py --language {language}. Python 3.8 or later is"
            " enough; nothing is installed, sent or written.",
            language=say.language.value,
        ),
    )
    yield (
        "2",
        say.tr(
            "It recounts every cell, compares it with figures.json and with the workbook, and"
            " says conform, or names each cell that differs."
        ),
    )
    yield (
        "3",
        say.tr(
            "It prints the fingerprint of this pack: ask the office for the one its program"
            " showed when the pack was written. Both must be the same."
        ),
    )
    yield (
        "4",
        say.tr(
            "The changes since the period before are in the workbook only: that period has its"
            " own closing and its own pack."
        ),
    )


def _files(say: Translator) -> Iterator[Pair]:
    yield "workbook.xlsx", say.tr("The published workbook, as frozen.")
    for key in SECTIONS:
        label = section_label(key).text(say.language)
        yield f"lines/{key}.csv", say.tr("{section}: a line an event.", section=label)
    yield (
        "lines/ages.csv",
        say.tr("Completed years on the first event of the section, under other pseudonyms."),
    )
    yield (
        "lines/vulnerabilities.csv",
        say.tr("Vulnerabilities in force that day, under other pseudonyms."),
    )
    yield "lines/cohort.csv", say.tr("Those registered who left, with the month they left.")
    yield "lines/running_totals.csv", say.tr("Everyone counted since the opening balances.")
    yield "figures.json", say.tr("Every published cell, and how many of it are in no list.")
    yield "fingerprints.json", say.tr("The SHA-256 of each file, and of the closing.")
    yield "check.py", say.tr("The checker, a text that can be read before it is run.")


def _columns(say: Translator) -> Iterator[Pair]:
    yield (
        "event, person, case",
        say.tr("Pseudonyms. The same person has the same one in each part."),
    )
    yield "family", say.tr("1 when the case had two members or more on the day of the event.")
    yield "month", say.tr("Month of the event, by the date it counts.")
    yield (
        "group, age_band",
        say.tr("Those of the person’s first event of the part, on each of their lines."),
    )
    yield DELAY, say.tr("Days from the latest registration to the first event of the part.")
    yield "counted_in", say.tr("The figures of persons that count this one.")
    yield (
        "…",
        say.tr("Other columns hold the codes of a list; nothing there counts as not_stated."),
    )


def _measures(say: Translator) -> Iterator[Pair]:
    for measure in all_measures():
        name = measure_label(measure).text(say.language)
        of = section_label(measure.section).text(say.language)
        if measure.section in SECTIONS:
            of = population_row_label(measure, say.language)
        yield f"{measure.section} / {measure.name}", f"{of} · {name}"


def _table(title: str, rows: Iterable[Pair], *, is_code: bool = True) -> Iterator[str]:
    yield f"<h2>{escape(title)}</h2><table>"
    for first, second in rows:
        head = _code(first) if is_code else escape(first)
        yield f"<tr><th>{head}</th><td>{escape(second)}</td></tr>"
    yield "</table>"


def _code(text: str) -> str:
    return f"<code>{escape(text)}</code>"
