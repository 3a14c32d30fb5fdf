"""Resettlement to a third country, with its stages; and other admissions, counted apart."""

from datetime import date
from typing import Annotated

from avrr_desktop.activities.event import (
    FOLLOW_UP,
    FUND,
    FUND_LABEL,
    NATIONALITY,
    OFFICE,
    Event,
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
    FieldSpec,
    InOrder,
    NotExited,
    SectionSpec,
    Tagged,
)

_COUNTRY = Label("Pays de réinstallation", "بلد إعادة التوطين", "Country of resettlement")
_KIND = Label("Voie d’admission", "مسار القبول", "Pathway")


class Resettlement(Event, table=True):
    """One admission to a third country."""

    __tablename__ = "resettlement"
    __table_args__ = counting_indexes("resettlement", "departed_on")

    kind: Annotated[
        str,
        FieldSpec(
            label=_KIND,
            kind=Kind.TERM,
            vocabulary="resettlement_kind",
            section="admission",
            in_list=True,
            pinned=True,
        ),
    ]
    country: Annotated[
        str,
        FieldSpec(
            label=_COUNTRY,
            kind=Kind.TERM,
            vocabulary="country",
            section="admission",
            in_list=True,
            pinned=True,
        ),
    ]
    submitted_on: Annotated[
        date | None,
        FieldSpec(
            label=Label("Soumis-e le", "تاريخ التقديم", "Submitted on"),
            kind=Kind.DATE,
            section="admission",
        ),
    ] = None
    selected_on: Annotated[
        date | None,
        FieldSpec(
            label=Label("Sélectionné-e le", "تاريخ الاختيار", "Selected on"),
            kind=Kind.DATE,
            section="admission",
        ),
    ] = None
    exit_permit_on: Annotated[
        date | None,
        FieldSpec(
            label=Label("Autorisation de sortie le", "تاريخ ترخيص الخروج", "Exit permit on"),
            kind=Kind.DATE,
            section="stages",
        ),
    ] = None
    medical_on: Annotated[
        date | None,
        FieldSpec(
            label=Label("Examen médical le", "تاريخ الفحص الطبي", "Medical examination on"),
            kind=Kind.DATE,
            section="stages",
        ),
    ] = None
    orientation_on: Annotated[
        date | None,
        FieldSpec(
            label=Label("Orientation culturelle le", "تاريخ التوجيه الثقافي", "Orientation on"),
            kind=Kind.DATE,
            section="stages",
        ),
    ] = None
    fitness_on: Annotated[
        date | None,
        FieldSpec(
            label=Label("Aptitude au voyage le", "تاريخ معاينة القدرة", "Fit to travel on"),
            kind=Kind.DATE,
            section="stages",
        ),
    ] = None
    planned_on: Annotated[
        date | None,
        FieldSpec(
            label=Label("Départ prévu le", "تاريخ المغادرة المقرر", "Departure planned on"),
            kind=Kind.DATE,
            section="departure",
            may_lie_ahead=True,
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
    received_on: Annotated[
        date | None,
        FieldSpec(
            label=Label("Accueilli-e le", "تاريخ الاستقبال", "Received on"),
            kind=Kind.DATE,
            section="departure",
        ),
    ] = None
    fund: Annotated[
        str | None,
        FieldSpec(
            label=FUND_LABEL,
            kind=Kind.TERM,
            vocabulary="fund",
            section="departure",
            pinned=True,
        ),
    ] = None
    exit_kind: Annotated[
        str | None,
        FieldSpec(
            label=Label("Sortie du programme", "الخروج من البرنامج", "Exit"),
            kind=Kind.TERM,
            vocabulary="resettlement_exit",
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


_BREAKDOWNS = (
    Breakdown("country", "country", "country", _COUNTRY),
    Breakdown("kind", "kind", "resettlement_kind", _KIND),
    NATIONALITY,
    FUND,
    OFFICE,
)

ACTIVITY = Activity(
    key="resettlement",
    label=Label("Réinstallation", "إعادة توطين", "Resettlement"),
    plural=Label("Réinstallation", "إعادة التوطين", "Resettlement"),
    icon="globe",
    model=Resettlement,
    dated_by="departed_on",
    sections=(
        SectionSpec("admission", Label("Admission", "القبول", "Admission")),
        SectionSpec("stages", Label("Étapes", "المراحل", "Stages")),
        SectionSpec("departure", Label("Départ", "المغادرة", "Departure")),
        SectionSpec("exit", Label("Sortie du programme", "الخروج من البرنامج", "Exit")),
        FOLLOW_UP,
    ),
    orders=(
        InOrder("submitted_on", "selected_on"),
        InOrder("medical_on", "departed_on"),
        InOrder("fitness_on", "departed_on"),
        InOrder("exit_permit_on", "departed_on"),
        InOrder("departed_on", "received_on"),
    ),
    rules=(exit_is_whole, same_day_again("resettlement", "departed_on")),
    counted=(
        CountedSection(
            key="resettlement",
            label=Label("Réinstallation", "إعادة التوطين", "Resettlement"),
            dated_by="departed_on",
            conditions=(
                NotExited("exit_on"),
                Tagged("kind", "resettlement_kind", "resettlement"),
            ),
            breakdowns=_BREAKDOWNS,
            running_total=True,
            running_by="country",
        ),
        CountedSection(
            key="other_admissions",
            label=Label("Autres admissions", "أشكال قبول أخرى", "Other admissions"),
            dated_by="departed_on",
            conditions=(
                NotExited("exit_on"),
                Tagged("kind", "resettlement_kind", "resettlement", negated=True),
            ),
            breakdowns=_BREAKDOWNS,
        ),
    ),
)
