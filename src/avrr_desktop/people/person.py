"""A person: the unit that is counted."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, ClassVar

from sqlalchemy import Index
from sqlmodel import Field as SqlField

from avrr_desktop.core.ages import ages_between
from avrr_desktop.core.births import Precision
from avrr_desktop.core.errors import Finding, Severity
from avrr_desktop.core.facts import Facts
from avrr_desktop.core.kinds import Kind
from avrr_desktop.core.labels import Label
from avrr_desktop.core.specs import FieldSpec, Record, SectionSpec, Values
from avrr_desktop.people.base import RecordBase
from avrr_desktop.people.papers import PAPERS

_VERY_OLD = 95


class Person(RecordBase, table=True):
    """Somebody the office has met."""

    __tablename__ = "person"
    __table_args__ = (
        Index("ix_person_names", "family_name", "given_name"),
        Index("ix_person_changed_seq", "changed_seq"),
        Index("ix_person_merged_into", "merged_into_id"),
        Index("ix_person_nationality", "nationality"),
    )
    choices: ClassVar[dict[str, FieldSpec]] = {
        "languages": FieldSpec(
            label=Label("Langues parlées", "اللغات المتحدث بها", "Languages spoken"),
            kind=Kind.TERMS,
            vocabulary="language",
            section="situation",
        ),
    }

    number: Annotated[
        str,
        FieldSpec(
            label=Label("N° de personne", "رقم الشخص", "Person number"),
            kind=Kind.IDENTIFIER,
            section="identity",
            assigned=True,
            in_list=True,
        ),
    ] = SqlField(default="", unique=True)
    family_name: Annotated[
        str,
        FieldSpec(
            label=Label("Nom de famille", "الاسم العائلي", "Family name"),
            kind=Kind.LATIN,
            section="identity",
            in_list=True,
        ),
    ]
    given_name: Annotated[
        str | None,
        FieldSpec(
            label=Label("Prénom", "الاسم الشخصي", "Given name"),
            kind=Kind.LATIN,
            section="identity",
            in_list=True,
        ),
    ] = None
    family_name_ar: Annotated[
        str | None,
        FieldSpec(
            label=Label("Nom en arabe", "الاسم العائلي بالعربية", "Family name in Arabic"),
            kind=Kind.ARABIC,
            section="identity",
        ),
    ] = None
    given_name_ar: Annotated[
        str | None,
        FieldSpec(
            label=Label("Prénom en arabe", "الاسم الشخصي بالعربية", "Given name in Arabic"),
            kind=Kind.ARABIC,
            section="identity",
        ),
    ] = None
    other_names: Annotated[
        str | None,
        FieldSpec(
            label=Label("Autres noms connus", "أسماء أخرى معروفة", "Other known names"),
            kind=Kind.LATIN,
            section="identity",
        ),
    ] = None
    sex: Annotated[
        str | None,
        FieldSpec(
            label=Label("Sexe", "الجنس", "Sex"),
            kind=Kind.TERM,
            vocabulary="sex",
            section="identity",
            in_list=True,
            help=Label(
                "Laissez vide si le sexe n’est pas connu.",
                "اتركه فارغا إذا كان الجنس غير معروف.",
                "Leave empty when the sex is not known.",
            ),
        ),
    ] = None
    birth_typed: Annotated[
        str | None,
        FieldSpec(
            label=Label("Date de naissance", "تاريخ الازدياد", "Birth date"),
            kind=Kind.BIRTH,
            section="identity",
            in_list=True,
            help=Label(
                "12/03/1994, 03/1994, 1994, ou ~16 pour un âge estimé ce jour.",
                "12/03/1994 أو 03/1994 أو 1994 أو ~16 لسن مقدرة اليوم.",
                "12/03/1994, 03/1994, 1994, or ~16 for an age estimated today.",
            ),
        ),
    ] = None
    birth_precision: str = Precision.UNKNOWN.value
    birth_first: date | None = None
    birth_last: date | None = None
    birth_source: Annotated[
        str | None,
        FieldSpec(
            label=Label("Source de la date", "مصدر التاريخ", "Source of the date"),
            kind=Kind.TERM,
            vocabulary="birth_source",
            section="identity",
        ),
    ] = None
    nationality: Annotated[
        str,
        FieldSpec(
            label=Label("Nationalité", "الجنسية", "Nationality"),
            kind=Kind.TERM,
            vocabulary="country",
            section="identity",
            in_list=True,
            pinned=True,
        ),
    ]
    city: Annotated[
        str | None,
        FieldSpec(
            label=Label("Ville de résidence", "مدينة الإقامة", "City of residence"),
            kind=Kind.TERM,
            vocabulary="city",
            section="situation",
            pinned=True,
        ),
    ] = None
    marital_status: Annotated[
        str | None,
        FieldSpec(
            label=Label("Situation familiale", "الحالة العائلية", "Marital status"),
            kind=Kind.TERM,
            vocabulary="marital_status",
            section="situation",
        ),
    ] = None
    education: Annotated[
        str | None,
        FieldSpec(
            label=Label("Niveau d’instruction", "المستوى الدراسي", "Education"),
            kind=Kind.TERM,
            vocabulary="education",
            section="situation",
        ),
    ] = None
    occupation: Annotated[
        str | None,
        FieldSpec(
            label=Label("Profession", "المهنة", "Occupation"),
            kind=Kind.TEXT,
            section="situation",
        ),
    ] = None
    arrived_in_morocco_on: Annotated[
        date | None,
        FieldSpec(
            label=Label("Arrivée au Maroc", "الوصول إلى المغرب", "Arrival in Morocco"),
            kind=Kind.DATE,
            section="situation",
        ),
    ] = None
    route: Annotated[
        str | None,
        FieldSpec(
            label=Label("Itinéraire", "المسار", "Route"), kind=Kind.TEXT, section="situation"
        ),
    ] = None
    protection_notes: Annotated[
        str | None,
        FieldSpec(
            label=Label("Notes de protection", "ملاحظات الحماية", "Protection notes"),
            kind=Kind.LONG_TEXT,
            section="protection",
            restricted=True,
        ),
    ] = None
    medical_notes: Annotated[
        str | None,
        FieldSpec(
            label=Label("Notes médicales", "ملاحظات طبية", "Medical notes"),
            kind=Kind.LONG_TEXT,
            section="protection",
            restricted=True,
        ),
    ] = None
    merged_into_id: str | None = SqlField(default=None, foreign_key="person.id")
    anonymised_on: date | None = None


def _check_birth(values: Values, facts: Facts) -> Iterable[Finding]:
    birth = facts.person.birth if facts.person else None
    if birth is None or birth.first is None or birth.last is None:
        return
    if birth.precision is Precision.EXACT and (birth.first.month, birth.first.day) in _ROUND_DAYS:
        yield Finding("birth_typed", "round_birth_date", Severity.CONFIRM)
    lowest, _ = ages_between(birth.first, birth.last, facts.today)
    if lowest > _VERY_OLD:
        yield Finding("birth_typed", "very_old", Severity.CONFIRM, {"age": lowest})


_ROUND_DAYS = frozenset({(1, 1), (12, 31)})


PERSON = Record(
    key="person",
    label=Label("Personne", "شخص", "Person"),
    plural=Label("Personnes", "الأشخاص", "Persons"),
    model=Person,
    sections=(
        SectionSpec("identity", Label("Identité", "الهوية", "Identity")),
        SectionSpec("situation", Label("Situation", "الوضعية", "Situation")),
        SectionSpec("protection", Label("Protection", "الحماية", "Protection")),
    ),
    children=PAPERS,
    rules=(_check_birth,),
)
