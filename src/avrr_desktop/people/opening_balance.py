"""Opening balances: what was counted before the register began (counting rule 10)."""

from datetime import date
from typing import Annotated

from avrr_desktop.core.kinds import Kind
from avrr_desktop.core.labels import Label
from avrr_desktop.core.specs import FieldSpec, Record, SectionSpec
from avrr_desktop.people.base import RecordBase


class OpeningBalance(RecordBase, table=True):
    """A number taken over on a date, with its source and who signed it."""

    __tablename__ = "opening_balance"

    section: Annotated[
        str,
        FieldSpec(
            label=Label("Partie du bulletin", "جزء النشرة", "Part of the bulletin"),
            kind=Kind.TERM,
            vocabulary="section",
            in_list=True,
        ),
    ]
    term: Annotated[
        str | None,
        FieldSpec(
            label=Label("Pays", "البلد", "Country"),
            kind=Kind.TERM,
            vocabulary="country",
            in_list=True,
        ),
    ] = None
    as_of: Annotated[
        date,
        FieldSpec(
            label=Label("Arrêté au", "محصور إلى غاية", "As of"), kind=Kind.DATE, in_list=True
        ),
    ]
    value: Annotated[
        int,
        FieldSpec(
            label=Label("Valeur", "القيمة", "Value"),
            kind=Kind.INTEGER,
            minimum=0,
            maximum=10_000_000,
            in_list=True,
        ),
    ]
    source: Annotated[
        str, FieldSpec(label=Label("Source", "المصدر", "Source"), kind=Kind.TEXT, in_list=True)
    ]
    signed_by: Annotated[
        str,
        FieldSpec(label=Label("Signé par", "وقّعه", "Signed by"), kind=Kind.TEXT, in_list=True),
    ]


OPENING_BALANCE = Record(
    key="opening_balance",
    label=Label("Solde d’ouverture", "رصيد افتتاحي", "Opening balance"),
    plural=Label("Soldes d’ouverture", "الأرصدة الافتتاحية", "Opening balances"),
    model=OpeningBalance,
    sections=(SectionSpec("main", Label("Solde", "الرصيد", "Balance")),),
)
