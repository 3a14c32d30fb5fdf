"""The bulletin of a period, from its figures and from what the office adds to them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from avrr_desktop.core.labels import Language
from avrr_desktop.core.periods import Period, PeriodKind
from avrr_desktop.core.translation import Translator, translator
from avrr_desktop.services.bulletin.blocks import (
    Block,
    Bullet,
    Bulletin,
    Heading,
    Image,
    Link,
    Logos,
    Note,
    Paragraph,
    Table,
    TableRow,
    Tone,
)
from avrr_desktop.services.bulletin.content import (
    CONTACTS,
    DONORS,
    INTRODUCTION,
    LINKS,
    Content,
    ImageKind,
)
from avrr_desktop.services.bulletin.figures import Figures, masks_of
from avrr_desktop.services.bulletin.parts import (
    PARTS,
    is_address,
    lists_published,
    part_blocks,
    text_blocks,
)
from avrr_desktop.services.bulletin.shown import isolated
from avrr_desktop.services.register import RegisterInfo
from avrr_desktop.services.summary import Summary
from avrr_desktop.services.summary_document import Running, SummaryDocument
from avrr_desktop.services.summary_labels import period_text, span_text
from avrr_desktop.services.summary_view import document


@dataclass(frozen=True, slots=True)
class Options:
    """How a bulletin is made."""

    is_masked: bool = False
    is_closed: bool = False  # an open period's bulletin says that it is provisional
    erratum: str = ""  # of the period before, already worded in the bulletin's language


def build_bulletin(
    summary: Summary,
    content: Content,
    language: Language,
    register: RegisterInfo,
    options: Options,
) -> Bulletin:
    """The bulletin in ``language``; its lists are named as in ``summary.vocabularies``."""
    say = translator(language)
    shown = document(summary, summary.vocabularies, language, register=register)
    shown = replace(shown, running=tuple(_carried_over(shown, content, summary.period)))
    limit = content.mask_below if options.is_masked else 0
    masks = masks_of(summary, shown, lists_published(), limit)
    making = _Making(Figures(summary, shown, masks, say), content, register, options)
    title = say.tr("Assisted voluntary return and reintegration in Morocco")
    subtitle = _subtitle(summary.period, say)
    return Bulletin(
        language=language,
        title=title,
        subtitle=subtitle,
        running_head=making.running_head(),
        page_of=say.tr("Page {page} of {pages}"),
        blocks=tuple(making.blocks()),
        author=content.office.get("name", ""),
        counted_at=summary.counted_at,
    )


def _carried_over(shown: SummaryDocument, content: Content, period: Period) -> Iterator[Running]:
    """The running totals but those whose balance was taken after the period: not known then."""
    for row in shown.running:
        balance = content.balance(row.code)
        if balance is None or balance.as_of <= period.end:
            yield row


def _subtitle(period: Period, say: Translator) -> str:
    if period.kind is not PeriodKind.SEMESTER:
        return say.tr("Bulletin · {period}", period=period_text(period, say))
    year = period.start.year
    if period.start.month == 1:
        return say.tr("Bulletin of the first semester of {year}", year=year)
    return say.tr("Bulletin of the second semester of {year}", year=year)


@dataclass(frozen=True, slots=True)
class _Making:
    """Makes the blocks of one bulletin."""

    figures: Figures
    content: Content
    register: RegisterInfo
    options: Options

    @property
    def say(self) -> Translator:
        """The bulletin's language."""
        return self.figures.say

    @property
    def shown(self) -> SummaryDocument:
        """The summary it tells."""
        return self.figures.shown_summary

    def running_head(self) -> str:
        """At the top of every page: the programme, the period, what the figures are worth."""
        parts = [self.say.tr("AVRR Morocco"), isolated(self.shown.period_label)]
        if not self.options.is_closed:
            parts.append(self.say.tr("Provisional"))
        if self.register.is_demo:
            parts.append(self.say.tr("Demonstration: every person is invented"))
        return " · ".join(parts)

    def blocks(self) -> Iterator[Block]:
        """Everything, in the bulletin's order."""
        yield from self._warnings()
        yield from self._introduction()
        for part in PARTS:
            yield from part_blocks(part, self.figures, self.content)
        yield from self._running_totals()
        yield from self._donors()
        yield from self._erratum()
        yield from self._definitions()
        yield from self._contacts()

    def _warnings(self) -> Iterator[Block]:
        say, period = self.say, self.figures.summary.period
        logos = self.content.pictures(ImageKind.OFFICE_LOGO, "", say.language)
        if logos:
            yield Logos(logos)
        if not self.options.is_closed:
            text = say.tr(
                "Provisional figures: the period is not closed yet. Counted on {day}.",
                day=f"{self.figures.summary.counted_at:%d/%m/%Y}",
            )
            yield Note(text, is_strong=True)
        if self.register.is_demo:
            yield Note(
                say.tr("Demonstration register: every person in it is invented."), is_strong=True
            )
        yield Paragraph(f"{span_text(period, say)}.", Tone.SMALL)

    def _introduction(self) -> Iterator[Block]:
        say = self.say
        yield Heading(say.tr("Introduction"))
        yield Paragraph(
            say.tr(
                "The programme of assisted voluntary return and reintegration helps people who wish"
                " to go back to their country of origin to do so in safety and dignity, and to"
                " begin anew there. This bulletin gives its figures for the period."
            )
        )
        yield from text_blocks(self.content.text(INTRODUCTION, say.language))
        for picture in self.content.pictures(ImageKind.PHOTOGRAPH, INTRODUCTION, say.language):
            yield Image(picture)
        yield self.figures.key_table(say.tr("Key figures, in persons"))
        yield Note(
            say.tr(
                "Distinct persons, in the group of their age on the day of the event. Returns from"
                " Morocco, returns to Morocco and resettlement are never added up."
            )
        )
        if self.figures.is_masked:
            yield Note(self._masking())

    def _masking(self) -> str:
        limit = self.content.mask_below
        return self.say.tr(
            "Figures from 1 to {most} are not told (“{below}”); those that would give them away"
            " are told as “{above}”. They are not drawn, and have no percentage.",
            most=limit - 1,
            below=isolated(f"<{limit}"),
            above=isolated(f"≥{limit}"),
        )

    def _running_totals(self) -> Iterator[Block]:
        say, rows = self.say, self.figures.running_rows()
        if not rows:
            return
        yield Heading(say.tr("Running totals and opening balances"))
        yield Paragraph(
            say.tr(
                "The programme is older than this register. Running totals are an opening balance,"
                " carried over on the day said, plus the distinct persons counted here since."
            )
        )
        heads = ("", say.tr("Carried over"), say.tr("On"), say.tr("Counted here"), say.tr("Total"))
        lines = []
        for row in rows:
            balance = self.content.balance(row.code)
            day = isolated(f"{balance.as_of:%d/%m/%Y}") if balance else "·"
            opening, counted, total = map(
                self.figures.cell_text, (row.opening, row.counted, row.total)
            )
            cells = (row.label, opening, day, counted, total)
            lines.append(TableRow(cells, is_part=":" in row.code))
        yield Table(say.tr("Running totals"), heads, tuple(lines))
        sources = dict.fromkeys(b.source for b in self.content.balances if b.source)
        if sources:
            yield Note(
                say.tr("Source of the opening balances: {sources}.", sources="; ".join(sources))
            )

    def _donors(self) -> Iterator[Block]:
        say = self.say
        yield Heading(say.tr("Donors"))
        yield from text_blocks(self.content.text(DONORS, say.language))
        donors = self.shown.donors
        if donors:
            yield Paragraph(
                say.tr("The activities of the period were carried out with the support of:")
            )
            yield from (Bullet(label) for _, label in donors)
        else:
            yield Paragraph(say.tr("No activity of the period names a fund."))
        logos = [
            picture
            for place in ("", *(code for code, _ in donors))
            for picture in self.content.pictures(ImageKind.DONOR_LOGO, place, say.language)
        ]
        if logos:
            yield Logos(tuple(logos))

    def _erratum(self) -> Iterator[Block]:
        if self.options.erratum:
            yield Heading(self.say.tr("Erratum"))
            yield from text_blocks(self.options.erratum)

    def _definitions(self) -> Iterator[Block]:
        yield Heading(self.say.tr("How the figures are counted"))
        for definition in self.shown.definitions:
            yield Paragraph(
                self.say.tr("{term}: {meaning}", term=definition.title, meaning=definition.text),
                Tone.SMALL,
            )

    def _contacts(self) -> Iterator[Block]:
        say, office = self.say, self.content.office
        yield Heading(say.tr("Contacts"))
        place = say.tr(", ").join(
            part for part in (office.get("name", ""), office.get("place", "")) if part
        )
        for text in (place, office.get("address", ""), office.get("contacts", "")):
            yield from text_blocks(text)
        yield from text_blocks(self.content.text(CONTACTS, say.language))
        for name in ("email", "website", "networks"):
            for line in office.get(name, "").split():
                yield Link(line) if is_address(line) else Paragraph(line)
        yield from text_blocks(self.content.text(LINKS, say.language))
