"""A report as docx: sentences, tables and charts that an office edits before it passes them on."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import IO, Any

from docx import Document
from docx.document import Document as Docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from domain.clock import CHINA
from domain.counting.report import ReportFigures
from pipeline.policy.calendar import days_between
from pipeline.reports.charts import CHART, RELATIONSHIPS, ChartData, chart_xml, data_workbook
from pipeline.reports.sentences import outstanding, overview, progress, title

_CHART_PART = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FONT, _HEADING_FONT = "仿宋", "黑体"
_SHOWN = 15
"""Villages in a chart; the table has all of them."""


def write_report(output: IO[bytes], figures: ReportFigures, now: datetime) -> None:
    """Write the report."""
    document = Document()
    _set_fonts(document)
    heading = document.add_heading(title(figures), level=0)
    heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
    period = figures.period
    under = document.add_paragraph(f"{period.name}({period.first}至{period.last})")
    under.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _section(document, "一、线索情况", overview(figures))
    for chart in _charts(figures):
        _add_chart(document, chart)
    _section(document, "二、核实处置情况", progress(figures))
    statuses = [(status.label, str(count)) for status, count in sorted(figures.by_status.items())]
    _table(document, ("状态", "条数"), statuses)
    _section(document, "三、待办情况", outstanding(figures))
    rows = [(row.name, *map(str, (row.opened, row.verified, row.true, row.overdue))) for row in figures.villages]
    _table(document, ("村(社区)", "新增", "核实", "属实", "超期"), rows)
    document.add_paragraph("线索不是认定, 每一条都要入户核实。本表只有数字, 不含姓名。")
    document.add_paragraph(f"生成时间: {now.astimezone(CHINA):%Y年%m月%d日 %H:%M}")
    document.save(output)


def _charts(figures: ReportFigures) -> list[ChartData]:
    risks = sorted(figures.by_risk.items(), key=lambda one: (-one[1], one[0]))
    villages = [row for row in figures.villages if row.opened][:_SHOWN]
    days = days_between(figures.period.first, figures.period.last)
    charts = [
        ChartData(
            title="新增线索(按风险类型)", names=[risk.label for risk, _ in risks], values=[count for _, count in risks]
        ),
        ChartData(
            title="新增线索(按村)", names=[row.name for row in villages], values=[row.opened for row in villages]
        ),
        ChartData(
            title="新增线索(按日)",
            names=[f"{day:%m-%d}" for day in days],
            values=[figures.by_day.get(day, 0) for day in days],
            is_trend=True,
        ),
    ]
    return [chart for chart in charts if any(chart.values)]


def _section(document: Docx, heading: str, sentences: Iterable[str]) -> None:
    document.add_heading(heading, level=1)
    paragraph = document.add_paragraph("".join(sentences))
    paragraph.paragraph_format.first_line_indent = Pt(28)


def _table(document: Docx, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    if not rows:
        return
    table = document.add_table(rows=1, cols=len(columns), style="Table Grid")
    for cell, text in zip(table.rows[0].cells, columns, strict=True):
        cell.text = text
        cell.paragraphs[0].runs[0].bold = True
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text


def _add_chart(document: Docx, data: ChartData) -> None:
    package = document.part.package
    number = sum(part.content_type == _CHART_PART for part in package.iter_parts()) + 1
    book = Part(PackURI(f"/word/embeddings/chart{number}.xlsx"), _XLSX, data_workbook(data), package)
    part = Part(PackURI(f"/word/charts/chart{number}.xml"), _CHART_PART, b"", package)
    part._blob = chart_xml(data, part.relate_to(book, RELATIONSHIP_TYPE.PACKAGE))
    relationship = document.part.relate_to(part, RELATIONSHIP_TYPE.CHART)
    run = document.add_paragraph().add_run()
    run._r.append(_drawing(number, data.title, relationship))


def _drawing(number: int, name: str, relationship: str) -> Any:
    width, height = Cm(15), Cm(7)
    return parse_xml(
        '<w:drawing xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
        ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
        ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
        f'<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{width}" cy="{height}"/>'
        f'<wp:docPr id="{1000 + number}" name="图{number}" descr="{name}"/><wp:cNvGraphicFramePr/>'
        f'<a:graphic><a:graphicData uri="{CHART}">'
        f'<c:chart xmlns:c="{CHART}" xmlns:r="{RELATIONSHIPS}" r:id="{relationship}"/>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing>"
    )


def _set_fonts(document: Docx) -> None:
    """The fonts of official documents, by name: the reader's machine has them."""
    for name, font, size in (
        ("Normal", _FONT, 14),
        ("Title", _HEADING_FONT, 20),
        ("Heading 1", _HEADING_FONT, 15),
        ("Table Grid", _FONT, 11),
    ):
        style: Any = document.styles[name]
        style.font.name, style.font.size = font, Pt(size)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for attribute in list(fonts.attrib):
            if attribute.endswith("Theme"):
                del fonts.attrib[attribute]
        for attribute in ("w:ascii", "w:hAnsi", "w:eastAsia"):
            fonts.set(qn(attribute), font)
