from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from tests.benchmarks.counting import engine_cells, floor_cells
from tests.benchmarks.exporting import export, export_floor
from tests.benchmarks.floor_nominal import LISTS, SHEET
from tests.benchmarks.registers import CLOCK

from avrr_desktop.core.periods import Period, free_range, parse_period
from avrr_desktop.paths import paths_in
from avrr_desktop.services.demo import write_demo
from avrr_desktop.services.register import Register

PERSONS = 300


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    paths = paths_in(tmp_path_factory.mktemp("register"))
    opened = write_demo(paths, CLOCK, persons=PERSONS, seed=7)
    yield opened
    opened.close()


@pytest.mark.parametrize("code", ["2023-S1", "2010-S2", "2024-S1", "2015", "2024-Q2", "2008-05"])
def test_floor_of_the_summary_counts_the_same_cells(register: Register, code: str) -> None:
    period = parse_period(code)
    cells = floor_cells(register, period)
    assert engine_cells(register, period) == cells
    assert len(cells) > 20


def test_floor_of_the_nominal_list_writes_the_same_cells(
    register: Register, tmp_path: Path
) -> None:
    period = free_range(date(2005, 1, 1), CLOCK.today())
    ours, floor = tmp_path / "ours.xlsx", tmp_path / "floor.xlsx"
    lines = export(register, period, ours)
    assert export_floor(register, period, floor) == lines > 500
    assert _cells(ours, SHEET) == _cells(floor, SHEET)
    assert _choices(ours) >= _choices(floor) > set()


def _cells(path: Path, sheet: str) -> list[list[tuple[object, str]]]:
    """Values and formats of a sheet's lines, the hidden row of names and the headings included."""
    rows = load_workbook(path)[sheet].iter_rows()
    return [[(cell.value, cell.number_format) for cell in row] for row in rows]


def _choices(path: Path) -> set[object]:
    book = load_workbook(path)
    return {cell for row in book[LISTS].iter_rows(min_row=2, values_only=True) for cell in row}


def test_periods_cover_every_kind_of_count(register: Register) -> None:
    whole: Period = free_range(date(2005, 1, 1), CLOCK.today())
    sections = {key[0] for key in floor_cells(register, whole)}
    assert len(sections) >= 10
