"""Tables beside and behind tables, columns that spaces keep apart, what programs make of numbers and lines."""

import datetime

from tests.importers.nasty import reasons
from tests.importers.nasty.builders import (
    HEADER,
    OTHER_TEXT,
    TEXT,
    book,
    json_lines,
    line,
    raw,
    text_table,
    written,
    xlsx,
)
from tests.importers.nasty.cases import Nasty

_OTHER = line("X002", OTHER_TEXT, name="李四")
_THIRD = line("X003", "反映窑洞裂缝，下雨不敢住。", name="王五")
_BESIDE = "左右并排着两个表, 看不出哪些格是同一条, 这一行没有导入; 请把右边的表移到左边的表下面后重新提交"
_DAY_FOR_NUMBER = (
    "编号被表格改成了日期, 原号已丢失, 没有记下, 这一行只能看内容是不是和以前的一样来判断重复; "
    "请选中这一列, 把单元格格式改为「文本」, 照原件重填后重新提交"
)


def _goes_on(table: str) -> str:
    return f"这个表没有表头, 列数和内容与「{table}」相接, 已按那个表的表头接收; 不对的请给这个表补上表头后重新提交"


def _text(*rows: tuple[object, ...], between: str = ",", end: str = "\n") -> str:
    return "".join(between.join(map(str, row)) + end for row in rows)


