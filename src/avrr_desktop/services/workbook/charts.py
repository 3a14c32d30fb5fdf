"""Native charts over the figures of a sheet: groups, countries, months."""

from __future__ import annotations

from typing import Final

from openpyxl.chart import BarChart, Reference
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.marker import DataPoint
from openpyxl.worksheet.worksheet import Worksheet

from avrr_desktop.core.colours import CHART
from avrr_desktop.services.workbook.figure_sheet import FIRST_GROUP, HEAD_ROW, LAST_GROUP, TOTAL

ROWS: Final = 16  # rows a chart covers
_WIDTH: Final = 10  # centimetres: three charts beside one another fill the sheet
_HEIGHT: Final = 7.6
_TOTAL_COLOUR: Final = CHART[0]


def groups_chart(sheet: Worksheet, title: str, row: int, *, is_rtl: bool) -> BarChart:
    """The five groups of one row, a colour each."""
    values = Reference(sheet, min_col=FIRST_GROUP, max_col=LAST_GROUP, min_row=row)
    names = Reference(sheet, min_col=FIRST_GROUP, max_col=LAST_GROUP, min_row=HEAD_ROW)
    chart = _chart(title, values, names, from_rows=True, is_rtl=is_rtl)
    for place, colour in enumerate(CHART):
        point = DataPoint(idx=place)
        point.graphicalProperties.solidFill = colour
        chart.series[0].dPt.append(point)
    return chart


def terms_chart(
    sheet: Worksheet, title: str, rows: tuple[int, int], *, is_rtl: bool, lying: bool
) -> BarChart:
    """The totals of some rows: lying bars for long names, columns for months."""
    first, last = rows
    values = Reference(sheet, min_col=TOTAL, min_row=first, max_row=last)
    names = Reference(sheet, min_col=1, min_row=first, max_row=last)
    chart = _chart(title, values, names, from_rows=False, is_rtl=is_rtl and not lying)
    if lying:
        chart.type = "bar"
        chart.x_axis.scaling.orientation = "maxMin"  # the first term on top
    return chart


def _chart(
    title: str, values: Reference, names: Reference, *, from_rows: bool, is_rtl: bool
) -> BarChart:
    chart = BarChart()
    chart.type = "col"
    chart.title = title
    assert chart.title is not None
    chart.title.overlay = False  # else Excel draws it over the bars
    chart.width = _WIDTH
    chart.height = _HEIGHT
    chart.gapWidth = 60
    chart.legend = None
    chart.add_data(values, from_rows=from_rows, titles_from_data=False)
    chart.set_categories(names)
    chart.series[0].graphicalProperties.solidFill = _TOTAL_COLOUR
    chart.dataLabels = DataLabelList(
        showVal=True,
        showSerName=False,
        showCatName=False,
        showLegendKey=False,
        showPercent=False,
    )
    # Excel hides an axis that does not say it is there.
    chart.x_axis.delete = False
    chart.y_axis.delete = True
    chart.y_axis.majorGridlines = None
    chart.y_axis.scaling.min = 0
    if is_rtl:
        chart.x_axis.scaling.orientation = "maxMin"
    return chart
