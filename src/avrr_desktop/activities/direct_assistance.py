"""Direct assistance: what is given to a person, repeated while they wait."""

from datetime import date
from typing import Annotated

from avrr_desktop.activities.event import (
    CURRENCY_LABEL,
    FOLLOW_UP,
    FUND,
    FUND_LABEL,
    NATIONALITY,
    OFFICE,
    Event,
    after_registration,
    counting_indexes,
    same_day_again,
)
from avrr_desktop.core.kinds import Kind
from avrr_desktop.core.labels import Label
from avrr_desktop.core.specs import Activity, Breakdown, CountedSection, FieldSpec, SectionSpec

_KIND = Label("Type d’assistance", "نوع المساعدة", "Kind of assistance")
_MODALITY = Label("Modalité", "طريقة التقديم", "Modality")


class DirectAssistance(Event, table=True):
    """One thing given to one person on one day."""

    __tablename__ = "direct_assistance"
    __table_args__ = counting_indexes("direct_assistance", "given_on")

    given_on: Annotated[
        date,
        FieldSpec(
            label=Label("Remise le", "تاريخ التسليم", "Given on"),
            kind=Kind.DATE,
            section="assistance",
            in_list=True,
            pinned=True,
        ),
    ]
    kind: Annotated[
        str,
        FieldSpec(
            label=_KIND,
            kind=Kind.TERM,
            vocabulary="assistance_kind",
            section="assistance",
            in_list=True,
            pinned=True,
        ),
    ]
    modality: Annotated[
        str | None,
        FieldSpec(
            label=_MODALITY,
            kind=Kind.TERM,
            vocabulary="modality",
            section="assistance",
            pinned=True,
        ),
    ] = None
    quantity: Annotated[
        int | None,
        FieldSpec(
            label=Label("Quantité", "الكمية", "Quantity"),
            kind=Kind.INTEGER,
            section="assistance",
            minimum=1,
            maximum=10_000,
            usual=(1, 50),
            pinned=True,
        ),
    ] = None
    amount: Annotated[
        int | None,
        FieldSpec(
            label=Label("Montant", "المبلغ", "Amount"),
            kind=Kind.AMOUNT,
            section="cost",
            minimum=0,
            maximum=1_000_000,
            usual=(0, 5_000),
            in_list=True,
            pinned=True,
        ),
    ] = None
    currency: Annotated[
        str | None,
        FieldSpec(
            label=CURRENCY_LABEL,
            kind=Kind.TERM,
            vocabulary="currency",
            section="cost",
            pinned=True,
            visible_when=lambda values: values.get("amount") is not None,
            required_when_visible=True,
        ),
    ] = None
    fund: Annotated[
        str | None,
        FieldSpec(
            label=FUND_LABEL,
            kind=Kind.TERM,
            vocabulary="fund",
            section="cost",
            in_list=True,
            pinned=True,
        ),
    ] = None
    provider: Annotated[
        str | None,
        FieldSpec(
            label=Label("Prestataire", "مقدم الخدمة", "Provider"),
            kind=Kind.TEXT,
            section="cost",
            pinned=True,
        ),
    ] = None
    receipt_number: Annotated[
        str | None,
        FieldSpec(
            label=Label("N° de reçu", "رقم الوصل", "Receipt number"),
            kind=Kind.IDENTIFIER,
            section="cost",
            max_length=40,
        ),
    ] = None
    receipt_signed: Annotated[
        bool | None,
        FieldSpec(
            label=Label("Reçu signé", "وصل موقَّع", "Receipt signed"),
            kind=Kind.YES_NO,
            section="cost",
        ),
    ] = None


ACTIVITY = Activity(
    key="direct_assistance",
    label=Label("Assistance directe", "مساعدة مباشرة", "Direct assistance"),
    plural=Label("Assistance directe", "المساعدة المباشرة", "Direct assistance"),
    icon="gift",
    model=DirectAssistance,
    dated_by="given_on",
    sections=(
        SectionSpec("assistance", Label("Assistance", "المساعدة", "Assistance")),
        SectionSpec("cost", Label("Coût et reçu", "التكلفة والوصل", "Cost and receipt")),
        FOLLOW_UP,
    ),
    rules=(
        same_day_again("direct_assistance", "given_on", "kind"),
        after_registration("given_on"),
    ),
    counted=(
        CountedSection(
            key="direct_assistance",
            label=Label("Assistance directe", "المساعدة المباشرة", "Direct assistance"),
            dated_by="given_on",
            breakdowns=(
                Breakdown("kind", "kind", "assistance_kind", _KIND, services=True),
                Breakdown("modality", "modality", "modality", _MODALITY, services=True),
                NATIONALITY,
                FUND,
                OFFICE,
            ),
        ),
    ),
)
