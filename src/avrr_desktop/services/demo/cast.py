"""Invented people and the cases they travel in, as drafts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from avrr_desktop.core.ages import CHILDREN, Group
from avrr_desktop.services.demo.births import adult_birth, child_birth, youth_birth
from avrr_desktop.services.demo.chance import Chance, wheel
from avrr_desktop.services.demo.lists import (
    ADULT_VULNERABILITIES,
    ARABIC_SPEAKERS,
    CITIES,
    LANGUAGES,
    OCCUPATIONS,
    OFFICES,
)
from avrr_desktop.services.demo.names import Name, names_of
from avrr_desktop.services.drafts import Draft

Values = dict[str, object]

WOMEN: Final = (Group.WOMEN, Group.GIRLS)
_LONE: Final = wheel(("unaccompanied_child", 2), ("separated_child", 1))
_PURPOSES: Final = wheel(
    (("partner_sharing", "reintegration", "return", "statistics"), 88),
    (("partner_sharing", "return", "statistics"), 6),
    (("partner_sharing", "reintegration", "return"), 6),
)
_FORMS: Final = wheel(("written", 88), ("audio_video", 4), ("verbal_certified", 8))
_MARITAL: Final = wheel(
    ("single", 60), ("married", 30), ("union", 5), ("divorced", 3), ("widowed", 2)
)
_EDUCATION: Final = wheel(
    *(("none", 18), ("religious", 12), ("primary", 28), ("lower_secondary", 20)),
    *(("upper_secondary", 12), ("vocational", 6), ("higher", 4)),
)
_CERTIFIER: Final = "Agent-e de démonstration"
_REPRESENTATIVE: Final = "Parent accompagnant"
_GUARDIAN: Final = "Tuteur de démonstration"


@dataclass(slots=True)
class Member:
    """One person of a case; ``values`` become the draft of the person."""

    id: str
    group: Group  # on the first day
    place: str
    values: Values
    is_lone: bool = False

    @property
    def is_child(self) -> bool:
        """Whether they were a child on the first day."""
        return self.group in CHILDREN


@dataclass(slots=True)
class Case:
    """The people of one case and everything that happens to them."""

    id: str
    office: str
    opened_on: date
    country: str
    members: list[Member] = field(default_factory=list)
    events: list[tuple[date, Draft]] = field(default_factory=list)
    closed_on: date | None = None
    earlier: Case | None = None  # of the same people, told before this one

    def tell(self) -> Iterator[Draft]:
        """The people, then the case, then the events in the order of their dates."""
        for member in self.members:
            yield Draft("person", member.values, new_id=member.id)
        if self.earlier is not None:
            yield from self.earlier.tell_case()
        yield from self.tell_case()

    def tell_case(self) -> Iterator[Draft]:
        """The case and its events, of people told before."""
        values: Values = {
            "office": self.office,
            "opened_on": self.opened_on,
            "closed_on": self.closed_on,
            "membership": tuple(
                {
                    "id": member.id[:12] + self.id[12:],
                    "person_id": member.id,
                    "place": member.place,
                    "from_on": self.opened_on,
                }
                for member in self.members
            ),
        }
        yield Draft("case_file", values, new_id=self.id)
        if len(self.events) > 1:
            self.events.sort(key=_by_day)
        for _, draft in self.events:
            yield draft


def _by_day(event: tuple[date, Draft]) -> date:
    return event[0]


def open_case(
    chance: Chance,
    groups: Sequence[Group],
    country: str,
    first: date,
    last: date,
    *,
    surely: bool = False,
    consented: date | None = None,
) -> Case:
    """A case opened on ``first`` with one person of each group, who keep it until ``last``.

    ``surely``: nobody's group is in doubt on any of these days.
    """
    case = Case(chance.new_id(), chance.pick(OFFICES), first, country)
    names = names_of(country)
    family = chance.pick(names.family)
    is_alone = len(groups) == 1
    agreed = consented or first
    for place, group in zip(_places(groups), groups, strict=True):
        name = family if group is not Group.WOMEN or is_alone else chance.pick(names.family)
        member = Member(chance.new_id(), group, place, {}, is_lone=is_alone and group in CHILDREN)
        member.values = _person(chance, member, case, name, agreed)
        if member.is_child:
            typed = child_birth(chance, first, last, surely=surely)
        else:
            sex = "woman" if group in WOMEN else "man"
            typed = adult_birth(chance, sex, first, surely=surely)
        member.values["birth_typed"] = typed
        case.members.append(member)
    return case


def blur(chance: Chance, member: Member, day: date) -> None:
    """Leave the person's age, or now and then their sex, in doubt on ``day``."""
    if chance.happens(0.25):
        member.values["sex"] = None
        return
    member.values["birth_typed"] = youth_birth(chance, day)
    given = member.values["consent"]
    assert isinstance(given, tuple)
    member.values["consent"] = tuple({**line, "representative": _GUARDIAN} for line in given)


