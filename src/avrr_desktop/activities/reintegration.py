"""Reintegration: what helps a returnee start again, with its deliveries and follow-up visits."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated

from sqlalchemy import CheckConstraint
from sqlmodel import Field as SqlField

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
from avrr_desktop.activities.follow_up import FOLLOW_UPS
from avrr_desktop.core.errors import Finding, Severity
from avrr_desktop.core.facts import Facts
from avrr_desktop.core.kinds import Kind
from avrr_desktop.core.labels import Label
from avrr_desktop.core.specs import (
    Activity,
    Breakdown,
    CountedSection,
    FieldSpec,
    Filled,
    InOrder,
    Population,
    SectionSpec,
    States,
    Tagged,
    Values,
)

_COUNTRY = Label("Pays de réintégration", "بلد إعادة الإدماج", "Country of reintegration")
_KIND = Label("Type de projet", "نوع المشروع", "Kind of project")
_DIMENSION = Label("Dimension", "البعد", "Dimension")
_LEVEL = Label("Niveau", "المستوى", "Level")
_MODALITY = Label("Modalité", "طريقة التقديم", "Modality")
_FROM_MOROCCO = Label("Retour depuis le Maroc suivi", "العودة من المغرب المعنية", "Return followed")
_TO_MOROCCO = Label("Retour vers le Maroc suivi", "العودة إلى المغرب المعنية", "Return followed")


class Reintegration(Event, table=True):
    """One kind of help on one fund, after one return."""

    __tablename__ = "reintegration"
    __table_args__ = (
        *counting_indexes("reintegration", "started_on"),
        CheckConstraint(
            "(return_from_morocco_id IS NULL) <> (return_to_morocco_id IS NULL)",
            name="ck_reintegration_one_return",
        ),
    )

    return_from_morocco_id: Annotated[
        str | None,
        FieldSpec(
            label=_FROM_MOROCCO,
            kind=Kind.REFERENCE,
            refers_to="return_from_morocco",
            section="plan",
        ),
    ] = SqlField(default=None, foreign_key="return_from_morocco.id", index=True)
    return_to_morocco_id: Annotated[
        str | None,
        FieldSpec(
            label=_TO_MOROCCO,
            kind=Kind.REFERENCE,
            refers_to="return_to_morocco",
            section="plan",
        ),
    ] = SqlField(default=None, foreign_key="return_to_morocco.id", index=True)
    country: Annotated[
        str,
        FieldSpec(
            label=_COUNTRY, kind=Kind.TERM, vocabulary="country", section="plan", in_list=True
        ),
    ]
    dimension: Annotated[
        str,
        FieldSpec(
            label=_DIMENSION,
            kind=Kind.TERM,
            vocabulary="reintegration_dimension",
            section="plan",
            in_list=True,
            pinned=True,
        ),
    ]
    kind: Annotated[
        str,
        FieldSpec(
            label=_KIND,
            kind=Kind.TERM,
            vocabulary="reintegration_kind",
            section="plan",
            in_list=True,
            pinned=True,
        ),
    ]
    level: Annotated[
        str | None,
        FieldSpec(
            label=_LEVEL,
            kind=Kind.TERM,
            vocabulary="reintegration_level",
            section="plan",
            pinned=True,
        ),
    ] = None
    modality: Annotated[
        str | None,
        FieldSpec(
            label=_MODALITY,
            kind=Kind.TERM,
            vocabulary="reintegration_modality",
            section="plan",
            pinned=True,
        ),
    ] = None
    fund: Annotated[
        str,
        FieldSpec(
            label=FUND_LABEL,
            kind=Kind.TERM,
            vocabulary="fund",
            section="plan",
            in_list=True,
            pinned=True,
        ),
    ]
    project: Annotated[
        str | None,
        FieldSpec(
            label=Label("Projet", "المشروع", "Project"),
            kind=Kind.TEXT,
            section="plan",
            fills_row=True,
        ),
    ] = None
    eligible_on: Annotated[
        date | None,
        FieldSpec(
            label=Label("Éligible le", "تاريخ الأهلية", "Eligible on"),
            kind=Kind.DATE,
            section="stages",
        ),
    ] = None
    approved_on: Annotated[
        date | None,
        FieldSpec(
            label=Label("Plan validé le", "تاريخ المصادقة على الخطة", "Plan approved on"),
            kind=Kind.DATE,
            section="stages",
        ),
    ] = None
    started_on: Annotated[
        date | None,
        FieldSpec(
            label=Label("Démarrée le", "تاريخ البدء", "Started on"),
            kind=Kind.DATE,
            section="stages",
            in_list=True,
        ),
    ] = None
    completed_on: Annotated[
        date | None,
        FieldSpec(
            label=Label("Terminée le", "تاريخ الإنهاء", "Completed on"),
            kind=Kind.DATE,
            section="stages",
        ),
    ] = None
    abandoned_on: Annotated[
        date | None,
        FieldSpec(
            label=Label("Abandonnée le", "تاريخ التخلي", "Abandoned on"),
            kind=Kind.DATE,
            section="stages",
        ),
    ] = None


_STATES = States(
    vocabulary="reintegration_state",
    steps=(
        ("abandoned_on", "abandoned"),
        ("completed_on", "completed"),
        ("started_on", "started"),
        ("approved_on", "approved"),
    ),
    first="eligible",
)


def _follows_one_return(values: Values, facts: Facts) -> Iterable[Finding]:
    """A reintegration names exactly one return (counting rule 2)."""
    named = [n for n in ("return_from_morocco_id", "return_to_morocco_id") if values.get(n)]
    if not named:
        yield Finding("return_from_morocco_id", "return_required")
    elif len(named) > 1:
        yield Finding("return_to_morocco_id", "only_one_return")


def _starts_after_the_return(values: Values, facts: Facts) -> Iterable[Finding]:
    started = values.get("started_on")
    if not isinstance(started, date):
        return
    for event in facts.events:
        if event.id in (values.get("return_from_morocco_id"), values.get("return_to_morocco_id")):
            day = event.values.get("departed_on") or event.values.get("arrived_on")
            if not isinstance(day, date):
                yield Finding("started_on", "return_not_done", Severity.CONFIRM)
            elif started < day:
                yield Finding("started_on", "before_return", values={"day": day})


def _nothing_before_the_start(values: Values, facts: Facts) -> Iterable[Finding]:
    """Nothing may be delivered before the start (counting rule 2)."""
    started = values.get("started_on")
    rows = values.get("delivery")
    for row, delivery in enumerate(rows if isinstance(rows, list | tuple) else ()):
        day = delivery.get("delivered_on")
        if isinstance(day, date) and (not isinstance(started, date) or day < started):
            yield Finding("delivered_on", "before_start", child="delivery", row=row)


def _is_single_dimension(values: Values, facts: Facts) -> Iterable[Finding]:
    if values.get("completed_on") and values.get("abandoned_on"):
        yield Finding("abandoned_on", "completed_and_abandoned")


_BREAKDOWNS = (
    Breakdown("country", "country", "country", _COUNTRY),
    Breakdown("kind", "kind", "reintegration_kind", _KIND, services=True),
    Breakdown("dimension", "dimension", "reintegration_dimension", _DIMENSION),
    Breakdown("level", "level", "reintegration_level", _LEVEL),
    Breakdown("modality", "modality", "reintegration_modality", _MODALITY),
    NATIONALITY,
    OFFICE,
)
_OWN_FUNDS = Tagged("fund", "fund", "own_funds")
_POPULATIONS = (
    Population(
        "",
        Label("Fonds OIM Maroc", "تمويل المنظمة بالمغرب", "IOM Morocco funds"),
        where=_OWN_FUNDS,
        breakdowns=("country", "kind", "dimension", "level", "modality", "nationality", "office"),
    ),
    Population("_all_funds", Label("Tous fonds", "جميع مصادر التمويل", "All funds")),
)

ACTIVITY = Activity(
    key="reintegration",
    label=Label("Réintégration", "إعادة إدماج", "Reintegration"),
    plural=Label("Réintégration", "إعادة الإدماج", "Reintegration"),
    icon="sprout",
    model=Reintegration,
    dated_by="started_on",
    sections=(
        SectionSpec("plan", Label("Plan", "الخطة", "Plan")),
        SectionSpec("stages", Label("Étapes", "المراحل", "Stages")),
        FOLLOW_UP,
    ),
    children=FOLLOW_UPS,
    orders=(
        InOrder("eligible_on", "approved_on"),
        InOrder("approved_on", "started_on"),
        InOrder("started_on", "completed_on"),
        InOrder("started_on", "abandoned_on"),
    ),
    rules=(
        _follows_one_return,
        _starts_after_the_return,
        _nothing_before_the_start,
        _is_single_dimension,
        same_day_again("reintegration", "started_on", "kind", "fund"),
    ),
    states=_STATES,
    counted=(
        CountedSection(
            key="reintegration",
            label=Label("Réintégration", "إعادة الإدماج", "Reintegration"),
            dated_by="started_on",
            conditions=(Filled("return_from_morocco_id"),),
            breakdowns=(*_BREAKDOWNS, FUND),
            populations=_POPULATIONS,
        ),
        CountedSection(
            key="reintegration_in_morocco",
            label=Label(
                "Réintégration au Maroc", "إعادة الإدماج بالمغرب", "Reintegration in Morocco"
            ),
            dated_by="started_on",
            conditions=(Filled("return_to_morocco_id"),),
            breakdowns=(*_BREAKDOWNS, FUND),
            populations=_POPULATIONS,
        ),
    ),
)
