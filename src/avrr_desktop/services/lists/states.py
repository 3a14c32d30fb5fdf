"""States of events, told by their activity's own function, hence once the rows are read."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, Select

from avrr_desktop.activities import ACTIVITY_BY_KEY
from avrr_desktop.core.kinds import Kind
from avrr_desktop.people.base import column_fields_of, table_of
from avrr_desktop.services.lists.query import ListQuery
from avrr_desktop.services.register import Register

_READ = (Kind.DATE, Kind.TERM)  # a state is derived from dates and one typed exit


def ids_by_state(
    connection: Connection, register: Register, query: ListQuery, statement: Select[str]
) -> Sequence[str]:
    """Ids of ``statement``, those of the states asked for, sorted by state when that is asked."""
    activity = ACTIVITY_BY_KEY[query.record]
    assert activity.states is not None
    table = table_of(activity.model)
    names = [f.name for f in column_fields_of(activity.model) if f.spec.kind in _READ]
    wanted = {c for f in query.filters if f.column == "state" for c in f.codes}
    found: list[tuple[str, str]] = []
    for row in connection.execute(statement.add_columns(*(table.c[name] for name in names))):
        state = activity.states(dict(zip(names, row[1:], strict=True)))
        if not wanted or state in wanted:
            found.append((row[0], state))
    if query.sort is not None and query.sort[0] == "state":
        terms = register.vocabularies.terms(activity.state_vocabulary)
        ranks = {term.code: place for place, term in enumerate(terms)}
        found.sort(key=lambda pair: ranks.get(pair[1], len(ranks)), reverse=query.sort[1])
    return [pair[0] for pair in found]