def agree_again(chance: Chance, member: Member, day: date) -> None:
    """One more consent, for a second journey."""
    given = member.values["consent"]
    assert isinstance(given, tuple)
    member.values["consent"] = (*given, _consent(chance, member, day))


def _places(groups: Sequence[Group]) -> Iterator[str]:
    if len(groups) == 1:
        yield "alone"
        return
    adults = 0
    for group in groups:
        if group in CHILDREN:
            yield "child"
        else:
            adults += 1
            yield "head" if adults == 1 else "spouse"


def _person(chance: Chance, member: Member, case: Case, family: Name, agreed: date) -> Values:
    is_woman = member.group in WOMEN
    names = names_of(case.country)
    given = chance.pick(names.women if is_woman else names.men)
    languages = LANGUAGES.get(case.country, ARABIC_SPEAKERS)
    values: Values = {
        "family_name": family[0],
        "given_name": given[0],
        "family_name_ar": family[1],
        "given_name_ar": given[1],
        "sex": "woman" if is_woman else "man",
        "birth_source": "declared",
        "nationality": case.country,
        "city": chance.pick(CITIES),
        "languages": tuple(sorted({languages[0], chance.pick(languages)})),
        "consent": (_consent(chance, member, agreed),),
    }
    if not member.is_child:
        values.update(_adult(chance, case))
    if vulnerability := _vulnerability(chance, member, case):
        values["vulnerability"] = (vulnerability,)
    return values


def _adult(chance: Chance, case: Case) -> Values:
    values: Values = {
        "marital_status": chance.pick(_MARITAL),
        "education": chance.pick(_EDUCATION),
        "occupation": chance.pick(OCCUPATIONS),
        "phone": ({"id": chance.new_id(), "number": _phone(chance)},),
    }
    if case.country != "MA":
        values["arrived_in_morocco_on"] = case.opened_on - timedelta(days=chance.whole(60, 1500))
    if chance.happens(0.6):
        values["birth_source"] = "document"
        values["document"] = (
            {
                "id": chance.new_id(),
                "kind": "passport" if chance.happens(0.6) else "consular_card",
                "number": f"{case.country}{chance.number():08d}",
                "country": case.country,
            },
        )
    if chance.happens(0.1):
        number = {"system": "mimosa_individual", "value": f"DEMO-{chance.number():08d}"}
        values["external_number"] = ({"id": chance.new_id(), **number},)
    return values


def _phone(chance: Chance) -> str:
    digits = f"{chance.whole(0, 999_999):06d}"
    return f"0600 {digits[:2]} {digits[2:4]} {digits[4:]}"


def _consent(chance: Chance, member: Member, day: date) -> Values:
    form = chance.pick(_FORMS)
    values: Values = {
        "id": chance.new_id(),
        "given_on": day,
        "form": form,
        "purposes": chance.pick(_PURPOSES),
    }
    if form == "verbal_certified":
        values["certified_by"] = _CERTIFIER
    if member.is_child:
        values["representative"] = _GUARDIAN if member.is_lone else _REPRESENTATIVE
    return values


def _vulnerability(chance: Chance, member: Member, case: Case) -> Values | None:
    if member.is_lone:
        code = chance.pick(_LONE)
    elif member.group is Group.WOMEN and member.place == "head":
        code = "single_parent"
    elif member.is_child or not chance.happens(0.22):
        return None
    else:
        code = chance.pick(ADULT_VULNERABILITIES)
    return {"id": chance.new_id(), "code": code, "from_on": case.opened_on}
