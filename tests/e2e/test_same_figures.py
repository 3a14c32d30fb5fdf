"""Screen, list behind the figure, workbook and command line: one number (counting rule 14)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook
from tests.e2e.conftest import LATER

from avrr_desktop import cli
from avrr_desktop.core.labels import Language
from avrr_desktop.core.periods import parse_period
from avrr_desktop.paths import Paths
from avrr_desktop.services.register import Register
from avrr_desktop.services.summary import Summary, summarise
from avrr_desktop.services.summary.cells import CellKey
from avrr_desktop.services.summary.figures import persons_behind
from avrr_desktop.services.summary.measures import measure_of
from avrr_desktop.services.summary_view import document
from avrr_desktop.services.workbook import export_workbook

PERIOD = parse_period("2023-S1")
Cells = dict[CellKey, object]


@pytest.fixture(scope="module")
def summary(demo: Register) -> Summary:
    return summarise(demo, PERIOD)


@pytest.fixture(scope="module")
def cells(summary: Summary) -> Cells:
    return cells_in(summary.iter_cells())


def cells_in(rows: Iterable[Mapping[str, object]]) -> Cells:
    found: Cells = {}
    for row in rows:
        term = str(row["term"]) if row["term"] else None
        key = CellKey(str(row["section"]), str(row["measure"]), term, str(row["group"]))
        found[key] = row["value"]
    return found


def test_command_line_prints_the_cells(
    demo_paths: Paths, cells: Cells, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = str(demo_paths.data_dir)
    code = cli.main(
        ["summary", "--data-dir", folder, "--period", "2023-S1", "--format", "json"], LATER
    )
    assert code == 0
    assert cells_in(json.loads(capsys.readouterr().out)["cells"]) == cells


def test_command_line_holds_every_cell_of_the_bulletin(cells: Cells) -> None:
    published = Path(__file__).parents[1] / "data" / "bulletin_2023_s1.json"
    for cell in json.loads(published.read_text(encoding="utf-8"))["cells"]:
        key = CellKey(cell["section"], cell["measure"], cell["term"], cell["group"])
        assert cells[key] == cell["value"], key


@pytest.mark.parametrize("language", list(Language))
def test_workbook_holds_the_cells(
    demo: Register, cells: Cells, tmp_path: Path, language: Language
) -> None:
    path = tmp_path / "workbook.xlsx"
    export_workbook(demo, PERIOD, path, language)
    book = load_workbook(path, read_only=True)
    hidden = next(sheet for sheet in book.worksheets if sheet.sheet_state == "hidden")
    head, *rows = hidden.iter_rows(values_only=True)
    book.close()
    found = cells_in([dict(zip(map(str, head), row, strict=True)) for row in rows])
    assert found == cells
    again = CalamineWorkbook.from_path(path).get_sheet_by_name(hidden.title).to_python()
    assert len(again) == len(cells) + 1


def test_document_of_the_screen_shows_the_cells(demo: Register, summary: Summary) -> None:
    shown = document(summary, demo.vocabularies, Language.FR, register=demo.info)
    rows = [*shown.main, shown.cohort]
    for part in shown.sections:
        rows += [part.row, *part.subs, *part.facts]
        rows += [row for table in part.tables for row in (*table.rows, table.total)]
    checked = 0
    for row in rows:
        for cell in row.cells():
            assert cell.key is not None
            assert cell.value == summary.value(*cell.key), cell.key
            checked += 1
    assert checked > 1_000


def test_list_behind_is_as_long_as_its_figure(demo: Register, summary: Summary) -> None:
    """One cell, the largest, of every measure of every section."""
    largest: dict[tuple[str, str], CellKey] = {}
    for key, value in summary.cells.items():
        name = (key.section, key.measure)
        if not key.measure.startswith("_") and value > summary.cells.get(largest.get(name, key), 0):
            largest[name] = key
        largest.setdefault(name, key) if not key.measure.startswith("_") else None
    assert len(largest) > 100
    with demo.database.reading() as connection:
        for key in largest.values():
            measure = measure_of(key.section, key.measure)
            if measure is None or measure.is_derived:
                continue
            figure = persons_behind(connection, demo.vocabularies, PERIOD, demo.clock.today(), key)
            assert len(figure.rows) == summary.value(*key), key
