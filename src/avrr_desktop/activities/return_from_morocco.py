"""Returns from Morocco: from the plan to the departure, or an exit before it."""

from datetime import date
from typing import Annotated

from avrr_desktop.activities.event import (
    COUNTRY_OF_RETURN,
    FOLLOW_UP,
    FUND,
    FUND_LABEL,
    MAD,
    NATIONALITY,
    OFFICE,
    Event,
    after_registration,
    counting_indexes,
    exit_is_whole,
    has_exit,
    same_day_again,
)
from avrr_desktop.core.kinds import Kind
from avrr_desktop.core.labels import Label
from avrr_desktop.core.specs import (
    Activity,
    Breakdown,
    CountedSection,
    Exit,
    FieldSpec,
    InOrder,
    NotExited,
    SectionSpec,
    States,
    Values,
)


def _has_departed(values: Values) -> bool:
    return values.get("departed_on") is not None


class ReturnFromMorocco(Event, table=True):
    """One return; its state is derived from its dates and one typed exit, never stored."""

    __tablename__ = "return_from_morocco"
    __table_args__ = counting_indexes("return_from_morocco", "departed_on")

    planned_on: Annotated[
        date | None,
        FieldSpec(
            label=Label("Date prévue", "التاريخ المقرر", "Planned on"),
            kind=Kind.DATE,
            section="departure",
            may_lie_ahead=True,
            in_list=True,
            pinned=True,
        ),
    ] = None
    departed_on: Annotated[
        date | None,
        FieldSpec(
            label=Label("Date de départ", "تاريخ المغادرة", "Departed on"),
            kind=Kind.DATE,
            section="departure",
            in_list=True,
            pinned=True,
        ),
    ] = None
    departure_place: Annotated[
        str | None,
        FieldSpec(
            label=Label("Lieu de départ", "مكان المغادرة", "Place of departure"),
            kind=Kind.TERM,
            vocabulary="departure_place",
            section="departure",
            pinned=True,
        ),
    ] = None
    flight: Annotated[
        str | None,
        FieldSpec(
            label=Label("Vol", "الرحلة", "Flight"),
            kind=Kind.IDENTIFIER,
            section="departure",
            max_length=20,
            pinned=True,
        ),
    ] = None
    country: Annotated[
        str,
        FieldSpec(
            label=COUNTRY_OF_RETURN,
            kind=Kind.TERM,
            vocabulary="country",
            section="departure",
            in_list=True,
            pinned=True,
        ),
    ]
    city: Annotated[
        str | None,
        FieldSpec(
            label=Label("Ville de retour", "مدينة العودة", "City of return"),
            kind=Kind.TEXT,
            section="departure",
            in_list=True,
        ),
    ] = None
    arrived_on: Annotated[
        date | None,
        FieldSpec(
            label=Label("Arrivé-e le", "تاريخ الوصول", "Arrived on"),
            kind=Kind.DATE,
            section="departure",
            visible_when=_has_departed,
        ),
    ] = None
    document: Annotated[
        str | None,
        FieldSpec(
            label=Label("Document de voyage", "وثيقة السفر", "Travel document"),
            kind=Kind.TERM,
            vocabulary="document_kind",
            section="papers",
        ),
    ] = None
    document_number: Annotated[
        str | None,
        FieldSpec(label=Label("Numéro", "الرقم", "Number"), kind=Kind.IDENTIFIER, section="papers"),
    ] = None
    document_requested_on: Annotated[
        date | None,
        FieldSpec(
            label=Label("Document demandé le", "تاريخ طلب الوثيقة", "Document requested on"),
            kind=Kind.DATE,
            section="papers",
        ),
    ] = None
    document_obtained_on: Annotated[
        date | None,
        FieldSpec(
            label=Label("Document obtenu le", "تاريخ الحصول على الوثيقة", "Document obtained on"),
            kind=Kind.DATE,
            section="papers",
        ),
    ] = None
    authorisation_requested_on: Annotated[
        date | None,
        FieldSpec(
            label=Label(
                "Autorisation demandée le", "تاريخ طلب الترخيص", "Exit permit requested on"
            ),
            kind=Kind.DATE,
            section="papers",
        ),
    ] = None
    authorisation_obtained_on: Annotated[
        date | None,
        FieldSpec(
            label=Label(
                "Autorisation obtenue le", "تاريخ الحصول على الترخيص", "Exit permit obtained on"
            ),
            kind=Kind.DATE,
            section="papers",
        ),
    ] = None
    counselled_on: Annotated[
        date | None,
        FieldSpec(
            label=Label("Conseil avant départ le", "المشورة قبل المغادرة في", "Counselled on"),
            kind=Kind.DATE,
            section="counselling",
        ),
    ] = None
    fitness: Annotated[
        str | None,
        FieldSpec(
            label=Label("Aptitude au voyage", "القدرة على السفر", "Fitness to travel"),
            kind=Kind.TERM,
            vocabulary="fitness",
            section="counselling",
        ),
    ] = None
    fitness_on: Annotated[
        date | None,
        FieldSpec(
            label=Label("Aptitude constatée le", "تاريخ معاينة القدرة", "Fitness assessed on"),
            kind=Kind.DATE,
            section="counselling",
        ),
    ] = None
    escort: Annotated[
        bool | None,
        FieldSpec(
            label=Label("Escorte", "مرافق", "Escort"), kind=Kind.YES_NO, section="counselling"
        ),
    ] = None
    allowance: Annotated[
        int | None,
        FieldSpec(
            label=Label("Allocation de voyage", "منحة السفر", "Travel allowance"),
            kind=Kind.AMOUNT,
            section="allowance",
            minimum=0,
            maximum=1_000_000,
            usual=(0, 5_000),
            unit=MAD,
            pinned=True,
        ),
    ] = None
    fund: Annotated[
        str | None,
        FieldSpec(
            label=FUND_LABEL,
            kind=Kind.TERM,
            vocabulary="fund",
            section="allowance",
            in_list=True,
            pinned=True,
        ),
    ] = None
    exit_kind: Annotated[
        str | None,
        FieldSpec(
            label=Label("Sortie du programme", "الخروج من البرنامج", "Exit"),
            kind=Kind.TERM,
            vocabulary="return_exit",
            section="exit",
        ),
    ] = None
    exit_on: Annotated[
        date | None,
        FieldSpec(
            label=Label("Sortie le", "تاريخ الخروج", "Exit on"),
            kind=Kind.DATE,
            section="exit",
            visible_when=has_exit,
            required_when_visible=True,
        ),
    ] = None
    exit_reason: Annotated[
        str | None,
        FieldSpec(
            label=Label("Motif de la sortie", "سبب الخروج", "Reason of the exit"),
            kind=Kind.TEXT,
            section="exit",
            fills_row=True,
            visible_when=has_exit,
        ),
    ] = None


