"""The bulletin as a PDF file: the same blocks as the Word file, drawn on A4."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Final
from uuid import NAMESPACE_OID, uuid5

from PySide6.QtCore import QBuffer, QHashSeed, QIODevice, QMarginsF, QRectF, QUuid
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter

from avrr_desktop.core import colours
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
    Table,
    Tone,
)
from avrr_desktop.ui.printing.drawings import draw_chart, draw_logos, draw_photograph
from avrr_desktop.ui.printing.looks import Look
from avrr_desktop.ui.printing.paper import Margins, Paper
from avrr_desktop.ui.printing.tables import draw_table

_RESOLUTION: Final = 600
_TONES: Final = {Tone.BODY: Look.BODY, Tone.LEAD: Look.LEAD, Tone.SMALL: Look.SMALL}
_BULLET_INDENT: Final = 12.0
_KEPT_UNDER_HEADING: Final = 90.0  # points: a title never stands alone at the foot of a page
_DATES: Final = re.compile(rb"(?<=Date \(D:)\d{14}")
_XMP_DATES: Final = re.compile(rb'(?<=Date=")\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?=[+-]\d\d:\d\d")')


def write_pdf(bulletin: Bulletin, path: Path) -> None:
    """Write the bulletin in the place of ``path``; the shipped fonts are registered already.

    Raises:
        UserError: see ``give_out``.
    """
    data = pdf_bytes(bulletin)
    with give_out(path) as file:
        file.write(data)


def pdf_bytes(bulletin: Bulletin) -> bytes:
    """The file itself; drawn twice, since the first page says how many there are.

    The same bulletin gives the same bytes: Qt numbers fonts and letters in the order of its hashes.
    """
    QHashSeed.setDeterministicGlobalSeed()
    try:
        return _written(bulletin)
    finally:
        QHashSeed.resetRandomGlobalSeed()


def _written(bulletin: Bulletin) -> bytes:
    pages, _ = _drawn(bulletin, 0)
    _, data = _drawn(bulletin, pages)
    return _dated(data, bulletin.counted_at)


def _drawn(bulletin: Bulletin, pages: int) -> tuple[int, bytes]:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(_RESOLUTION)
    size = QPageSize(QPageSize.PageSizeId.A4)
    writer.setPageLayout(QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF()))
    writer.setTitle(f"{bulletin.title} · {bulletin.subtitle}")
    writer.setCreator(bulletin.author)
    writer.setDocumentId(QUuid(str(uuid5(NAMESPACE_OID, repr(bulletin)))))
    with QPainter(writer) as painter:
        margins = Margins(bulletin.running_head, bulletin.page_of, pages)
        paper = Paper(writer, painter, bulletin.language, margins)
        paper.add_text(bulletin.title, Look.TITLE)
        paper.add_text(bulletin.subtitle, Look.SUBTITLE)
        _draw_all(paper, bulletin.blocks)
    return paper.page, bytes(buffer.data().data())


def _draw_all(paper: Paper, blocks: Sequence[Block]) -> None:
    for block in blocks:
        match block:
            case Heading(text, level):
                paper.make_room(_KEPT_UNDER_HEADING * paper.unit)
                paper.add_text(text, Look.HEADING if level == 1 else Look.SUBHEADING)
            case Paragraph(text, tone):
                paper.add_text(text, _TONES[tone])
            case Bullet(text):
                paper.add_text(text, Look.BODY, indent=_BULLET_INDENT, mark="•")
            case Note(text, is_strong):
                _draw_note(paper, text, is_strong=is_strong)
            case Link():
                paper.add_text(block.address, Look.LINK)
            case _:
                _draw_figure(paper, block)


def _draw_figure(paper: Paper, block: Block) -> None:
    match block:
        case Table():
            draw_table(paper, block)
        case Chart():
            draw_chart(paper, block)
        case Image(picture):
            draw_photograph(paper, picture)
        case Logos(pictures):
            draw_logos(paper, pictures)
        case PageBreak():
            paper.turn()


def _draw_note(paper: Paper, text: str, *, is_strong: bool) -> None:
    """A strong one on a ground of its own."""
    if not is_strong:
        paper.add_text(text, Look.NOTE)
        return
    padding = 6 * paper.unit
    inner = paper.width - 2 * padding
    height = paper.height_of(text, Look.FRAMED, inner)
    paper.make_room(height + 2 * padding)
    ground = QRectF(paper.left, paper.y, paper.width, height + 2 * padding)
    paper.fill(ground, colours.WARNING_SOFT)
    place = QRectF(paper.at(padding, inner), paper.y + padding, inner, height)
    paper.draw(text, Look.FRAMED, place)
    paper.y = ground.bottom() + Look.FRAMED.value.after * paper.unit


def _dated(data: bytes, at: datetime) -> bytes:
    """Dated by the count and not by the hour of writing; no place in the file moves."""
    moment = at.astimezone()  # Qt writes the hour of this place with its distance from UTC
    data = _DATES.sub(f"{moment:%Y%m%d%H%M%S}".encode("ascii"), data)
    return _XMP_DATES.sub(f"{moment:%Y-%m-%dT%H:%M:%S}".encode("ascii"), data)
