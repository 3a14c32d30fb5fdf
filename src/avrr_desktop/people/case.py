"""A case: one person or one family going through the programme together."""

from datetime import date
from typing import Annotated

from sqlmodel import Field as SqlField

from avrr_desktop.core.kinds import Kind
from avrr_desktop.core.labels import Label
from avrr_desktop.core.specs import FieldSpec, InOrder, Record, SectionSpec
from avrr_desktop.people.base import RecordBase


class CaseFile(RecordBase, table=True):
    """A case file, with its number given by the program (``RBA-2023-0042``)."""

    __tablename__ = "case_file"

    number: Annotated[
        str,
        FieldSpec(
            label=Label("N° de dossier", "رقم الملف", "Case number"),
            kind=Kind.IDENTIFIER,
            assigned=True,
            in_list=True,
        ),
    ] = SqlField(default="", unique=True)
    office: Annotated[
        str,
        FieldSpec(
            label=Label("Bureau", "المكتب", "Office"),
            kind=Kind.TERM,
            vocabulary="office",
            in_list=True,
            pinned=True,
        ),
    ]
    opened_on: Annotated[
        date,
        FieldSpec(
            label=Label("Ouvert le", "تاريخ الفتح", "Opened on"), kind=Kind.DATE, in_list=True
        ),
    ]
    closed_on: Annotated[
        date | None,
        FieldSpec(
            label=Label("Clos le", "تاريخ الإغلاق", "Closed on"), kind=Kind.DATE, in_list=True
        ),
    ] = None
    remarks: Annotated[
        str | None,
        FieldSpec(label=Label("Remarques", "ملاحظات", "Remarks"), kind=Kind.LONG_TEXT),
    ] = None


class Membership(RecordBase, table=True):
    """A person's place in a case, between two dates."""

    __tablename__ = "membership"

    case_id: str = SqlField(foreign_key="case_file.id", index=True)
    person_id: Annotated[
        str,
        FieldSpec(
            label=Label("Personne", "الشخص", "Person"), kind=Kind.REFERENCE, refers_to="person"
        ),
    ] = SqlField(foreign_key="person.id", index=True)
    place: Annotated[
        str,
        FieldSpec(
            label=Label("Place dans le foyer", "الموقع داخل الأسرة", "Place in the household"),
            kind=Kind.TERM,
            vocabulary="household_place",
        ),
    ]
    from_on: Annotated[
        date,
        FieldSpec(label=Label("Depuis le", "منذ", "Since"), kind=Kind.DATE),
    ]
    to_on: Annotated[
        date | None,
        FieldSpec(label=Label("Jusqu’au", "إلى غاية", "Until"), kind=Kind.DATE),
    ] = None


_MAIN = SectionSpec("main", Label("Dossier", "الملف", "Case"))

MEMBERSHIP = Record(
    key="membership",
    label=Label("Membre", "عضو", "Member"),
    plural=Label("Membres", "الأعضاء", "Members"),
    model=Membership,
    sections=(_MAIN,),
    owner="case_id",
    orders=(InOrder("from_on", "to_on"),),
)

CASE_FILE = Record(
    key="case_file",
    label=Label("Dossier", "ملف", "Case"),
    plural=Label("Dossiers et familles", "الملفات والأسر", "Cases and families"),
    model=CaseFile,
    sections=(_MAIN,),
    children=(MEMBERSHIP,),
    orders=(InOrder("opened_on", "closed_on"),),
)
