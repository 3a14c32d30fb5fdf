"""Returns to Morocco: Moroccans coming back, announced by the office of a host country."""

from datetime import date
from typing import Annotated

from avrr_desktop.activities.event import (
    FOLLOW_UP,
    OFFICE,
    Event,
    counting_indexes,
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
    SectionSpec,
)

_HOST = Label("Pays d’accueil", "بلد الاستقبال", "Host country")
_REGION = Label("Région de retour", "جهة العودة", "Region of return")
_PROFILE = Label("Profil", "الملامح", "Profile")


class ReturnToMorocco(Event, table=True):
    """The arrival of a Moroccan returnee."""

    __tablename__ = "return_to_morocco"
    __table_args__ = counting_indexes("return_to_morocco", "arrived_on")

    announced_on: Annotated[
        date | None,
        FieldSpec(
            label=Label("Annoncé le", "تاريخ الإعلان", "Announced on"),
            kind=Kind.DATE,
            section="arrival",
        ),
    ] = None
    planned_on: Annotated[
        date | None,
        FieldSpec(
            label=Label("Arrivée prévue le", "تاريخ الوصول المقرر", "Arrival planned on"),
            kind=Kind.DATE,
            section="arrival",
            may_lie_ahead=True,
        ),
    ] = None
    arrived_on: Annotated[
        date | None,
        FieldSpec(
            label=Label("Arrivé-e le", "تاريخ الوصول", "Arrived on"),
            kind=Kind.DATE,
            section="arrival",
            in_list=True,
            pinned=True,
        ),
    ] = None
    host_country: Annotated[
        str,
        FieldSpec(
            label=_HOST,
            kind=Kind.TERM,
            vocabulary="country",
            section="arrival",
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
            section="arrival",
            in_list=True,
        ),
    ] = None
    city: Annotated[
        str | None,
        FieldSpec(
            label=Label("Ville de retour", "مدينة العودة", "City of return"),
            kind=Kind.TERM,
            vocabulary="city",
            section="arrival",
        ),
    ] = None
    profile: Annotated[
        str | None,
        FieldSpec(
            label=_PROFILE,
            kind=Kind.TERM,
            vocabulary="morocco_return_profile",
            section="profile",
            in_list=True,
        ),
    ] = None
    interviewed_on: Annotated[
        date | None,
        FieldSpec(
            label=Label("Entretien le", "تاريخ المقابلة", "Interviewed on"),
            kind=Kind.DATE,
            section="profile",
        ),
    ] = None


ACTIVITY = Activity(
    key="return_to_morocco",
    label=Label("Retour vers le Maroc", "عودة إلى المغرب", "Return to Morocco"),
    plural=Label("Retours vers le Maroc", "العودة إلى المغرب", "Returns to Morocco"),
    icon="house",
    model=ReturnToMorocco,
    dated_by="arrived_on",
    sections=(
        SectionSpec("arrival", Label("Arrivée", "الوصول", "Arrival")),
        SectionSpec("profile", Label("Profil", "الملامح", "Profile")),
        FOLLOW_UP,
    ),
    orders=(InOrder("announced_on", "arrived_on"), InOrder("arrived_on", "interviewed_on")),
    rules=(same_day_again("return_to_morocco", "arrived_on"),),
    counted=(
        CountedSection(
            key="returns_to_morocco",
            label=Label("Retours vers le Maroc", "العودة إلى المغرب", "Returns to Morocco"),
            dated_by="arrived_on",
            breakdowns=(
                Breakdown("host_country", "host_country", "country", _HOST),
                Breakdown("profile", "profile", "morocco_return_profile", _PROFILE),
                Breakdown("region", "region", "region", _REGION),
                OFFICE,
            ),
        ),
    ),
)
