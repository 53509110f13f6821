"""The example's office files: the household register and the petition register as xlsx, the hotline export as CSV."""

import csv
import re
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from examples.kehu.register import VILLAGES, RegisteredHousehold, invented_phone
from examples.kehu.texts_format import Petition, Ticket

_PLACEHOLDER = re.compile(r"\{(phone|id):([^:{}]+):([^:{}]+)\}")
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - day zero of a spreadsheet has no zone

REGISTER_HEADER = (
    "省",
    "市",
    "县",
    "乡",
    "村",
    "村代码",
    "自然村",
    "组",
    "户编号",
    "人编号",
    "户类型",
    "监测对象类别",
    "致贫返贫风险",
    "风险是否已消除",
    "识别监测时间",
    "消除监测时间",
    "姓名",
    "性别",
    "证件号码",
    "出生日期",
    "与户主关系",
    "健康状况",
    "劳动技能",
    "务工所在地",
    "务工时间(月)",
    "在校生状况",
    "联系电话",
    "是否易地扶贫搬迁户",
    "安置区地址",
    "家庭住址",
)
_PETITION_UPPER = ("信访件编号", "信访人信息", "", "", "", "", "", "事项", "", "", "", "", "", "")
_PETITION_LOWER = (
    "",
    "姓名",
    "性别",
    "年龄",
    "联系电话",
    "证件号码",
    "住址",
    "信访日期",
    "信访形式",
    "信访目的",
    "内容分类",
    "涉及人数",
    "初重件",
    "概况信息",
)
_TICKET_HEADER = (
    "工单编号",
    "来电时间",
    "来电人",
    "联系电话",
    "诉求标题",
    "诉求内容",
    "问题点位",
    "内容分类",
    "承办单位",
)


def fill_in(text: str, households: dict[str, RegisteredHousehold]) -> str:
    """The text with its placeholders replaced by invented numbers; LookupError for an unknown household or person."""

    def number(found: re.Match[str]) -> str:
        kind, owner, which = found.groups()
        if owner == "x":
            return invented_phone(f"x:{which}")
        person = households[owner].persons[int(which)]
        return (person.phone or invented_phone(f"{owner}:{which}")) if kind == "phone" else person.id_number

    return _PLACEHOLDER.sub(number, text)


def petition_number(petition: Petition) -> str:
    """The number a petition has in the register."""
    return f"141124104{petition.received_on.replace('-', '')}{int(petition.key[1:]):04d}"


def write_register(path: Path, households: Sequence[RegisteredHousehold]) -> None:
    """One row per person in the layout of the national export."""
    rows = [row for household in households for row in _register_rows(household)]
    _write(path, "户籍台账", [("克虎镇户籍台账(2026年10月)",), REGISTER_HEADER, *rows])


def write_petitions(path: Path, petitions: Sequence[Petition], households: dict[str, RegisteredHousehold]) -> None:
    """A register as offices keep it: title, merged two-line header, dates in four styles, signatures below."""
    rows: list[Sequence[object]] = [("克虎镇信访登记台账(2026年8月—11月)",), _PETITION_UPPER, _PETITION_LOWER]
    rows += [_petition_row(index, one, households) for index, one in enumerate(petitions)]
    rows += [(), ("填表人：某某        审核人：某某",), ("注：联名信按一件登记。",)]

    def finish(book: Workbook, sheet: Worksheet) -> None:
        sheet.merge_cells("A1:N1")
        sheet.merge_cells("A2:A3")
        sheet.merge_cells("B2:G2")
        sheet.merge_cells("H2:N2")
        notes = book.create_sheet("填表说明")
        notes.append(["一、信访目的按求决、意见建议、揭发控告、申诉填写。"])
        notes.append(["二、同一事项再次反映的填重件。"])

    _write(path, "登记台账", rows, finish)


def write_tickets(path: Path, tickets: Sequence[Ticket], households: dict[str, RegisteredHousehold]) -> None:
    """The hotline's export: GB18030, quoted line breaks."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="gb18030", newline="") as output:
        writer = csv.writer(output, lineterminator="\r\n")
        writer.writerow(_TICKET_HEADER)
        for one in tickets:
            cells = (one.ticket_no, one.called_at, one.caller, one.phone, one.title, one.content, one.location)
            writer.writerow([fill_in(cell, households) for cell in (*cells, one.category, one.unit)])


def _petition_row(index: int, one: Petition, households: dict[str, RegisteredHousehold]) -> Sequence[object]:
    texts = [fill_in(text, households) for text in (one.phone, one.id_number, one.address, one.summary)]
    repeated = "重件" if one.is_repeat else "初件"
    return (
        petition_number(one),
        one.name,
        one.sex,
        one.age or "",
        *texts[:3],
        _date_cell(index, one.received_on),
        one.form,
        one.purpose,
        one.category,
        one.persons_involved,
        repeated,
        texts[3],
    )


def _date_cell(index: int, day: str) -> object:
    """The day in the style of whoever filled in the row."""
    moment = datetime.fromisoformat(day)
    styles: tuple[Callable[[], object], ...] = (
        lambda: moment,
        lambda: f"{moment.year}.{moment.month}.{moment.day}",
        lambda: f"{moment.year}年{moment.month}月{moment.day}日",
        lambda: (moment - _EPOCH).days,
        lambda: day,
    )
    return styles[index % len(styles)]()


def _register_rows(entry: RegisteredHousehold) -> list[Sequence[object]]:
    one = entry.household
    village = VILLAGES[one.village_code][0]
    place = ("山西省", "吕梁市", "临县", "克虎镇", village, one.village_code, one.natural_village, one.group)
    watched = (
        one.monitoring_category,
        one.risk,
        ("是" if one.risk_removed else "否") if one.monitoring_category else "",
        "202405" if one.monitoring_category else "",
        "202512" if one.risk_removed else "",
    )
    site = "宜家苑安置区" if one.relocated else ""
    address = f"临县克虎镇{village.removesuffix('委会')}{one.group}"
    rows: list[Sequence[object]] = []
    for index, registered in enumerate(entry.persons):
        person = registered.person
        identity = (person.name, person.sex, registered.id_number, f"{person.birth_year}", person.relation)
        work = (person.health, person.labour, person.work_place, person.work_months or "", person.student)
        end = (registered.phone, "是" if one.relocated else "否", site, address)
        rows.append(
            (
                *place,
                one.household_id,
                f"{one.household_id}{index + 1:02d}",
                one.household_type,
                *watched,
                *identity,
                *work,
                *end,
            )
        )
    return rows


def _write(
    path: Path,
    title: str,
    rows: Sequence[Sequence[object]],
    finish: Callable[[Workbook, Worksheet], None] | None = None,
) -> None:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)  # noqa: S101 - a new workbook has one sheet
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    if finish is not None:
        finish(book, sheet)
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
