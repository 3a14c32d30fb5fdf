"""What is kept with a person: documents, phones, consents, vulnerabilities, other numbers."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, ClassVar

from sqlalchemy import Index
from sqlmodel import Field as SqlField

from avrr_desktop.core.ages import ADULT_AGE, ages_between
from avrr_desktop.core.errors import Finding
from avrr_desktop.core.facts import Facts
from avrr_desktop.core.kinds import Kind
from avrr_desktop.core.labels import Label
from avrr_desktop.core.specs import FieldSpec, InOrder, Record, SectionSpec, Values
from avrr_desktop.people.base import RecordBase


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
        FieldSpec(label=Label("À qui", "صاحبه", "Whose"), kind=Kind.TEXT),
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


def _check_consent(values: Values, facts: Facts) -> Iterable[Finding]:
    if values.get("form") == "verbal_certified" and not values.get("certified_by"):
        yield Finding("certified_by", "certifier_required")
    day = values.get("given_on")
    if not isinstance(day, date) or facts.person is None or values.get("representative"):
        return
    _, highest = ages_between(facts.person.birth.first, facts.person.birth.last, day)
    if highest < ADULT_AGE:
        yield Finding("representative", "representative_required")


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


PAPERS = (
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
)
