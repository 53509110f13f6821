"""Rows that are no records, rows that say 同上, rows of several persons, damaged cells."""

from openpyxl.worksheet.worksheet import Worksheet

from tests.importers.nasty import reasons
from tests.importers.nasty.builders import HEADER, OTHER_TEXT, TEXT, line, text_table, xlsx
from tests.importers.nasty.cases import Nasty

_WITHOUT_NUMBER = tuple(text for text in HEADER if text != "信访件编号")


def _hide(page: Worksheet) -> None:
    page.auto_filter.ref = "A1:H4"
    page.row_dimensions[3].hidden = True


_NOTHING = ("无", "/", "……", "详见附件", "（见附件）")

CASES = [
    Nasty(
        "row: a sum below",
        text_table([HEADER, line("X001"), ("合　计", "", "", "", "", "", "", "1件")]),
        warnings=[("", 3, None, reasons.TOTAL, "合　计")],
    ),
    Nasty(
        "row: a sum of the page with its figure",
        text_table([HEADER, line("X001"), ("本页小计：1件", "1", "", "", "", "", "", ""), line("X002", OTHER_TEXT)]),
        accepted=2,
        warnings=[("", 3, None, reasons.TOTAL, "本页小计：1件")],
    ),
    Nasty(
        "row: a note below",
        xlsx([HEADER, line("X001"), (), ("注：本表由信访办填写",)]),
        warnings=[("台账", 4, None, reasons.NOTE, "注：本表由信访办填写")],
    ),
    Nasty(
        "row: signatures in several cells",
        xlsx([HEADER, line("X001"), ("填表人：某甲", "", "审核人：某乙", "", "", "", "", "填表日期：2026.9.3")]),
        warnings=[("台账", 3, None, reasons.NOTE, "填表人：某甲")],
    ),
    Nasty(
        "row: a long note merged over the table",
        xlsx([HEADER, line("X001"), ("填表说明：各列如实填写，没有的写无。",)], merges=["A3:H3"]),
        warnings=[("台账", 3, None, reasons.NOTE, "填表说明：各列如实填写，没有的写无。")],
    ),
    Nasty(
        "row: a matter that begins like a note",
        text_table([HEADER, line("X001", "说明：我家的低保停了，不知道为什么。")]),
        says={2: {"text": "说明：我家的低保停了，不知道为什么。"}},
    ),
    Nasty(
        "row: a note where a matter would stand, and a matter alone that begins like a note",
        text_table(
            [
                HEADER,
                line("X001"),
                ("", "", "", "", "", "", "", "注：以上为九月来访"),
                ("", "", "", "", "", "", "", f"情况说明：{TEXT}{OTHER_TEXT}{TEXT}"),
            ]
        ),
        accepted=2,
        warnings=[
            ("", 3, None, reasons.NOTE, "注：以上为九月来访"),
            ("", 4, "信访日期", reasons.NO_DAY, ""),
            ("", 4, "信访件编号", reasons.NO_NUMBER, ""),
        ],
    ),
    Nasty(
        "row: a matter about sums",
        text_table([HEADER, line("X001", "合计欠薪三万元，至今没有发放，请求解决。")]),
        says={2: {"text": "合计欠薪三万元，至今没有发放，请求解决。"}},
    ),
    Nasty(
        "row: blank rows between",
        xlsx([HEADER, line("X001"), (), (), line("X002", OTHER_TEXT)]),
        accepted=2,
        says={5: {"number": "X002"}},
    ),
    Nasty(
        "row: the header on every page",
        xlsx([HEADER, line("X001"), HEADER, line("X002", OTHER_TEXT)]),
        accepted=2,
        warnings=[("台账", 3, None, reasons.HEADER_AGAIN, "信访件编号")],
    ),
    Nasty(
        "row: title and header on every page",
        xlsx([("台账",), HEADER, line("X001"), ("台账",), HEADER, line("X002", OTHER_TEXT)]),
        accepted=2,
        warnings=[
            ("台账", 4, None, reasons.NOTE, "台账"),
            ("台账", 5, None, reasons.HEADER_AGAIN, "信访件编号"),
        ],
    ),
    Nasty(
        "row: hidden by a filter",
        xlsx([HEADER, line("X001"), line("X002", OTHER_TEXT), line("X003", "反映孩子上学没有路费。")], change=_hide),
        accepted=3,
        warnings=[("台账", 3, None, reasons.hidden_rows(1), "3")],
    ),
    Nasty(
        "row: two hidden by hand",
        xlsx([HEADER, line("X001"), line("X002", OTHER_TEXT)], hidden_rows=[2, 3]),
        accepted=2,
        warnings=[("台账", 2, None, reasons.hidden_rows(2), "2、3")],
    ),
    Nasty(
        "same above: address, day and purpose",
        text_table([HEADER, line("X001"), line("X002", OTHER_TEXT, address="同上", day="〃", purpose="''")]),
        accepted=2,
        says={3: {"address": "某镇某村", "day": "2026-09-03", "住址": "同上"}},
    ),
    Nasty(
        "same above: twice in a row",
        text_table(
            [HEADER, line("X001"), line("X002", OTHER_TEXT, day="同上"), line("X003", "反映欠薪。", day="同上")]
        ),
        accepted=3,
        says={4: {"day": "2026-09-03"}},
    ),
    Nasty(
        "same above: the matter, for another person",
        text_table([HEADER, line("X001"), line("X002", "同上", name="李四")]),
        accepted=2,
        says={3: {"number": "X002", "name": "李四", "text": TEXT}},
    ),
    Nasty(
        "same above: below a row that is refused it means that row",
        text_table(
            [HEADER, line("X001"), line("X002", OTHER_TEXT, day="3月5日"), line("X003", "反映欠薪。", day="同上")]
        ),
        rejected=[
            ("", 3, "信访日期", "日期没有写年份, 请补上年份, 像 2026-09-03 这样写: 3月5日", "3月5日"),
            ("", 4, "信访日期", "日期没有写年份, 请补上年份, 像 2026-09-03 这样写: 3月5日", "3月5日"),
        ],
    ),
    Nasty(
        "same above: below a row whose 同上 means nothing",
        text_table([HEADER, line("X001", "同上"), line("X002", "同上"), line("X003", OTHER_TEXT)]),
        rejected=[
            ("", 2, "概况信息", reasons.NOTHING_ABOVE, "同上"),
            ("", 3, "概况信息", reasons.NOTHING_ABOVE, "同上"),
        ],
    ),
    Nasty(
        "persons: merged with a row that is refused, all of them are mended together",
        xlsx(
            [HEADER, line("X001", day="昨天"), ("", "李四", "", "", "", "", "", ""), line("X002", OTHER_TEXT)],
            merges=["A2:A3", "F2:F3", "G2:G3", "H2:H3"],
        ),
        rejected=[
            ("台账", 2, "信访日期", "认不出这个日期, 请像 2026-09-03 这样写: 昨天", "昨天"),
            ("台账", 3, "信访日期", "认不出这个日期, 请像 2026-09-03 这样写: 昨天", "昨天"),
        ],
        says={4: {"number": "X002"}},
    ),
    Nasty(
        "same above: nothing stands above",
        text_table([HEADER, line("X001", "同上"), line("X002", OTHER_TEXT)]),
        rejected=[("", 2, "概况信息", reasons.NOTHING_ABOVE, "同上")],
    ),
    Nasty(
        "persons: number and matter merged over three rows",
        xlsx(
            [
                HEADER,
                line("X001"),
                ("", "李四", "13900000000", "", "", "", "", ""),
                ("", "王五", "", "", "", "", "", ""),
                line("X002", OTHER_TEXT),
            ],
            merges=["A2:A4", "F2:F4", "G2:G4", "H2:H4"],
        ),
        accepted=4,
        warnings=[
            ("台账", 3, "姓名", reasons.same_matter(2), "李四"),
            ("台账", 4, "姓名", reasons.same_matter(3), "王五"),
        ],
        says={
            3: {"name": "李四", "phone": "13900000000", "text": TEXT, "day": "2026-09-03"},
            4: {"name": "王五", "text": TEXT, "day": "2026-09-03"},
            5: {"number": "X002", "text": OTHER_TEXT},
        },
    ),
    Nasty(
        "persons: the same number and matter written out for each",
        text_table([HEADER, line("X001"), line("X001", name="李四", phone="13900000000")]),
        accepted=2,
        warnings=[("", 3, "姓名", reasons.same_matter(2), "李四")],
        says={2: {"number": "X001", "name": "张三"}, 3: {"name": "李四", "phone": "13900000000"}},
    ),
    Nasty(
        "persons: a row with a number but no matter is mended by its clerk",
        text_table([HEADER, line("X001"), line("X002", "", name="李四")]),
        rejected=[("", 3, "概况信息", reasons.EMPTY, "")],
    ),
    Nasty(
        "persons: a name below a gap is no person of the matter above",
        xlsx([HEADER, line("X001"), (), ("", "李四", "", "", "", "", "", "")]),
        warnings=[("台账", 4, None, reasons.NOTE, "李四")],
    ),
    Nasty(
        "twice: the same row",
        text_table([HEADER, line("X001"), line("X001")]),
        duplicates=1,
    ),
    Nasty(
        "twice: the same row without a number",
        text_table([_WITHOUT_NUMBER, line()[1:], line()[1:]]),
        duplicates=1,
        warnings=[("", 1, None, reasons.NO_NUMBER_COLUMN, "")],
    ),
    Nasty(
        "twice: the same row with the day written otherwise and no number",
        text_table([_WITHOUT_NUMBER, line()[1:], line(day="2026年9月3日")[1:]]),
        duplicates=1,
        warnings=[("", 1, None, reasons.NO_NUMBER_COLUMN, "")],
    ),
    Nasty(
        "twice: one number with two texts",
        text_table([HEADER, line("X001"), line("X002", OTHER_TEXT), line("X001", "更正：住院费用是两万元。")]),
        accepted=3,
        warnings=[("", 4, "信访件编号", reasons.same_number("第2行"), "X001")],
    ),
    Nasty(
        "cell: no matter",
        text_table([HEADER, line("X001", ""), line("X002", OTHER_TEXT)]),
        rejected=[("", 2, "概况信息", reasons.EMPTY, "")],
    ),
    Nasty(
        "cell: spaces for a matter",
        text_table([HEADER, line("X001", " \u3000 "), line("X002", OTHER_TEXT)]),
        rejected=[("", 2, "概况信息", reasons.EMPTY, "")],
    ),
    Nasty(
        "cell: an error of a formula for a matter",
        text_table([HEADER, line("X001", "#REF!"), line("X002", OTHER_TEXT)]),
        rejected=[("", 2, "概况信息", reasons.FORMULA_ERROR, "#REF!")],
    ),
    Nasty(
        "cell: an error of a formula for a name",
        text_table([HEADER, line("X001", name="#N/A")]),
        warnings=[("", 2, "姓名", reasons.FORMULA_ERROR, "#N/A")],
        says={2: {"name": ""}},
    ),
    Nasty(
        "cell: a day in too narrow a column",
        text_table([HEADER, line("X001", day="########"), line("X002", OTHER_TEXT)]),
        rejected=[("", 2, "信访日期", reasons.HASHES, "########")],
    ),
    Nasty(
        "cell: a matter of question marks",
        text_table([HEADER, line("X001", "??????????"), line("X002", OTHER_TEXT)]),
        rejected=[("", 2, "概况信息", reasons.QUESTION_MARKS, "??????????")],
    ),
    Nasty(
        "cell: characters that were lost",
        xlsx([HEADER, line("X001", "反映\ufffd家中老人住院。")]),
        warnings=[("台账", 2, "概况信息", reasons.LOST_CHARACTERS, "反映\ufffd家中老人住院。")],
    ),
    Nasty(
        "cell: line breaks in matter and name",
        xlsx([HEADER, line("X001", "第一段。\n第二段。", name="张\n三")]),
        says={2: {"text": "第一段。\n第二段。", "name": "张三"}},
    ),
    Nasty(
        "cell: line breaks of another system",
        text_table([HEADER, line("X001", "第一段。\r\n第二段。")]),
        says={2: {"text": "第一段。\n第二段。"}},
    ),
    Nasty(
        "cell: spaces in a name",
        text_table([HEADER, line("X001", name="张　三")]),
        says={2: {"name": "张三"}},
    ),
    Nasty(
        "cell: a formula as text is kept and never computed",
        text_table([HEADER, line("X001", '=HYPERLINK("http://某处")反映欠薪')]),
        says={2: {"text": '=HYPERLINK("http://某处")反映欠薪'}},
    ),
    Nasty(
        "cell: a rejected value with a phone is masked",
        text_table([HEADER, line("X001", day="电话13800000000"), line("X002", OTHER_TEXT)]),
        rejected=[("", 2, "信访日期", "认不出这个日期, 请像 2026-09-03 这样写: 电话138****0000", "电话138****0000")],
    ),
    Nasty(
        "cell: a matter as long as a cell may be",
        xlsx([HEADER, line("X001", "反映家中困难。" * 4000)]),
        says={2: {"text": "反映家中困难。" * 4000}},
    ),
    Nasty(
        "row: a matter that says nothing",
        text_table([HEADER, *(line(f"X00{place}", text) for place, text in enumerate(_NOTHING, start=1))]),
        accepted=0,
        rejected=[("", row, "概况信息", reasons.NOTHING_SAID, text) for row, text in enumerate(_NOTHING, start=2)],
    ),
    Nasty(
        "row: an example of how to fill in the table",
        xlsx([HEADER, line("示例", "（示例）写明反映的主要问题"), line("X001")]),
        warnings=[("台账", 2, None, reasons.HINT, "示例")],
        says={3: {"number": "X001"}},
    ),
]
