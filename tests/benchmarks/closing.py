"""Closing a semester, what is made of a closed one, and the effect of an edit before saving."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from sqlalchemy import select
from tests.benchmarks.counting import PERIOD
from tests.benchmarks.measuring import Row, median_of
from tests.benchmarks.registers import opened

from avrr_desktop.core.errors import UserError
from avrr_desktop.core.labels import Language
from avrr_desktop.core.periods import Period
from avrr_desktop.paths import Paths
from avrr_desktop.people.base import table_of
from avrr_desktop.people.person import Person
from avrr_desktop.services.closing.closings import close, reopen
from avrr_desktop.services.closing.gap import gap_of
from avrr_desktop.services.closing.held import closing_for
from avrr_desktop.services.comparisons import comparisons
from avrr_desktop.services.drafts import Draft
from avrr_desktop.services.proof.proof import write_proof
from avrr_desktop.services.records import Records
from avrr_desktop.services.register import Register
from avrr_desktop.services.summary import CellKey, persons_behind

_LAST: Final = PERIOD.previous  # the present semester is not over
_CLOSED: Final = (_LAST.previous, _LAST)  # two closed semesters, as an office has them
_LIMITS: Final = {100_000: {"closing": 5.0, "effect": 0.05}}
_REASON: Final = "benchmark"


def measure_closing(paths: Paths, persons: int, times: int) -> Iterator[Row]:
    """The register is left without a closing in force."""
    limits = _LIMITS.get(persons, {})
    with opened(paths) as register:
        actor = register.local_actor
        _open_all(register)
        close(register, actor, _CLOSED[0], _REASON)

        def closed_anew() -> None:
            _open(register, _LAST)
            close(register, actor, _LAST, _REASON)

        spent = median_of(closed_anew, min(times, 5))
        yield Row("closing of a semester", persons, spent, limit=limits.get("closing"))
        closing = closing_for(register, _LAST)
        assert closing is not None
        yield Row("gap since", persons, median_of(lambda: gap_of(register, closing), min(times, 5)))
        yield Row("proof pack, recounted by its checker", persons, _packed(register, times))
        spent = median_of(lambda: comparisons(register, _LAST), min(times, 5))
        yield Row("six years side by side", persons, spent)
        edit = _an_edit(register)
        records = Records(register)

        def refused() -> None:
            try:
                records.save(actor, edit, confirm_all=_REASON)
            except UserError as error:
                if error.code == "moves_closed":
                    return
            raise AssertionError("the edit moved nothing closed")

        spent = median_of(refused, times)
        name = "effect of an edit on two closed semesters, before saving"
        yield Row(name, persons, spent, limit=limits.get("effect"))
        _open_all(register)


def _packed(register: Register, times: int) -> float:
    """Seconds of a pack; each stays in the journal of the register, as exports do."""
    actor = register.local_actor
    with TemporaryDirectory() as folder:
        path = Path(folder) / "pack.zip"
        return median_of(
            lambda: write_proof(register, actor, _LAST, path, Language.FR), min(times, 3)
        )


def _an_edit(register: Register) -> Draft:
    """Another sex for somebody registered in the semester."""
    cell = CellKey("registrations", "persons", None, "men")
    with register.database.reading() as connection:
        lists, today = register.vocabularies, register.clock.today()
        row = persons_behind(connection, lists, _LAST, today, cell).rows[0]
        person = table_of(Person)
        query = select(person.c.birth_typed).where(person.c.id == row.person_id)
        birth = connection.execute(query).scalar()
    return Draft("person", {"sex": "woman", "birth_typed": birth}, id=row.person_id)


def _open_all(register: Register) -> None:
    for period in _CLOSED:
        _open(register, period)


def _open(register: Register, period: Period) -> None:
    try:
        reopen(register, register.local_actor, period, _REASON)
    except UserError as error:
        if error.code != "not_closed":
            raise
