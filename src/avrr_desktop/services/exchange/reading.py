"""Opening a workbook somebody filled in: what is none is refused before it is unpacked."""

from __future__ import annotations

import warnings
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile

from lxml.etree import LxmlError
from openpyxl import Workbook
from openpyxl.cell.text import Text
from openpyxl.reader.excel import ExcelReader
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS
from openpyxl.xml.functions import iterparse

from avrr_desktop.core.errors import UserError
from avrr_desktop.core.labels import Language
from avrr_desktop.services.exchange.book import FIRST_ROW, GUIDE_MARK, LISTS_MARK
from avrr_desktop.services.exchange.columns import ID, SheetSpec, sheet_of
from avrr_desktop.services.exchange.plan import MOST_LINES
from avrr_desktop.services.records import ReportProgress

_MOST_BYTES: Final = 50_000_000
_MOST_UNPACKED: Final = 400_000_000
_MOST_PARTS: Final = 2_000
_MOST_COLUMNS: Final = 200
_START: Final = 4_096
_STEP: Final = 200  # lines between two reports
_OLD_OR_ENCRYPTED: Final = bytes.fromhex("d0cf11e0a1b11ae1")
_SHARED: Final = f"{{{SHEET_MAIN_NS}}}si"
_LOCKED: Final = 1  # the bit of a part that a password locks, in a zip
_BROKEN: Final = (
    *(BadZipFile, InvalidFileException, LxmlError, ParseError, zlib.error, EOFError),
    *(KeyError, ValueError, TypeError, AttributeError, IndexError, NotImplementedError),
)

Cells = Sequence[object]


@dataclass(frozen=True, slots=True)
class RawLine:
    """One filled line: its number as Excel shows it, and its cells by column name."""

    row: int
    cells: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class RawSheet:
    """The filled lines of one sheet, and the names of the columns the file has."""

    spec: SheetSpec
    names: frozenset[str]
    lines: tuple[RawLine, ...]


def read_sheets(path: Path, progress: ReportProgress) -> tuple[RawSheet, ...]:
    """The sheets of a filled template or of a nominal list.

    ``progress`` is told of the lines read, out of 0: how many there are is not known yet.

    Raises:
        UserError: ``file_unreadable``, ``not_a_workbook``, ``protected_workbook``,
            ``workbook_too_large``, ``no_template``, ``wrong_header`` (which sheet, which column),
            ``too_many_lines``.
    """
    try:
        _look_inside(path)
        # A file opened here is closed at the end, even with lines left unread.
        with path.open("rb") as file, warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of what it leaves out
            book = _opened(file)
            try:
                return tuple(_sheets(book, path.name, progress))
            finally:
                book.close()
    except OSError as error:
        raise UserError("file_unreadable", name=path.name) from error
    except _BROKEN as error:
        raise UserError("not_a_workbook", name=path.name) from error


class _Reader(ExcelReader):
    """Keeps the escapes of shared texts, of which openpyxl drops one half."""

    def read_strings(self) -> None:
        """Every shared text as it is written."""
        manifest: Any = self.package
        part = manifest.find(SHARED_STRINGS)
        if part is None:
            return
        with self.archive.open(part.PartName[1:]) as file:
            for _, node in iterparse(file):
                if node.tag == _SHARED:
                    text: Any = Text.from_tree(node)
                    self.shared_strings.append(text.content)
                    node.clear()


def _opened(file: BinaryIO) -> Workbook:
    reader = _Reader(file, read_only=True, data_only=True, keep_links=False)
    reader.read()
    return reader.wb


def _look_inside(path: Path) -> None:
    """Refuse what is no workbook, or would not fit in memory once unpacked."""
    if path.stat().st_size > _MOST_BYTES:
        raise UserError("workbook_too_large", name=path.name)
    with path.open("rb") as file:
        if file.read(len(_OLD_OR_ENCRYPTED)) == _OLD_OR_ENCRYPTED:
            raise UserError("protected_workbook", name=path.name)
    with ZipFile(path) as archive:
        parts = archive.infolist()
        if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _MOST_UNPACKED:
            raise UserError("workbook_too_large", name=path.name)
        if any(part.flag_bits & _LOCKED for part in parts):
            raise UserError("protected_workbook", name=path.name)
        names = {part.filename for part in parts}
        if "[Content_Types].xml" not in names or "xl/workbook.xml" not in names:
            raise UserError("not_a_workbook", name=path.name)
        for part in parts:
            _refuse_entities(archive, part.filename, path.name)


