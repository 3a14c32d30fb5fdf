"""The sentence of each part of the bulletin: one for nobody, one that agrees with the figures."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from avrr_desktop.core.periods import Period
from avrr_desktop.core.translation import Translator
from avrr_desktop.services.bulletin import words
from avrr_desktop.services.bulletin.shown import Shown
from avrr_desktop.services.bulletin.words import Noun


@dataclass(frozen=True, slots=True)
class Told:
    """What a sentence tells: a total, its groups, and when."""

    total: Shown
    groups: Mapping[str, Shown]
    period: Period
    say: Translator

    @property
    def count(self) -> int:
        """The number that the sentence agrees with."""
        return self.total.agrees_with

    @property
    def when(self) -> str:
        """The period at the start of a sentence."""
        return words.when(self.period, self.say)

    @property
    def within(self) -> str:
        """The period inside a sentence."""
        return words.within(self.period, self.say)

    def people(self, noun: Noun) -> str:
        """The total and its groups in words."""
        return words.with_split(noun, self.total, self.groups, self.say)

    def agreeing(self, sentence: str) -> str:
        """The sentence in the gender of those counted."""
        return words.agreeing(sentence, words.gender_of(self.groups), self.say.language)


Sentence = Callable[[Told], str]


def registrations(told: Told) -> str:
    """Who registered."""
    say = told.say
    if not told.total.value:
        return say.tr("Nobody registered with the programme {when}.", when=told.within)
    return told.agreeing(
        say.ntr(
            "{when}, {persons} contacted IOM Morocco and was registered with the programme.",
            "{when}, {persons} contacted IOM Morocco and were registered with the programme.",
            told.count,
            when=told.when,
            persons=told.people(words.migrants),
        )
    )


def returns_from_morocco(told: Told) -> str:
    """Who left."""
    say = told.say
    if not told.total.value:
        return say.tr("No voluntary return from Morocco took place {when}.", when=told.within)
    return told.agreeing(
        say.ntr(
            "{when}, {persons} returned from Morocco to the country of origin with the support"
            " of the programme.",
            "{when}, {persons} returned from Morocco to their countries of origin with the"
            " support of the programme.",
            told.count,
            when=told.when,
            persons=told.people(words.migrants),
        )
    )


def direct_assistance(told: Told) -> str:
    """Who was helped while waiting."""
    say = told.say
    if not told.total.value:
        return say.tr("Nobody received direct assistance {when}.", when=told.within)
    return told.agreeing(
        say.ntr(
            "{when}, {persons} received direct assistance in Morocco.",
            "{when}, {persons} received direct assistance in Morocco.",
            told.count,
            when=told.when,
            persons=told.people(words.migrants),
        )
    )


def reintegration(told: Told) -> str:
    """Who was helped after the return, on the mission's own funds."""
    say = told.say
    if not told.total.value:
        return say.tr(
            "No reintegration assistance on the funds of IOM Morocco began {when}.",
            when=told.within,
        )
    return told.agreeing(
        say.ntr(
            "{when}, {persons} received reintegration assistance on the funds of IOM Morocco.",
            "{when}, {persons} received reintegration assistance on the funds of IOM Morocco.",
            told.count,
            when=told.when,
            persons=told.people(words.returnees),
        )
    )


def all_funds(told: Told) -> str:
    """Who was helped on any fund; nothing when nobody was."""
    if not told.total.value:
        return ""
    return told.agreeing(
        told.say.ntr(
            "All funds together, {persons} was helped.",
            "All funds together, {persons} were helped.",
            told.count,
            persons=told.people(words.returnees),
        )
    )


def unaccompanied(told: Told) -> str:
    """The children among them without their parents; nothing when there is none."""
    if not told.total.value:
        return ""
    return told.say.ntr(
        "{children} is among them.",
        "{children} are among them.",
        told.count,
        children=words.counted(words.children, told.total, told.say),
    )


def cash_on_return(told: Told) -> str:
    """Who was paid where reintegration cannot be granted."""
    say = told.say
    if not told.total.value:
        return say.tr("No cash on return was paid {when}.", when=told.within)
    return told.agreeing(
        say.ntr(
            "{when}, {persons} received cash on arrival, for want of reintegration assistance in"
            " the country of return.",
            "{when}, {persons} received cash on arrival, for want of reintegration assistance in"
            " the country of return.",
            told.count,
            when=told.when,
            persons=told.people(words.returnees),
        )
    )


def returns_to_morocco(told: Told) -> str:
    """Who came back to Morocco."""
    say = told.say
    if not told.total.value:
        return say.tr("No voluntary return to Morocco was recorded {when}.", when=told.within)
    return told.agreeing(
        say.ntr(
            "{when}, {persons} returned to Morocco with the support of IOM.",
            "{when}, {persons} returned to Morocco with the support of IOM.",
            told.count,
            when=told.when,
            persons=told.people(words.moroccans),
        )
    )


def reintegration_in_morocco(told: Told) -> str:
    """Who was helped to settle again in Morocco, on any fund; nothing when nobody was."""
    if not told.total.value:
        return ""
    return told.agreeing(
        told.say.ntr(
            "{when}, {persons} received reintegration assistance in Morocco, all funds together.",
            "{when}, {persons} received reintegration assistance in Morocco, all funds together.",
            told.count,
            when=told.when,
            persons=told.people(words.moroccans),
        )
    )


def referrals(told: Told) -> str:
    """Who was sent to a partner."""
    say = told.say
    if not told.total.value:
        return say.tr("Nobody was referred to a partner of reintegration {when}.", when=told.within)
    return say.ntr(
        "{when}, {persons} was referred to a partner of reintegration.",
        "{when}, {persons} were referred to one or more partners of reintegration.",
        told.count,
        when=told.when,
        persons=told.people(words.persons),
    )


def resettlement(told: Told) -> str:
    """Who left for a third country."""
    say = told.say
    if not told.total.value:
        return say.tr("Nobody left Morocco for resettlement {when}.", when=told.within)
    return say.ntr(
        "{when}, {persons} left Morocco to be resettled in a third country.",
        "{when}, {persons} left Morocco to be resettled in a third country.",
        told.count,
        when=told.when,
        persons=told.people(words.persons),
    )


def other_admissions(told: Told) -> str:
    """Who left by family reunification or sponsorship; nothing when nobody did."""
    if not told.total.value:
        return ""
    return told.say.ntr(
        "{persons} left for a third country by another pathway, and is not counted above.",
        "{persons} left for a third country by another pathway, and are not counted above.",
        told.count,
        persons=told.people(words.persons),
    )


def returned_since(say: Translator, year: int, total: Shown, *, is_more: bool) -> str:
    """The running total of returns; ``is_more`` when the number was rounded down."""
    return say.ntr(
        "Since {year}, {persons} has returned from Morocco with the programme.",
        "Since {year}, {persons} have returned from Morocco with the programme.",
        total.agrees_with,
        year=year,
        persons=_at_least(say, total, is_more=is_more),
    )


def resettled_since(say: Translator, year: int, total: Shown, *, is_more: bool) -> str:
    """The running total of resettlement."""
    return say.ntr(
        "Since {year}, IOM Morocco has helped {persons} to resettle in a third country.",
        "Since {year}, IOM Morocco has helped {persons} to resettle in a third country.",
        total.agrees_with,
        year=year,
        persons=_at_least(say, total, is_more=is_more),
    )


def _at_least(say: Translator, total: Shown, *, is_more: bool) -> str:
    said = words.counted(words.persons, total, say)
    return say.tr("more than {persons}", persons=said) if is_more else said
