"""What follows a reintegration: its deliveries and its visits."""

from datetime import date
from typing import Annotated

from sqlmodel import Field as SqlField

from avrr_desktop.activities.event import CURRENCY_LABEL
from avrr_desktop.core.kinds import Kind
from avrr_desktop.core.labels import Label
from avrr_desktop.core.specs import FieldSpec, Record, SectionSpec
from avrr_desktop.people.base import RecordBase


class Delivery(RecordBase, table=True):
    """An instalment of a reintegration; it never counts again."""

    __tablename__ = "delivery"

    reintegration_id: str = SqlField(foreign_key="reintegration.id", index=True)
    delivered_on: Annotated[
        date,
        FieldSpec(label=Label("Remise le", "تاريخ التسليم", "Delivered on"), kind=Kind.DATE),
    ]
    what: Annotated[
        str,
        FieldSpec(label=Label("Objet", "الموضوع", "What"), kind=Kind.TEXT, fills_row=True),
    ]
    amount: Annotated[
        int | None,
        FieldSpec(
            label=Label("Montant", "المبلغ", "Amount"),
            kind=Kind.AMOUNT,
            minimum=0,
            maximum=10_000_000,
        ),
    ] = None
    currency: Annotated[
        str | None,
        FieldSpec(
            label=CURRENCY_LABEL,
            kind=Kind.TERM,
            vocabulary="currency",
            visible_when=lambda values: values.get("amount") is not None,
            required_when_visible=True,
        ),
    ] = None


class Visit(RecordBase, table=True):
    """A follow-up visit or survey; its four scores are kept as given."""

    __tablename__ = "visit"

    reintegration_id: str = SqlField(foreign_key="reintegration.id", index=True)
    visited_on: Annotated[
        date,
        FieldSpec(
            label=Label("Visite le", "تاريخ الزيارة", "Visited on"),
            kind=Kind.DATE,
            may_lie_ahead=True,
        ),
    ]
    wave: Annotated[
        str | None,
        FieldSpec(label=Label("Vague", "الموجة", "Wave"), kind=Kind.TERM, vocabulary="visit_wave"),
    ] = None
    economic_score: Annotated[
        int | None,
        FieldSpec(
            label=Label("Score économique", "المؤشر الاقتصادي", "Economic score"),
            kind=Kind.AMOUNT,
            minimum=0,
            maximum=100,
        ),
    ] = None
    social_score: Annotated[
        int | None,
        FieldSpec(
            label=Label("Score social", "المؤشر الاجتماعي", "Social score"),
            kind=Kind.AMOUNT,
            minimum=0,
            maximum=100,
        ),
    ] = None
    psychosocial_score: Annotated[
        int | None,
        FieldSpec(
            label=Label("Score psychosocial", "المؤشر النفسي الاجتماعي", "Psychosocial score"),
            kind=Kind.AMOUNT,
            minimum=0,
            maximum=100,
        ),
    ] = None
    composite_score: Annotated[
        int | None,
        FieldSpec(
            label=Label("Score composite", "المؤشر المركب", "Composite score"),
            kind=Kind.AMOUNT,
            minimum=0,
            maximum=100,
        ),
    ] = None
    closes: Annotated[
        bool | None,
        FieldSpec(
            label=Label("Clôt le suivi", "إنهاء المتابعة", "Closes the follow-up"),
            kind=Kind.YES_NO,
        ),
    ] = None


_MAIN = SectionSpec("main", Label("Détails", "التفاصيل", "Details"))

FOLLOW_UPS = (
    Record(
        key="delivery",
        label=Label("Remise", "تسليم", "Delivery"),
        plural=Label("Remises", "التسليمات", "Deliveries"),
        model=Delivery,
        sections=(_MAIN,),
        owner="reintegration_id",
    ),
    Record(
        key="visit",
        label=Label("Visite de suivi", "زيارة متابعة", "Follow-up visit"),
        plural=Label("Visites de suivi", "زيارات المتابعة", "Follow-up visits"),
        model=Visit,
        sections=(_MAIN,),
        owner="reintegration_id",
    ),
)