_STATES = States(
    vocabulary="return_state",
    steps=(
        ("departed_on", "departed"),
        ("planned_on", "planned"),
        ("authorisation_obtained_on", "authorised"),
        ("document_requested_on", "in_progress"),
        ("document_obtained_on", "in_progress"),
        ("authorisation_requested_on", "in_progress"),
    ),
    first="registered",
    exit=Exit("exit_on", "exit_kind", usual_kind="withdrawn", unless_before="departed_on"),
)


ACTIVITY = Activity(
    key="return_from_morocco",
    label=Label("Retour depuis le Maroc", "عودة من المغرب", "Return from Morocco"),
    plural=Label("Retours depuis le Maroc", "العودة من المغرب", "Returns from Morocco"),
    icon="plane-takeoff",
    model=ReturnFromMorocco,
    dated_by="departed_on",
    sections=(
        SectionSpec("departure", Label("Départ", "المغادرة", "Departure")),
        SectionSpec(
            "papers",
            Label("Document et autorisation", "الوثيقة والترخيص", "Document and exit permit"),
        ),
        SectionSpec(
            "counselling", Label("Conseil et aptitude", "المشورة والقدرة على السفر", "Counselling")
        ),
        SectionSpec("allowance", Label("Allocation de voyage", "منحة السفر", "Travel allowance")),
        SectionSpec("exit", Label("Sortie du programme", "الخروج من البرنامج", "Exit")),
        FOLLOW_UP,
    ),
    orders=(
        InOrder("document_requested_on", "document_obtained_on"),
        InOrder("authorisation_requested_on", "authorisation_obtained_on"),
        InOrder("departed_on", "arrived_on"),
        InOrder("counselled_on", "departed_on"),
        InOrder("authorisation_obtained_on", "departed_on"),
        InOrder("document_obtained_on", "departed_on"),
    ),
    rules=(
        exit_is_whole,
        after_registration("departed_on"),
        same_day_again("return_from_morocco", "departed_on"),
    ),
    states=_STATES,
    counted=(
        CountedSection(
            key="returns_from_morocco",
            label=Label("Retours depuis le Maroc", "العودة من المغرب", "Returns from Morocco"),
            dated_by="departed_on",
            conditions=(NotExited("exit_on"),),
            breakdowns=(
                Breakdown("country", "country", "country", COUNTRY_OF_RETURN),
                NATIONALITY,
                FUND,
                OFFICE,
            ),
            days_since_registration=True,
            running_total=True,
        ),
    ),
)
