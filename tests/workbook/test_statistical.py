"""The workbook equals the summary, cell by cell, and holds no name."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

import pytest
from openpyxl import Workbook, load_workbook
from python_calamine import CalamineWorkbook
from sqlalchemy import select

from avrr_desktop.activities import ACTIVITIES
from avrr_desktop.core.clock import FixedClock
from avrr_desktop.core.errors import UserError
from avrr_desktop.core.labels import Language
from avrr_desktop.core.periods import parse_period
from avrr_desktop.core.vocabularies import Term
from avrr_desktop.paths import paths_in
from avrr_desktop.people.base import table_of
from avrr_desktop.people.papers import Document, Phone
from avrr_desktop.people.person import Person
from avrr_desktop.services.demo.bulk import load
from avrr_desktop.services.demo.spread import generate_spread
from avrr_desktop.services.live import Counted, count_fully
from avrr_desktop.services.register import Register, create_register
from avrr_desktop.services.summary_document import Cell, Row, RowKind, SummaryDocument
from avrr_desktop.services.summary_view import document
from avrr_desktop.services.workbook import export_workbook, write_workbook

PERIOD: Final = parse_period("2023-S1")
Line = list[object]


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    """Three hundred invented persons."""
    clock = FixedClock(datetime(2024, 6, 28, 10, tzinfo=UTC))
    paths = paths_in(tmp_path_factory.mktemp("register"))
    made = create_register(paths, clock, is_demo=True)
    load(made, generate_spread(300, 1), 300)
    yield made
    made.close()


@pytest.fixture(scope="module")
def counted(register: Register) -> Counted:
    return count_fully(register, PERIOD)


@pytest.fixture(scope="module", params=list(Language))
def language(request: pytest.FixtureRequest) -> Language:
    return Language(request.param)


@pytest.fixture(scope="module")
def path(
    register: Register,
    counted: Counted,
    language: Language,
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    made = tmp_path_factory.mktemp("workbook") / f"{language}.xlsx"
    write_workbook(register.info, counted, made, language)
    return made


@pytest.fixture(scope="module")
def shown(register: Register, counted: Counted, language: Language) -> SummaryDocument:
    return document(
        counted.summary,
        register.vocabularies,
        language,
        register=register.info,
        planned=counted.planned,
    )


@pytest.fixture(scope="module")
def book(path: Path) -> Workbook:
    return load_workbook(path)


def lines_of(path: Path, place: int) -> list[Line]:
    sheet = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(place)
    return [list(line) for line in sheet.to_python(skip_empty_area=False)]


def test_hidden_sheet_holds_every_cell_of_the_summary(book: Workbook, counted: Counted) -> None:
    sheet = book.worksheets[-1]
    assert sheet.sheet_state == "hidden"
    names, *lines = sheet.iter_rows(values_only=True)
    again = [dict(zip(names, line, strict=True)) for line in lines]
    assert again == list(counted.summary.iter_cells())


def test_rows_of_the_synthesis_are_those_of_the_screen(path: Path, shown: SummaryDocument) -> None:
    lines = iter(lines_of(path, 0))
    for row in (*shown.main, shown.cohort):
        if row.kind is not RowKind.GAP:
            assert_follows(lines, row)
    for running in shown.running:
        found = next(line for line in lines if line[0] == running.label)
        assert found[1:4] == [running.opening.value, running.counted.value, running.total.value]


def test_rows_of_every_activity_are_those_of_the_screen(path: Path, shown: SummaryDocument) -> None:
    for place, activity in enumerate(ACTIVITIES, 1):
        lines = iter(lines_of(path, place))
        for section in activity.counted:
            part = shown.section(section.key)
            for row in (part.row, *part.subs, *part.facts):
                assert_follows(lines, row)
            for table in part.tables:
                assert any(line[0] == table.title for line in lines)
                for row in (*table.rows, table.total):
                    assert_follows(lines, row, by_month=table.is_by_month)


def assert_follows(lines: Iterator[Line], row: Row, *, by_month: bool = False) -> None:
    """The next line that bears the row's label bears its figures too."""
    line = next(line for line in lines if line[0] == row.label and line[1] != "")
    groups = row.groups or (Cell(None, None),) * 5
    assert line[1:7] == [told(cell) for cell in (*groups, row.total)]
    assert line[7] == blank(row.percent)
    if row.services is not None:
        assert line[8] == told(row.services)
    if not by_month or row.kind is RowKind.TOTAL:
        assert line[9:12] == [blank(v) for v in (row.previous, row.change, row.change_percent)]


def told(cell: Cell) -> object:
    return blank(cell.value) if cell.is_applicable else "·"


def blank(value: object) -> object:
    return "" if value is None else value


