"""Columns of officials and accused beside those of the petitioner, and columns that say the matter together."""

from tests.importers.nasty import reasons
from tests.importers.nasty.builders import OTHER_TEXT, TEXT, book, xlsx
from tests.importers.nasty.cases import Nasty

_ID = "141124199902300019"
_TWO_GROUPS = [
    ("编号", "被反映人", "", "信访人", "", "信访日期", "反映内容"),
    ("", "姓名", "电话", "姓名", "电话", "", ""),
]
_MERGES = ["B1:C1", "D1:E1"]
_DAY = "2026-09-03"
_FIRST_AND_SECOND = ("第一信访人", "第一信访人电话", "第二信访人", "第二信访人电话")

CASES = [
    Nasty(
        "whose: the accused stands left of the petitioner",
        xlsx([*_TWO_GROUPS, ("X001", "某干部", "13900000000", "张三", "13800000000", _DAY, TEXT)], merges=_MERGES),
        says={
            3: {
                "name": "张三",
                "phone": "13800000000",
                "被反映人姓名": "某干部",
                "被反映人电话": "13900000000",
                "信访人姓名": "张三",
            }
        },
    ),
    Nasty(
        "whose: the receipt of the accused and the petitioner comes back",
        xlsx(
            [
                (
                    "回执结果",
                    "回执说明",
                    "原表行号",
                    "编号",
                    "被反映人姓名",
                    "被反映人电话",
                    "信访人姓名",
                    "信访人电话",
                    "信访日期",
                    "反映内容",
                ),
                ("退回", "", "3", "X001", "某干部", "13900000000", "张三", "", _DAY, TEXT),
            ]
        ),
        says={2: {"name": "张三", "phone": ""}},
    ),
    Nasty(
        "whose: only the accused has a phone",
        xlsx([*_TWO_GROUPS, ("X001", "某干部", "13900000000", "张三", "", _DAY, TEXT)], merges=_MERGES),
        says={3: {"name": "张三", "phone": ""}},
    ),
    Nasty(
        "whose: the leader in charge has the only phone",
        xlsx([("编号", "姓名", "信访日期", "反映内容", "包案领导电话"), ("X001", "张三", _DAY, TEXT, "13900000000")]),
        says={2: {"phone": "", "包案领导电话": "13900000000"}},
    ),
    Nasty(
        "whose: the village cadre's mobile below a header of our own words",
        xlsx([("编号", "姓名", "信访日期", "反映问题", "村干部手机"), ("X001", "张三", _DAY, TEXT, "13900000000")]),
        says={2: {"phone": ""}},
    ),
    Nasty(
        "whose: the ID number of the accused",
        xlsx([("编号", "姓名", "信访日期", "反映问题", "被反映人证件"), ("X001", "张三", _DAY, TEXT, _ID)]),
        says={2: {"id_number": ""}},
    ),
    Nasty(
        "whose: a bare phone right of the leader's name",
        xlsx(
            [
                ("编号", "姓名", "信访日期", "反映内容", "包案领导", "职务", "电话"),
                ("X001", "张三", _DAY, TEXT, "某人", "镇长", "13900000000"),
            ]
        ),
        warnings=[("台账", 1, "电话", reasons.foreign("包案领导", "联系电话"), "")],
        says={2: {"phone": "", "包案领导电话": "13900000000"}},
    ),
    Nasty(
        "whose: two bare phones, each right of its name",
        xlsx(
            [
                ("编号", "被反映人", "电话", "信访人", "电话", "信访日期", "反映内容"),
                ("X001", "某人", "13900000000", "张三", "", _DAY, TEXT),
                ("X002", "某人", "13900000000", "李四", "13800000000", _DAY, OTHER_TEXT),
            ]
        ),
        accepted=2,
        says={2: {"name": "张三", "phone": ""}, 3: {"name": "李四", "phone": "13800000000"}},
    ),
    Nasty(
        "whose: a phone right of a result is the petitioner's",
        xlsx(
            [
                ("编号", "姓名", "信访日期", "反映内容", "办理结果", "联系电话"),
                ("X001", "张三", _DAY, TEXT, "已转", "13800000000"),
            ]
        ),
        says={2: {"phone": "13800000000"}},
    ),
    Nasty(
        "whose: a word for somebody else in brackets behind the petitioner",
        xlsx(
            [
                ("编号", "信访人（法人或负责人）", "电话（村干部）", "信访日期", "反映内容"),
                ("X001", "张三", "13900000000", _DAY, TEXT),
            ]
        ),
        says={2: {"name": "张三", "phone": ""}},
    ),
    Nasty(
        "whose: the second petitioner in columns of his own, the first without a phone",
        xlsx(
            [
                ("编号", "信访日期", *_FIRST_AND_SECOND, "住址", "信访内容"),
                ("X001", _DAY, "张三", "13900000001", "张四", "13900000002", "某村", TEXT),
                ("X002", _DAY, "李五", "", "李六", "13900000004", "某村", OTHER_TEXT),
            ]
        ),
        accepted=2,
        says={
            2: {"name": "张三", "phone": "13900000001", "第二信访人": "张四", "第二信访人电话": "13900000002"},
            3: {"name": "李五", "phone": "", "第二信访人电话": "13900000004"},
        },
    ),
    Nasty(
        "whose: two petitioners counted at the end of their headers",
        xlsx(
            [
                ("编号", "信访日期", "信访人1", "联系电话1", "信访人2", "联系电话2", "信访内容", "其他诉求"),
                ("X001", _DAY, "张三", "", "张四", "13900000002", TEXT, "请求修路。"),
            ]
        ),
        says={2: {"name": "张三", "phone": "", "信访人2": "张四", "联系电话2": "13900000002"}},
    ),
    Nasty(
        "whose: a bare phone right of the second petitioner",
        xlsx(
            [
                ("编号", "信访日期", "信访人1", "电话", "信访人2", "电话", "信访内容"),
                ("X001", _DAY, "张三", "", "张四", "13900000002", TEXT),
            ]
        ),
        says={2: {"name": "张三", "phone": "", "信访人2电话": "13900000002"}},
    ),
    Nasty(
        "whose: the only phone stands behind two petitioners, and another phone behind none",
        book(
            {
                "甲": [
                    ("编号", "信访日期", "信访人", "第二信访人", "联系电话", "信访内容"),
                    ("X001", _DAY, "张三", "张四", "13900000001", TEXT),
                ],
                "乙": [
                    ("编号", "信访日期", "信访人", "其他联系方式", "信访内容"),
                    ("X002", _DAY, "李五", "13900000002", OTHER_TEXT),
                ],
            }
        ),
        accepted=2,
        warnings=[
            ("甲", 1, "联系电话", reasons.guessed("联系电话", 80), ""),
            ("乙", 1, "其他联系方式", reasons.guessed("联系电话", 82), ""),
        ],
        says={2: {"phone": "13900000002"}},
    ),
    Nasty(
        "whose: first and second petitioner over columns of name and phone",
        xlsx(
            [
                ("编号", "第一信访人", "", "第二信访人", "", "信访日期", "反映内容"),
                ("", "姓名", "电话", "姓名", "电话", "", ""),
                ("X001", "张三", "", "张四", "13900000002", _DAY, TEXT),
            ],
            merges=["B1:C1", "D1:E1"],
        ),
        says={3: {"name": "张三", "phone": ""}},
    ),
    Nasty(
        "whose: two phones of one petitioner stay his, whoever else is told of",
        xlsx(
            [
                ("编号", "信访日期", "姓名", "联系电话1", "联系电话2", "信访内容"),
                ("X001", _DAY, "张三", "", "13900000002", TEXT),
            ]
        ),
        warnings=[
            ("台账", 1, "联系电话1", reasons.guessed("联系电话", 80), ""),
            ("台账", 1, "联系电话2", reasons.guessed("联系电话", 95), ""),
        ],
        says={2: {"name": "张三", "phone": "13900000002"}},
    ),
    Nasty(
        "whose: the day of the first petition is not the day of this one",
        xlsx(
            [
                ("信访件编号", "办结日期", "姓名", "首次信访日期", "本次信访日期", "概况信息"),
                ("X001", "2026-09-20", "张三", "2025-01-01", _DAY, TEXT),
            ]
        ),
        says={2: {"day": _DAY}},
    ),
    Nasty(
        "matter: what happened and what is asked for in two columns",
        xlsx([("编号", "姓名", "信访日期", "反映内容", "主要诉求"), ("X001", "张三", _DAY, TEXT, "请求临时救助。")]),
        says={2: {"text": f"{TEXT}\n请求临时救助。"}},
    ),
    Nasty(
        "matter: two columns of one header, and one that only repeats a part of the other",
        xlsx(
            [
                ("编号", "姓名", "信访日期", "反映问题", "反映问题"),
                ("X001", "张三", _DAY, TEXT, OTHER_TEXT),
                ("X002", "李四", _DAY, f"{OTHER_TEXT}请求解决。", OTHER_TEXT),
            ]
        ),
        accepted=2,
        says={2: {"text": f"{TEXT}\n{OTHER_TEXT}"}, 3: {"text": f"{OTHER_TEXT}请求解决。"}},
    ),
]
