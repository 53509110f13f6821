"""Headers: titles above, merged lines, units, misspellings, columns that nobody knows."""

from tests.importers.nasty import reasons
from tests.importers.nasty.builders import HEADER, OTHER_TEXT, TEXT, line, text_table, xlsx
from tests.importers.nasty.cases import Nasty

_SAYS = {"number": "X001", "name": "张三", "phone": "13800000000", "day": "2026-09-03", "text": TEXT}


def _renamed(**renamed: str) -> tuple[str, ...]:
    return tuple(renamed.get(text, text) for text in HEADER)


CASES = [
    Nasty("header: in the first row", xlsx([HEADER, line()]), says={2: _SAYS}),
    Nasty(
        "header: below a merged title",
        xlsx([("某县信访登记台账",), HEADER, line()], merges=["A1:H1"]),
        says={3: _SAYS},
    ),
    Nasty(
        "header: below title, unit and date of the print",
        xlsx([("某县信访登记台账",), ("填报单位：某镇", "", "", "", "", "", "单位：件"), HEADER, line()]),
        says={4: _SAYS},
    ),
    Nasty("header: in row twelve", xlsx([*[("说明",)] * 11, HEADER, line()]), says={13: _SAYS}),
    Nasty(
        "header: two lines, merged",
        xlsx(
            [
                ("台账",),
                ("信访件编号", "信访人信息", "", "", "", "事项", "", ""),
                ("", "姓名", "联系电话", "证件号码", "住址", "信访日期", "信访目的", "概况信息"),
                line(),
            ],
            merges=["A2:A3", "B2:E2", "F2:H2"],
        ),
        says={4: _SAYS},
    ),
    Nasty(
        "header: three lines, merged",
        xlsx(
            [
                ("信访件编号", "信访人", "", "", "", "信访事项", "", ""),
                ("", "身份", "", "", "", "时间和目的", "", "内容"),
                ("", "姓名", "联系电话", "证件号码", "住址", "信访日期", "信访目的", ""),
                line(),
            ],
            merges=["A1:A3", "B1:E1", "B2:E2", "F1:H1", "F2:G2", "H2:H3"],
        ),
        says={4: _SAYS},
    ),
    Nasty(
        "header: two lines that are printed on every page",
        xlsx(
            [
                ("信访件编号", "信访人信息", "", "", "", "事项", "", ""),
                ("", "姓名", "联系电话", "证件号码", "住址", "信访日期", "信访目的", "概况信息"),
                line(),
                ("信访件编号", "信访人信息", "", "", "", "事项", "", ""),
                ("", "姓名", "联系电话", "证件号码", "住址", "信访日期", "信访目的", "概况信息"),
                line("X002", OTHER_TEXT),
            ]
        ),
        accepted=2,
        warnings=[
            ("台账", 4, None, reasons.HEADER_AGAIN, "信访件编号"),
            ("台账", 5, None, reasons.HEADER_AGAIN, "姓名"),
        ],
    ),
    Nasty(
        "header: the name of who received is not the petitioner",
        xlsx(
            [
                ("信访件编号", "接待人", "信访人", "", "信访日期", "概况信息"),
                ("", "姓名", "姓名", "联系电话", "", ""),
                ("X001", "某干部", "张三", "13800000000", "2026-09-03", TEXT),
            ],
            merges=["C1:D1"],
        ),
        says={3: _SAYS | {"接待人姓名": "某干部"}},
    ),
    Nasty(
        "header: units and hints in brackets",
        text_table(
            [
                (
                    "信访件编号(必填)",
                    "姓名*",
                    "联系电话（手机）",
                    "证件号码[18位]",
                    "住址",
                    "信访日期（年月日）",
                    "信访目的",
                    "概况信息：",
                ),
                line(),
            ]
        ),
        says={2: _SAYS},
    ),
    Nasty(
        "header: spaces and line breaks in the words",
        xlsx(
            [
                (
                    "信访件\n编号",
                    "姓　名",
                    "联系\n电话",
                    "证 件 号 码",
                    "住 址",
                    "信访\n日期",
                    "信访目的",
                    "概况\n信息",
                ),
                line(),
            ]
        ),
        says={2: _SAYS},
    ),
    Nasty(
        "header: numbered words",
        text_table(
            [
                (
                    "1.信访件编号",
                    "2.姓名",
                    "3、联系电话",
                    "(4)证件号码",
                    "⑤住址",
                    "6.信访日期",
                    "7.信访目的",
                    "8.概况信息",
                ),
                line(),
            ]
        ),
        says={2: _SAYS},
    ),
    Nasty(
        "header: in brackets of another kind",
        text_table([tuple(f"【{text}】" for text in HEADER), line()]),
        says={2: _SAYS},
    ),
    Nasty(
        "header: a word of the same sound",
        text_table([_renamed(信访件编号="信仿件编号"), line()]),
        warnings=[("", 1, "信仿件编号", reasons.guessed("信访件编号", 95), "")],
        says={2: _SAYS},
    ),
    Nasty(
        "header: a slip in the word, and the column full of phones",
        text_table([_renamed(联系电话="联系电活"), line()]),
        warnings=[("", 1, "联系电活", reasons.guessed("联系电话", 90), "")],
        says={2: _SAYS},
    ),
    Nasty(
        "header: a slip in the word, and the column full of days",
        text_table([_renamed(信访日期="信访曰期"), line()]),
        warnings=[("", 1, "信访曰期", reasons.guessed("信访日期", 90), "")],
        says={2: _SAYS},
    ),
    Nasty(
        "header: a slip in the word, and the column full of matters",
        text_table([_renamed(概况信息="概况信思"), line()]),
        warnings=[("", 1, "概况信思", reasons.guessed("概况信息", 90), "")],
        says={2: _SAYS},
    ),
    Nasty(
        "header: none above the phones",
        text_table([_renamed(联系电话=""), line(), line("X002", OTHER_TEXT, phone="13900000000")]),
        accepted=2,
        warnings=[("", 1, "", reasons.guessed("联系电话", 80), "")],
        says={2: _SAYS},
    ),
    Nasty(
        "header: a word that says nothing above the ID numbers",
        text_table([_renamed(证件号码="附一"), line(id_number="141124199902300019")]),
        warnings=[
            ("", 1, "附一", reasons.guessed("证件号码", 80), ""),
            ("", 2, "附一", reasons.ID_BIRTH, "141124********0019"),
        ],
        says={2: _SAYS | {"id_number": "141124199902300019"}},
    ),
    Nasty(
        "header: when it was handled is not when it came",
        text_table([_renamed(信访日期="办理时间"), line()]),
        says={2: {"day": "", "办理时间": "2026-09-03"}},
    ),
    Nasty(
        "header: columns that nobody knows are kept",
        text_table([(*HEADER, "网格员", "回访记录"), (*line(), "某甲", "已回访")]),
        says={2: {"网格员": "某甲", "回访记录": "已回访"}},
    ),
    Nasty(
        "header: one word above two columns",
        text_table([(*HEADER, "备注", "备注"), (*line(), "第一", "第二")]),
        says={2: {"备注": "第一", "备注(第10列)": "第二"}},
    ),
    Nasty(
        "header: cells beyond its last column",
        text_table([HEADER, (*line(), "", "旁注")]),
        says={2: {"第10列": "旁注"}},
    ),
    Nasty(
        "header: rows shorter than it",
        text_table([HEADER, ("X001", "张三", "", "", "", "", "", TEXT), ("X002", "李四")]),
        rejected=[("", 3, "概况信息", reasons.EMPTY, "")],
        warnings=[("", 2, "信访日期", reasons.NO_DAY, "")],
        says={2: {"name": "张三"}},
    ),
    Nasty(
        "header: an empty column before the table",
        text_table([("", *HEADER), ("", *line())]),
        says={2: _SAYS},
    ),
    Nasty(
        "header: a column of counts before",
        text_table([("序号", *HEADER), ("1", *line()), ("2", *line("X002", OTHER_TEXT))]),
        accepted=2,
        says={2: _SAYS},
    ),
    Nasty(
        "header: columns in another order",
        text_table([tuple(reversed(HEADER)), tuple(reversed(line()))]),
        says={2: _SAYS},
    ),
    Nasty(
        "header: old characters",
        text_table(
            [("信訪件編號", "姓名", "聯繫電話", "證件號碼", "住址", "信訪日期", "信訪目的", "概況信息"), line()],
            encoding="utf-8",
        ),
        warnings=[
            ("", 1, "信訪件編號", reasons.guessed("信访件编号", 95), ""),
            ("", 1, "聯繫電話", reasons.guessed("联系电话", 99), ""),
            ("", 1, "證件號碼", reasons.guessed("证件号码", 95), ""),
            ("", 1, "信訪日期", reasons.guessed("信访日期", 99), ""),
            ("", 1, "信訪目的", reasons.guessed("信访目的", 95), ""),
            ("", 1, "概況信息", reasons.guessed("概况信息", 99), ""),
        ],
        says={2: _SAYS},
    ),
    Nasty(
        "header: without a column of numbers",
        text_table([HEADER[1:], line()[1:], line("", OTHER_TEXT)[1:]]),
        accepted=2,
        warnings=[("", 1, None, reasons.NO_NUMBER_COLUMN, "")],
    ),
    *(
        Nasty(
            f"header: {', '.join(header)}",
            text_table([header, ("X001", "张三", "13800000000", "2026-09-03", TEXT)]),
            says={2: _SAYS},
        )
        for header in (
            ("信访登记号", "来访群众", "本人电话", "来信来访时间", "反映主要内容"),
            ("受理号", "主访人姓名", "电话/手机", "收件日期", "主要反映内容"),
            ("来件编号", "信访当事人", "联系号码", "接待登记日期", "具体诉求"),
            ("系统编号", "第一信访人", "电话联系方式", "信访登记时间", "信访概况"),
        )
    ),
    Nasty(
        "header: words of other offices",
        text_table(
            [
                ("案号", "信访人（代表）", "手机（联系方式）", "到访日期", "诉求事项及理由"),
                ("X001", "张三", "13800000000", "2026-09-03", TEXT),
            ]
        ),
        says={2: {"number": "X001", "name": "张三", "phone": "13800000000", "day": "2026-09-03", "text": TEXT}},
    ),
]
