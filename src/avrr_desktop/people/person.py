"""A person: the unit that is counted, with papers, phones, vulnerabilities and consents."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Annotated, ClassVar

from sqlalchemy import Index
from sqlmodel import Field as SqlField

from avrr_desktop.core.ages import ADULT_AGE, ages_between
from avrr_desktop.core.births import Precision
from avrr_desktop.core.errors import Finding, Severity
from avrr_desktop.core.facts import Facts
from avrr_desktop.core.kinds import Kind
from avrr_desktop.core.labels import Label
from avrr_desktop.core.specs import FieldSpec, InOrder, Record, SectionSpec, Values
from avrr_desktop.people.base import RecordBase

_VERY_OLD = 95


class Person(RecordBase, table=True):
    """Somebody the office has met."""

    __tablename__ = "person"
    __table_args__ = (
        Index("ix_person_names", "family_name", "given_name"),
        Index("ix_person_changed_seq", "changed_seq"),
        Index("ix_person_merged_into", "merged_into_id"),
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
            max_length=4000,
        ),
    ] = None
    medical_notes: Annotated[
        str | None,
        FieldSpec(
            label=Label("Notes médicales", "ملاحظات طبية", "Medical notes"),
            kind=Kind.LONG_TEXT,
            section="protection",
            restricted=True,
            max_length=4000,
        ),
    ] = None
    merged_into_id: str | None = SqlField(default=None, foreign_key="person.id")
    anonymised_on: date | None = None


class Document(RecordBase, table=True):
    """An identity or travel document."""

    __tablename__ = "document"
    __table_args__ = (Index("ix_document_number_folded", "number_folded"),)

    person_id: str = SqlField(foreign_key="person.id", index=True)
    kind: Annotated[
        str,
        FieldSpec(
            label=Label("Document", "الوثيقة", "Document"),
            kind=Kind.TERM,
            vocabulary="document_kind",
            in_list=True,
        ),
    ]
    number: Annotated[
        str,
        FieldSpec(label=Label("Numéro", "الرقم", "Number"), kind=Kind.IDENTIFIER, in_list=True),
    ]
    number_folded: str = ""
    country: Annotated[
        str | None,
        FieldSpec(
            label=Label("Délivré par", "بلد الإصدار", "Issued by"),
            kind=Kind.TERM,
            vocabulary="country",
        ),
    ] = None
    expires_on: Annotated[
        date | None,
        FieldSpec(
            label=Label("Expire le", "تاريخ الانتهاء", "Expires on"),
            kind=Kind.DATE,
            may_lie_ahead=True,
        ),
    ] = None


class Phone(RecordBase, table=True):
    """A telephone number at which the person is reached."""

    __tablename__ = "phone"

    person_id: str = SqlField(foreign_key="person.id", index=True)
    number: Annotated[
        str,
        FieldSpec(label=Label("Téléphone", "الهاتف", "Phone"), kind=Kind.IDENTIFIER, max_length=30),
    ]
    belongs_to: Annotated[
        str | None,
        FieldSpec(label=Label("À qui", "صاحبه", "Whose"), kind=Kind.TEXT, max_length=60),
    ] = None


class Vulnerability(RecordBase, table=True):
    """A vulnerability in force between two dates; without a start, from entry."""

    __tablename__ = "vulnerability"

    person_id: str = SqlField(foreign_key="person.id", index=True)
    code: Annotated[
        str,
        FieldSpec(
            label=Label("Vulnérabilité", "الهشاشة", "Vulnerability"),
            kind=Kind.TERM,
            vocabulary="vulnerability",
        ),
    ]
    from_on: Annotated[
        date | None,
        FieldSpec(label=Label("Depuis le", "منذ", "Since"), kind=Kind.DATE),
    ] = None
    to_on: Annotated[
        date | None,
        FieldSpec(label=Label("Jusqu’au", "إلى غاية", "Until"), kind=Kind.DATE, may_lie_ahead=True),
    ] = None
    entered_on: date | None = None


class Consent(RecordBase, table=True):
    """What the person agreed to, when and in what form."""

    __tablename__ = "consent"
    choices: ClassVar[dict[str, FieldSpec]] = {
        "purposes": FieldSpec(
            label=Label("Finalités", "الأغراض", "Purposes"),
            kind=Kind.TERMS,
            vocabulary="consent_purpose",
            required_when_visible=True,
        ),
        "partners": FieldSpec(
            label=Label("Partenaires couverts", "الشركاء المشمولون", "Partners covered"),
            kind=Kind.TERMS,
            vocabulary="partner",
            help=Label(
                "Aucun coché : tous les partenaires.",
                "دون اختيار: جميع الشركاء.",
                "None ticked: every partner.",
            ),
        ),
    }

    person_id: str = SqlField(foreign_key="person.id", index=True)
    given_on: Annotated[
        date,
        FieldSpec(label=Label("Donné le", "تاريخ الموافقة", "Given on"), kind=Kind.DATE),
    ]
    form: Annotated[
        str,
        FieldSpec(label=Label("Forme", "الشكل", "Form"), kind=Kind.TERM, vocabulary="consent_form"),
    ]
    certified_by: Annotated[
        str | None,
        FieldSpec(
            label=Label("Certifié par", "صادق عليه", "Certified by"),
            kind=Kind.TEXT,
            help=Label(
                "Obligatoire pour un consentement verbal.",
                "إلزامي للموافقة الشفوية.",
                "Required for a verbal consent.",
            ),
        ),
    ] = None
    representative: Annotated[
        str | None,
        FieldSpec(
            label=Label("Représentant-e légal-e", "الممثل القانوني", "Legal representative"),
            kind=Kind.TEXT,
            help=Label(
                "Obligatoire pour un enfant.", "إلزامي بالنسبة للطفل.", "Required for a child."
            ),
        ),
    ] = None
    withdrawn_on: Annotated[
        date | None,
        FieldSpec(label=Label("Retiré le", "تاريخ السحب", "Withdrawn on"), kind=Kind.DATE),
    ] = None


class ExternalNumber(RecordBase, table=True):
    """The number of the person, or of their case, in another system."""

    __tablename__ = "external_number"
    __table_args__ = (Index("ux_external_number", "system", "value_live", unique=True),)

    person_id: str = SqlField(foreign_key="person.id", index=True)
    system: Annotated[
        str,
        FieldSpec(
            label=Label("Système", "النظام", "System"),
            kind=Kind.TERM,
            vocabulary="external_system",
        ),
    ]
    value: Annotated[
        str,
        FieldSpec(label=Label("Numéro", "الرقم", "Number"), kind=Kind.IDENTIFIER, max_length=60),
    ]
    value_live: str | None = None  # the folded value, empty once deleted: unique when filled


def _check_birth(values: Values, facts: Facts) -> Iterable[Finding]:
    birth = facts.person.birth if facts.person else None
    if birth is None or birth.first is None or birth.last is None:
        return
    if birth.precision is Precision.EXACT and (birth.first.month, birth.first.day) in _ROUND_DAYS:
        yield Finding("birth_typed", "round_birth_date", Severity.CONFIRM)
    lowest, _ = ages_between(birth.first, birth.last, facts.today)
    if lowest > _VERY_OLD:
        yield Finding("birth_typed", "very_old", Severity.CONFIRM, {"age": lowest})


def _check_consent(values: Values, facts: Facts) -> Iterable[Finding]:
    if values.get("form") == "verbal_certified" and not values.get("certified_by"):
        yield Finding("certified_by", "certifier_required")
    day = values.get("given_on")
    if not isinstance(day, date) or facts.person is None or values.get("representative"):
        return
    _, highest = ages_between(facts.person.birth.first, facts.person.birth.last, day)
    if highest < ADULT_AGE:
        yield Finding("representative", "representative_required")


_ROUND_DAYS = frozenset({(1, 1), (12, 31)})
_MAIN = SectionSpec("main", Label("Détails", "التفاصيل", "Details"))


def _child(
    key: str,
    label: Label,
    plural: Label,
    model: type,
    *,
    orders: tuple[InOrder, ...] = (),
) -> Record:
    rules = (_check_consent,) if model is Consent else ()
    return Record(
        key=key,
        label=label,
        plural=plural,
        model=model,
        sections=(_MAIN,),
        owner="person_id",
        orders=orders,
        rules=rules,
    )


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
    children=(
        _child(
            "document",
            Label("Document", "وثيقة", "Document"),
            Label("Documents", "الوثائق", "Documents"),
            Document,
        ),
        _child(
            "phone",
            Label("Téléphone", "هاتف", "Phone"),
            Label("Téléphones", "الهواتف", "Phones"),
            Phone,
        ),
        _child(
            "consent",
            Label("Consentement", "موافقة", "Consent"),
            Label("Consentements", "الموافقات", "Consents"),
            Consent,
            orders=(InOrder("given_on", "withdrawn_on"),),
        ),
        _child(
            "vulnerability",
            Label("Vulnérabilité", "هشاشة", "Vulnerability"),
            Label("Vulnérabilités", "أوجه الهشاشة", "Vulnerabilities"),
            Vulnerability,
            orders=(InOrder("from_on", "to_on"),),
        ),
        _child(
            "external_number",
            Label("Numéro d’un autre système", "رقم نظام آخر", "Number of another system"),
            Label("Numéros d’autres systèmes", "أرقام أنظمة أخرى", "Numbers of other systems"),
            ExternalNumber,
        ),
    ),
    orders=(),
    rules=(_check_birth,),
)
