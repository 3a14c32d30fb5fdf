"""The first page of lists, and the search box."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Final

from sqlalchemy import text
from tests.benchmarks.counting import PERIOD
from tests.benchmarks.measuring import Row, median_of
from tests.benchmarks.registers import opened

from avrr_desktop.paths import Paths
from avrr_desktop.services import lists
from avrr_desktop.services.lists import Filter, ListQuery
from avrr_desktop.services.register import Register
from avrr_desktop.services.search import find

_LIMITS: Final = {2_000: 0.100, 100_000: 0.100}
_SEMESTER: Final = (Filter("given_on", first=PERIOD.start, last=PERIOD.end),)
_PAGES: Final = {
    "persons, by name": ListQuery("person"),
    "persons of one nationality": ListQuery("person", filters=(Filter("nationality", ("GN",)),)),
    "persons, by age": ListQuery("person", sort=("age", True)),
    "persons called diallo": ListQuery("person", text="diallo"),
    "cases, the latest first": ListQuery("case_file"),
    "assistance, the latest first": ListQuery("direct_assistance"),
    "assistance of the semester, by name": ListQuery(
        "direct_assistance", sort=("name", False), filters=_SEMESTER
    ),
    "assistance, every year, by name": ListQuery("direct_assistance", sort=("name", False)),
    "assistance of one kind in the semester": ListQuery(
        "direct_assistance", filters=(*_SEMESTER, Filter("kind", ("food",)))
    ),
    "assistance, by nationality": ListQuery("direct_assistance", sort=("nationality", False)),
    "returns, by state": ListQuery("return_from_morocco", sort=("state", False)),
}


def measure_pages(paths: Paths, persons: int, times: int) -> Iterator[Row]:
    """The first hundred rows of lists as their screens ask for them, with the total."""
    with opened(paths) as register:
        for name, query in _PAGES.items():
            spent = median_of(partial(lists.page, register, query), times)
            yield Row(f"first page: {name}", persons, spent, limit=_LIMITS.get(persons))


def measure_searches(paths: Paths, persons: int, times: int) -> Iterator[Row]:
    """What users type in the search box."""
    with opened(paths) as register:
        for name, typed in _searches(register).items():
            spent = median_of(partial(find, register, typed), times)
            yield Row(f"search: {name}", persons, spent, limit=_LIMITS.get(persons))


def _searches(register: Register) -> dict[str, str]:
    with register.database.reading() as connection:
        phone = connection.execute(text("SELECT number FROM phone LIMIT 1 OFFSET 500")).scalar_one()
        case = connection.execute(
            text("SELECT number FROM case_file LIMIT 1 OFFSET 500")
        ).scalar_one()
        arabic = connection.execute(
            text("SELECT family_name_ar FROM person WHERE family_name_ar <> '' LIMIT 1")
        ).scalar_one()
        person = connection.execute(text("SELECT number FROM person LIMIT 1 OFFSET 500"))
        return {
            "the beginning of a name (di)": "di",
            "a frequent name (diallo)": "diallo",
            "two words (diallo mamadou)": "diallo mamadou",
            "misspelt (djalo mamadu)": "djalo mamadu",
            "an Arabic name": str(arabic),
            "the last digits of a phone": "".join(c for c in str(phone) if c.isdigit())[-4:],
            "a person's number": str(person.scalar_one()),
            "a case's number": str(case),
            "a name and a year of birth": "diallo 1990",
            "nobody": "xyzzy qwghlm",
        }
