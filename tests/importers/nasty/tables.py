"""Tables of petitions whose headers bear hints, whose persons are numbered, and whose rows belong together."""

from tests.importers.nasty import reasons
from tests.importers.nasty.builders import HEADER, OTHER_TEXT, TEXT, book, json_lines, line, xlsx
from tests.importers.nasty.cases import Nasty

_PHONE = "13900000001"
_DAY = "2026-06-01"
_ID = "141124196001010018"
_HINTED = (
    *("序号", "信访编号", "信访日期\n（年/月/日）", "信访人\n姓名", "年龄\n（岁）", "联系\n电话\n（手机）"),
    *("住 址\n（到组）", "涉及人数\n（人）", "反映内容\n（200字以内）", "办理时限\n（天）"),
)
_IN_LINES = "反映：\n一、工伤赔偿未兑现；\n二、老板失联。"
_IN_LINES_TOO = "诉求：\n一、恢复低保；\n二、公开名单。"

_KEYS = {"xfjbh": "X1", "xm": "张三", "lxdh": _PHONE, "zz": "某镇某村", "xfrq": _DAY, "gkxx": TEXT}


def _hinted(place: int, text: str) -> tuple[object, ...]:
    return (place, f"信26-{place}", f"2026-06-0{place}", "张三", 61, _PHONE, "某村三组", 1, text, 60)


