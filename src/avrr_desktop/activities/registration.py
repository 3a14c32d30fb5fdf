"""Registrations: a person contacted the office, then was interviewed and registered."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated

from avrr_desktop.activities.event import (
    FOLLOW_UP,
    NATIONALITY,
    OFFICE,
    Event,
    counting_indexes,
    same_day_again,
)
from avrr_desktop.core.errors import Finding
from avrr_desktop.core.facts import Facts
from avrr_desktop.core.kinds import Kind
from avrr_desktop.core.labels import Label
from avrr_desktop.core.specs import (
    Activity,
    Breakdown,
    CountedSection,
    Empty,
    FieldSpec,
    InOrder,
    SectionSpec,
    Values,
)


class Registration(Event, table=True):
    """A first contact and, once interviewed, the registration."""

    __tablename__ = "registration"
    __table_args__ = counting_indexes("registration", "registered_on")

    contacted_on: Annotated[
        date,
        FieldSpec(
            label=Label("Premier contact le", "تاريخ أول اتصال", "First contact on"),
            kind=Kind.DATE,
            section="contact",
            in_list=True,
        ),
    ]
    registered_on: Annotated[
        date | None,
        FieldSpec(
            label=Label("Enregistré-e le", "تاريخ التسجيل", "Registered on"),
            kind=Kind.DATE,
            section="contact",
            in_list=True,
            pinned=True,
            help=Label(
                "Vide tant que l’entretien n’a pas eu lieu : simple demande.",
                "فارغ ما لم تُجرَ المقابلة: مجرد طلب.",
                "Empty until the interview has taken place: a mere request.",
            ),
        ),
    ] = None
    channel: Annotated[
        str,
        FieldSpec(
            label=Label("Canal de contact", "قناة الاتصال", "Contact channel"),
            kind=Kind.TERM,
            vocabulary="contact_channel",
            section="contact",
            in_list=True,
            pinned=True,
        ),
    ]
    partner: Annotated[
        str | None,
        FieldSpec(
            label=Label("Partenaire référent", "الشريك المُحيل", "Referring partner"),
            kind=Kind.TERM,
            vocabulary="partner",
            section="contact",
            visible_when=lambda values: values.get("channel") == "partner_referral",
        ),
    ] = None
    reason: Annotated[
        str | None,
        FieldSpec(
            label=Label("Motif du retour", "سبب العودة", "Reason for return"),
            kind=Kind.TERM,
            vocabulary="return_reason",
            section="situation",
            in_list=True,
        ),
    ] = None
    situation: Annotated[
        str | None,
        FieldSpec(
            label=Label("Situation au Maroc", "الوضعية بالمغرب", "Situation in Morocco"),
            kind=Kind.TERM,
            vocabulary="situation",
            section="situation",
        ),
    ] = None
    screened_on: Annotated[
        date | None,
        FieldSpec(
            label=Label("Évaluation de vulnérabilité le", "تقييم الهشاشة في", "Screened on"),
            kind=Kind.DATE,
            section="screening",
        ),
    ] = None
    screening_outcome: Annotated[
        str | None,
        FieldSpec(
            label=Label("Issue de l’évaluation", "نتيجة التقييم", "Screening outcome"),
            kind=Kind.TERM,
            vocabulary="screening_outcome",
            section="screening",
        ),
    ] = None
    best_interests_on: Annotated[
        date | None,
        FieldSpec(
            label=Label(
                "Intérêt supérieur de l’enfant établi le",
                "تحديد المصلحة الفضلى للطفل في",
                "Best interests determined on",
            ),
            kind=Kind.DATE,
            section="screening",
            restricted=True,
        ),
    ] = None


def _needs_consent(values: Values, facts: Facts) -> Iterable[Finding]:
    """Principle 1 of data protection: no registration without a consent to the return."""
    day = values.get("registered_on")
    if not isinstance(day, date):
        return
    if not any(c.in_force_on(day) and "return" in c.purposes for c in facts.consents):
        yield Finding("registered_on", "consent_required", values={"day": day})


ACTIVITY = Activity(
    key="registration",
    label=Label("Enregistrement", "تسجيل", "Registration"),
    plural=Label("Enregistrements", "التسجيلات", "Registrations"),
    icon="clipboard-list",
    model=Registration,
    dated_by="registered_on",
    sections=(
        SectionSpec("contact", Label("Contact et entretien", "الاتصال والمقابلة", "Contact")),
        SectionSpec("situation", Label("Situation", "الوضعية", "Situation")),
        SectionSpec("screening", Label("Évaluation", "التقييم", "Screening")),
        FOLLOW_UP,
    ),
    orders=(InOrder("contacted_on", "registered_on"), InOrder("contacted_on", "screened_on")),
    rules=(_needs_consent, same_day_again("registration", "registered_on")),
    counted=(
        CountedSection(
            key="registrations",
            label=Label("Enregistrements", "التسجيلات", "Registrations"),
            dated_by="registered_on",
            breakdowns=(
                Breakdown(
                    "channel",
                    "channel",
                    "contact_channel",
                    Label("Canal de contact", "قناة الاتصال", "Contact channel"),
                ),
                NATIONALITY,
                Breakdown(
                    "reason",
                    "reason",
                    "return_reason",
                    Label("Motif du retour", "سبب العودة", "Reason for return"),
                ),
                Breakdown(
                    "situation",
                    "situation",
                    "situation",
                    Label("Situation au Maroc", "الوضعية بالمغرب", "Situation in Morocco"),
                ),
                Breakdown(
                    "partner",
                    "partner",
                    "partner",
                    Label("Partenaire référent", "الشريك المُحيل", "Referring partner"),
                ),
                OFFICE,
            ),
        ),
        CountedSection(
            key="requests",
            label=Label(
                "Demandes sans enregistrement", "طلبات دون تسجيل", "Requests not registered"
            ),
            dated_by="contacted_on",
            conditions=(Empty("registered_on"),),
            breakdowns=(
                Breakdown(
                    "channel",
                    "channel",
                    "contact_channel",
                    Label("Canal de contact", "قناة الاتصال", "Contact channel"),
                ),
                NATIONALITY,
                OFFICE,
            ),
        ),
    ),
)
