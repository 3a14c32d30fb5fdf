"""Native bar charts of a Word file, each with the small workbook that lets one edit its figures."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Final
from xml.sax.saxutils import escape

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.shared import Cm

from avrr_desktop.core import colours
from avrr_desktop.services.bulletin.blocks import Chart
from avrr_desktop.services.bulletin.word_styles import TEXT_WIDTH
from avrr_desktop.services.workbook.safe_text import text_cell, visible

_CHART_TYPE: Final = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_BOOK_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_BAR: Final = Cm(0.62)
_FRAME: Final = Cm(1.2)
_ISOLATES: Final = str.maketrans("", "", "\u2066\u2069")

_CHART: Final = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"
 xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
 xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">
<c:roundedCorners val="0"/><c:chart><c:autoTitleDeleted val="1"/><c:plotArea><c:layout/>
<c:barChart><c:barDir val="bar"/><c:grouping val="clustered"/><c:varyColors val="0"/>
<c:ser><c:idx val="0"/><c:order val="0"/>
<c:tx><c:strRef><c:f>Sheet1!$B$1</c:f><c:strCache><c:ptCount val="1"/>
<c:pt idx="0"><c:v>{series}</c:v></c:pt></c:strCache></c:strRef></c:tx>
<c:spPr><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill></c:spPr><c:invertIfNegative val="0"/>
<c:dLbls><c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>{font}
<c:dLblPos val="outEnd"/><c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/>
<c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>
<c:cat><c:strRef><c:f>Sheet1!$A$2:$A${last}</c:f><c:strCache><c:ptCount val="{count}"/>
{labels}</c:strCache></c:strRef></c:cat>
<c:val><c:numRef><c:f>Sheet1!$B$2:$B${last}</c:f><c:numCache>
<c:formatCode>#,##0</c:formatCode><c:ptCount val="{count}"/>{values}</c:numCache></c:numRef></c:val>
</c:ser><c:gapWidth val="45"/><c:axId val="111111111"/><c:axId val="222222222"/></c:barChart>
<c:catAx><c:axId val="111111111"/><c:scaling><c:orientation val="maxMin"/></c:scaling>
<c:delete val="0"/><c:axPos val="{names}"/><c:numFmt formatCode="General" sourceLinked="0"/>
<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="{beside}"/>
<c:spPr><a:ln><a:solidFill><a:srgbClr val="{line}"/></a:solidFill></a:ln></c:spPr>{font}
<c:crossAx val="222222222"/><c:crosses val="autoZero"/><c:auto val="1"/><c:lblAlgn val="ctr"/>
<c:lblOffset val="100"/><c:noMultiLvlLbl val="0"/></c:catAx>
<c:valAx><c:axId val="222222222"/><c:scaling><c:orientation val="{direction}"/><c:min val="0"/>
</c:scaling><c:delete val="1"/><c:axPos val="b"/><c:numFmt formatCode="#,##0" sourceLinked="0"/>
<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>
<c:crossAx val="111111111"/><c:crosses val="autoZero"/></c:valAx>
<c:spPr><a:noFill/></c:spPr></c:plotArea><c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/>
</c:chart><c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>{font}
<c:externalData r:id="rId1"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>"""

_FONT: Final = (
    '<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr{rtl}><a:defRPr sz="900" b="0"><a:solidFill>'
    '<a:srgbClr val="{ink}"/></a:solidFill><a:latin typeface="Arial"/><a:cs typeface="Arial"/>'
    '</a:defRPr></a:pPr><a:endParaRPr lang="en-US"/></a:p></c:txPr>'
)

_DRAWING: Final = """<w:drawing
 xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
 xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
 xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
 xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"
 xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">
<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{width}" cy="{height}"/>
<wp:docPr id="{number}" name="Chart {number}" descr="{title}"/><wp:cNvGraphicFramePr/>
<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">
<c:chart r:id="{relation}"/></a:graphicData></a:graphic></wp:inline></w:drawing>"""


def add_chart(document: Document, chart: Chart, number: int, at: datetime, *, is_rtl: bool) -> None:
    """A chart in a paragraph of its own; ``number`` is unique in the file."""
    part = document.part
    package = part.package
    assert package is not None
    book = Part(
        PackURI(f"/word/embeddings/chart{number}.xlsx"), _BOOK_TYPE, _book(chart, at), package
    )
    drawn = Part(
        PackURI(f"/word/charts/chart{number}.xml"), _CHART_TYPE, _xml(chart, is_rtl), package
    )
    drawn.relate_to(book, RELATIONSHIP_TYPE.PACKAGE)
    drawing = _DRAWING.format(
        width=int(TEXT_WIDTH),
        height=int(_FRAME) + int(_BAR) * len(chart.bars),
        number=1000 + number,
        title=_text(chart.title),
        relation=part.relate_to(drawn, RELATIONSHIP_TYPE.CHART),
    )
    paragraph = document.add_paragraph()
    paragraph.add_run()._r.append(parse_xml(drawing))  # noqa: SLF001 (no public call for it)


def _xml(chart: Chart, is_rtl: bool) -> bytes:
    labels = "".join(_point(at, bar.label) for at, bar in enumerate(chart.bars))
    values = "".join(_point(at, str(bar.value)) for at, bar in enumerate(chart.bars))
    text = _CHART.format(
        series=_text(chart.series),
        colour=colours.CHART[0],
        line=colours.HAIRLINE,
        font=_FONT.format(ink=colours.INK, rtl=' rtl="1"' if is_rtl else ""),
        last=len(chart.bars) + 1,
        count=len(chart.bars),
        labels=labels,
        values=values,
        names="r" if is_rtl else "l",
        beside="nextTo",
        direction="maxMin" if is_rtl else "minMax",
    )
    return text.encode("utf-8")


def _point(place: int, value: str) -> str:
    return f'<c:pt idx="{place}"><c:v>{_text(value)}</c:v></c:pt>'


def _text(text: str) -> str:
    return escape(visible(text).translate(_ISOLATES), {'"': "&quot;"})


def _book(chart: Chart, at: datetime) -> bytes:
    from avrr_desktop.services.workbook.saving import new_book, write_book

    written = BytesIO()
    with new_book(visible(chart.title), at) as book:
        sheet = book.create_sheet("Sheet1")
        sheet.append(["", text_cell(sheet, visible(chart.series))])
        for bar in chart.bars:
            label = visible(bar.label).translate(_ISOLATES)
            sheet.append([text_cell(sheet, label), bar.value])
        write_book(book, written)
    return written.getvalue()
