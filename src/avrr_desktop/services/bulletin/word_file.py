"""The bulletin as a Word file, made of named styles, native tables and native charts."""

from __future__ import annotations

from datetime import UTC
from io import BytesIO
from pathlib import Path
from typing import Final

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.shared import Cm, Emu, Pt, Twips
from docx.table import Table as WordTable
from docx.table import _Cell
from docx.text.paragraph import Paragraph as WordParagraph
from lxml.etree import _Element

from avrr_desktop.core import colours
from avrr_desktop.core.harmless import harmless_line
from avrr_desktop.core.labels import Language
from avrr_desktop.services.atomic import give_out
from avrr_desktop.services.bulletin.blocks import (
    Block,
    Bullet,
    Bulletin,
    Chart,
    Heading,
    Image,
    Link,
    Logos,
    Note,
    PageBreak,
    Paragraph,
    Picture,
    Table,
    TableRow,
    Tone,
)
from avrr_desktop.services.bulletin.image_files import image_size
from avrr_desktop.services.bulletin.packing import repack
from avrr_desktop.services.bulletin.widths import Room, column_widths
from avrr_desktop.services.bulletin.word_charts import add_chart
from avrr_desktop.services.bulletin.word_styles import (
    CELL,
    FRAMED,
    HEAD,
    LEAD,
    NOTE,
    SMALL,
    TEXT_WIDTH,
    set_up,
)
from avrr_desktop.services.bulletin.word_text import (
    LOCALES,
    add_field,
    add_text,
    element,
    set_direction,
)
from avrr_desktop.services.workbook.safe_text import visible

_TONES: Final = {Tone.BODY: "Normal", Tone.LEAD: LEAD, Tone.SMALL: SMALL}
_LABEL_SHARE: Final = 0.38  # of the width of a table
_LETTERS: Final = Pt(9)  # of cells, bold in totals
_CELL_MARGIN: Final = Twips(57)
_TWIP: Final = int(Twips(1))
_LOGO_HEIGHT: Final = Cm(1.8)
_PHOTOGRAPH_HEIGHT: Final = Cm(9)
_MOST_IN_A_PROPERTY: Final = 255  # as Word has it


def write_word(bulletin: Bulletin, path: Path) -> None:
    """Write the bulletin in the place of ``path``; the same bulletin gives the same bytes.

    Raises:
        UserError: see ``give_out``.
    """
    built = BytesIO()
    _Writing(bulletin).document.save(built)
    with give_out(path) as file:
        repack(built.getvalue(), bulletin.counted_at, file)


