"""Filling in a template, and reading a workbook again with a second program."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from avrr_desktop.core.labels import Language
from avrr_desktop.services.exchange.cell_values import Wording
from avrr_desktop.services.exchange.columns import SheetSpec, sheet_of
from avrr_desktop.services.register import Register

Cells = Mapping[str, object]


def spec_of(key: str) -> SheetSpec:
    spec = sheet_of(key)
    assert spec is not None
    return spec


def fill(path: Path, language: Language, lines: Mapping[str, Sequence[Cells]]) -> None:
    """Write cells by column name below the headings of each sheet."""
    book = load_workbook(path)
    for key, rows in lines.items():
        spec = spec_of(key)
        sheet = book[spec.title(language)]
        names = [column.name for column in spec.columns]
        for place, row in enumerate(rows, 3):
            for name, value in row.items():
                cell = sheet.cell(place, names.index(name) + 1)
                cell.value = value  # type: ignore[assignment]
                if isinstance(value, str):
                    cell.data_type = "s"
    book.save(path)


def worded(register: Register, language: Language, key: str, values: Cells) -> dict[str, object]:
    """Stored values as cells in a language."""
    wording = Wording(register.vocabularies, language)
    found: dict[str, object] = {}
    for name, value in values.items():
        writer = wording.writer(spec_of(key).column(name))
        found[name] = writer(value) if writer else value
    return found


def read(path: Path, key: str, language: Language) -> list[dict[str, object]]:
    """The filled cells of a sheet's lines, by column name, read by another program."""
    sheet = CalamineWorkbook.from_path(str(path)).get_sheet_by_name(spec_of(key).title(language))
    names, _, *rows = sheet.to_python(skip_empty_area=False)
    found = []
    for row in rows:
        cells = {str(n): _plain(v) for n, v in zip(names, row, strict=True) if v != ""}
        cells.pop(f"{key}.id", None)
        found.append(cells)
    return found


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def lines_of(path: Path, key: str, language: Language) -> list[dict[str, object]]:
    """Those cells without what the program adds: names, keys and case numbers."""
    added = {"line_key", "case_number", "person_number"}
    if key != "registration":
        added |= {"person.family_name", "person.given_name"}
    return [
        {name: value for name, value in line.items() if name not in added}
        for line in read(path, key, language)
    ]


def day(text: str) -> date:
    return date.fromisoformat(text)
