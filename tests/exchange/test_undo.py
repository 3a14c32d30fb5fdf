"""Taking an import back: whole, and without a statement for every row."""

from __future__ import annotations

from datetime import date

from sqlalchemy import event
from tests.exchange.desk import CONSENT, Desk

from avrr_desktop.services.drafts import Draft
from avrr_desktop.services.lists import count
from avrr_desktop.services.lists.query import ListQuery

_PERSONS = 300


def drafts() -> list[Draft]:
    ids = [f"{number:032x}" for number in range(1, _PERSONS + 1)]
    persons = [
        Draft(
            "person",
            {
                "family_name": "KONE",
                "given_name": "Aya",
                "sex": "woman",
                "birth_typed": "1994",
                "nationality": "CI",
                "document": ({"kind": "passport", "number": f"Z {person}"},),
                "consent": (CONSENT,),
            },
            new_id=person,
        )
        for person in ids
    ]
    vouchers = [
        Draft(
            "direct_assistance",
            {
                "person_id": person,
                "office": "RBA",
                "given_on": date(2023, 5, 3),
                "kind": "voucher",
            },
        )
        for person in ids
    ]
    return [*persons, *vouchers]


def test_undo_of_an_import_updates_each_table_at_once(desk: Desk) -> None:
    actor = desk.register.local_actor
    desk.records.save(actor, *drafts(), action="import", confirm_all="test")
    said: list[str] = []
    engine = desk.register.database.engine

    def note(*arguments: object) -> None:
        said.append(str(arguments[2]))

    event.listen(engine, "before_cursor_execute", note)
    changed = desk.records.undo(actor)
    event.remove(engine, "before_cursor_execute", note)
    assert changed is not None
    assert len(changed.persons) == _PERSONS
    tables = [words.split()[1] for words in said if words.startswith("UPDATE")]
    assert {"person", "document", "consent", "direct_assistance"} <= set(tables)
    assert len(tables) == len(set(tables))
    for key in ("person", "direct_assistance"):
        assert count(desk.register, ListQuery(key)) == 0