class _Writing:
    """Writes one bulletin into a document."""

    def __init__(self, bulletin: Bulletin) -> None:
        self._bulletin = bulletin
        self._language: Language = bulletin.language
        self._charts = 0
        self.document: Document = docx.Document()
        set_up(self.document, self._language)
        self._set_properties()
        self._add_margins()
        self._paragraph(bulletin.title, "Title")
        self._paragraph(bulletin.subtitle, "Subtitle")
        for block in bulletin.blocks:
            self._add(block)

    def _set_properties(self) -> None:
        bulletin, kept = self._bulletin, self.document.core_properties
        moment = bulletin.counted_at.astimezone(UTC).replace(tzinfo=None, microsecond=0)
        kept.title = _property(f"{bulletin.title} · {bulletin.subtitle}")
        kept.author = kept.last_modified_by = _property(bulletin.author)
        kept.comments = kept.keywords = kept.subject = ""
        kept.language = LOCALES[self._language]
        kept.created = kept.modified = kept.last_printed = moment
        kept.revision = 1

    def _add_margins(self) -> None:
        """The running head, and the number of the page."""
        section = self.document.sections[0]
        head, foot = section.header.paragraphs[0], section.footer.paragraphs[0]
        add_text(head, self._bulletin.running_head, self._language)
        foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
        before, _, rest = self._bulletin.page_of.partition("{page}")
        between, _, after = rest.partition("{pages}")
        for text, field in ((before, "PAGE"), (between, "NUMPAGES"), (after, "")):
            if text:
                add_text(foot, text, self._language)
            if field:
                add_field(foot, field)
        for paragraph in (head, foot):
            set_direction(paragraph, self._language)

    def _add(self, block: Block) -> None:
        match block:
            case Heading(text, level):
                self._paragraph(text, f"Heading {level}")
            case Paragraph(text, tone):
                self._paragraph(text, _TONES[tone])
            case Bullet(text):
                self._paragraph(text, "List Bullet")
            case Note(text, is_strong):
                self._paragraph(text, FRAMED if is_strong else NOTE)
            case Link():
                self._add_link(block)
            case Table():
                self._add_table(block)
            case _:
                self._add_drawn(block)

    def _add_drawn(self, block: Block) -> None:
        match block:
            case Chart():
                self._paragraph(block.title, "Heading 2")
                self._charts += 1
                add_chart(
                    self.document,
                    block,
                    self._charts,
                    self._bulletin.counted_at,
                    is_rtl=self._language.is_rtl,
                )
            case Image(picture):
                self._add_pictures((picture,), _PHOTOGRAPH_HEIGHT)
                if picture.caption:
                    self._paragraph(picture.caption, "Caption")
            case Logos(pictures):
                self._add_pictures(pictures, _LOGO_HEIGHT)
            case PageBreak():
                self.document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)

    def _paragraph(self, text: str, style: str) -> WordParagraph:
        paragraph = self.document.add_paragraph(style=style)
        set_direction(paragraph, self._language)
        add_text(paragraph, text, self._language)
        return paragraph

    def _add_link(self, link: Link) -> None:
        paragraph = self.document.add_paragraph()
        set_direction(paragraph, self._language)
        relation = self.document.part.relate_to(
            link.target, RELATIONSHIP_TYPE.HYPERLINK, is_external=True
        )
        holder = element("w:hyperlink")
        holder.set(qn("r:id"), relation)
        add_text(paragraph, link.address, Language.EN)  # an address reads from left to right
        for run in paragraph.runs:
            run.font.underline = True
            holder.append(run._r)  # noqa: SLF001 (python-docx knows links only to read them)
        paragraph._p.append(holder)  # noqa: SLF001 (no public call)

    def _add_pictures(self, pictures: tuple[Picture, ...], height: int) -> None:
        paragraph = self.document.add_paragraph()
        set_direction(paragraph, self._language)
        for place, picture in enumerate(pictures):
            wide, high = image_size(picture.data)
            width = min(height * wide // high, int(TEXT_WIDTH) // len(pictures))
            run = paragraph.add_run()
            drawn = run.add_picture(BytesIO(picture.data), width=Emu(width))
            drawn._inline.docPr.set("descr", picture.caption)  # noqa: SLF001 (no public call)
            if place + 1 < len(pictures):
                paragraph.add_run("   ")

    def _add_table(self, table: Table) -> None:
        if table.title:
            self._paragraph(table.title, "Heading 2")
        columns = len(table.heads)
        made = self.document.add_table(rows=0, cols=columns)
        made.autofit = False
        properties = made._tblPr  # noqa: SLF001 (no public call for what follows)
        properties.find(qn("w:tblLook")).addprevious(_narrow_margins())
        if self._language.is_rtl:
            properties.find(qn("w:tblW")).addprevious(element("w:bidiVisual"))
        room = Room(int(TEXT_WIDTH), int(_LETTERS), int(_CELL_MARGIN), _LABEL_SHARE)
        # Whole twips: else the columns of two rows end a hair apart.
        widths = [int(width) // _TWIP * _TWIP for width in column_widths(table, room)]
        self._add_row(made, TableRow(table.heads), widths, is_head=True)
        for row in table.rows:
            self._add_row(made, row, widths)
        for column, width in zip(made.columns, widths, strict=True):
            column.width = Emu(width)
        self.document.add_paragraph(style=NOTE)

    def _add_row(
        self, table: WordTable, row: TableRow, widths: list[int], *, is_head: bool = False
    ) -> None:
        made = table.add_row()  # type: ignore[no-untyped-call]  # python-docx leaves it untyped
        properties = made._tr.get_or_add_trPr()  # noqa: SLF001 (no public call)
        properties.append(element("w:cantSplit"))
        if is_head:
            properties.append(element("w:tblHeader"))
        for place, (cell, text) in enumerate(zip(made.cells, row.cells, strict=True)):
            cell.width = Emu(widths[place])
            self._fill_cell(cell, text, place, row, is_head=is_head)
            fill = colours.ACCENT_SOFT if is_head else colours.RAISED if row.is_total else ""
            _set_look(cell, fill)

    def _fill_cell(
        self, cell: _Cell, text: str, place: int, row: TableRow, *, is_head: bool
    ) -> None:
        paragraph = cell.paragraphs[0]
        paragraph.style = HEAD if is_head else CELL
        set_direction(paragraph, self._language)
        if place:
            # In a paragraph from right to left, Word takes “left” and “right” for start and end.
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        elif row.is_part:
            paragraph.paragraph_format.left_indent = Cm(0.5)
        add_text(paragraph, text, self._language, bold=row.is_total or is_head)


def _property(text: str) -> str:
    """A text as the file's properties hold it: a short line that XML can hold."""
    return harmless_line(visible(text), _MOST_IN_A_PROPERTY)


def _narrow_margins() -> _Element:
    """So that heads stay on one line."""
    margins = element("w:tblCellMar")
    for side in ("left", "right"):
        margins.append(element(f"w:{side}", w=str(_CELL_MARGIN.twips), type="dxa"))
    return margins


def _set_look(cell: _Cell, fill: str) -> None:
    """A line under each row, no vertical ones; a ground where there is one."""
    properties = cell._tc.get_or_add_tcPr()  # noqa: SLF001 (no public call)
    borders = element("w:tcBorders")
    borders.append(element("w:bottom", val="single", sz="4", space="0", color=colours.HAIRLINE))
    properties.append(borders)
    if fill:
        properties.append(element("w:shd", val="clear", color="auto", fill=fill))
