"""The whole summary, and a save until the figures on screen have moved."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from itertools import cycle

from sqlalchemy import text
from tests.benchmarks.floor_summary import Cells, raw_cells
from tests.benchmarks.measuring import Row, median_after, side_by_side
from tests.benchmarks.registers import CLOCK, opened, raw

from avrr_desktop.core.periods import Period, semester_of
from avrr_desktop.paths import Paths
from avrr_desktop.services import summary
from avrr_desktop.services.drafts import Draft
from avrr_desktop.services.records import Records
from avrr_desktop.services.register import Register

PERIOD = semester_of(CLOCK.today())
_SUMMARY_LIMIT = 3.0
SAVE_LIMITS = {100_000: 0.050, 1_000_000: 0.250}
_PERSONS = 50


def engine_cells(register: Register, period: Period) -> Cells:
    """The cells the floor counts too: the engine's, without its inner histograms."""
    with register.database.reading() as connection:
        today = register.clock.today()
        cells = summary.counted_cells(connection, register.vocabularies, period, today)
    return {
        (key.section, key.measure, key.term, key.group): value
        for key, value in cells.items()
        if not key.measure.startswith("_")
    }


def floor_cells(register: Register, period: Period) -> Cells:
    """The same cells by hand-written queries."""
    with raw(register.paths) as connection:
        start, end = period.start.isoformat(), period.end.isoformat()
        return raw_cells(connection, start, end, register.clock.today().isoformat())


def measure_summary(paths: Paths, persons: int, times: int) -> Iterator[Row]:
    """One period counted whole, against the hand-written queries; equality is proved first."""
    start, end = PERIOD.start.isoformat(), PERIOD.end.isoformat()
    today = CLOCK.today()
    with opened(paths) as register, raw(paths) as plain:
        if engine_cells(register, PERIOD) != floor_cells(register, PERIOD):
            raise AssertionError("the floor and the engine do not count the same cells")

        def counted() -> None:
            with register.database.reading() as connection:
                summary.counted_cells(connection, register.vocabularies, PERIOD, today)

        spent, floor = side_by_side(
            counted, lambda: raw_cells(plain, start, end, today.isoformat()), times
        )
        limit = _SUMMARY_LIMIT if persons == 100_000 else None
        yield Row("whole summary of a semester", persons, spent, floor, limit)
        spent, floor = side_by_side(lambda: summary.headline(register, PERIOD), counted, times)
        yield Row("headline figures, with the semester before", persons, spent)


def measure_saves(paths: Paths, persons: int, times: int) -> Iterator[Row]:
    """Saves with the figures of the semester watched, until the summary shown is the new one."""
    limit = SAVE_LIMITS.get(persons)
    with opened(paths) as register:
        records = Records(register)
        shown = summary.summarise(register, PERIOD)
        actor = register.local_actor
        for name, draft_of in kinds_of_save(register, records):
            drafts = cycle(draft_of)

            def save(drafts: Iterator[Draft] = drafts) -> None:
                draft = next(drafts)
                changed = records.save(actor, draft, watch=PERIOD, confirm_all="benchmark")
                assert changed.delta is not None
                summary.changed(shown, changed.delta).terms("direct_assistance", "persons_by_kind")

            undo: Callable[[], object] = lambda: records.undo(actor)  # noqa: E731 (typed)
            yield Row(
                f"save to figures: {name}", persons, median_after(save, undo, times), None, limit
            )


def kinds_of_save(register: Register, records: Records) -> Iterator[tuple[str, list[Draft]]]:
    """Drafts of what users save most, spread over persons."""
    persons = _some_persons(register)
    day = date(PERIOD.end.year, 12, 20)
    given = {"given_on": day, "kind": "food", "office": "RBA", "modality": "in_kind"}
    drafts = [
        Draft("direct_assistance", {**given, "person_id": person, "case_id": case})
        for person, case in persons
    ]
    yield "a new assistance", drafts
    people = [records.read("person", person) for person, _ in persons]
    yield (
        "a person corrected",
        [Draft("person", {"birth_typed": "1990"}, id=person.id, version=None) for person in people],
    )


def _some_persons(register: Register) -> list[tuple[str, str]]:
    """Persons spread over the register, with their case."""
    query = text(
        "SELECT r.person_id, r.case_id FROM registration r JOIN person p ON p.id = r.person_id"
        " JOIN consent c ON c.person_id = p.id"
        " WHERE r.registered_on BETWEEN :first AND :last AND r.case_id IS NOT NULL"
        " GROUP BY r.person_id ORDER BY r.person_id LIMIT :limit"
    )
    binds = {"first": "2024-01-01", "last": "2024-11-30", "limit": _PERSONS}
    with register.database.reading() as connection:
        return [(row[0], row[1]) for row in connection.execute(query, binds)]
