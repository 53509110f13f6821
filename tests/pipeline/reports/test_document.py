"""Weekly and monthly reports: what they count, and that an office's programs can open them."""

import io
import zipfile
from datetime import UTC, date, datetime, timedelta
from xml.etree import ElementTree as ET

import pytest
from docx import Document
from openpyxl import load_workbook

from domain.clock import china_date
from domain.counting.report import ReportKind, last_month, last_week
from domain.leads.lead import Decision, DueDates, LeadId, LeadStatus
from domain.risk import Risk
from pipeline.reports.charts import ChartData, chart_xml, data_workbook
from pipeline.reports.document import write_report
from pipeline.reports.due import period_of, write_due_reports
from pipeline.reports.figures import middle, report_figures
from storage.store import Store
from tests.factories import COUNTY, OTHER_VILLAGE, TOWN, VILLAGE, lead
from tests.fakes import NOON

MONTH = last_month(date(2026, 11, 26), 25)
OPENED = datetime(2026, 11, 10, 2, 0, tzinfo=UTC)
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


def due(day: date) -> DueDates:
    return DueDates(pass_on=day, visit=day, decide=day, measure=day, report_back=day)


def fill(store: Store) -> None:
    """Three leads of the month, one of the month before; one verified after four days, one overdue."""
    far = due(date(2027, 1, 1))
    with store.unit_of_work() as work:
        work.leads.add(lead("true", opened_at=OPENED, due=far, risks=frozenset({Risk.ILLNESS, Risk.HOUSING})))
        work.leads.add(lead("late", matter="b", opened_at=OPENED, due=due(date(2026, 11, 12))))
        work.leads.add(lead("new", matter="c", opened_at=OPENED, due=far, region=OTHER_VILLAGE))
        work.leads.add(lead("before", matter="d", opened_at=OPENED - timedelta(days=30), due=far))
        for status in (LeadStatus.CONFIRMED, LeadStatus.TAKEN_INTO_MONITORING):
            work.decisions.append(
                Decision(
                    lead_id=LeadId("true"),
                    status=status,
                    decided_by="wang",
                    decided_at=OPENED + timedelta(days=5),
                    reason="张三三家核实过",
                    visited_on=china_date(OPENED) + timedelta(days=4),
                )
            )
        work.commit()


def test_the_figures_are_those_of_the_period_and_the_division(sqlite_store: Store):
    fill(sqlite_store)

    town = report_figures(sqlite_store, TOWN, MONTH, NOON)
    village = report_figures(sqlite_store, OTHER_VILLAGE, MONTH, NOON)

    assert (town.opened, town.opened_before, town.open_now, town.overdue) == (3, 1, 3, 1)
    assert (town.days_to_visit, town.taken_in) == ((4,), 1)
    assert town.by_status == {LeadStatus.TAKEN_INTO_MONITORING: 1, LeadStatus.NEW: 2}
    assert town.by_risk[Risk.HOUSING] == 1
    assert [(row.region, row.opened, row.verified, row.true, row.overdue) for row in town.villages] == [
        (VILLAGE, 2, 1, 1, 1),
        (OTHER_VILLAGE, 1, 0, 0, 0),
    ]
    assert (village.opened, village.overdue, village.days_to_visit) == (1, 0, ())


def test_the_document_opens_with_sentences_tables_and_native_charts(sqlite_store: Store):
    fill(sqlite_store)
    output = io.BytesIO()

    write_report(output, report_figures(sqlite_store, TOWN, MONTH, NOON), NOON)

    document = Document(output)
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    for said in ("本月新增线索3条, 比上期增加2条", "核实线索1条", "中位数4天", "超期1条", "线索不是认定"):
        assert said in text
    cells = [[cell.text for cell in row.cells] for row in document.tables[1].rows]
    assert cells[0] == ["村(社区)", "新增", "核实", "属实", "超期"]
    assert cells[1][1:] == ["2", "1", "1", "1"]
    assert "wang" not in text
    with zipfile.ZipFile(output) as package:
        charts = [name for name in package.namelist() if name.startswith("word/charts/chart")]
        assert len(charts) == 3
        for name in charts:
            root = ET.fromstring(package.read(name))
            assert root.tag == f"{C}chartSpace"
            assert root.find(f".//{C}numCache/{C}pt") is not None
        assert not [name for name in package.namelist() if "张三三" in package.read(name).decode("utf-8", "ignore")]


def test_a_period_without_leads_says_that_this_may_mean_no_data(sqlite_store: Store):
    output = io.BytesIO()

    write_report(output, report_figures(sqlite_store, COUNTY, MONTH, NOON), NOON)

    text = "\n".join(paragraph.text for paragraph in Document(output).paragraphs)
    assert "没有线索不等于没有困难" in text
    assert not Document(output).tables


def test_the_workbook_behind_a_chart_holds_its_values_and_no_formula():
    data = ChartData(title="按村", names=["=1+1", "蔡家洼"], values=[2, 1])

    [sheet] = load_workbook(io.BytesIO(data_workbook(data))).worksheets

    assert [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)] == [["=1+1", 2], ["蔡家洼", 1]]
    assert sheet["A2"].data_type == "s"
    assert b"externalData" in chart_xml(data, "rId1")


@pytest.mark.parametrize(
    ("today", "first", "last"),
    [
        (date(2026, 11, 25), date(2026, 9, 26), date(2026, 10, 25)),
        (date(2026, 11, 26), date(2026, 10, 26), date(2026, 11, 25)),
        (date(2027, 1, 3), date(2026, 11, 26), date(2026, 12, 25)),
        (date(2027, 3, 1), date(2027, 1, 26), date(2027, 2, 25)),
    ],
)
def test_a_month_of_reports_ends_on_the_towns_day(today: date, first: date, last: date):
    found = last_month(today, 25)

    assert (found.first, found.last) == (first, last)


@pytest.mark.parametrize("day", range(23, 30))
def test_a_week_is_whole_and_over(day: int):
    week = last_week(date(2026, 11, day))

    assert (week.first.isoweekday(), week.last.isoweekday(), (week.last - week.first).days) == (1, 7, 6)
    assert week.last < date(2026, 11, day)


def test_due_reports_are_written_once(sqlite_store: Store, tmp_path):
    written = write_due_reports(tmp_path / "reports", sqlite_store, COUNTY, NOON, 25)

    assert len(written) == len(ReportKind)
    assert write_due_reports(tmp_path / "reports", sqlite_store, COUNTY, NOON, 25) == []
    assert period_of(ReportKind.MONTHLY, china_date(NOON), 25).last == date(2026, 10, 25)


@pytest.mark.parametrize(("days", "found"), [((), 0), ((3,), 3), ((1, 2), 1.5), ((1, 2, 9), 2)])
def test_the_middle_of_the_days(days: tuple[int, ...], found: float):
    assert middle(days) == found
