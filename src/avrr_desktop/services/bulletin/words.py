"""Counted nouns that agree in number and gender with their figures, in three languages.

French writes « migrant-e-s » when women and men may both be meant, and one gender when it is known.
In Arabic the figure follows a verbal noun, in the accusative, so that no verb has to agree.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from enum import Enum, auto
from typing import Final

from avrr_desktop.core.ages import Group
from avrr_desktop.core.labels import Language
from avrr_desktop.core.periods import Period
from avrr_desktop.core.translation import Translator
from avrr_desktop.services.bulletin.shown import Said, Shown
from avrr_desktop.services.summary_labels import day_text, lowered, month_text
from avrr_desktop.services.summary_rows import number

Noun = Callable[[Translator, int, str], str]
_MALE: Final = frozenset({Group.MEN.value, Group.BOYS.value})
_FEMALE: Final = frozenset({Group.WOMEN.value, Group.GIRLS.value})
_ENDING: Final = re.compile(r"-e(-s)?\b")


class Gender(Enum):
    """The gender of the people a sentence speaks of."""

    MIXED = auto()  # or not known
    MALE = auto()
    FEMALE = auto()


def gender_of(groups: Mapping[str, Shown]) -> Gender:
    """One gender only when everybody counted has it."""
    present = {group for group, shown in groups.items() if shown.value}
    if present and present <= _MALE:
        return Gender.MALE
    return Gender.FEMALE if present and present <= _FEMALE else Gender.MIXED


def agreeing(sentence: str, gender: Gender, language: Language) -> str:
    """A French sentence in inclusive writing, in one gender when that is known."""
    if language is not Language.FR or gender is Gender.MIXED:
        return sentence
    letter = "e" if gender is Gender.FEMALE else ""
    return _ENDING.sub(lambda found: letter + ("s" if found[1] else ""), sentence)


def men(say: Translator, count: int, said: str) -> str:
    """Men."""
    return say.ntr("{number} man", "{number} men", count, number=said)


def women(say: Translator, count: int, said: str) -> str:
    """Women."""
    return say.ntr("{number} woman", "{number} women", count, number=said)


def boys(say: Translator, count: int, said: str) -> str:
    """Boys."""
    return say.ntr("{number} boy", "{number} boys", count, number=said)


def girls(say: Translator, count: int, said: str) -> str:
    """Girls."""
    return say.ntr("{number} girl", "{number} girls", count, number=said)


def undetermined(say: Translator, count: int, said: str) -> str:
    """People whose group is not known."""
    return say.ntr(
        "{number} person of undetermined group",
        "{number} persons of undetermined group",
        count,
        number=said,
    )


def persons(say: Translator, count: int, said: str) -> str:
    """Anybody."""
    return say.ntr("{number} individual", "{number} individuals", count, number=said)


def migrants(say: Translator, count: int, said: str) -> str:
    """People who left their country."""
    return say.ntr("{number} migrant", "{number} migrants", count, number=said)


def migrant_women(say: Translator, count: int, said: str) -> str:
    """Women and girls who left their country."""
    return say.ntr("{number} female migrant", "{number} female migrants", count, number=said)


def returnees(say: Translator, count: int, said: str) -> str:
    """People who went back."""
    return say.ntr("{number} returnee", "{number} returnees", count, number=said)


def returnee_women(say: Translator, count: int, said: str) -> str:
    """Women and girls who went back."""
    return say.ntr("{number} female returnee", "{number} female returnees", count, number=said)


def moroccans(say: Translator, count: int, said: str) -> str:
    """Moroccans."""
    return say.ntr("{number} Moroccan", "{number} Moroccans", count, number=said)


def moroccan_women(say: Translator, count: int, said: str) -> str:
    """Moroccan women and girls."""
    return say.ntr("{number} female Moroccan", "{number} female Moroccans", count, number=said)


def children(say: Translator, count: int, said: str) -> str:
    """Children without their parents."""
    return say.ntr(
        "{number} unaccompanied or separated child",
        "{number} unaccompanied or separated children",
        count,
        number=said,
    )


_OF_GROUP: Final[Mapping[str, Noun]] = {
    Group.MEN.value: men,
    Group.WOMEN.value: women,
    Group.BOYS.value: boys,
    Group.GIRLS.value: girls,
    Group.UNDETERMINED.value: undetermined,
}
_FEMININE: Final[Mapping[Noun, Noun]] = {
    migrants: migrant_women,
    returnees: returnee_women,
    moroccans: moroccan_women,
}


def counted(noun: Noun, shown: Shown, say: Translator, gender: Gender = Gender.MIXED) -> str:
    """A noun with its figure: « 3 migrantes », « moins de 5 hommes », « 5 femmes ou plus »."""
    if gender is Gender.FEMALE and say.language is not Language.EN:
        noun = _FEMININE.get(noun, noun)
    agrees = shown.agrees_with
    said = agreeing(noun(say, agrees, number(agrees)), gender, say.language)
    if shown.said is Said.BELOW:
        return say.tr("fewer than {persons}", persons=said)
    if shown.said is Said.AT_LEAST:
        return say.tr("{persons} or more", persons=said)
    return said


def split(groups: Mapping[str, Shown], say: Translator) -> str:
    """The groups that are not zero, always men, women, boys, girls; empty without any."""
    said = [counted(_OF_GROUP[g], shown, say) for g, shown in groups.items() if shown.value]
    return joined(said, say)


def with_split(noun: Noun, total: Shown, groups: Mapping[str, Shown], say: Translator) -> str:
    """« 27 migrant-e-s (23 hommes et 4 femmes) »."""
    said = counted(noun, total, say, gender_of(groups))
    parts = split(groups, say)
    return f"{said} ({parts})" if parts else said


def joined(parts: Sequence[str], say: Translator) -> str:
    """« a, b et c »."""
    if len(parts) < 2:  # noqa: PLR2004 (one alone, or none)
        return "".join(parts)
    *first, last = parts
    return say.tr("{first} and {last}", first=say.tr(", ").join(first), last=last)


def when(period: Period, say: Translator) -> str:
    """The period as a sentence begins: « Entre janvier et juin 2023 », « En juin 2023 »."""
    first, last = period.months[0], period.months[-1]
    language = say.language
    if not _is_whole_months(period):
        start, end = (day_text(day, language) for day in (period.start, period.end))
        return say.tr("From {start} to {end}", start=start, end=end)
    if first == last:
        return say.tr("In {month}", month=month_text(first, language))
    one_year = first[:4] == last[:4]
    start = month_text(first, language).removesuffix(f" {first[:4]}" if one_year else "")
    return say.tr("Between {start} and {end}", start=start, end=month_text(last, language))


def within(period: Period, say: Translator) -> str:
    """The period inside a sentence."""
    return lowered(when(period, say))


def _is_whole_months(period: Period) -> bool:
    from datetime import timedelta

    return period.start.day == 1 and (period.end + timedelta(days=1)).day == 1
