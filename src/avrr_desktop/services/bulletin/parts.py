"""The parts of the bulletin, in its order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from avrr_desktop.core.translation import Translator
from avrr_desktop.services.bulletin import sentences, words
from avrr_desktop.services.bulletin.blocks import (
    WEB,
    Block,
    Bullet,
    Heading,
    Image,
    Link,
    Note,
    Paragraph,
    Tone,
)
from avrr_desktop.services.bulletin.content import Content, ImageKind
from avrr_desktop.services.bulletin.figures import Figures, Place
from avrr_desktop.services.bulletin.sentences import Sentence, Told
from avrr_desktop.services.summary import CellKey
from avrr_desktop.services.summary.cells import UNACCOMPANIED

_LETTER: Final = re.compile(r"[^\s@:/\\]+@[^\s@:/\\]+\.[^\s@:/\\]+")


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence about one figure, and the lists that cut it."""

    section: str
    sentence: Sentence
    measure: str = "persons"
    lists: tuple[tuple[str, bool], ...] = ()  # a list's key, and whether it is drawn too
    is_lead: bool = True

    def places(self) -> tuple[Place, ...]:
        """The lists it publishes."""
        return tuple((self.section, f"{self.measure}_by_{key}") for key, _ in self.lists)


@dataclass(frozen=True, slots=True)
class Part:
    """One part: its title is worded by ``title_of``; texts and images stand under ``place``."""

    place: str
    passages: tuple[Passage, ...]
    named: str = ""  # the list whose terms are said one by one
    running: str = ""  # the section whose running total opens the part


PARTS: Final = (
    Part(
        "registrations",
        (Passage("registrations", sentences.registrations, lists=(("channel", True),)),),
    ),
    Part(
        "returns_from_morocco",
        (
            Passage(
                "returns_from_morocco",
                sentences.returns_from_morocco,
                lists=(("country", True),),
            ),
        ),
        running="returns_from_morocco",
    ),
    Part(
        "direct_assistance",
        (Passage("direct_assistance", sentences.direct_assistance, lists=(("kind", True),)),),
    ),
    Part(
        "reintegration",
        (
            Passage(
                "reintegration",
                sentences.reintegration,
                lists=(("country", True), ("kind", False)),
            ),
            Passage("reintegration", sentences.unaccompanied, UNACCOMPANIED, is_lead=False),
            Passage("reintegration", sentences.all_funds, "persons_all_funds", is_lead=False),
        ),
    ),
    Part(
        "cash_on_return",
        (Passage("cash_on_return", sentences.cash_on_return, lists=(("country", False),)),),
    ),
    Part(
        "returns_to_morocco",
        (
            Passage(
                "returns_to_morocco",
                sentences.returns_to_morocco,
                lists=(("host_country", True), ("profile", True)),
            ),
            Passage(
                "reintegration_in_morocco",
                sentences.reintegration_in_morocco,
                "persons_all_funds",
                is_lead=False,
            ),
        ),
    ),
    Part(
        "referrals",
        (Passage("referrals", sentences.referrals, lists=(("purpose", False),)),),
        named="partner",
    ),
    Part(
        "resettlement",
        (
            Passage("resettlement", sentences.resettlement, lists=(("country", True),)),
            Passage("other_admissions", sentences.other_admissions, is_lead=False),
        ),
        running="resettlement",
    ),
)


def lists_published() -> tuple[Place, ...]:
    """Every list whose terms the bulletin tells, for the masking of small figures."""
    places = [place for part in PARTS for passage in part.passages for place in passage.places()]
    named = [(part.place, f"persons_by_{part.named}") for part in PARTS if part.named]
    return (*places, *named)


def title_of(place: str, say: Translator) -> str:
    """The title of a part."""
    return {
        "registrations": say.tr("Registrations with the programme"),
        "returns_from_morocco": say.tr("Voluntary returns from Morocco"),
        "direct_assistance": say.tr("Direct assistance"),
        "reintegration": say.tr("Follow-up of reintegration"),
        "cash_on_return": say.tr("Cash on return"),
        "returns_to_morocco": say.tr("Voluntary returns to Morocco"),
        "referrals": say.tr("Referrals to partners of reintegration"),
        "resettlement": say.tr("Resettlement programme"),
    }[place]


def part_blocks(part: Part, figures: Figures, content: Content) -> Iterator[Block]:
    """A part: title, standing text, sentences, lists, photographs, links."""
    language = figures.say.language
    yield Heading(title_of(part.place, figures.say))
    if part.running:
        yield from _running_sentence(part.running, figures)
    for passage in part.passages:
        yield from _sentence(passage, figures)
    if part.named:
        yield from _named(part, figures)
    for passage in part.passages:
        for (_, is_drawn), place in zip(passage.lists, passage.places(), strict=True):
            yield from figures.list_blocks(*place, with_chart=is_drawn)
    yield from text_blocks(content.text(part.place, language))
    for picture in content.pictures(ImageKind.PHOTOGRAPH, part.place, language):
        yield Image(picture)


def _sentence(passage: Passage, figures: Figures) -> Iterator[Block]:
    section, measure = passage.section, passage.measure
    groups = figures.groups(section, measure)
    total = figures.shown(CellKey(section, measure))
    told = Told(total, groups, figures.summary.period, figures.say)
    text = passage.sentence(told)
    if text:
        yield Paragraph(text, Tone.LEAD if passage.is_lead else Tone.BODY)


def _named(part: Part, figures: Figures) -> Iterator[Block]:
    """« Fondation Orient Occident : 27 personnes (23 hommes et 4 femmes) »; none at zero."""
    section, measure, say = part.place, f"persons_by_{part.named}", figures.say
    table = figures.shown_summary.table(section, measure)
    for row in table.rows:
        if row.total.value and row.total.key is not None:
            groups = figures.groups(section, measure, row.code)
            people = words.with_split(words.persons, figures.shown(row.total.key), groups, say)
            yield Bullet(say.tr("{name}: {persons}", name=row.label, persons=people))
    if not table.is_additive and table.total.total.value:
        yield Note(figures.not_additive(table))


_SINCE: Final = {
    "returns_from_morocco": sentences.returned_since,
    "resettlement": sentences.resettled_since,
}


def _running_sentence(code: str, figures: Figures) -> Iterator[Block]:
    """« Depuis 2011, plus de 360 personnes… », with the exact parts beneath."""
    said = figures.running_total(code)
    if said is None:
        return
    shown, is_more = said
    yield Paragraph(_SINCE[code](figures.say, figures.since(code), shown, is_more=is_more))
    parts = figures.running_parts(code)
    yield Paragraph(parts, Tone.SMALL)


def text_blocks(text: str) -> Iterator[Block]:
    """A typed text: a line is a paragraph, « - » begins a bullet, an address alone is a link."""
    for line in (line.strip() for line in text.splitlines()):
        if line.startswith(("- ", "• ")):
            yield Bullet(line[2:].strip())
        elif is_address(line):
            yield Link(line)
        elif line:
            yield Paragraph(line)


def is_address(line: str) -> bool:
    """Whether a line is one address of the web or of e-mail."""
    if " " in line:
        return False
    return line.startswith(WEB) or _LETTER.fullmatch(line) is not None
