"""Writing rows together with their lines in the change journal: no audit, no change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import Connection, Date, Table, bindparam, func, insert, select
from sqlmodel import SQLModel
from sqlmodel.sql.sqltypes import UTCDateTime

from avrr_desktop.core.actors import Actor
from avrr_desktop.core.clock import Clock
from avrr_desktop.db.tables import CHANGE
from avrr_desktop.services.chain import last_seal, payload_digest, seal
from avrr_desktop.services.journal_keys import keys_to_seal

Row = dict[str, object]

_KEY = "row_id"  # which row an update is about; no column is called so
CHOICES = "_choices"  # key of a record's multi-choice codes in the journal's images


class Journal:
    """One transaction's changes: gathered, then written in the order of the tables' keys.

    Rows carry the sequence of the journal that made or last changed them, so that "as of" a time
    is a sequence and a clock that moves cannot reorder it.
    """

    def __init__(
        self,
        connection: Connection,
        actor: Actor,
        clock: Clock,
        *,
        action: str,
        reason: str = "",
        undoes: int | None = None,
    ) -> None:
        self._connection = connection
        self.actor = actor
        self._at = clock.now()
        self._action = action
        self._reason = reason
        self._undoes = undoes
        self.batch = last_sequence(connection) + 1
        self._next = self.batch
        self._inserts: dict[str, list[Row]] = defaultdict(list)
        self._updates: list[tuple[str, Row]] = []
        self._choices: list[tuple[Table, str, tuple[str, ...], bool]] = []
        self._changes: list[Row] = []
        self.touched: set[tuple[str, str]] = set()
        self.persons: set[str] = set()

    @property
    def at(self) -> datetime:
        """The instant of the transaction, in UTC."""
        return self._at

    def insert(self, table: Table, row: Row, choices: Mapping[str, tuple[str, ...]]) -> None:
        """A new row; every column is given, the sequence and version are filled in."""
        sequence = self._next
        row["created_seq"] = row["changed_seq"] = sequence
        row["version"] = 1
        self._inserts[table.name].append(row)
        self._note(table, str(row["id"]), None, image(row, choices))
        for name, codes in choices.items():
            if codes:
                self._choices.append((_choice(table, name), str(row["id"]), codes, True))

    def update(
        self,
        table: Table,
        before: Row,
        after: Row,
        choices_before: Mapping[str, tuple[str, ...]],
        choices_after: Mapping[str, tuple[str, ...]],
        *,
        reason: str = "",
    ) -> bool:
        """A changed row; false, and nothing written, when nothing differs."""
        same = all(before[name] == after[name] for name in after if name not in _BOOKKEEPING)
        if same and dict(choices_before) == dict(choices_after):
            return False
        old_version = before["version"]
        assert isinstance(old_version, int)
        after["changed_seq"] = self._next
        after["version"] = old_version + 1
        self._updates.append((table.name, after))
        self._note(
            table,
            str(after["id"]),
            image(before, choices_before),
            image(after, choices_after),
            reason,
        )
        for name, codes in choices_after.items():
            if codes != choices_before.get(name, ()):
                self._choices.append((_choice(table, name), str(after["id"]), codes, False))
        return True

    def note(
        self, table: str, record_id: str, before: object, after: object, *, action: str = ""
    ) -> None:
        """A line for something that is no record: a term, a setting, a bulk load."""
        self._append(table, record_id, before, after, action=action)

    def write(self) -> None:
        """Send everything to the register: rows, choices, then the journal."""
        for table in SQLModel.metadata.sorted_tables:
            if rows := self._inserts.get(table.name):
                self._connection.execute(insert(table), rows)
        self._write_updates()
        self._write_choices()
        if self._changes:
            self._seal()
            self._connection.execute(insert(CHANGE), self._changes)
        self._inserts.clear()
        self._updates.clear()
        self._choices.clear()
        self._changes.clear()

    def _seal(self) -> None:
        keys, previous = keys_to_seal(self._connection), last_seal(self._connection)
        for line in self._changes:
            line["payload_digest"] = payload_digest(keys, line["before"], line["after"])
            line["chain"] = previous = seal(previous, line)

    def _write_updates(self) -> None:
        """Table by table, in their order: one statement for thousands of rows."""
        rows: dict[tuple[str, ...], list[Row]] = defaultdict(list)
        for name, row in self._updates:
            rows[name, *row].append({**row, _KEY: row["id"]})
        for (name, *names), changed in rows.items():
            table = SQLModel.metadata.tables[name]
            columns: dict[str, object] = {column: bindparam(column) for column in names}
            statement = table.update().where(table.c.id == bindparam(_KEY)).values(columns)
            self._connection.execute(statement, changed)

    def _write_choices(self) -> None:
        added: dict[str, list[Row]] = defaultdict(list)
        for table, owner, codes, is_new in self._choices:
            if not is_new:
                self._connection.execute(table.delete().where(table.c.owner_id == owner))
            added[table.name] += [{"owner_id": owner, "code": code} for code in codes]
        for name, rows in added.items():
            if rows:
                self._connection.execute(insert(SQLModel.metadata.tables[name]), rows)

    def _note(
        self, table: Table, record_id: str, before: object, after: object, reason: str = ""
    ) -> None:
        self.touched.add((table.name, record_id))
        for kept in (before, after):
            if isinstance(kept, Mapping):
                owner = kept.get("id") if table.name == "person" else kept.get("person_id")
                survivor = kept.get("merged_into_id")
                self.persons |= {i for i in (owner, survivor) if isinstance(i, str)}
        self._append(table.name, record_id, before, after, reason=reason)

    def _append(
        self,
        table: str,
        record_id: str,
        before: object,
        after: object,
        *,
        reason: str = "",
        action: str = "",
    ) -> None:
        self._changes.append(
            {
                "sequence": self._next,
                "at": self._at,
                "actor_id": self.actor.id,
                "actor_name": self.actor.name,
                "action": action or self._action,
                "table_name": table,
                "record_id": record_id,
                "before": before,
                "after": after,
                "reason": reason or self._reason or None,
                "batch": self.batch,
                "undoes": self._undoes,
            }
        )
        self._next += 1


_BOOKKEEPING = frozenset({"created_seq", "changed_seq", "version"})


def _choice(table: Table, name: str) -> Table:
    return SQLModel.metadata.tables[f"{table.name}_{name}"]


def image(row: Mapping[str, object], choices: Mapping[str, tuple[str, ...]]) -> Row:
    """A row as the journal keeps it: dates in ISO form, empty columns left out."""
    kept = {
        name: value.isoformat() if isinstance(value, date | datetime) else value
        for name, value in row.items()
        if value is not None
    }
    if choices:
        kept[CHOICES] = {name: list(codes) for name, codes in choices.items()}
    return kept


def from_image(table: Table, kept: Mapping[str, object]) -> tuple[Row, dict[str, tuple[str, ...]]]:
    """The row and the choices an image stands for; the inverse of ``image``."""
    row: Row = {}
    for column in table.columns:
        value = kept.get(column.name)
        if isinstance(value, str) and isinstance(column.type, Date):
            value = date.fromisoformat(value)
        elif isinstance(value, str) and isinstance(column.type, UTCDateTime):
            value = datetime.fromisoformat(value)
        row[column.name] = value
    choices = kept.get(CHOICES)
    if not isinstance(choices, Mapping):
        return row, {}
    return row, {name: tuple(codes) for name, codes in choices.items()}


def last_sequence(connection: Connection) -> int:
    """The last line of the journal; 0 while there is none."""
    return connection.execute(select(func.max(CHANGE.c.sequence))).scalar() or 0


def changed_after(connection: Connection, batch: int) -> set[tuple[str, str]]:
    """Records on which something stands since ``batch``, but for what was taken back since."""
    undone = select(CHANGE.c.undoes).where(CHANGE.c.undoes.is_not(None))
    later = select(CHANGE.c.table_name, CHANGE.c.record_id).where(
        CHANGE.c.batch > batch, CHANGE.c.undoes.is_(None), CHANGE.c.batch.not_in(undone)
    )
    return {(table, record_id) for table, record_id in connection.execute(later)}
