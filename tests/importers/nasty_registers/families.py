"""What is said of a whole family in one place: its members in a cell, its head by columns of his own."""

from domain.register.household import Sex
from tests.importers.nasty.builders import book, xlsx
from tests.importers.nasty_registers.cases import HEADER, VILLAGE, A, B, C, NastyRegister, line, wife

_FAMILY, _OTHER = "李乙（妻）、庞小（长子）", "王丁（妻）、孙大（长子）"
_IN_A_CELL = (
    "「{}」一格里写了几个人, 已按一人一行接收; 年龄和看不出属于哪一项的字没有采用; 不对的请一人一行填写后重新提交"
)
_SEVERAL = "一格里写了几个人, 这一行没有导入; 请一人一行填写后重新提交"
_NUMBER = "141196196605051234"
_TWICE = "户主写在两处, 写的不一样, 已按家庭成员里的那一行接收; 不对的请改成一致后重新提交"
_UNREAD = "「{}」一格里像是写了几个家庭成员, 没有采用, 请核对; 成员没有另外写的, 请一人一行填写后重新提交"


def _ledger(header: str) -> list[tuple[str, ...]]:
    return [
        ("村代码", "户编号", "户主姓名", header),
        (VILLAGE, A, "庞甲", _FAMILY),
        (VILLAGE, B, "孙丙", _OTHER),
    ]


_IN_CELLS = tuple(
    NastyRegister(
        f"all members in one cell below {header}",
        xlsx(_ledger(header)),
        households={A: "庞甲 李乙 庞小", B: "孙丙 王丁 孙大"},
        warnings=(("台账", 1, None, _IN_A_CELL.format(header), ""),),
    )
    for header in ("家庭成员信息", "家庭成员（姓名、关系）", "家庭其他成员", "家庭成员情况（姓名、与户主关系、年龄等）")
)

REGISTERS = (
    *_IN_CELLS,
    NastyRegister(
        "some of the members in one cell are no family, and no name of anybody",
        xlsx([*_ledger("家庭成员（劳动力）"), (VILLAGE, C, "高戊", "")]),
        households={C: "高戊"},
        rejected=(
            ("台账", 2, "家庭成员（劳动力）", _SEVERAL, _FAMILY),
            ("台账", 3, "家庭成员（劳动力）", _SEVERAL, _OTHER),
        ),
        of_monitored=True,
    ),
    *(
        NastyRegister(
            f"of two columns of members the one that lists them, beside {other}",
            xlsx(
                [
                    ("村代码", "户编号", "户主姓名", "家庭成员", other),
                    (VILLAGE, A, "庞甲", _FAMILY, "妻患病，子务工"),
                    (VILLAGE, B, "孙丙", _OTHER, ""),
                ]
            ),
            households={A: "庞甲 李乙 庞小", B: "孙丙 王丁 孙大"},
            warnings=(("台账", 1, None, _IN_A_CELL.format("家庭成员"), ""),),
        )
        for other in ("家庭成员信息", "成员情况", "其他成员")
    ),
    NastyRegister(
        "what the head's disability and code are is no state of health",
        xlsx([("村代码", "户编号", "户主姓名", "户主残疾等级", "户主健康码"), (VILLAGE, A, "庞甲", "二级", "绿码")]),
        households={A: "庞甲"},
        says={"health": ""},
        of_monitored=True,
    ),
    NastyRegister(
        "the head by columns of his own",
        xlsx(
            [
                (
                    "村代码",
                    "户编号",
                    "户主姓名",
                    "户主性别",
                    "户主出生年月",
                    "户主健康状况",
                    "户主劳动能力",
                    "户主联系电话",
                ),
                (VILLAGE, A, "庞甲", "男", "1964.5", "患有大病", "无劳动力", "13800000000"),
            ]
        ),
        households={A: "庞甲"},
        says={
            "sex": Sex.MALE,
            "birth_year": 1964,
            "health": "患有大病",
            "labour": "无劳动力",
            "phone": "13800000000",
        },
        of_monitored=True,
    ),
    NastyRegister(
        "members below a header that nobody knows",
        xlsx(_ledger("家里还有谁")),
        households={A: "庞甲", B: "孙丙"},
        warnings=(("台账", 1, None, _UNREAD.format("家里还有谁"), ""),),
        says={"only_head": True},
        of_monitored=True,
    ),
    NastyRegister(
        "several persons where a name belongs",
        xlsx([HEADER, line(), wife(), line(A, "庞小（长子）、庞妮（长女）", "子女")]),
        rejected=(("台账", 4, "姓名", _SEVERAL, "庞小（长子）、庞妮（长女）"),),
    ),
    *(
        NastyRegister(
            f"heads with {phone} in one sheet, all persons in the other",
            book(
                {
                    "户": [
                        ("村代码", "户编号", "户主姓名", "户主证件号码", phone),
                        (VILLAGE, A, "庞甲", _NUMBER, "13800000000"),
                    ],
                    "人": [
                        ("村代码", "户编号", "姓名", "与户主关系", "证件号码", "健康状况"),
                        (VILLAGE, A, "庞甲", "户主", number, "残疾"),
                        (VILLAGE, A, "李乙", "配偶", "", "健康"),
                    ],
                }
            ),
            says={"phone": "13800000000", "id_number": _NUMBER, "health": "残疾", "second_phone": ""},
        )
        for phone, number in (("农户联系电话", _NUMBER), ("户主联系电话", ""))
    ),
    NastyRegister(
        "a head of whom two sheets say different things",
        book(
            {
                "户": [
                    ("村代码", "户编号", "户主姓名", "户主性别", "户主健康状况", "户主联系电话"),
                    (VILLAGE, A, "庞甲", "男", "健康", "13800000000"),
                ],
                "人": [
                    ("村代码", "户编号", "姓名", "与户主关系", "健康状况", "联系电话"),
                    (VILLAGE, A, "庞甲", "户主", "残疾", "13900000000"),
                ],
            }
        ),
        households={A: "庞甲"},
        warnings=(("户", 2, "联系电话", _TWICE, ""), ("户", 2, "健康状况", _TWICE, "残疾")),
        says={"phone": "13900000000", "health": "残疾", "sex": Sex.MALE},
    ),
    NastyRegister(
        "two heads of one name with two ID numbers lend each other nothing",
        book(
            {
                "户": [
                    ("村代码", "户编号", "户主姓名", "户主证件号码", "户主联系电话"),
                    (VILLAGE, A, "庞甲", _NUMBER, "13800000000"),
                ],
                "人": [HEADER, line(id_number="141196196605055679")],
            }
        ),
        households={A: "庞甲"},
        warnings=(("户", 2, "证件号码", _TWICE, ""),),
        says={"phone": "", "id_number": "141196196605055679"},
    ),
)
