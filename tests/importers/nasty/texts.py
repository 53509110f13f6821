"""Text tables in every encoding and with every sign between the cells; texts as JSON."""

import json

from tests.importers.nasty import reasons
from tests.importers.nasty.builders import HEADER, OTHER_TEXT, TEXT, json_lines, line, raw, text_table, written
from tests.importers.nasty.cases import Nasty

_SAYS = {"number": "X001", "name": "张三", "text": TEXT}
_ENCODINGS = ("utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16")
_BETWEEN = {"semicolon": ";", "tabulator": "\t", "bar": "|"}


def _record(number: str, text: str) -> dict[str, str]:
    return {header: str(cell) for header, cell in zip(HEADER, line(number, text), strict=True)}


CASES = [
    *(
        Nasty(f"text table: {encoding}", text_table([HEADER, line()], encoding=encoding), says={2: _SAYS})
        for encoding in _ENCODINGS
    ),
    *(
        Nasty(f"text table: {name} between", text_table([HEADER, line()], delimiter=sign), says={2: _SAYS})
        for name, sign in _BETWEEN.items()
    ),
    Nasty("text table: tsv", text_table([HEADER, line()], delimiter="\t", name="台账.tsv"), says={2: _SAYS}),
    Nasty(
        "text table: a line break in a cell moves the rows below",
        text_table([HEADER, line("X001", "第一行。\n第二行。"), line("X002", "")]),
        rejected=[("", 4, "概况信息", reasons.EMPTY, "")],
        says={2: {"text": "第一行。\n第二行。"}},
    ),
    Nasty(
        "text table: quotes and signs in a cell",
        text_table([HEADER, line("X001", '他说"没有了", 请求;帮扶|')]),
        says={2: {"text": '他说"没有了", 请求;帮扶|'}},
    ),
    Nasty(
        "text table: blank lines between",
        written(f"{','.join(HEADER)}\n\n{','.join(map(str, line()))}\n\n\n", "台账.csv"),
        says={3: _SAYS},
    ),
    Nasty(
        "text table: returns of an old system",
        written(f"{','.join(HEADER)}\r{','.join(map(str, line()))}\r", "台账.csv"),
        says={2: _SAYS},
    ),
    Nasty(
        "text table: commas within the last cell",
        written(f"{','.join(HEADER)}\n{','.join(map(str, line(text='家里没水,孩子没有学费,请求帮扶')))}\n", "台账.csv"),
        warnings=[("", 2, "概况信息", reasons.torn(2, "概况信息"), "家里没水,孩子没有学费,请求帮扶")],
        says={2: {"text": "家里没水,孩子没有学费,请求帮扶", "概况信息": "家里没水,孩子没有学费,请求帮扶"}},
    ),
    Nasty(
        "text table: commas within a cell before others",
        written(f"编号,反映内容,姓名\nX001,家里没水,孩子没有学费,张三\nX002,{OTHER_TEXT},李四\n", "台账.csv"),
        rejected=[("", 2, None, reasons.shifted(1), "X001 家里没水 孩子没有学费 张三")],
        says={3: {"name": "李四"}},
    ),
    Nasty(
        "text table: full-width commas between",
        written(
            f"编号，姓名，联系电话，信访日期，反映内容\nX001，张三，13800000000，2026-09-03，{OTHER_TEXT}\n", "台账.csv"
        ),
        warnings=[("", 2, "反映内容", reasons.torn(1, "反映内容"), OTHER_TEXT.replace("，", ","))],
        says={2: {"number": "X001", "name": "张三", "phone": "13800000000"}},
    ),
    Nasty(
        "text table: texts as formulas",
        written(f'sep=;\n{";".join(HEADER)}\n="X001";="张三";="13800000000";;;2026-09-03;;{TEXT}\n', "台账.csv"),
        says={3: _SAYS | {"phone": "13800000000"}},
    ),
    Nasty(
        "text table: old characters in Big5",
        written(
            "編號,姓名,聯繫電話,日期,反映內容\nX001,張三,13800000000,2026-09-03,家中停水兩個月，請求救助\n",
            "台账.csv",
            encoding="big5",
        ),
        warnings=[
            ("", 1, "編號", reasons.guessed("信访件编号", 95), ""),
            ("", 1, "聯繫電話", reasons.guessed("联系电话", 99), ""),
            ("", 1, "反映內容", reasons.guessed("概况信息", 99), ""),
        ],
        says={2: {"number": "X001", "phone": "13800000000", "text": "家中停水兩個月，請求救助"}},
    ),
    Nasty("file: no bytes", raw(b"", "空.csv"), refused="文件是空的"),
    Nasty("file: a workbook that is none", raw(b"this is no workbook", "坏了.xlsx"), refused="坏了.xlsx"),
    Nasty(
        "json: lines, one broken, one empty",
        written(f'{{"id": "a", "text": "{TEXT}"}}\n{{broken\n{{"id": "b", "text": ""}}\n', "texts.jsonl"),
        rejected=[
            (
                "",
                2,
                None,
                "这一行的格式不对(不是完整的JSON), 没有导入; 请把这句话告诉导出系统的管理员, 重新导出",
                "{broken",
            ),
            ("", 3, None, "没有内容, 请补填后重新提交", "b"),
        ],
        says={1: {"number": "a", "text": TEXT}},
    ),
    Nasty(
        "json: Chinese keys are headers",
        json_lines([dict(zip(HEADER, line(), strict=True)), dict(zip(HEADER, line("X002", OTHER_TEXT), strict=True))]),
        accepted=2,
        says={1: _SAYS},
    ),
    Nasty(
        "json: in the envelope of a program's answer",
        written(
            json.dumps({"code": 0, "data": {"total": 2, "rows": [_record("X001", TEXT), _record("X002", OTHER_TEXT)]}}),
            "answer.json",
        ),
        accepted=2,
        says={1: _SAYS, 2: {"number": "X002"}},
    ),
    Nasty(
        "json: persons as objects",
        json_lines(
            [
                {
                    "信访件编号": "X001",
                    "被反映人": {"姓名": "王大", "联系电话": "13900000000"},
                    "信访人": {"姓名": "张三", "联系电话": "13800000000"},
                    "信访日期": "2026-09-03",
                    "信访事项": TEXT,
                }
            ]
        ),
        says={1: {"name": "张三", "phone": "13800000000"}},
    ),
    Nasty(
        "json: numbers without quotes in a list of texts",
        json_lines([{"id": 71001, "text": TEXT, "phone": 13800000000, "received_on": 20260903}]),
        says={1: {"number": "71001", "phone": "13800000000", "day": "2026-09-03"}},
    ),
    Nasty(
        "json: the keys of the national system's interface",
        json_lines([{"xfjbh": "X001", "xm": "张三", "gkxx": TEXT, "djrq": "2026-09-03"}]),
        says={1: {"number": "X001", "name": "张三", "text": TEXT, "day": "2026-09-03"}},
    ),
    Nasty(
        "json: without numbers",
        json_lines([{"姓名": "张三", "反映内容": TEXT}]),
        warnings=[("", 1, None, reasons.NO_NUMBER_COLUMN, "")],
        says={1: {"name": "张三"}},
    ),
    Nasty(
        "json: no keys of petitions",
        json_lines([{"科目": "办公费", "金额": 300}]),
        refused="这个JSON文件: 没有找到写反映内容的那一列",
    ),
]
