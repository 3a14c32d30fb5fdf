"""Cash on return: for returnees whose reintegration cannot be granted where they return."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated

from sqlmodel import Field as SqlField

from avrr_desktop.activities.event import (
    COUNTRY_OF_RETURN,
    CURRENCY_LABEL,
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
    SectionSpec,
    Values,
)


class CashOnReturn(Event, table=True):
    """An amount paid to a returnee."""

    __tablename__ = "cash_on_return"
    __table_args__ = counting_indexes("cash_on_return", "paid_on")

    return_from_morocco_id: Annotated[
        str,
        FieldSpec(
            label=Label("Retour concerné", "العودة المعنية", "Return concerned"),
            kind=Kind.REFERENCE,
            refers_to="return_from_morocco",
            section="payment",
        ),
    ] = SqlField(foreign_key="return_from_morocco.id", index=True)
    paid_on: Annotated[
        date,
        FieldSpec(
            label=Label("Versé le", "تاريخ الدفع", "Paid on"),
            kind=Kind.DATE,
            section="payment",
            in_list=True,
            pinned=True,
        ),
    ]
    country: Annotated[
        str,
        FieldSpec(
            label=COUNTRY_OF_RETURN,
            kind=Kind.TERM,
            vocabulary="country",
            section="payment",
            in_list=True,
            pinned=True,
        ),
    ]
    amount: Annotated[
        int,
        FieldSpec(
            label=Label("Montant", "المبلغ", "Amount"),
            kind=Kind.AMOUNT,
            section="payment",
            minimum=1,
            maximum=1_000_000,
            usual=(1, 20_000),
            in_list=True,
            pinned=True,
        ),
    ]
    currency: Annotated[
        str,
        FieldSpec(
            label=CURRENCY_LABEL,
            kind=Kind.TERM,
            vocabulary="currency",
            section="payment",
            pinned=True,
        ),
    ]
    fund: Annotated[
        str | None,
        FieldSpec(
            label=FUND_LABEL,
            kind=Kind.TERM,
            vocabulary="fund",
            section="payment",
            in_list=True,
            pinned=True,
        ),
    ] = None


def _paid_after_departure(values: Values, facts: Facts) -> Iterable[Finding]:
    paid = values.get("paid_on")
    for event in facts.events:
        if event.id != values.get("return_from_morocco_id") or not isinstance(paid, date):
            continue
        day = event.values.get("departed_on")
        if isinstance(day, date) and paid < day:
            yield Finding("paid_on", "before_return", values={"day": day})


ACTIVITY = Activity(
    key="cash_on_return",
    label=Label("Argent au retour", "نقد عند العودة", "Cash on return"),
    plural=Label("Argent au retour", "النقد عند العودة", "Cash on return"),
    icon="banknote",
    model=CashOnReturn,
    dated_by="paid_on",
    sections=(
        SectionSpec("payment", Label("Versement", "الدفع", "Payment")),
        FOLLOW_UP,
    ),
    rules=(_paid_after_departure, same_day_again("cash_on_return", "paid_on")),
    counted=(
        CountedSection(
            key="cash_on_return",
            label=Label("Argent au retour", "النقد عند العودة", "Cash on return"),
            dated_by="paid_on",
            breakdowns=(
                Breakdown("country", "country", "country", COUNTRY_OF_RETURN),
                NATIONALITY,
                FUND,
                OFFICE,
            ),
        ),
    ),
)