def test_sheets_are_ready_to_print_and_read(book: Workbook, language: Language) -> None:
    *figures, definitions, _data = book.worksheets
    titles = [activity.plural.text(language) for activity in ACTIVITIES]
    assert [sheet.title for sheet in figures[1:]] == titles
    for sheet in (*figures, definitions):
        assert sheet.sheet_view.rightToLeft is language.is_rtl
        assert sheet.page_setup.paperSize == 9
        assert sheet.page_setup.fitToWidth == 1
        assert sheet.freeze_panes
        assert sheet.print_title_rows
        assert sheet.oddFooter is not None
        assert sheet.oddFooter.center.text
    assert all(sheet.page_setup.orientation == "landscape" for sheet in figures)
    assert not book.defined_names


def test_figures_are_numbers_with_a_named_style(book: Workbook) -> None:
    sheet = book.worksheets[0]
    figure = sheet["B4"]
    assert figure.data_type == "n"
    assert figure.style == "avrr figure"


def test_charts_point_at_the_figures(book: Workbook, shown: SummaryDocument) -> None:
    drawn = [bool(sheet._charts) for sheet in book.worksheets[1:-2]]  # type: ignore[attr-defined]
    assert drawn == [
        any(shown.section(section.key).row.total.value for section in activity.counted)
        for activity in ACTIVITIES
    ]
    chart = book.worksheets[1]._charts[0]  # type: ignore[attr-defined]
    reference = chart.series[0].val.numRef.f
    match = re.fullmatch(r"'(.+)'!\$B\$(\d+):\$F\$\d+", reference)
    assert match
    row = int(match[2])
    values = [book[match[1]].cell(row, column).value for column in range(2, 7)]
    registrations = shown.sections[0].row
    assert values == [cell.value for cell in registrations.groups]


def test_no_name_or_number_of_anybody_is_in_it(path: Path, register: Register) -> None:
    with zipfile.ZipFile(path) as archive:
        texts = [archive.read(name).decode("utf-8", "replace") for name in archive.namelist()]
    words = set(re.findall(r"[\w’'-]+", " ".join(texts)))
    person, document_, phone = table_of(Person), table_of(Document), table_of(Phone)
    with register.database.reading() as connection:
        names = select(person.c.number, person.c.family_name, person.c.given_name)
        personal = {str(v) for row in connection.execute(names) for v in row if v}
        personal |= set(connection.execute(select(document_.c.number)).scalars())
        personal |= set(connection.execute(select(phone.c.number)).scalars())
    places = {term.label.text(lang) for lang in Language for term in _terms(register)}
    known = {word for place in places for word in re.findall(r"[\w’'-]+", place)}
    assert not (personal & words) - known


def _terms(register: Register) -> list[Term]:
    lists = register.vocabularies
    return [term for name in lists.names for term in lists.terms(name)]


def test_nothing_in_it_runs_or_leads_elsewhere(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        formulas = [n for n in names if "worksheets/sheet" in n and b"<f>" in archive.read(n)]
    assert not formulas
    assert not [name for name in names if "vba" in name or "externalLink" in name]


def test_definitions_tell_the_register_and_the_count(path: Path, register: Register) -> None:
    book = CalamineWorkbook.from_path(str(path))
    lines = book.get_sheet_by_index(len(book.sheet_names) - 2).to_python()
    text = " ".join(str(cell) for line in lines for cell in line)
    assert register.info.uuid in text
    assert "28/06/2024" in text


def test_failing_disk_keeps_the_old_workbook(register: Register, tmp_path: Path) -> None:
    path = tmp_path / "absent" / "w.xlsx"
    with pytest.raises(UserError) as refused:
        export_workbook(register, PERIOD, path, Language.FR)
    assert refused.value.code == "folder_missing"


@pytest.mark.skipif(sys.platform == "win32", reason="no limit on the size of files")
def test_full_disk_keeps_the_old_workbook_and_leaves_nothing(tmp_path: Path) -> None:
    """A limit on the size of files stands for a full disk, in a process of its own."""
    script = Path(__file__).with_name("write_limited.py")
    run = subprocess.run(
        [sys.executable, str(script), str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert run.stdout.split() == ["disk_full", "before", "w.xlsx"], run.stderr
    assert not run.stderr


def test_progress_is_told_and_may_stop_it(register: Register, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    export_workbook(
        register, PERIOD, tmp_path / "w.xlsx", Language.EN, lambda a, b: told.append((a, b))
    )
    assert told[0][0] == 0
    assert told[-1][0] == told[-1][1]


def test_day_of_the_file_is_that_of_the_clock(book: Workbook) -> None:
    created = book.properties.created
    assert created is not None
    assert created.date() == date(2024, 6, 28)
