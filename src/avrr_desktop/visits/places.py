"""Every page of the program, derived from the routes that are declared.

A route's values come from the names of its fields, so that a page added tomorrow is visited too;
a field nobody knows how to fill fails at once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import MISSING, Field, dataclass, fields
from datetime import date
from typing import Final, cast

from avrr_desktop.activities import ACTIVITIES, ACTIVITY_BY_KEY, RECORDS, SECTIONS
from avrr_desktop.activities.across import COHORT_FROM, COHORT_TO
from avrr_desktop.people.case import CASE_FILE
from avrr_desktop.people.person import PERSON
from avrr_desktop.services.lists import Filter, ListQuery, page
from avrr_desktop.services.register import Register
from avrr_desktop.services.summary.cells import CellKey
from avrr_desktop.ui.routes import FormOf, NewRegistration, Route
from avrr_desktop.ui.settings.page import SECTIONS as SETTINGS
from avrr_desktop.ui.shell.pages import FACTORIES

PERIOD: Final = "2023-S1"
DAY: Final = date(2023, 6, 1)  # what is typed as a date
_LISTED: Final = (PERSON, CASE_FILE, *ACTIVITIES)
_WORD: Final = re.compile(r"(?<!^)(?=[A-Z])")
_ENDING: Final = re.compile(r"-(of|page)$")


@dataclass(frozen=True, slots=True)
class _Making:
    """A route being made: what its fields before hold."""

    register: Register
    kind: type
    chosen: Mapping[str, object]


_Choices = Callable[[_Making], Iterable[object]]


def places(register: Register) -> Iterator[tuple[str, Route]]:
    """Every page, by a name of its own; ``register`` is a demonstration.

    Raises:
        LookupError: a route has a field that no value is known for.
    """
    for kind in FACTORIES:
        for chosen in _filled(_Making(register, kind, {}), fields(kind)):
            yield _name(kind, chosen), cast("Route", kind(**chosen))


def somebody(register: Register) -> str:
    """Somebody who was registered and left before the day typed into the forms."""
    activity, section = SECTIONS[COHORT_TO]
    departed = Filter(section.dated_by, first=date(2023, 4, 1), last=date(2023, 5, 31))
    return page(register, ListQuery(activity.key, filters=(departed,), limit=1)).rows[0].person_id


def forms(register: Register) -> tuple[tuple[str, Route], ...]:
    """Every form that is filled, by name: a new person with a registration comes first."""
    person = somebody(register)
    return (
        ("new-registration", NewRegistration()),
        *((one.key, FormOf(one.key, person_ids=(person,))) for one in ACTIVITIES),
        *((record.key, FormOf(record.key)) for record in (PERSON, CASE_FILE)),
    )


def first_of(register: Register, key: str, place: int = 0) -> str:
    """The id of a stored record; empty when there is none."""
    rows = page(register, ListQuery(key, limit=place + 1)).rows
    return rows[place].id if len(rows) > place else ""


def _filled(making: _Making, left: tuple[Field[object], ...]) -> Iterator[dict[str, object]]:
    """Every way to fill the fields that are left."""
    if not left:
        yield dict(making.chosen)
        return
    for value in _values(making, left[0]):
        chosen = {**making.chosen, left[0].name: value}
        yield from _filled(_Making(making.register, making.kind, chosen), left[1:])


def _values(making: _Making, field: Field[object]) -> Iterable[object]:
    is_needed = field.default is MISSING and field.default_factory is MISSING
    choices = _NEEDED.get(field.name) if is_needed else _VARIED.get(field.name)
    if choices is not None:
        return choices(making)
    if is_needed:
        raise LookupError(f"{making.kind.__name__}.{field.name}")
    return (field.default,)


def _keys(making: _Making) -> Iterable[object]:
    records = RECORDS if making.kind is FormOf else _LISTED
    return (record.key for record in records)


def _cells(_making: _Making) -> Iterable[object]:
    return (CellKey(section, "persons") for section in (COHORT_TO, COHORT_FROM))


def _is_cohort(making: _Making) -> Iterable[object]:
    """Those registered are told in full, those not counted for the ones who left."""
    return (cast("CellKey", making.chosen["cell"]).section == COHORT_FROM,)


def _stored(making: _Making) -> Iterable[object]:
    """An empty form, and that of a stored record where lists find one."""
    key = str(making.chosen["key"])
    known = first_of(making.register, key) if key in {r.key for r in _LISTED} else ""
    return dict.fromkeys(("", known))


def _persons(making: _Making) -> Iterable[object]:
    is_new = not making.chosen["record_id"] and making.chosen["key"] in ACTIVITY_BY_KEY
    return ((somebody(making.register),) if is_new else (),)


# What a field without a default is given, by its name.
_NEEDED: Final[Mapping[str, _Choices]] = {
    "period": lambda _: (PERIOD,),
    "cell": _cells,
    "key": _keys,
    "person_id": lambda making: (somebody(making.register),),
    "case_id": lambda making: (first_of(making.register, CASE_FILE.key),),
    "survivor": lambda making: (first_of(making.register, PERSON.key),),
    "merged": lambda making: (first_of(making.register, PERSON.key, 1),),
}
# Fields with a default that show another page; the others keep theirs.
_VARIED: Final[Mapping[str, _Choices]] = {
    "not_counted": _is_cohort,
    "record_id": _stored,
    "person_ids": _persons,
    "section": lambda _: SETTINGS,
}


def _name(kind: type, chosen: Mapping[str, object]) -> str:
    """« form-person », « settings-lists »: the route, then what tells its pages apart."""
    words = [_ENDING.sub("", _WORD.sub("-", kind.__name__).casefold())]
    words += [str(chosen[name]) for name in ("key", "section") if name in chosen]
    cell = chosen.get("cell")
    words += [cell.section] if isinstance(cell, CellKey) else []
    words += ["stored"] if chosen.get("record_id") else []
    return "-".join(words)
