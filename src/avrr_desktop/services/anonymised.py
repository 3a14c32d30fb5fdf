"""Whether a half-typed form is about somebody who was anonymised: it may not be kept any more."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Final

from sqlalchemy import Connection, select

from avrr_desktop.activities import ACTIVITIES
from avrr_desktop.people.base import table_of
from avrr_desktop.people.case import CASE_FILE, MEMBERSHIP
from avrr_desktop.people.person import Person

_ID: Final = re.compile(r"[0-9a-f]{32}")
_PERSON: Final = table_of(Person)


def is_of_anonymised(connection: Connection, form: str, page: Mapping[str, object]) -> bool:
    """Whether a page is about a file, or a record of one, of which only figures are left.

    The form of a case names its members, and stays theirs while one of them is not anonymised.
    """
    ids = sorted(set(_ID.findall(json.dumps(page))))
    if form == CASE_FILE.key:
        return _is_case_of_nobody(connection, ids)
    erased = _PERSON.c.anonymised_on.is_not(None)
    queries = [select(_PERSON.c.id).where(_PERSON.c.id.in_(ids), erased)]
    for record in (MEMBERSHIP, *ACTIVITIES):
        table = table_of(record.model)
        joined = select(table.c.id).join(_PERSON, _PERSON.c.id == table.c.person_id)
        queries.append(joined.where(table.c.id.in_(ids), erased))
    return any(connection.execute(query.limit(1)).first() for query in queries)


def _is_case_of_nobody(connection: Connection, ids: Iterable[str]) -> bool:
    """Whether everybody named on the page of a case is anonymised."""
    query = select(_PERSON.c.anonymised_on).where(_PERSON.c.id.in_(list(ids)))
    found = list(connection.execute(query).scalars())
    return bool(found) and all(day is not None for day in found)
