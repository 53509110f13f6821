"""Headers of two lines: what stands above a group of columns says whose they are, or what."""

from tests.importers.nasty.builders import xlsx
from tests.importers.nasty_registers.cases import (
    HEADER,
    LEFT_ALONE,
    NOTE,
    TOTAL,
    VILLAGE,
    A,
    B,
    NastyRegister,
    line,
    wife,
)

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
_NOT_HIS = "「{}」下面的证件号码看不出是谁的, 没有采用, 请核对; 要采用的请在表头写明是谁的后重新提交"
_STRANGERS = (
    "「{}」下面的姓名看不出是不是家庭成员, 没有当作成员导入, 请核对; "
    "是成员的请把表头改成「家庭成员」, 或加上「与户主关系」一列后重新提交"
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
        warnings=(("台账", 3, "与户主关系", "没有填与户主关系, 按「其他」接收, 请补填后重新提交", ""),),
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
                (
                    "这个号码被表格改成了1.4E+17这样的写法, 后几位已丢失, 没有记下, 其余已接收; "
                    "请选中这一列, 把单元格格式改为「文本」, 照原件重填后重新提交"
                ),
                "1.41196E+17",
            ),
        ),
        says={"id_number": "", "second_id_number": _WIFES_NUMBER},
    ),
    NastyRegister(
        "no merged number: whose son he is nobody knows",
        xlsx([_ABOVE, _BELOW, (*_OF_HOUSEHOLD, *_WIFE), (*_NOBODY, *_SON)], merges=_GROUPS),
        rejected=(("台账", 4, "户编号", _MISSING, ""),),
        warnings=(("台账", 3, None, LEFT_ALONE, A),),
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
                ("村代码", "户编号", "人员信息", "", "证件信息", "", "登记信息", ""),
                ("", "", "姓名", "与户主关系", "类型", "身份证号", "日期", "身份证号"),
                (VILLAGE, A, "庞甲", "户主", "", _HEADS_NUMBER, "2026-6-1", _HEADS_NUMBER),
                (VILLAGE, B, "孙丙", "户主", "", _WIFES_NUMBER, "2026-6-1", _SONS_NUMBER),
            ],
            merges=["A1:A2", "B1:B2", "C1:D1", "E1:F1", "G1:H1"],
        ),
        households={A: "庞甲"},
        rejected=(("台账", 4, "身份证号", _TWO_NUMBERS, "141196********1235"),),
        says={"id_number": _HEADS_NUMBER},
    ),
    NastyRegister(
        "a number below a group that names nobody is not that of the person",
        xlsx(
            [
                ("村代码", "户编号", "人员信息", "", "", "银行卡信息", ""),
                ("", "", "姓名", "与户主关系", "身份证号", "开户人", "身份证号"),
                (VILLAGE, A, "庞甲", "户主", _HEADS_NUMBER, "庞甲", _HEADS_NUMBER),
                (VILLAGE, A, "李乙", "妻子", _WIFES_NUMBER, "庞甲", _HEADS_NUMBER),
            ],
            merges=["A1:A2", "B1:B2", "C1:E1", "F1:G1"],
        ),
        warnings=(("台账", 2, None, _NOT_HIS.format("银行卡信息"), ""),),
        says={"id_number": _HEADS_NUMBER, "second_id_number": _WIFES_NUMBER},
    ),
    *(
        NastyRegister(
            f"{group} beside the head is no group of the family",
            xlsx(
                [
                    ("村代码", "户编号", "户主信息", "", "", group, ""),
                    ("", "", "姓名", "身份证号", "联系电话", "姓名", "身份证号"),
                    (VILLAGE, A, "庞甲", _HEADS_NUMBER, "", "庞老", _WIFES_NUMBER),
                ],
                merges=["A1:A2", "B1:B2", "C1:E1", "F1:G1"],
            ),
            households={A: "庞甲"},
            warnings=(("台账", 2, None, _STRANGERS.format(group), ""),),
            says={"id_number": _HEADS_NUMBER},
            of_monitored=True,
        )
        for group in ("死亡人员信息", "学生信息", "领款人信息")
    ),
    NastyRegister(
        "the spouse beside the head is of the family",
        xlsx(
            [
                ("村代码", "户编号", "户主信息", "", "配偶信息", ""),
                ("", "", "姓名", "身份证号", "姓名", "身份证号"),
                (VILLAGE, A, "庞甲", _HEADS_NUMBER, "李乙", _WIFES_NUMBER),
            ],
            merges=["A1:A2", "B1:B2", "C1:D1", "E1:F1"],
        ),
        says={"id_number": _HEADS_NUMBER, "second_id_number": _WIFES_NUMBER},
        of_monitored=True,
    ),
    NastyRegister(
        "who signs with a day between the rows leaves the village of the title, and who names a village does not",
        xlsx(
            [
                ("克虎镇庞家庄村防返贫监测台账",),
                ("户编号", "组别", "姓名", "与户主关系", "家庭住址"),
                ("0001", "一组", "庞甲", "户主", ""),
                ("村主任：周某", "", "会计：吴某", "", "填表日期：2026年5月9日"),
                ("0002", "二组", "孙丙", "户主", ""),
                ("村名：蔡家洼村", "", "会计：吴某", "", "填表日期：2026年5月9日"),
                ("0003", "二组", "王丁", "户主", ""),
            ],
            merges=["A1:E1"],
        ),
        households={"0001": "庞甲", "0002": "孙丙"},
        rejected=(("台账", 7, None, "没有填村, 请填村名或村代码后重新提交", ""),),
        warnings=(
            (
                "台账",
                2,
                None,
                ("表里没有村这一列, 已按表题里的「庞家庄村」接收; 不是这个村的请给表加上「村」一列并填写后重新提交"),
                "",
            ),
            ("台账", 4, None, NOTE, "村主任：周某"),
            ("台账", 6, None, NOTE, "村名：蔡家洼村"),
        ),
    ),
    NastyRegister(
        "a person in cells with colons is no line of signatures, and a sum has neither a number nor a relation",
        xlsx(
            [
                ("备注", "村代码", "户编号", "姓名", "与户主关系"),
                ("", VILLAGE, A, "庞甲", "户主"),
                ("本户人口合计", VILLAGE, A, "", "长子"),
                ("收入累计", VILLAGE, B, "", ""),
                ("", VILLAGE, "", "", ""),
                ("姓名：李乙", "关系：妻子", "身份证号：1", "", "备注：残"),
            ]
        ),
        households={A: "庞甲"},
        rejected=(
            ("台账", 3, "姓名", _MISSING, ""),
            ("台账", 4, "姓名", _MISSING, ""),
            ("台账", 6, "姓名", _MISSING, ""),
        ),
        warnings=(("台账", 5, None, NOTE, VILLAGE),),
    ),
    NastyRegister(
        "a tick right of a risk that is written",
        xlsx(
            [
                ("村代码", "户编号", "户主姓名", "监测对象类别", "风险类型", ""),
                (VILLAGE, A, "庞甲", "边缘易致贫户", "因病", "√"),
                (VILLAGE, B, "孙丙", "边缘易致贫户", "因残", ""),
            ]
        ),
        households={A: "庞甲", B: "孙丙"},
        says={"risks": ("因病",)},
        of_monitored=True,
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
            warnings=(
                (
                    "台账",
                    2,
                    None,
                    "「因病、因学、务工就业不稳」各列已按勾选作为风险类型接收; 不是风险的请删去这些列后重新提交",
                    "",
                ),
            ),
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