CASES = [
    Nasty(
        "header: units and hints in brackets above a matter that begins with a label",
        xlsx([_HINTED, _hinted(1, _IN_LINES), _hinted(2, OTHER_TEXT), _hinted(3, _IN_LINES_TOO)]),
        accepted=3,
        says={
            2: {"number": "信26-1", "name": "张三", "phone": _PHONE, "day": _DAY, "text": _IN_LINES},
            3: {"text": OTHER_TEXT},
            4: {"text": _IN_LINES_TOO},
        },
    ),
    Nasty(
        "row: a matter that runs over several rows without being merged",
        xlsx(
            [
                HEADER,
                line("X001", "反映承包荒山二十亩，"),
                ("", "", "", "", "", "", "", "今年核桃树被人放羊啃坏，"),
                ("", "", "", "", "", "", "", "要求赔偿损失。"),
                line("X002", OTHER_TEXT, name="李四"),
            ]
        ),
        accepted=2,
        rejected=[
            ("台账", 3, "概况信息", reasons.ONLY_MATTER, "今年核桃树被人放羊啃坏，"),
            ("台账", 4, "概况信息", reasons.ONLY_MATTER, "要求赔偿损失。"),
        ],
        says={5: {"number": "X002", "name": "李四"}},
    ),
    Nasty(
        "row: a matter that runs over with a remark of its own, below a table that counts its rows",
        xlsx(
            [
                ("序号", "日期", "姓名", "反映内容", "备注"),
                (1, _DAY, "张三", "反映承包荒山二十亩，", ""),
                ("", "", "", "今年核桃树被人放羊啃坏。", "续上页"),
            ]
        ),
        rejected=[("台账", 3, "反映内容", reasons.ONLY_MATTER, "今年核桃树被人放羊啃坏。")],
        warnings=[("台账", 1, None, reasons.NO_NUMBER_COLUMN, "")],
    ),
    Nasty(
        "row: a matter with a day or a phone beside it, one below an empty row, and a list without names are petitions",
        book(
            {
                "台账": [
                    HEADER,
                    line("X001"),
                    ("", "", "", "", "", _DAY, "", OTHER_TEXT),
                    ("", "", _PHONE, "", "", "", "", "反映没有领到低保金。"),
                    (),
                    ("", "", "", "", "", "", "", "反映村路塌了一段。"),
                ],
                "来信": [("编号", "日期", "反映内容"), ("X002", _DAY, TEXT), ("", "", "反映没有领到救灾款。")],
            }
        ),
        accepted=6,
        warnings=[
            ("台账", 3, "信访件编号", reasons.NO_NUMBER, ""),
            ("台账", 4, "信访日期", reasons.NO_DAY, ""),
            ("台账", 4, "信访件编号", reasons.NO_NUMBER, ""),
            ("台账", 6, "信访日期", reasons.NO_DAY, ""),
            ("台账", 6, "信访件编号", reasons.NO_NUMBER, ""),
            ("来信", 1, None, reasons.NOBODY, ""),
            ("来信", 3, "日期", reasons.NO_DAY, ""),
            ("来信", 3, "编号", reasons.NO_NUMBER, ""),
        ],
    ),
    Nasty(
        "keys: address and purpose in the initials of their words",
        json_lines([{**_KEYS, "xfmd": "揭发控告"}, {**_KEYS, "xfjbh": "X2", "xfmd": "求决", "gkxx": OTHER_TEXT}]),
        accepted=2,
        says={1: {"number": "X1", "address": "某镇某村", "purpose": "揭发控告"}, 2: {"purpose": "求决"}},
    ),
    Nasty(
        "header: a column of purposes that nobody knows by its header",
        json_lines([{**_KEYS, "mdfl": "揭发控告"}, {**_KEYS, "xfjbh": "X2", "mdfl": "求决", "gkxx": OTHER_TEXT}]),
        accepted=2,
        warnings=[("", 1, "mdfl", reasons.UNREAD_PURPOSES, "")],
        says={1: {"purpose": "", "mdfl": "揭发控告"}},
    ),
    Nasty(
        "row: petitions below the name of their village, one beside it from elsewhere, a village at the end alone",
        xlsx(
            [
                HEADER,
                ("庞家庄村",),
                line("X001", address="一组"),
                line("X002", OTHER_TEXT, name="李四", address="某镇别家村"),
                ("小计", "", "", "", "", "", "", "2件"),
                line("X003", "反映没有领到低保金。", name="王五", address=""),
                ("二、张羊峁村（2件）",),
                HEADER,
                line("X004", "反映村路塌了一段。", name="赵六", address=""),
                ("三、镇直单位",),
                line("X005", "反映水窖干了。", name="孙七", address=""),
                ("", "", "", "", "某家村"),
                line("X006", "反映没有井水吃。", name="周八", address=""),
                ("某家沟村",),
            ],
            merges=["A2:H2", "A7:H7", "A10:H10", "A14:H14"],
        ),
        accepted=6,
        warnings=[
            ("台账", 2, None, reasons.village("庞家庄村"), "庞家庄村"),
            ("台账", 5, None, reasons.TOTAL, "小计"),
            ("台账", 8, None, reasons.HEADER_AGAIN, "信访件编号"),
            ("台账", 7, None, reasons.village("张羊峁村"), "二、张羊峁村（2件）"),
            ("台账", 10, None, reasons.NOTE, "三、镇直单位"),
            ("台账", 12, None, reasons.NOTE, "某家村"),
            ("台账", 14, None, reasons.NOTE, "某家沟村"),
        ],
        says={
            3: {"address": "庞家庄村一组"},
            4: {"address": "某镇别家村"},
            6: {"address": ""},
            9: {"address": "张羊峁村"},
            11: {"address": ""},
            13: {"address": ""},
        },
    ),
    Nasty(
        "name: brackets that hold no second name, and the people of a place",
        xlsx(
            [
                HEADER,
                line("X001", name="张三\n（联名）"),
                line("X002", OTHER_TEXT, name="李四（孤寡老人）"),
                line("X003", "反映没有领到低保金。", name="王五（代母王六）"),
                line("X004", "反映村路塌了一段。", name="某家庄村全体村民", phone=_PHONE),
            ]
        ),
        accepted=4,
        says={
            2: {"name": "张三"},
            3: {"name": "李四"},
            4: {"name": "王五（代母王六）"},
            5: {"name": "", "phone": _PHONE, "姓名": "某家庄村全体村民"},
        },
    ),
    Nasty(
        "number: 登记序号 of an office is the number, and one that counts rows is not",
        book(
            {
                "甲": [
                    ("登记序号", "日期", "姓名", "反映内容"),
                    ("KH-2026-88", _DAY, "张三", TEXT),
                    ("2026-089", _DAY, "李四", OTHER_TEXT),
                ],
                "丁": [
                    ("登记序号", "信访时间", "信访人", "联系方式", "诉求概要"),
                    ("KH-2026-90", _DAY, "孙七", _PHONE, "反映水窖干了, 请求修好。"),
                ],
                "乙": [("来访序号", "日期", "姓名", "反映内容"), ("1", _DAY, "王五", "反映没有领到低保金。")],
                "丙": [
                    ("来访序号", "编号", "日期", "姓名", "反映内容"),
                    ("KH-1", "X001", _DAY, "赵六", "反映村路塌了一段。"),
                ],
            }
        ),
        accepted=5,
        warnings=[
            ("甲", 1, "登记序号", reasons.guessed("信访件编号", 80), ""),
            ("丁", 1, "登记序号", reasons.guessed("信访件编号", 80), ""),
            ("丁", 1, "诉求概要", reasons.guessed("概况信息", 90), ""),
            ("乙", 1, None, reasons.NO_NUMBER_COLUMN, ""),
        ],
        says={3: {"number": "2026-089"}},
    ),
    Nasty(
        "phone: somebody else's as said beside it, and one of the row above that another person has",
        xlsx(
            [
                HEADER,
                line("X001", phone="4421236（邻居家）"),
                line("X002", OTHER_TEXT, name="李四", phone="〃"),
                line("X003", "反映没有领到低保金。", name="王五", phone="13900000001（儿子）", id_number=_ID),
                line("X004", "反映村路塌了一段。", name="同上", phone="同上", id_number="同上"),
                line("X005", "反映水窖干了。", name="赵六", phone="", id_number="同上"),
            ]
        ),
        accepted=5,
        warnings=[
            ("台账", 2, "联系电话", reasons.PHONE_OF_ANOTHER, "4421236（邻居家）"),
            ("台账", 3, "联系电话", reasons.REPEATED_OF_ANOTHER, "4421236（邻居家）"),
            ("台账", 3, "联系电话", reasons.PHONE_OF_ANOTHER, "4421236（邻居家）"),
            ("台账", 4, "证件号码", reasons.ID_CHECK, "141124********0018"),
            ("台账", 5, "证件号码", reasons.ID_CHECK, "141124********0018"),
            ("台账", 6, "证件号码", reasons.REPEATED_OF_ANOTHER, "141124********0018"),
            ("台账", 6, "证件号码", reasons.ID_CHECK, "141124********0018"),
        ],
        says={2: {"phone": "4421236"}, 3: {"phone": "4421236"}, 4: {"phone": "13900000001"}},
    ),
]
