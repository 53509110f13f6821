"""Charts as DrawingML, which the reader's own word processor draws: the server needs no font and no picture."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree
from openpyxl import Workbook
from openpyxl.chart import BarChart, LineChart
from openpyxl.chart.data_source import AxDataSource, NumData, NumDataSource, NumRef, NumVal, StrData, StrRef, StrVal
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.series import Series, SeriesLabel

CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SHEET = "数据"
_NAMES_ALONG_A_TREND = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartData:
    """One row of values with a name for each."""

    title: str
    names: Sequence[str]
    values: Sequence[int]
    is_trend: bool = False
    """Drawn as a line instead of bars."""


def chart_xml(data: ChartData, workbook_relationship: str) -> bytes:
    """The chart part; its values are inside and in the embedded workbook that an editor opens."""
    # Untyped: the stubs know neither the names along a trend nor the method that writes the part.
    chart: Any = LineChart() if data.is_trend else BarChart()
    chart.title, chart.legend = data.title, None
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.y_axis.majorGridlines = None
    chart.y_axis.numFmt = "0"
    chart.x_axis.tickLblSkip = max(1, len(data.names) // _NAMES_ALONG_A_TREND) if data.is_trend else 1
    chart.series.append(_series(data))
    if not data.is_trend:
        chart.dataLabels = DataLabelList(showVal=True, showSerName=False, showCatName=False, showLegendKey=False)
    # The method by which openpyxl itself writes the part into a workbook; it has no other.
    tree = chart._write()
    source = etree.SubElement(tree, f"{{{CHART}}}externalData", {f"{{{RELATIONSHIPS}}}id": workbook_relationship})
    etree.SubElement(source, f"{{{CHART}}}autoUpdate", {"val": "0"})
    content: bytes = etree.tostring(tree, encoding="utf-8", xml_declaration=True)
    return content


def data_workbook(data: ChartData) -> bytes:
    """The values as the workbook that stands behind the chart."""
    book = Workbook()
    [sheet] = book.worksheets
    sheet.title = _SHEET
    sheet.append(("", data.title))
    for name, value in zip(data.names, data.values, strict=True):
        sheet.append(("", value))
        cell = sheet.cell(sheet.max_row, 1)
        cell.value, cell.data_type = name, "s"
    output = io.BytesIO()
    book.save(output)
    return output.getvalue()


def _series(data: ChartData) -> Series:
    last = len(data.values) + 1
    names = [StrVal(idx=index, v=name) for index, name in enumerate(data.names)]
    values = [NumVal(idx=index, v=str(value)) for index, value in enumerate(data.values)]
    series = Series(
        idx=0,
        order=0,
        tx=SeriesLabel(v=data.title),
        cat=AxDataSource(strRef=StrRef(f=f"{_SHEET}!$A$2:$A${last}", strCache=StrData(ptCount=len(names), pt=names))),
        val=NumDataSource(
            numRef=NumRef(
                f=f"{_SHEET}!$B$2:$B${last}",
                numCache=NumData(formatCode="General", ptCount=len(values), pt=values),
            )
        ),
    )
    series.graphicalProperties.line.solidFill = "1F5F4A"
    if data.is_trend:
        series.smooth = False
    else:
        series.graphicalProperties.solidFill = "1F5F4A"
    return series
