"""Headers of two lines: what stands above a group of columns says whose they are, or what."""

from tests.importers.nasty.builders import xlsx
from tests.importers.nasty_registers.cases import HEADER, NOTE, TOTAL, VILLAGE, A, B, NastyRegister, line, wife

_HEADS_NUMBER, _WIFES_NUMBER, _SONS_NUMBER = "141196196605051234", "141196196806061235", "141196199202021236"
_ABOVE = ("村代码", "户编号", "户主信息", "", "", "家庭成员信息", "", "", "")
_BELOW = ("", "", "户主姓名", "身份证号", "联系电话", "姓名", "与户主关系", "身份证号", "健康状况")
_OF_HOUSEHOLD = (VILLAGE, A, "庞甲", _HEADS_NUMBER, "13800000000")
_WIFE = ("李乙", "妻子", _WIFES_NUMBER, "残疾")
_SON = ("庞小", "长子", _SONS_NUMBER, "健康")
_NOBODY = ("", "", "", "", "")
_TWO_NUMBERS = (
    "两组列里各有一个证件号码, 不一样, 看不出哪一个是这个人的, 这一行没有导入; 请在表头写明户主证件号码后重新提交"
)
_WHICH = "这一格是打勾, 看不出是哪一项风险, 这一行没有导入; 请写风险名称, 或把各项风险写成一行表头后重新提交"
_MISSING = "没有填, 请补填后重新提交"
_GROUPS = ["A1:A2", "B1:B2", "C1:E1", "F1:I1"]
_HIS = {"id_number": _HEADS_NUMBER, "birth_year": 1966, "phone": "13800000000", "health": ""}

