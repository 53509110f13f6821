"""Slips of the hand and of programs: lines that begin like notes, ditto in all its ways, forms on sheets."""

from openpyxl.worksheet.worksheet import Worksheet

from tests.importers.nasty import reasons
from tests.importers.nasty.builders import (
    HEADER,
    OTHER_TEXT,
    TEXT,
    archive,
    book,
    json_lines,
    line,
    raw,
    text_table,
    written,
    xlsx,
)
from tests.importers.nasty.cases import Nasty

_DAY = "2026-09-03"
_DITTOS = ("同 上", "同上。", "（同上）", "同上件", "内容同上", "”", "〃〃", "-〃-", "【同前】", "″", "同上一件")


def _form(name: str, matter: str) -> list[tuple[str, ...]]:
    return [
        ("来访登记表",),
        ("来访人", name, "联系电话", "13800000000"),
        ("来访时间", _DAY, "住址", "某镇某村"),
        ("来访事由", matter),
    ]


def _far_to_the_right(page: Worksheet) -> None:
    page.cell(row=3, column=600, value="见下页")


def _far_to_the_right_and_below(page: Worksheet) -> None:
    page["XFD1048576"] = "备注"


CASES = [
    Nasty(
        "slip: full rows whose matter stands first and begins like a note",
        xlsx(
            [
                ("反映内容", "姓名", "联系电话", "信访日期"),
                ("说明：我家停水两年没人管。", "张三", "13800000000", _DAY),
                ("负责人：没有人来修水管，请求解决。", "李四", "", _DAY),
                ("说明：以上为九月来访。", "", "", ""),
            ]
        ),
        accepted=2,
        warnings=[
            ("台账", 1, None, reasons.NO_NUMBER_COLUMN, ""),
            ("台账", 4, None, reasons.NOTE, "说明：以上为九月来访。"),
        ],
        says={2: {"text": "说明：我家停水两年没人管。", "name": "张三"}, 3: {"name": "李四"}},
    ),
    Nasty(
        "slip: a sum is no name of a person with a short matter",
        xlsx(
            [("编号", "姓名", "信访日期", "信访事项"), ("X001", "合计", _DAY, "家里没水"), ("合计", "", "", "1件，1人")]
        ),
        warnings=[("台账", 3, None, reasons.TOTAL, "合计")],
        says={2: {"text": "家里没水"}},
    ),
    Nasty(
        "slip: a filled-in form on each sheet",
        book({"张三": _form("张三", TEXT), "李四": _form("李四", OTHER_TEXT)}),
        accepted=2,
        says={1: {"name": "李四", "text": OTHER_TEXT, "sheet": "李四", "day": _DAY}},
    ),
    Nasty(
        "slip: a form on a hidden sheet",
        book({"登记": [HEADER, line("X001")], "来访": _form("李四", OTHER_TEXT)}, hidden=["来访"]),
        accepted=2,
        warnings=[("来访", 1, None, reasons.HIDDEN_SHEET, "来访")],
    ),
    Nasty(
        "slip: two forms one below the other on a sheet",
        xlsx([*_form("张三", TEXT), (), *_form("李四", OTHER_TEXT)]),
        accepted=2,
    ),
    Nasty(
        "same above: in all its ways",
        text_table(
            [HEADER, line("X100")]
            + [line(f"X1{place:02}", ditto, name=f"李{place}") for place, ditto in enumerate(_DITTOS, start=1)]
        ),
        accepted=len(_DITTOS) + 1,
        says={row: {"text": TEXT} for row in range(3, len(_DITTOS) + 3)},
    ),
    Nasty(
        "same above: and more",
        text_table([HEADER, line("X001"), line("X002", "同上，另反映低保被取消。", name="李四")]),
        accepted=2,
        warnings=[("", 3, "概况信息", reasons.CONTINUED, "同上，另反映低保被取消。")],
        says={3: {"text": f"{TEXT}\n另反映低保被取消。", "概况信息": "同上，另反映低保被取消。"}},
    ),
    Nasty(
        "same above: the superiors are meant",
        text_table([HEADER, line("X001"), line("X002", "同上级部门反映过，没有结果。", name="李四")]),
        accepted=2,
        says={3: {"text": "同上级部门反映过，没有结果。"}},
    ),
    Nasty(
        "json: a broken line in a table",
        written(
            '{"信访件编号":"X001","姓名":"张三","信访日期":"2026-09-03","概况信息":"反映欠薪。"}\n'
            '{"信访件编号":"X002","姓名":"李四\n'
            '{"信访件编号":"X003","姓名":"王五","信访日期":"2026-09-03","概况信息":"反映停水。"}\n',
            "登记.jsonl",
        ),
        accepted=2,
        rejected=[("", 2, None, reasons.BROKEN_JSON, '{"信访件编号":"X002","姓名":"李四')],
    ),
    Nasty(
        "json: a line that is no object in a list of texts",
        json_lines([{"id": "X001", "text": TEXT}, ["坏"]]),  # type: ignore[list-item]  # that is what is wrong
        rejected=[
            (
                "",
                2,
                None,
                "这一行的格式不对(不是一条记录, 应为 {…}), 没有导入; 请把这句话告诉导出系统的管理员, 重新导出",
                '["坏"]',
            )
        ],
    ),
    Nasty(
        "slip: one cell far to the right costs itself",
        xlsx([HEADER, line("X001"), line("X002", OTHER_TEXT), line("X003", "反映欠薪。")], change=_far_to_the_right),
        accepted=3,
        warnings=[("台账", 3, None, reasons.stray(600), "")],
    ),
    Nasty(
        "slip: a cell far to the right and below in a row of its own is told as well",
        xlsx([HEADER, line("X001"), line("X002", OTHER_TEXT)], change=_far_to_the_right_and_below),
        accepted=2,
        warnings=[("台账", 1_048_576, None, reasons.stray(16_384), "")],
    ),
    Nasty(
        "number: what says that there is none",
        text_table([HEADER, line("无"), line("/", OTHER_TEXT, name="李四"), line("待编", "反映欠薪。", name="王五")]),
        accepted=3,
        warnings=[("", row, "信访件编号", reasons.NO_NUMBER, "") for row in (2, 3, 4)],
    ),
    Nasty(
        "number: the same for another person with another matter",
        text_table([HEADER, line("X001"), line("X001", OTHER_TEXT, name="李四", phone="13900000000")]),
        accepted=2,
        warnings=[("", 3, "信访件编号", reasons.other_matter("第2行"), "X001")],
        says={2: {"number": "X001"}, 3: {"name": "李四", "text": OTHER_TEXT}},
    ),
    Nasty(
        "number: beginning anew on every sheet",
        book({"一月": [HEADER, line("1")], "二月": [HEADER, line("1", OTHER_TEXT, name="李四")]}),
        accepted=2,
        warnings=[("二月", 2, "信访件编号", reasons.other_matter("一月第2行"), "1")],
    ),
    Nasty(
        "number: the same matter of another person further below",
        text_table([HEADER, line("X001"), line("X002", OTHER_TEXT), line("X001", name="李四")]),
        accepted=3,
        warnings=[("", 4, "姓名", reasons.same_matter(2), "李四")],
    ),
    Nasty(
        "slip: numbers of the columns below the header",
        text_table([HEADER, tuple(f"({place})" for place in range(1, 9)), line("X001")]),
        warnings=[("", 2, None, reasons.HINT, "(1)")],
    ),
    Nasty(
        "slip: hints below the header",
        text_table(
            [HEADER, ("必填", "必填", "11位", "18位", "", "格式yyyy-mm-dd", "下拉选择", "不超过500字"), line("X001")]
        ),
        warnings=[("", 2, None, reasons.HINT, "必填")],
    ),
    Nasty(
        "slip: an example below the header",
        text_table([HEADER, line("示例", "（示例）填写反映的主要问题"), line("X001")]),
        warnings=[("", 2, None, reasons.HINT, "示例")],
    ),
    Nasty(
        "slip: stamps, dates and pages below the table",
        xlsx(
            [
                HEADER,
                line("X001"),
                ("信访局（盖章）", "", "", "", "", "2026年9月30日"),
                ("经办：某甲", "", "", "审核：某乙"),
                ("第1页，共2页",),
            ]
        ),
        warnings=[
            ("台账", 3, None, reasons.NOTE, "信访局（盖章）"),
            ("台账", 4, None, reasons.NOTE, "经办：某甲"),
            ("台账", 5, None, reasons.NOTE, "第1页，共2页"),
        ],
    ),
    Nasty(
        "archive: the lock file of an open workbook",
        archive({"台账.xlsx": xlsx([HEADER, line("X001")]), "~$台账.xlsx": raw(b"\x06admin" + b" " * 150, "lock")}),
        warnings=[("~$台账.xlsx", 1, None, reasons.LOCK_FILE, "")],
    ),
]
