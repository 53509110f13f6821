"""Text tables in every encoding and with every sign between the cells; texts as JSON."""

from tests.importers.nasty import reasons
from tests.importers.nasty.builders import HEADER, OTHER_TEXT, TEXT, json_lines, line, raw, text_table, written
from tests.importers.nasty.cases import Nasty

_SAYS = {"number": "X001", "name": "张三", "text": TEXT}
_ENCODINGS = ("utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16")
_BETWEEN = {"semicolon": ";", "tabulator": "\t", "bar": "|"}

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
    Nasty("file: no bytes", raw(b"", "空.csv"), refused="文件是空的"),
    Nasty("file: a workbook that is none", raw(b"this is no workbook", "坏了.xlsx"), refused="坏了.xlsx"),
    Nasty(
        "json: lines, one broken, one empty",
        written(f'{{"id": "a", "text": "{TEXT}"}}\n{{broken\n{{"id": "b", "text": ""}}\n', "texts.jsonl"),
        rejected=[
            ("", 2, None, "这一行不是完整的JSON, 请重新导出", "{broken"),
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
]
