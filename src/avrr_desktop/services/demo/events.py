"""Events of invented people, as drafts: each function tells one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from avrr_desktop.services.demo.cast import Case, Member, Values
from avrr_desktop.services.demo.chance import Chance
from avrr_desktop.services.demo.lists import (
    ASSISTANCE,
    ASSISTANCE_FUNDS,
    CHANNELS,
    CHILD_PROJECTS,
    CONTACT_PARTNERS,
    FLIGHTS,
    OUTCOMES,
    PROJECTS,
    PURPOSES,
    REASONS,
    REGIONS,
    RETURN_CITIES,
    SITUATIONS,
)
from avrr_desktop.services.drafts import Draft

_CENTS: Final = 100
_DELIVERED: Final = {
    "economic": "Équipement et marchandises",
    "social": "Prise en charge des frais",
    "psychosocial": "Séances d’accompagnement",
}


@dataclass(slots=True)
class Journey:
    """The dates the members of a case share on their way home."""

    registered: date
    country: str
    fund: str
    flight: str
    departed: date | None = None
    planned: date | None = None
    exit_kind: str | None = None
    exit_on: date | None = None


def _event(
    chance: Chance, key: str, case: Case, member: Member, *, day: date, values: Values
) -> str:
    """Add the event to the case; gives its key."""
    new_id = chance.new_id()
    values["person_id"] = member.id
    values["case_id"] = case.id
    values["office"] = case.office
    case.events.append((day, Draft(key, values, new_id=new_id)))
    return new_id


def add_contact(chance: Chance, case: Case, contacted: date, registered: date | None) -> None:
    """The first contact of everybody in the case, and their registration if there was one."""
    channel, reason = chance.pick(CHANNELS), chance.pick(REASONS)
    situation = chance.pick(SITUATIONS)
    partner = chance.pick(CONTACT_PARTNERS) if channel == "partner_referral" else None
    for member in case.members:
        values: Values = {"contacted_on": contacted, "channel": channel, "partner": partner}
        if registered is not None:
            values["registered_on"] = values["screened_on"] = registered
            values["reason"] = reason
            values["situation"] = situation
            is_weak = "vulnerability" in member.values
            values["screening_outcome"] = (
                "vulnerability_identified" if is_weak else "no_specific_need"
            )
            if member.is_lone:
                values["best_interests_on"] = registered
                values["screening_outcome"] = "best_interests_return"
        _event(chance, "registration", case, member, day=registered or contacted, values=values)


def add_return(chance: Chance, case: Case, member: Member, journey: Journey) -> str:
    """The return of one member; gives its key."""
    end = journey.departed or journey.exit_on or journey.planned or journey.registered
    span = max(0, (end - journey.registered).days)
    is_far = journey.departed is not None or journey.planned is not None
    cities = RETURN_CITIES.get(journey.country)
    values: Values = {
        "country": journey.country,
        "city": chance.pick(cities) if cities else None,
        "planned_on": journey.planned,
        "document": "consular_laissez_passer" if chance.happens(0.55) else "passport",
        "document_requested_on": _along(journey, span, 0.15),
        "fund": journey.fund,
    }
    if is_far:
        values["document_obtained_on"] = _along(journey, span, 0.4)
        values["authorisation_requested_on"] = _along(journey, span, 0.45)
        values["authorisation_obtained_on"] = _along(journey, span, 0.7)
    if journey.exit_kind:
        values["exit_kind"], values["exit_on"] = journey.exit_kind, journey.exit_on
    if journey.departed:
        values.update(_departure(journey, span))
    day = journey.departed or journey.exit_on or journey.registered
    return _event(chance, "return_from_morocco", case, member, day=day, values=values)


def _departure(journey: Journey, span: int) -> Values:
    departed = journey.departed
    return {
        "departed_on": departed,
        "arrived_on": departed,
        "departure_place": "casablanca_cmn",
        "flight": journey.flight,
        "counselled_on": _along(journey, span, 0.8),
        "fitness": "fit",
        "fitness_on": _along(journey, span, 0.95),
        "allowance": 600 * _CENTS,
    }


def _along(journey: Journey, span: int, share: float) -> date:
    return journey.registered + timedelta(days=int(span * share))


def add_assistance(chance: Chance, case: Case, member: Member, day: date, turn: int) -> None:
    """One thing given to one member; ``turn`` keeps kinds of one person apart."""
    wanted = (int(chance.random() * len(ASSISTANCE)) + turn * 41) % len(ASSISTANCE)
    kind, modality, least, most = ASSISTANCE[wanted]
    values: Values = {
        "given_on": day,
        "kind": kind,
        "modality": modality,
        "quantity": 1,
        "receipt_signed": True,
    }
    if not chance.happens(0.006):
        values["fund"] = chance.pick(ASSISTANCE_FUNDS)
    if most:
        values["amount"] = chance.whole(least // 10, most // 10) * 10 * _CENTS
        values["currency"] = "MAD"
    _event(chance, "direct_assistance", case, member, day=day, values=values)


def add_reintegration(
    chance: Chance,
    case: Case,
    member: Member,
    started: date,
    *,
    country: str,
    fund: str,
    after: str,
    to_morocco: bool = False,
    until: date,
) -> str:
    """A reintegration after the return ``after``; gives the kind of its project."""
    kind, dimension = chance.pick(CHILD_PROJECTS if member.is_child else PROJECTS)
    followed = "return_to_morocco_id" if to_morocco else "return_from_morocco_id"
    values: Values = {
        followed: after,
        "country": country,
        "dimension": dimension,
        "kind": kind,
        "level": "collective" if kind == "collective_project" else "individual",
        "modality": "in_kind" if chance.happens(0.8) else "mixed",
        "fund": fund,
        "approved_on": started,
        "started_on": started,
        "delivery": tuple(_deliveries(chance, started, dimension, until)),
    }
    completed = started + timedelta(days=chance.whole(120, 400))
    if completed <= until:
        if chance.happens(0.8):
            values["completed_on"] = completed
            values["visit"] = (_visit(chance, completed),)
        elif chance.happens(0.4):
            values["abandoned_on"] = completed
    _event(chance, "reintegration", case, member, day=started, values=values)
    return kind


def _deliveries(chance: Chance, started: date, dimension: str, until: date) -> list[Values]:
    lines: list[Values] = []
    for turn in range(chance.whole(0, 2)):
        day = started + timedelta(days=chance.whole(0, 20) + 45 * turn)
        if day <= until:
            lines.append(
                {
                    "id": chance.new_id(),
                    "delivered_on": day,
                    "what": _DELIVERED[dimension],
                    "amount": chance.whole(15, 80) * 100 * _CENTS,
                    "currency": "MAD",
                }
            )
    return lines


def _visit(chance: Chance, day: date) -> Values:
    return {
        "id": chance.new_id(),
        "visited_on": day,
        "wave": "six_months",
        "composite_score": chance.whole(35, 92),
    }


def add_cash(
    chance: Chance, case: Case, member: Member, paid: date, *, country: str, after: str
) -> None:
    """Cash paid after the return ``after``."""
    values: Values = {
        "return_from_morocco_id": after,
        "paid_on": paid,
        "country": country,
        "amount": chance.whole(30, 80) * 100 * _CENTS,
        "currency": "MAD",
        "fund": "eu_iom_joint_initiative",
    }
    _event(chance, "cash_on_return", case, member, day=paid, values=values)


def add_arrival(
    chance: Chance, case: Case, member: Member, arrived: date, *, host: str, profile: str
) -> str:
    """A return to Morocco; gives its key."""
    values: Values = {
        "announced_on": arrived - timedelta(days=chance.whole(5, 40)),
        "arrived_on": arrived,
        "host_country": host,
        "region": chance.pick(REGIONS),
        "profile": "unaccompanied_child" if member.is_lone else profile,
    }
    return _event(chance, "return_to_morocco", case, member, day=arrived, values=values)


def add_referral(
    chance: Chance, case: Case, member: Member, day: date, *, partner: str, until: date
) -> None:
    """A referral to a partner."""
    outcome = chance.pick(OUTCOMES)
    known = day + timedelta(days=chance.whole(10, 60))
    is_known = known <= until and outcome != "pending"
    values: Values = {
        "referred_on": day,
        "partner": partner,
        "region": chance.pick(REGIONS),
        "purposes": tuple(sorted({chance.pick(PURPOSES), chance.pick(PURPOSES)})),
        "outcome": outcome if is_known else "pending",
        "outcome_on": known if is_known else None,
    }
    _event(chance, "referral", case, member, day=day, values=values)


def add_resettlement(
    chance: Chance, case: Case, member: Member, *, kind: str, country: str, departed: date
) -> None:
    """A departure to a third country, stages included."""
    values: Values = {
        "kind": kind,
        "country": country,
        "submitted_on": departed - timedelta(days=210),
        "selected_on": departed - timedelta(days=120),
        "exit_permit_on": departed - timedelta(days=20),
        "medical_on": departed - timedelta(days=60),
        "orientation_on": departed - timedelta(days=15),
        "fitness_on": departed - timedelta(days=2),
        "planned_on": departed,
        "departed_on": departed,
        "received_on": departed,
    }
    _event(chance, "resettlement", case, member, day=departed, values=values)


def a_flight(chance: Chance) -> str:
    """A flight's number."""
    return chance.pick(FLIGHTS)