REGISTERS = (
    NastyRegister(
        "the head beside his family, who is not among them",
        xlsx(
            [_ABOVE, _BELOW, (*_OF_HOUSEHOLD, *_WIFE), (*_NOBODY, *_SON)],
            merges=[*_GROUPS, "A3:A4", "B3:B4", "C3:C4", "D3:D4", "E3:E4"],
        ),
        households={A: "庞甲 李乙 庞小"},
        says={**_HIS, "second_id_number": _SONS_NUMBER, "second_phone": ""},
    ),
    NastyRegister(
        "the head beside his wife",
        xlsx([_ABOVE, _BELOW, (*_OF_HOUSEHOLD, *_WIFE)], merges=_GROUPS),
        says={**_HIS, "second_id_number": _WIFES_NUMBER, "second_birth_year": 1968, "second_phone": ""},
    ),
    NastyRegister(
        "the head beside himself, known there by his name alone",
        xlsx([_ABOVE, _BELOW, (*_OF_HOUSEHOLD, "庞甲", "", "", "健康")], merges=_GROUPS),
        households={A: "庞甲"},
        warnings=(("台账", 3, "与户主关系", "没有填与户主关系, 按「其他」接收, 请补填", ""),),
        says={**_HIS, "health": "健康"},
        of_monitored=True,
    ),
    NastyRegister(
        "a damaged number of the head beside his wife",
        xlsx([_ABOVE, _BELOW, (VILLAGE, A, "庞甲", "1.41196E+17", "", *_WIFE)], merges=_GROUPS),
        warnings=(
            (
                "台账",
                3,
                "身份证号",
                "证件号码被表格软件改成了科学计数, 后几位已丢失, 请按原件以文本格式重填",
                "1.41196E+17",
            ),
        ),
        says={"id_number": "", "second_id_number": _WIFES_NUMBER},
    ),
    NastyRegister(
        "no merged number: whose son he is nobody knows",
        xlsx([_ABOVE, _BELOW, (*_OF_HOUSEHOLD, *_WIFE), (*_NOBODY, *_SON)], merges=_GROUPS),
        rejected=(("台账", 4, "户编号", _MISSING, ""),),
        says=_HIS,
    ),
    NastyRegister(
        "a head below a number that is merged over his row too",
        xlsx(
            [_ABOVE, _BELOW, (*_OF_HOUSEHOLD, *_WIFE), (*_NOBODY, "孙丙", "户主", "", "")],
            merges=[*_GROUPS, "B3:B4"],
        ),
        rejected=(("台账", 4, "户编号", _MISSING, ""),),
    ),
    NastyRegister(
        "what stands before the members in a header of one line and returns behind them",
        xlsx(
            [
                ("村代码", "户编号", "户主姓名", "身份证号", "姓名", "与户主关系", "身份证号"),
                (VILLAGE, A, "庞甲", _HEADS_NUMBER, "庞甲", "户主", _HEADS_NUMBER),
                (VILLAGE, A, "庞甲", _HEADS_NUMBER, "李乙", "妻子", _WIFES_NUMBER),
            ]
        ),
        says={"id_number": _HEADS_NUMBER, "second_id_number": _WIFES_NUMBER},
    ),
    NastyRegister(
        "two numbers in a row below groups that do not say whose they are",
        xlsx(
            [
                ("村代码", "户编号", "人员信息", "", "", "登记信息", ""),
                ("", "", "姓名", "与户主关系", "身份证号", "日期", "身份证号"),
                (VILLAGE, A, "庞甲", "户主", _HEADS_NUMBER, "2026-6-1", _HEADS_NUMBER),
                (VILLAGE, B, "孙丙", "户主", _WIFES_NUMBER, "2026-6-1", _SONS_NUMBER),
            ],
            merges=["A1:A2", "B1:B2", "C1:E1", "F1:G1"],
        ),
        households={A: "庞甲"},
        rejected=(("台账", 4, "身份证号", _TWO_NUMBERS, "141196********1236"),),
        says={"id_number": _HEADS_NUMBER},
    ),
    NastyRegister(
        "sums of groups and who signs below",
        xlsx(
            [
                ("序号", *HEADER),
                (1, *line()),
                (2, *wife()),
                ("一组小计", "", "", "", "2人", "", ""),
                (3, *line(B, "孙丙")),
                ("二组小计", "", "1户", "", "1人", "", ""),
                ("村委会主任：庞某", "", "会计：孙某", "", "", "填表日期：2026年5月9日", ""),
            ]
        ),
        households={A: "庞甲 李乙", B: "孙丙"},
        warnings=(
            ("台账", 4, None, TOTAL, "一组小计"),
            ("台账", 6, None, TOTAL, "二组小计"),
            ("台账", 7, None, NOTE, "村委会主任：庞某"),
        ),
    ),
    NastyRegister(
        "a sum with a name and an office without a day are no sum and no signature",
        xlsx(
            [
                ("序号", *HEADER),
                (1, *line()),
                (2, *wife()),
                ("一组小计", "", "", "孙丙", "", "", ""),
                ("主任：庞某", "", "", "会计：孙某", "", "", ""),
            ]
        ),
        rejected=(("台账", 4, "户编号", _MISSING, ""), ("台账", 5, "户编号", _MISSING, "")),
    ),
    *(
        NastyRegister(
            f"ticks below risks in the second line, {group} above",
            xlsx(
                [
                    ("村代码", "户编号", "户主姓名", "监测对象类别", group, "", "", "备注"),
                    ("", "", "", "", "因病", "因学", "务工就业不稳", ""),
                    (VILLAGE, A, "庞甲", "边缘易致贫户", "", "√", "√", ""),
                    (VILLAGE, B, "孙丙", "边缘易致贫户", "√", "", "", ""),
                ],
                merges=["E1:G1"],
            ),
            households={A: "庞甲", B: "孙丙"},
            warnings=(("台账", 2, None, "「因病、因学、务工就业不稳」各列已按勾选作为风险类型接收, 请核对", ""),),
            says={"risks": ("因学", "务工就业不稳")},
            of_monitored=True,
        )
        for group in ("致贫返贫风险", "风险类型")
    ),
    NastyRegister(
        "a tick right of a risk below no header",
        xlsx(
            [
                ("村代码", "户编号", "户主姓名", "监测对象类别", "风险类型", "", "", "备注"),
                (VILLAGE, A, "庞甲", "边缘易致贫户", "", "", "√", ""),
                (VILLAGE, B, "孙丙", "边缘易致贫户", "因病", "", "", "√"),
            ]
        ),
        households={B: "孙丙"},
        rejected=(("台账", 2, "风险类型", _WHICH, "√"),),
        of_monitored=True,
    ),
)