CASES = [
    Nasty(
        "stray: two tables side by side are no one petition of two people",
        xlsx([(*HEADER, "", *HEADER), (*line(), "", *_OTHER), line("X003")]),
        accepted=1,
        rejected=[("台账", 2, None, _BESIDE, "X002")],
        says={3: {"name": "张三", "text": TEXT}},
    ),
    Nasty(
        "stray: two columns of one name are one table all the same",
        xlsx(
            [("编号", "姓名", "备注", "信访日期", "信访事项", "备注"), ("X001", "张三", "甲", "2026-09-03", TEXT, "乙")]
        ),
    ),
    Nasty(
        "stray: a sheet that goes on without a header is read by the one before",
        book({"一": [HEADER, line()], "续": [_OTHER, _THIRD]}),
        accepted=3,
        warnings=[("续", 1, None, _goes_on("一"), "")],
        says={2: {"name": "王五"}},
    ),
    Nasty(
        "stray: a sheet of explanations goes on nothing",
        book({"一": [HEADER, line()], "说明": [("栏目", "怎么填"), ("姓名", "写本人的")]}),
        warnings=[("说明", 1, None, reasons.NO_REGISTER, "栏目、怎么填")],
    ),
    Nasty(
        "stray: a list of phones goes on nothing, for it has no matter",
        book({"一": [HEADER, line()], "电话": [("甲村", "张三", "13800000000"), ("乙村", "李四", "13900000000")]}),
        warnings=[("电话", 1, None, reasons.NO_REGISTER, "甲村、张三、138****0000")],
    ),
    Nasty(
        "stray: numbers that a program took for days are no numbers",
        xlsx(
            [HEADER, line(datetime.datetime(2024, 1, 1)), line(datetime.datetime(2024, 1, 1), OTHER_TEXT, name="李四")]
        ),
        accepted=2,
        warnings=[
            ("台账", 2, "信访件编号", _DAY_FOR_NUMBER, "2024-01-01"),
            ("台账", 3, "信访件编号", _DAY_FOR_NUMBER, "2024-01-01"),
        ],
        says={2: {"name": "张三"}, 3: {"name": "李四"}},
    ),
    Nasty(
        "stray: columns that only spaces keep apart are refused, for an empty cell moves all others",
        written(_text(HEADER, line(), _OTHER, between="   "), "台账.txt"),
        refused="只用空格对齐",
    ),
    Nasty(
        "stray: one column alone says what else is needed",
        xlsx([("反映问题",), (TEXT,)]),
        refused="只认出写反映内容的一列",
    ),
    Nasty(
        "stray: an extension behind a number, and what stands where there is no phone",
        xlsx([HEADER, line(phone="0358-4422222转801"), line("X002", OTHER_TEXT, name="李四", phone="无")]),
        accepted=2,
        says={2: {"phone": "03584422222"}, 3: {"phone": ""}},
    ),
    Nasty(
        "stray: a phone as a number with a fraction of nothing",
        xlsx([HEADER, line(phone=13800000001.0)]),
        says={2: {"phone": "13800000001"}},
    ),
    Nasty(
        "stray: marks that turn the direction of writing, and lines of another kind",
        xlsx([HEADER, line(text="药费负担\u202e不起\u2028请求帮扶")]),
        says={2: {"text": "药费负担不起\n请求帮扶"}},
    ),
    Nasty(
        "stray: names of several characters and signs",
        xlsx([HEADER, line(name="阿卜杜拉·买买提"), line("X002", OTHER_TEXT, name="𠮷三")]),
        accepted=2,
        says={2: {"name": "阿卜杜拉·买买提"}, 3: {"name": "𠮷三"}},
    ),
    Nasty(
        "stray: what looks like a formula is a text",
        xlsx([HEADER, line(text='\'=HYPERLINK("http://x.invalid")药费负担不起')]),
        says={2: {"text": '=HYPERLINK("http://x.invalid")药费负担不起'}},
    ),
    Nasty(
        "stray: lines that end as on an old Macintosh",
        raw(_text(HEADER, line(), _OTHER, end="\r").encode("gb18030"), "台账.csv"),
        accepted=2,
        says={3: {"name": "李四"}},
    ),
    Nasty(
        "stray: a declared semicolon behind a mark of order",
        written("\ufeffsep=;\n" + _text(HEADER, line(), between=";"), "台账.csv"),
        says={3: {"name": "张三"}},
    ),
    Nasty(
        "stray: a comma at the end of each line",
        written(_text((*HEADER, ""), (*line(), ""), (*_OTHER, "")), "台账.csv"),
        accepted=2,
    ),
    Nasty(
        "stray: sixteen bits a character without a mark",
        raw(_text(HEADER, line(), _OTHER).encode("utf-16-le"), "台账.csv"),
        accepted=2,
    ),
    Nasty(
        "stray: empty lines and the header again",
        text_table([HEADER, line(), (), (), HEADER, _OTHER, ()]),
        accepted=2,
        warnings=[("", 5, None, reasons.HEADER_AGAIN, "信访件编号")],
    ),
    Nasty(
        "stray: days beyond what a table program counts",
        xlsx([HEADER, line(day=0), line("X002", day=2958466), line("X003", day=45000.5)]),
        rejected=[
            ("台账", 2, "信访日期", "认不出这个日期, 请像 2026-09-03 这样写: 0", "0"),
            ("台账", 3, "信访日期", "认不出这个日期, 请像 2026-09-03 这样写: 2958466", "2958466"),
        ],
        says={4: {"day": "2023-03-15"}},
    ),
    Nasty(
        "stray: a list and an object within a record",
        json_lines(
            [{**dict(zip(HEADER, line(), strict=True)), "附件": ["a.jpg", {"名": "b"}], "经办": {"人": "王五"}}]
        ),
        says={1: {"name": "张三", "text": TEXT}},
    ),
    Nasty(
        "stray: pages and signatures below",
        xlsx([HEADER, line(), ("制表人：王某", "", "", "", "审核人：李某", "2026-09-30"), ("第1页 共1页",)]),
        warnings=[
            ("台账", 3, None, reasons.NOTE, "制表人：王某"),
            ("台账", 4, None, reasons.NOTE, "第1页 共1页"),
        ],
    ),
    Nasty(
        "stray: two letters with a ruling of strokes between them, the second with a phone of its own",
        written(
            "尊敬的领导：\n我叫张三，家中老人长期住院，药费负担不起，请求帮扶。\n张三\n2026年9月3日\n----------\n"
            "尊敬的领导：\n我是李四，窑洞裂缝，下雨不敢住。\n李四 电话13900000000\n2026年9月5日\n",
            "来信.txt",
        ),
        accepted=2,
        warnings=[("", 1, None, reasons.several_letters(2), "来信")],
        says={1: {"name": "张三", "phone": ""}, 2: {"name": "李四", "phone": "13900000000"}},
    ),
]