def _refuse_entities(archive: ZipFile, part: str, name: str) -> None:
    """No workbook declares a document type: only one made to do harm."""
    if not part.endswith((".xml", ".rels")):
        return
    with archive.open(part) as file:
        start = file.read(_START)
    if b"<!DOCTYPE" in start or start[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise UserError("not_a_workbook", name=name)


def _sheets(book: Workbook, name: str, progress: ReportProgress) -> Iterator[RawSheet]:
    found = 0
    left = MOST_LINES
    for sheet in book.worksheets:
        reset = getattr(sheet, "reset_dimensions", None)
        if reset is None:  # a sheet of charts
            continue
        reset()  # the size written in the file may be wrong
        rows = sheet.iter_rows(values_only=True, max_col=_MOST_COLUMNS)
        header = next(rows, ())
        if not any(header):
            _refuse_lines(sheet.title, rows)
        if not _is_ours(header):
            continue
        if _spec_of(header) is None:
            raise UserError("wrong_header", sheet=sheet.title, column="A")
        raw = _sheet(sheet.title, header, _told(rows, progress), left)
        found += 1
        left -= len(raw.lines)
        yield raw
    if not found:
        raise UserError("no_template", name=name)


def _told(rows: Iterator[Cells], progress: ReportProgress) -> Iterator[Cells]:
    for done, row in enumerate(rows):
        if done % _STEP == 0:
            progress(done, 0)
        yield row


def _is_ours(header: Sequence[object]) -> bool:
    """Whether the sheet should carry lines."""
    return any(header) and not any(mark in header[:1] for mark in (LISTS_MARK, GUIDE_MARK))


def _refuse_lines(title: str, rows: Iterator[Sequence[object]]) -> None:
    """Lines below an emptied row of names would be lost in silence."""
    if any(_is_filled(cell) for row in rows for cell in row):
        raise UserError("wrong_header", sheet=title, column="A")


def _spec_of(header: Sequence[object]) -> SheetSpec | None:
    first = str(header[0] or "") if header else ""
    return sheet_of(first.removesuffix(f".{ID}")) if first.endswith(f".{ID}") else None


def _sheet(title: str, header: Sequence[object], rows: Iterator[Cells], most: int) -> RawSheet:
    spec = _spec_of(header)
    assert spec is not None
    names = [ID, *(str(name) if name else "" for name in header[1:])]
    _check_names(spec, title, names)
    lines: list[RawLine] = []
    for row, cells in enumerate(rows, 2):
        if row < FIRST_ROW or not any(_is_filled(cell) for cell in cells):
            continue
        if len(lines) == most:
            raise UserError("too_many_lines", most=MOST_LINES)
        lines.append(RawLine(row, _named(title, names, cells)))
    return RawSheet(spec, frozenset(names) - {""}, tuple(lines))


def _check_names(spec: SheetSpec, title: str, names: Sequence[str]) -> None:
    known = {column.name for column in spec.columns}
    for place, name in enumerate(names, 1):
        if name and (name not in known or name in names[: place - 1]):
            raise UserError("wrong_header", sheet=title, column=get_column_letter(place))
    for column in spec.columns:
        if column.required and column.name not in names:
            labels = {str(language): column.label.text(language) for language in Language}
            raise UserError("missing_column", sheet=title, **labels)


def _named(title: str, names: Sequence[str], cells: Sequence[object]) -> dict[str, object]:
    """The cells by name; one that is filled in below no name would be lost in silence."""
    found: dict[str, object] = {}
    for place, cell in enumerate(cells):
        name = names[place] if place < len(names) else ""
        if name:
            found[name] = cell
        elif _is_filled(cell):
            column = get_column_letter(place + 1)
            raise UserError("wrong_header", sheet=title, column=column)
    return found


def _is_filled(cell: object) -> bool:
    return cell is not None and (not isinstance(cell, str) or bool(cell.strip()))
