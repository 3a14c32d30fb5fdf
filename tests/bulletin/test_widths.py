"""No word of a head and no figure is broken by its column, in any language."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from docx import Document
from PySide6.QtGui import QFontMetricsF, QGuiApplication

from avrr_desktop.core.labels import Language
from avrr_desktop.core.periods import parse_period
from avrr_desktop.paths import resources_dir
from avrr_desktop.services.bulletin.blocks import Table, TableRow
from avrr_desktop.services.bulletin.export import export_word, make_bulletin
from avrr_desktop.services.bulletin.widths import Room, column_widths
from avrr_desktop.services.register import Register
from avrr_desktop.ui.printing.looks import Look, load_fonts

PERIOD = parse_period("2023-S1")
WIDE = 482.0  # points: seventeen centimetres
ROOMS = (Room(WIDE, 8.5, 3.0, 0.37), Room(WIDE, 9.0, 2.85, 0.38))
HEADS = {
    Language.FR: ("Hommes", "Femmes", "Garçons", "Filles", "Non dét.", "Total", "%", "Services"),
    Language.AR: ("رجال", "نساء", "فتيان", "فتيات", "غير محدد", "المجموع", "%", "الخدمات"),
    Language.EN: ("Men", "Women", "Boys", "Girls", "Undet.", "Total", "%", "Services"),
}


def narrow(language: Language) -> Table:
    """Every column there may be, with large figures."""
    figures = ("1\u202f017", "428", "145", "142", "12", "1\u202f732", "100\u00a0%", "12\u202f345")
    rows = (TableRow(("Voucher", *figures), is_total=True),)
    return Table("Kind", ("Kind of assistance", *HEADS[language]), rows)


def tables(register: Register, language: Language) -> Iterator[Table]:
    yield narrow(language)
    for block in make_bulletin(register, PERIOD, language, is_masked=True).blocks:
        if isinstance(block, Table):
            yield block


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("room", ROOMS)
def test_words_and_figures_fit_their_columns(
    demo: Register, language: Language, room: Room, qapp: QGuiApplication
) -> None:
    load_fonts(resources_dir() / "fonts")
    face = Look.CELL_BOLD.value.font
    face.setPointSizeF(room.letters)
    metrics = QFontMetricsF(face)
    dots = qapp.primaryScreen().logicalDotsPerInch() / 72
    seen = 0
    for table in tables(demo, language):
        widths = column_widths(table, room)
        assert sum(widths) == pytest.approx(room.width)
        assert widths[0] >= 0.24 * room.width - 0.1
        for place in range(1, len(table.heads)):
            figures = [row.cells[place] for row in table.rows]
            for text in (*table.heads[place].split(" "), *figures):
                taken = metrics.horizontalAdvance(text) / dots
                assert taken <= widths[place] - 2 * room.padding, text
                seen += 1
    assert seen > 100


def test_columns_are_alike_where_there_is_room() -> None:
    table = Table("", ("", "Total", "Men", "Women"), (TableRow(("A", "3", "1", "2")),))
    first, *others = column_widths(table, ROOMS[0])
    assert len({round(width, 3) for width in others}) == 1
    assert first == pytest.approx(0.37 * WIDE)


def test_columns_of_a_word_table_end_together(demo: Register, tmp_path: Path) -> None:
    path = tmp_path / "bulletin.docx"
    export_word(demo, PERIOD, path, Language.FR)
    found = [table for table in Document(str(path)).tables if len(table.columns) > 7]
    assert found
    for table in found:
        grid = [column.width for column in table.columns]
        assert all([cell.width for cell in row.cells] == grid for row in table.rows)
        assert grid[0] > max(width or 0 for width in grid[1:])
        assert all(width is not None and width % 635 == 0 for width in grid)
