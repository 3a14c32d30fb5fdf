"""Small invented registers: plain rows, written to SQLite and rolled back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, Engine
from sqlmodel import SQLModel

from avrr_desktop.activities import RECORD_BY_KEY
from avrr_desktop.people.base import table_of

DELETED = datetime(2023, 5, 5, 9, tzinfo=UTC)

Values = dict[str, Any]

REQUIRED: dict[str, Values] = {
    "person": {"family_name": "X", "nationality": "GN", "birth_precision": "unknown"},
    "case_file": {"office": "rabat", "opened_on": date(2020, 1, 1)},
    "membership": {"place": "other", "from_on": date(2000, 1, 1)},
    "vulnerability": {},
    "registration": {"channel": "word_of_mouth", "contacted_on": date(2000, 1, 1)},
    "return_from_morocco": {"country": "GN"},
    "direct_assistance": {"kind": "voucher"},
    "reintegration": {
        "country": "GN",
        "dimension": "economic",
        "kind": "equipment",
        "fund": "iom_morocco",
    },
    "cash_on_return": {
        "country": "CG",
        "amount": 5,
        "currency": "MAD",
        "return_from_morocco_id": "r",
    },
    "return_to_morocco": {"host_country": "FR"},
    "referral": {"partner": "anapec"},
    "resettlement": {"kind": "resettlement", "country": "CA"},
    "opening_balance": {"source": "report", "signed_by": "X"},
    "referral_purposes": {},
}


class World:
    """Rows of each table by id, as a plain count reads them and as SQLite gets them."""

    def __init__(self) -> None:
        self.tables: dict[str, dict[str, Values]] = {name: {} for name in REQUIRED}

    def add(self, table: str, **values: object) -> str:
        """Add a row; what is not said is empty or a default. Returns its id."""
        rows = self.tables[table]
        row_id = str(values.pop("id", f"{table}_{len(rows):03d}"))
        rows[row_id] = {**REQUIRED[table], **values, "id": row_id}
        return row_id

    def person(self, sex: str | None = "man", birth: date | None = None, **values: object) -> str:
        """A person born on an exact day, or whose birth is unknown."""
        ends = {"birth_first": birth, "birth_last": birth}
        return self.add("person", sex=sex, **{**ends, **values})

    def event(self, table: str, person: str, **values: object) -> str:
        """An event of a person."""
        if table == "reintegration" and "return_to_morocco_id" not in values:
            values.setdefault("return_from_morocco_id", "r")
        return self.add(table, person_id=person, **{"office": "rabat", **values})

    def family(self, *persons: str) -> str:
        """A case with its members, since always."""
        case = self.add("case_file")
        for person in persons:
            self.add("membership", case_id=case, person_id=person)
        return case

    def delete(self, table: str, row_id: str) -> None:
        """Put a row in the bin."""
        self.tables[table][row_id].update(deleted_at=DELETED, deleted_reason="double")

    @contextmanager
    def opened(self, engine: Engine) -> Iterator[Connection]:
        """The register with these rows, until the block ends."""
        with engine.connect() as connection:
            self.write(connection)
            yield connection
            connection.rollback()

    def write(self, connection: Connection) -> None:
        """Replace the rows of every table."""
        for name in reversed(REQUIRED):
            connection.execute(SQLModel.metadata.tables[name].delete())
        for name, rows in self.tables.items():
            if rows:
                table = SQLModel.metadata.tables[name]
                connection.execute(table.insert(), [_whole(name, row) for row in rows.values()])


def _whole(table: str, row: Values) -> Values:
    if table == "referral_purposes":
        return {"owner_id": row["owner_id"], "code": row["code"]}
    model = RECORD_BY_KEY[table].model
    columns = table_of(model).columns
    whole: Values = dict.fromkeys(columns.keys())
    assert row.keys() <= whole.keys(), row.keys() - whole.keys()
    whole.update(created_seq=0, changed_seq=0, version=1)
    if "number" in columns:
        whole["number"] = row["id"]
    return {**whole, **row}
