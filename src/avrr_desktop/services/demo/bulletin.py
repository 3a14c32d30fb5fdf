"""The people of January to June 2023: their events add up to the published bulletin."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from avrr_desktop.core.ages import Group
from avrr_desktop.services.demo import quotas
from avrr_desktop.services.demo.births import adult_birth, birth_turning_adult
from avrr_desktop.services.demo.cast import Case, Member, agree_again, blur, open_case
from avrr_desktop.services.demo.chance import Chance, wheel
from avrr_desktop.services.demo.events import (
    Journey,
    a_flight,
    add_assistance,
    add_cash,
    add_contact,
    add_reintegration,
    add_return,
)
from avrr_desktop.services.demo.lists import EXITS, NATIONALITIES, OTHER_FUNDS, RETURN_FUNDS
from avrr_desktop.services.demo.ordinary import days_apart
from avrr_desktop.services.demo.quotas import END, START, UNTIL, Funded, families

Days = tuple[date, date]

_DELAYS: Final = wheel(
    (16, 1), (24, 3), (33, 5), (41, 6), (48, 5), (57, 4), (70, 3), (84, 2), (97, 1)
)
_THIS_YEAR: Final = (date(2023, 1, 3), date(2023, 5, 20))
_LAST_YEAR: Final = (date(2022, 10, 12), date(2022, 12, 22))
_FUNDED_LAST_YEAR: Final = (date(2022, 7, 4), date(2022, 9, 23))
_WAITING: Final = (date(2023, 1, 3), date(2023, 6, 29))
_MOST_SERVICES: Final = 6


@dataclass(slots=True)
class Traveller:
    """A member of a case and their way home, if they left."""

    case: Case
    member: Member
    journey: Journey
    returned: str = ""

    @property
    def first_day(self) -> date:
        """The first day of the semester on which they may be assisted."""
        return max(self.journey.registered, START + timedelta(days=1))

    @property
    def last_day(self) -> date:
        """The last one."""
        ends = (self.journey.departed, self.journey.exit_on, END)
        return min(day for day in ends if day is not None)


class Semester:
    """Tells everybody who goes home, waits or is assisted in the semester."""

    def __init__(self, chance: Chance) -> None:
        self._chance = chance
        self.cases: list[Case] = []
        self.travellers: list[Traveller] = []
        self._turned: list[Traveller] = []

    def tell(self) -> None:
        """Everybody, in the order in which quotas depend on one another."""
        self._tell_own_funds()
        self._tell_turned()
        self._tell_departed()
        self._tell_waiting()
        self._tell_requests()
        self._tell_assisted()
        self._tell_other_funds()

    def _tell_departed(self) -> None:
        chance = self._chance
        grown = quotas.grown(quotas.TURNED_ADULT)
        late = quotas.less(quotas.DEPARTED_LATER, _departing_own_funds())
        at_once = quotas.less(quotas.DEPARTED, quotas.DEPARTED_LATER, grown)
        alone = quotas.less(at_once, quotas.CASH_IN_CONGO)
        for groups in families(chance, late):
            self._go_home(groups, chance.pick(NATIONALITIES), _LAST_YEAR)
        backs = quotas.CAME_BACK
        for groups in families(chance, alone):
            told = self._go_home(groups, chance.pick(NATIONALITIES), _THIS_YEAR)
            if groups == (Group.MEN,) and backs:
                backs -= 1
                _tell_earlier(chance, told[0])
        for group, count in quotas.CASH_IN_CONGO.items():
            for _ in range(count):
                self._pay(self._go_home((group,), "CG", _THIS_YEAR)[0])

    def _pay(self, traveller: Traveller) -> None:
        departed = traveller.journey.departed
        assert departed is not None
        paid = self._chance.day(departed, min(departed + timedelta(days=20), END))
        add_cash(
            *(self._chance, traveller.case, traveller.member, paid),
            country="CG",
            after=traveller.returned,
        )

    def _go_home(self, groups: tuple[Group, ...], country: str, days: Days) -> list[Traveller]:
        """A case whose members register on one of these days and leave within the semester."""
        chance = self._chance
        registered = chance.day(*days)
        departed = registered + timedelta(days=chance.pick(_DELAYS) + chance.whole(0, 8))
        if registered < START:
            departed = max(departed, START + timedelta(days=chance.whole(3, 80)))
        departed = min(departed, END - timedelta(days=chance.whole(0, 12)))
        case = self._register(groups, country, registered)
        return self._depart(case, registered, departed)

    def _register(self, groups: tuple[Group, ...], country: str, registered: date) -> Case:
        chance = self._chance
        contacted = registered - timedelta(days=chance.whole(0, 14))
        case = open_case(
            *(chance, groups, country, contacted, UNTIL), surely=True, consented=registered
        )
        add_contact(chance, case, contacted, registered)
        self.cases.append(case)
        return case

    def _depart(self, case: Case, registered: date, departed: date) -> list[Traveller]:
        chance = self._chance
        fund = chance.pick(RETURN_FUNDS)
        journey = Journey(registered, case.country, fund, a_flight(chance), departed, departed)
        told = []
        for member in case.members:
            returned = add_return(chance, case, member, journey)
            told.append(Traveller(case, member, journey, returned))
        self.travellers += told
        return told

    def _tell_turned(self) -> None:
        """Children when registered, adults when departed."""
        for group, count in quotas.TURNED_ADULT.items():
            for _ in range(count):
                registered = self._chance.day(date(2023, 1, 9), date(2023, 4, 14))
                departed = registered + timedelta(days=self._chance.whole(40, 70))
                case = self._register((group,), self._chance.pick(NATIONALITIES), registered)
                birthday = registered + (departed - registered) // 2
                case.members[0].values["birth_typed"] = birth_turning_adult(birthday)
                (told,) = self._depart(case, registered, departed)
                self.travellers.remove(told)
                self._turned.append(told)
                add_assistance(self._chance, case, told.member, registered, 0)
                add_assistance(self._chance, case, told.member, departed - timedelta(days=1), 1)

    def _tell_waiting(self) -> None:
        """Registered in the semester, or before it, and not departed by its end."""
        chance = self._chance
        departed = quotas.less(quotas.DEPARTED, quotas.DEPARTED_LATER)
        at_once = quotas.less(departed, quotas.grown(quotas.TURNED_ADULT))
        waiting = quotas.less(quotas.REGISTERED, at_once, quotas.TURNED_ADULT)
        planned = quotas.PLANNED_NOT_DEPARTED
        for groups in families(chance, waiting):
            journey = self._wait(groups, _WAITING)
            if len(groups) == 1 and planned and journey.registered < date(2023, 5, 20):
                planned -= 1
                journey.departed = journey.exit_kind = journey.exit_on = None
                journey.planned = chance.day(date(2023, 6, 1), END)
            self._tell_wait(journey)
        for groups in families(chance, quotas.WAITING_SINCE_2022):
            self._tell_wait(self._wait(groups, _LAST_YEAR))

    def _wait(self, groups: tuple[Group, ...], days: Days) -> Journey:
        chance = self._chance
        registered = chance.day(*days)
        case = self._register(groups, chance.pick(NATIONALITIES), registered)
        journey = Journey(registered, case.country, chance.pick(RETURN_FUNDS), a_flight(chance))
        if chance.happens(0.42) and registered > date(2023, 3, 15):
            journey.departed = chance.day(date(2023, 7, 3), date(2023, 10, 6))
            journey.planned = journey.departed
        elif chance.happens(0.4):
            journey.exit_kind = chance.pick(EXITS)
            journey.exit_on = registered + timedelta(days=chance.whole(12, 120))
        return journey

    def _tell_wait(self, journey: Journey) -> None:
        case = self.cases[-1]
        has_return = journey.departed or journey.exit_on or journey.planned
        for member in case.members:
            self.travellers.append(Traveller(case, member, journey))
            if has_return or self._chance.happens(0.5):
                add_return(self._chance, case, member, journey)

    def _tell_own_funds(self) -> None:
        """Reintegration on the office's own funds, started in the semester."""
        has_second = True
        for funded in quotas.OWN_FUNDS:
            for traveller in self._leave_funded(funded):
                started = self._reintegrate(traveller, "iom_morocco")
                if has_second and not traveller.member.is_child:
                    has_second = False
                    self._reintegrate(traveller, "iom_morocco", started + timedelta(days=12))

    def _leave_funded(self, funded: Funded) -> list[Traveller]:
        if funded.this_year:
            registered = self._chance.day(*_LAST_YEAR)
            departed = self._chance.day(date(2023, 1, 5), date(2023, 3, 10))
        else:
            registered = self._chance.day(*_FUNDED_LAST_YEAR)
            departed = self._chance.day(date(2022, 10, 20), date(2022, 12, 20))
        case = self._register(funded.groups, funded.country, registered)
        told = self._depart(case, registered, departed)
        if departed < START:
            self.travellers = [t for t in self.travellers if t not in told]
        return told

    def _reintegrate(self, told: Traveller, fund: str, after: date | None = None) -> date:
        departed = told.journey.departed
        assert departed is not None
        earliest = max(departed + timedelta(days=20), START + timedelta(days=10))
        started = after or self._chance.day(earliest, END - timedelta(days=20))
        add_reintegration(
            *(self._chance, told.case, told.member, started),
            country=told.case.country,
            fund=fund,
            after=told.returned,
            until=UNTIL,
        )
        return started

    def _tell_other_funds(self) -> None:
        """Reintegration on other funds: counted apart from the published table."""
        latest = END - timedelta(days=45)
        ready = [
            told
            for told in self.travellers
            if told.returned
            and told.journey.departed is not None
            and told.journey.departed < latest
        ]
        self._chance.shuffle(ready)
        for told in ready[: quotas.OTHER_REINTEGRATIONS]:
            self._reintegrate(told, self._chance.pick(OTHER_FUNDS))

    def _tell_requests(self) -> None:
        """First contacts that led to no interview, some of people of unknown age."""
        chance = self._chance
        for turn in range(quotas.REQUESTS):
            day = chance.day(date(2023, 1, 3), date(2023, 6, 28))
            group = Group.WOMEN if turn % 4 == 0 else Group.MEN
            case = open_case(chance, (group,), chance.pick(NATIONALITIES), day, UNTIL)
            if turn % 7 == 0:
                blur(chance, case.members[0], day)
            add_contact(chance, case, day, None)
            self.cases.append(case)

    def _tell_assisted(self) -> None:
        """As many people of each group as published, and the services they share."""
        chance = self._chance
        left = quotas.less(quotas.ASSISTED, quotas.TURNED_ADULT)
        chance.shuffle(self.travellers)
        chosen: list[Traveller] = []
        for told in self.travellers:
            has_room = (told.last_day - told.first_day).days >= _MOST_SERVICES
            if has_room and left[told.member.group]:
                left[told.member.group] -= 1
                chosen.append(told)
        assert not any(left.values())
        times = [1] * len(chosen)
        extra = quotas.SERVICES - len(chosen) - 2 * len(self._turned)
        while extra:
            place = chance.whole(0, len(chosen) - 1)
            if times[place] < _MOST_SERVICES:
                times[place] += 1
                extra -= 1
        for told, count in zip(chosen, times, strict=True):
            days = days_apart(chance, told.first_day, told.last_day, count)
            for turn, day in enumerate(days):
                add_assistance(chance, told.case, told.member, day, turn)


def _departing_own_funds() -> quotas.Quota:
    return quotas.counted(tuple(f.groups for f in quotas.OWN_FUNDS if f.this_year))


def _tell_earlier(chance: Chance, told: Traveller) -> None:
    """A first return two years before: a second case, and two events that both count."""
    day = chance.day(date(2021, 2, 1), date(2021, 6, 11))
    case, member = told.case, told.member
    earlier = Case(chance.new_id(), case.office, day, case.country, [member])
    member.values["birth_typed"] = adult_birth(chance, "man", day, surely=True)
    member.values["arrived_in_morocco_on"] = day - timedelta(days=chance.whole(60, 600))
    agree_again(chance, member, day)
    add_contact(chance, earlier, day, day)
    departed = day + timedelta(days=chance.whole(20, 90))
    fund = chance.pick(RETURN_FUNDS)
    journey = Journey(day, case.country, fund, a_flight(chance), departed, departed)
    add_return(chance, earlier, member, journey)
    earlier.closed_on = departed
    case.earlier = earlier
