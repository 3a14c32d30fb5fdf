"""States derive from one declaration, in Python for the rows and in SQL for filters and sorts."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Date, String, create_engine, literal, select

from avrr_desktop.activities import ACTIVITIES
from avrr_desktop.core.specs import States
from avrr_desktop.core.vocabularies import read_vocabularies
from avrr_desktop.paths import resources_dir
from avrr_desktop.services.lists.expressions import state_expression

STATES = [activity.states for activity in ACTIVITIES if activity.states]
VOCABULARIES = read_vocabularies(resources_dir() / "vocabularies")
# Few days, so that an exit often falls on the day of the departure.
DAYS = st.none() | st.dates(date(2023, 5, 1), date(2023, 5, 4))
ENGINE = create_engine("sqlite://")


def dates_of(states: States) -> list[str]:
    own = [column for column, _ in states.steps]
    return own if states.exit is None else [*own, states.exit.on]


def state_in_sql(states: States, values: dict[str, object]) -> object:
    columns = [
        literal(value, Date() if name in dates_of(states) else String()).label(name)
        for name, value in values.items()
    ]
    event = select(*columns).subquery()
    with ENGINE.connect() as connection:
        return connection.execute(select(state_expression(event, states))).scalar_one()


@pytest.mark.parametrize("states", STATES, ids=lambda states: states.vocabulary)
@given(data=st.data())
def test_sql_and_python_tell_the_same_state(states: States, data: st.DataObject) -> None:
    values: dict[str, object] = {name: data.draw(DAYS, name) for name in dates_of(states)}
    if states.exit is not None:
        values[states.exit.kind] = data.draw(st.sampled_from([None, "", "withdrawn", "absconded"]))
    told = states.of(values)
    assert state_in_sql(states, values) == told


@pytest.mark.parametrize("states", STATES, ids=lambda states: states.vocabulary)
def test_states_are_terms_of_their_list(states: States) -> None:
    told = {state for _, state in states.steps} | {states.first}
    if states.exit is not None:
        told.add(states.exit.usual_kind)
    assert told <= {term.code for term in VOCABULARIES[states.vocabulary]}
