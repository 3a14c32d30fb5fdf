"""Referrals of a person to a partner of reintegration."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, ClassVar

from avrr_desktop.activities.event import (
    FOLLOW_UP,
    FUND,
    FUND_LABEL,
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
    FieldSpec,
    InOrder,
    SectionSpec,
    Values,
)

_PARTNER = Label("Partenaire", "الشريك", "Partner")
_PURPOSES = Label("Besoins", "الاحتياجات", "Purposes")
_OUTCOME = Label("Suite donnée", "النتيجة", "Outcome")
_REGION = Label("Région", "الجهة", "Region")


class Referral(Event, table=True):
    """A person sent to a partner, and what became of it."""

    __tablename__ = "referral"
    __table_args__ = counting_indexes("referral", "referred_on")
    choices: ClassVar[dict[str, FieldSpec]] = {
        "purposes": FieldSpec(
            label=_PURPOSES,
            kind=Kind.TERMS,
            vocabulary="referral_purpose",
            section="referral",
            required_when_visible=True,
            pinned=True,
        ),
    }

    referred_on: Annotated[
        date,
        FieldSpec(
            label=Label("Référé-e le", "تاريخ الإحالة", "Referred on"),
            kind=Kind.DATE,
            section="referral",
            in_list=True,
            pinned=True,
        ),
    ]
    partner: Annotated[
        str,
        FieldSpec(
            label=_PARTNER,
            kind=Kind.TERM,
            vocabulary="partner",
            section="referral",
            in_list=True,
            pinned=True,
        ),
    ]
    region: Annotated[
        str | None,
        FieldSpec(
            label=_REGION,
            kind=Kind.TERM,
            vocabulary="region",
            section="referral",
            in_list=True,
            pinned=True,
        ),
    ] = None
    outcome: Annotated[
        str | None,
        FieldSpec(
            label=_OUTCOME,
            kind=Kind.TERM,
            vocabulary="referral_outcome",
            section="outcome",
            in_list=True,
        ),
    ] = None
    outcome_on: Annotated[
        date | None,
        FieldSpec(
            label=Label("Suite connue le", "تاريخ معرفة النتيجة", "Outcome known on"),
            kind=Kind.DATE,
            section="outcome",
        ),
    ] = None
    fund: Annotated[
        str | None,
        FieldSpec(
            label=FUND_LABEL,
            kind=Kind.TERM,
            vocabulary="fund",
            section="outcome",
            pinned=True,
        ),
    ] = None
    exception_reason: Annotated[
        str | None,
        FieldSpec(
            label=Label(
                "Motif d’exception au consentement",
                "سبب الاستثناء من الموافقة",
                "Reason for an exception to consent",
            ),
            kind=Kind.TEXT,
            section="outcome",
            fills_row=True,
            help=Label(
                "Seulement si le partage avec ce partenaire n’est pas consenti.",
                "فقط إذا لم تُمنح الموافقة على المشاركة مع هذا الشريك.",
                "Only when sharing with this partner is not consented to.",
            ),
        ),
    ] = None


def _needs_consent(values: Values, facts: Facts) -> Iterable[Finding]:
    """Principle 2 of data protection: sharing must cover that partner, or a reason is written."""
    day, partner = values.get("referred_on"), values.get("partner")
    if not isinstance(day, date) or not partner or values.get("exception_reason"):
        return
    for consent in facts.consents:
        covers = not consent.partners or partner in consent.partners
        if consent.in_force_on(day) and "partner_sharing" in consent.purposes and covers:
            return
    yield Finding("partner", "sharing_consent_required", values={"day": day})


ACTIVITY = Activity(
    key="referral",
    label=Label("Référencement", "إحالة", "Referral"),
    plural=Label("Référencements", "الإحالات", "Referrals"),
    icon="share-2",
    model=Referral,
    dated_by="referred_on",
    sections=(
        SectionSpec("referral", Label("Référencement", "الإحالة", "Referral")),
        SectionSpec("outcome", Label("Suite donnée", "النتيجة", "Outcome")),
        FOLLOW_UP,
    ),
    orders=(InOrder("referred_on", "outcome_on"),),
    rules=(_needs_consent, same_day_again("referral", "referred_on", "partner")),
    counted=(
        CountedSection(
            key="referrals",
            label=Label("Référencements", "الإحالات", "Referrals"),
            dated_by="referred_on",
            breakdowns=(
                Breakdown("partner", "partner", "partner", _PARTNER, services=True),
                Breakdown("region", "region", "region", _REGION),
                Breakdown("purpose", "purposes", "referral_purpose", _PURPOSES, several=True),
                Breakdown("outcome", "outcome", "referral_outcome", _OUTCOME),
                NATIONALITY,
                FUND,
                OFFICE,
            ),
        ),
    ),
)
