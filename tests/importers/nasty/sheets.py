"""Several sheets, hidden sheets, sheets of other things, two tables in one sheet."""

from tests.importers.nasty import reasons
from tests.importers.nasty.builders import HEADER, OTHER_TEXT, book, line, text_table, xlsx
from tests.importers.nasty.cases import Nasty

_HOTLINE = ("工单编号", "来电时间", "来电人", "联系电话", "诉求标题", "诉求内容", "问题点位")
_TICKET = ("H1", "2026-09-03 10:21", "李四", "13900000000", "停水", OTHER_TEXT, "某镇")

CASES = [
    Nasty(
        "sheets: instructions before the register",
        book({"填表说明": [("填表说明",), ("请如实填写",)], "登记": [HEADER, line()]}),
        warnings=[("填表说明", 1, None, reasons.NO_REGISTER, "填表说明")],
        says={2: {"sheet": "登记"}},
    ),
    Nasty(
        "sheets: one for each month",
        book({"九月": [HEADER, line("X001")], "十月": [("十月",), HEADER, line("X002", OTHER_TEXT)]}),
        accepted=2,
        says={2: {"sheet": "九月"}, 3: {"sheet": "十月"}},
    ),
    Nasty(
        "sheets: a register and a hotline export",
        book({"信访": [HEADER, line("X001")], "热线": [("导出",), _HOTLINE, _TICKET]}),
        accepted=2,
        says={2: {"channel": "petition"}, 3: {"channel": "hotline", "title": "停水", "minute": "10:21"}},
    ),
    Nasty(
        "sheets: the same petition in two sheets",
        book({"九月": [HEADER, line("X001")], "补录": [HEADER, line("X001")]}),
        duplicates=1,
    ),
    Nasty(
        "sheets: one number with two texts in two sheets",
        book({"九月": [HEADER, line("X001")], "补录": [HEADER, line("X001", OTHER_TEXT)]}),
        accepted=2,
        warnings=[("补录", 2, "信访件编号", reasons.same_number("九月第2行"), "X001")],
    ),
    Nasty(
        "sheets: a hidden one",
        book({"九月": [HEADER, line("X001")], "旧": [HEADER, line("X002", OTHER_TEXT)]}, hidden=["旧"]),
        accepted=2,
        warnings=[("旧", 1, None, reasons.HIDDEN_SHEET, "旧")],
    ),
    Nasty(
        "sheets: empty ones beside",
        book({"Sheet1": [], "登记": [HEADER, line()], "Sheet3": []}),
    ),
    Nasty(
        "sheets: names with blanks and signs",
        book({"2026年 9月(补)": [HEADER, line("X001", "")], "另": [HEADER, line("X002")]}),
        rejected=[("2026年 9月(补)", 2, "概况信息", reasons.EMPTY, "")],
    ),
    Nasty(
        "tables: a second one with other columns below",
        xlsx(
            [
                HEADER,
                line("X001"),
                (),
                ("来信",),
                ("来文号", "写信人", "收信日期", "主要内容"),
                ("L1", "王五", "2026.9.5", OTHER_TEXT),
            ]
        ),
        accepted=2,
        warnings=[("台账", 4, None, reasons.NOTE, "来信")],
        says={6: {"number": "L1", "name": "王五", "day": "2026-09-05", "text": OTHER_TEXT}},
    ),
    Nasty(
        "tables: a header and nothing below",
        xlsx([("信访台账",), HEADER]),
        accepted=0,
        warnings=[("台账", 2, None, reasons.EMPTY_TABLE, "")],
    ),
    Nasty("tables: nothing at all", xlsx([]), refused="没有任何内容"),
    Nasty("tables: blank cells only", text_table([("", " ", ""), ("", "", "")]), refused="没有任何内容"),
    Nasty(
        "tables: a list of something else",
        xlsx([("编号", "姓名", "备注"), ("X001", "张三", "无")]),
        refused="没有找到写反映内容的那一列, 看到的表头是: 编号、姓名、备注",
    ),
    Nasty(
        "tables: no header",
        text_table([line("X001"), line("X002", OTHER_TEXT)]),
        refused="没有找到写反映内容的那一列; ",
    ),
]
