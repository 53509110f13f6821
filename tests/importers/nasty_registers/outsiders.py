"""What another town hands in: applicants, communities, titles between the rows, phones that say whose they are."""

import json

from domain.places.region import RegionCode
from domain.register.household import Relation, Sex
from domain.register.id_number import check_character
from domain.words.vocabulary import MonitoringCategory
from tests.importers.nasty.builders import book, document, written, xlsx
from tests.importers.nasty.cases import Build
from tests.importers.nasty_registers.cases import (
    AGAIN,
    EMPTY,
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

_OTHER = "141124104203"
_HIS = "13800000001"
_HEADS = ("户编号", "村代码", "户主姓名", "证件号码")
_MAN, _WOMAN = "14119619660505123", "14119619680606124"
_TITLE = "表里没有村这一列, 已按表题里的「{}」接收; 不是这个村的请给表加上「村」一列并填写后重新提交"
_GROUP = (
    "这一行只有组名, 下面没有写组的各行已按「{}」接收, 到下一个组名、合计或说明为止; "
    "不对的请给表加上「村民小组」一列并填写后重新提交"
)
_COMMUNITY = "表里没有村这一列, 已按「{}」里的村或社区接收; 不是这个村的请给表加上「村」一列并填写后重新提交"
_NAMELESS = (
    "这一行是户主的家人, 表里却没有「姓名」一列, 不知道是谁, 没有导入; 请把写着这个人姓名的那一列的表头改成「姓名」, "
    "只写了家里一部分人的名单请选「只有部分户」(命令行加 --partial)后重新提交"
)
_APPLICANT = (
    "表里没有户主, 已把「申请人」当作户主, 「与申请人关系」当作与户主关系接收; "
    "不对的请把表头改成「户主姓名」「与户主关系」后重新提交"
)
_MONITORING = (
    "「{}」没有采用, 请核对; 是这一户现在的监测情况的请把表头改成「监测对象类别」「致贫返贫风险」等名称后重新提交"
)
_PHONES = (
    "「{}」里写的是电话, 看不出是谁的, 没有采用, 请核对; "
    "是这一户的请把表头改成「户主电话」, 是本人的改成「联系电话」后重新提交"
)
_STRANGER = "「{}」写在「{}」后面, 看不出是谁的, 没有采用, 请核对; 是这一户的请把表头改成「户主电话」后重新提交"
_NONE_TICKED = "这一栏印了选项, 没有一项打勾, 按没有填接收; 原件上勾了的请补填后重新提交"
_TYPES = "「户别」没有采用, 请核对; 是户类型的请把表头改成「户类型」后重新提交"
_LEFT_OUT = "这一行不在家庭成员表里, 没有导入; 是这一户的人的, 请和其他成员连着写, 中间不要隔开后重新提交"
_NONE = "没有填村, 请填村名或村代码后重新提交"


def _right(first: str) -> str:
    return first + check_character(first)


def _spread(**groups: object) -> Build:
    record = {"户编号": A, "村代码": VILLAGE, "户主姓名": "庞甲", **groups}
    return written(json.dumps([record], ensure_ascii=False), "台账.json")


def _card(*tables: list[tuple[str, ...]]) -> Build:
    return document([], tables)


_CARD = [
    ("户编号", A, "户主姓名", "庞甲"),
    ("行政村", "庞家庄村", "村民小组", "二组"),
    ("监测对象类别", "□脱贫不稳定户 ☑边缘易致贫户", "风险类型", "☑因病 □因残 ☑因学"),
    ("识别监测时间", "2023年11月", "风险是否已消除", "☑是 □否"),
]
_FAMILY = [("序号", "姓名", "与户主关系"), ("1", "庞甲", "户主"), ("2", "李乙", "妻")]
_STRANGERS = [("序号", "姓名", "与户主关系"), ("1", "孙丙", "户主"), ("2", "王丁", "妻")]
_NO_NUMBER = "没有找到「户编号」这一列, 这个表没有导入; 是户籍台账的请补上这一列后重新提交, 不是的不需要处理"
_BLOCK = ("户编号", "姓名", "与户主关系")
_SHEET_CARD = [
    ("户编号", A, "户主姓名", "庞甲"),
    ("行政村", "庞家庄村", "户类型", "脱贫户"),
    ("住址", "一组", "备注", ""),
]
_HELPED = "「联系电话」写在帮扶人、监护人等后面, 没有当作这一户的, 请核对; 是这一户的请写在「户主电话」等栏里后重新提交"


def _beside_title(merge: str, *below: tuple[str, ...]) -> Build:
    rows = [
        ("农户信息卡", "", "", "", ""),
        ("户编号", A, "户主姓名", "庞甲", ""),
        ("行政村", "庞家庄村", "户类型", "脱贫户", ""),
        ("家庭成员", "姓名", "与户主关系", "性别", "备注"),
        ("", "庞甲", "户主", "男", ""),
        ("", "李乙", "妻", "女", ""),
        *below,
    ]
    return xlsx(rows, merges=["A1:E1", merge])


REGISTERS = (
    NastyRegister(
        "monitoring in an object of its own",
        _spread(监测信息={"监测对象类别": "边缘易致贫户", "致贫返贫风险": ["因病"]}, 户信息={"家庭人口": "1"}),
        households={A: "庞甲"},
        says={"category": MonitoringCategory.MARGINAL, "risks": ("因病",), "size": 1},
        of_monitored=True,
    ),
    NastyRegister(
        "a phone in the object of monitoring, and what ends like a header of it, are nobody's",
        _spread(监测信息={"联系电话": _HIS}, 上年监测对象类别="边缘易致贫户"),
        households={A: "庞甲"},
        warnings=(
            ("", 1, None, _MONITORING.format("上年监测对象类别"), ""),
            ("", 1, None, _PHONES.format("监测信息联系电话"), ""),
        ),
        says={"phone": "", "monitoring": ()},
        of_monitored=True,
    ),
    *(
        NastyRegister(
            f"{text} is a phone of the head in his row",
            xlsx([(*_HEADS, text), (A, VILLAGE, "庞甲", "", _HIS)]),
            households={A: "庞甲"},
            says={"phone": _HIS},
            of_monitored=True,
        )
        for text in ("本人电话", "本人联系电话", "户主或子女电话", "家庭联系电话")
    ),
    NastyRegister(
        "the phone of the household is no member's, his own is",
        xlsx([(*HEADER, "家庭联系电话", "本人电话"), (*line(), _HIS, ""), (*wife(), _HIS, "13800000002")]),
        says={"phone": _HIS, "second_phone": "13800000002"},
    ),
    NastyRegister(
        "本人电话 behind an unread name is not the head's",
        xlsx([(*_HEADS, "患者姓名", "本人电话"), (A, VILLAGE, "庞甲", "", "李乙", _HIS)]),
        households={A: "庞甲"},
        warnings=(("台账", 1, None, _STRANGER.format("本人电话", "患者姓名"), ""),),
        says={"phone": ""},
        of_monitored=True,
    ),
    NastyRegister(
        "a column that is one character from 本人联系电话 is somebody else's",
        xlsx([(*_HEADS, "老人联系电话"), (A, VILLAGE, "庞甲", "", _HIS)]),
        households={A: "庞甲"},
        warnings=(("台账", 1, None, _PHONES.format("老人联系电话"), ""),),
        says={"phone": ""},
        of_monitored=True,
    ),
    NastyRegister(
        "an applicant and the relations to him",
        xlsx(
            [
                ("村代码", "户编号", "申请人", "家庭成员姓名", "与申请人关系"),
                (VILLAGE, A, "庞甲", "庞甲", "本人"),
                ("", "", "", "李乙", "妻子"),
                ("村代码", "户编号", "申请人", "家庭成员姓名", "与申请人关系"),
                (VILLAGE, B, "孙丙", "孙丙", "本人"),
            ]
        ),
        households={A: "庞甲 李乙", B: "孙丙"},
        warnings=(("台账", 1, None, _APPLICANT, ""), ("台账", 4, None, AGAIN, "村代码")),
        says={"relation": Relation.HEAD, "second_relation": Relation.SPOUSE},
    ),
    NastyRegister(
        "an applicant and the relations to him in other words",
        xlsx(
            [
                ("村代码", "户编号", "申请人姓名", "姓名", "与申请人的关系"),
                (VILLAGE, A, "庞甲", "李乙", "妻子"),
                (VILLAGE, A, "庞甲", "庞甲", "本人"),
            ]
        ),
        warnings=(
            ("台账", 1, None, _APPLICANT.replace("申请人」", "申请人姓名」", 1).replace("人关系", "人的关系"), ""),
        ),
        says={"relation": Relation.HEAD, "second_relation": Relation.SPOUSE},
    ),
    NastyRegister(
        "headers of another time or thing than the monitoring, and phones of outsiders, say nothing",
        xlsx(
            [
                (
                    *_HEADS,
                    "监测对象类别",
                    "原监测对象类别",
                    "首次识别监测时间",
                    "计划风险消除时间",
                    "住房风险类型",
                    "邻居电话",
                    "村医电话",
                ),
                (A, VILLAGE, "庞甲", "", "边缘易致贫户", "脱贫不稳定户", "2023-01", "2027-01", "因灾", _HIS, _HIS),
            ]
        ),
        households={A: "庞甲"},
        says={"phone": "", "category": MonitoringCategory.MARGINAL},
        of_monitored=True,
    ),
    NastyRegister(
        "an applicant beside another head changes no relation",
        xlsx(
            [
                ("村代码", "户编号", "户主姓名", "申请人", "姓名", "与户主关系", "与申请人关系"),
                (VILLAGE, A, "庞甲", "李乙", "庞甲", "户主", "配偶"),
                (VILLAGE, A, "庞甲", "李乙", "李乙", "配偶", "本人"),
            ]
        ),
        says={"relation": Relation.HEAD, "second_relation": Relation.SPOUSE},
    ),
    NastyRegister(
        "a head below whom the others are refused is said to be alone",
        xlsx([HEADER, line(), (VILLAGE, "", "李乙", "配偶", "", ""), line(B, "孙丙"), wife(B)]),
        households={A: "庞甲", B: "孙丙 李乙"},
        rejected=(("台账", 3, "户编号", EMPTY, ""),),
        warnings=(("台账", 2, None, LEFT_ALONE, A),),
        unnumbered=1,
    ),
    *(
        NastyRegister(
            f"{text} is the village where all of it is known",
            xlsx([(text, "户编号", "户主姓名"), ("庞家庄村", "01", "庞甲"), ("蔡家洼村委会", "02", "孙丙")]),
            households={"01": "庞甲", "02": "孙丙"},
            warnings=(("台账", 1, None, _COMMUNITY.format(text), ""),),
            villages={"01": VILLAGE, "02": _OTHER},
            of_monitored=True,
        )
        for text in ("社区", "所属社区")
    ),
    NastyRegister(
        "a community that nobody knows is no village",
        xlsx([("所属社区", "户编号", "户主姓名"), ("庞家庄村", "01", "庞甲"), ("某某社区", "02", "孙丙")]),
        households={},
        rejected=(("台账", 2, None, _NONE, ""), ("台账", 3, None, _NONE, "")),
    ),
    NastyRegister(
        "where they moved to is not their village where the title names it",
        xlsx(
            [("蔡家洼村搬迁户台账",), ("所属社区", "户编号", "户主姓名"), ("庞家庄村", "01", "庞甲")], merges=["A1:C1"]
        ),
        households={"01": "庞甲"},
        warnings=(("台账", 2, None, _TITLE.format("蔡家洼村"), ""),),
        villages={"01": _OTHER},
        of_monitored=True,
    ),
    NastyRegister(
        "beside the village that they left the number has to begin with the code",
        xlsx(
            [
                ("所属社区", "户编号", "户主姓名", "迁出村"),
                ("庞家庄村", A, "庞甲", "某某村"),
                ("庞家庄村", "02", "孙丙", "某某村"),
            ]
        ),
        households={},
        rejected=(("台账", 2, None, _NONE, ""), ("台账", 3, None, _NONE, "")),
    ),
    NastyRegister(
        "village and group in one cell",
        xlsx(
            [
                ("村组", "户编号", "户主姓名"),
                ("庞家庄村一组", "01", "庞甲"),
                ("克虎镇蔡家洼二组", "02", "孙丙"),
                ("三组", "03", "王丁"),
            ]
        ),
        households={"01": "庞甲", "02": "孙丙"},
        rejected=(("台账", 4, None, _NONE, ""),),
        says={"group": "一组"},
        villages={"01": VILLAGE, "02": _OTHER},
        of_monitored=True,
    ),
    NastyRegister(
        "a card and the table of the family directly below it, options ticked",
        _card(_CARD, _FAMILY),
        says={
            "group": "二组",
            "category": MonitoringCategory.MARGINAL,
            "risks": ("因病", "因学"),
            "removed": True,
            "second_name": "李乙",
        },
        of_monitored=True,
    ),
    NastyRegister(
        "the family of another head below a card is not the card's",
        _card(_CARD, _STRANGERS),
        households={A: "庞甲"},
        warnings=(("表格1", 1, None, _NO_NUMBER, "序号、姓名、与户主关系"),),
        of_monitored=True,
    ),
    NastyRegister(
        "relatives below a card of whom none is its head are not its family",
        _card(_CARD, [("姓名", "与户主关系", "联系电话"), ("庞外", "女儿", _HIS)]),
        households={A: "庞甲"},
        warnings=(("表格1", 1, None, _NO_NUMBER, "姓名、与户主关系、联系电话"),),
        of_monitored=True,
    ),
    NastyRegister(
        "the family of a head of the same name with another ID number is not the card's",
        _card(
            [*_CARD, ("户主身份证号", _right(_MAN), "备注", "")],
            [("姓名", "与户主关系", "身份证号"), ("庞甲", "户主", _right(_WOMAN)), ("李乙", "妻", "")],
        ),
        households={A: "庞甲"},
        warnings=(("表格1", 1, None, _NO_NUMBER, "姓名、与户主关系、身份证号"),),
        of_monitored=True,
    ),
    NastyRegister(
        "a list on another sheet than the card's is not its family",
        book(
            {
                "卡": _SHEET_CARD,
                "名单": [("姓名", "与户主关系", "务工地点"), ("庞甲", "户主", ""), ("王远", "之子", "")],
            }
        ),
        households={A: "庞甲"},
        warnings=(("名单", 1, None, _NO_NUMBER, "姓名、与户主关系、务工地点"),),
        of_monitored=True,
    ),
    NastyRegister(
        "members below the label of the family that is merged over some of them",
        _beside_title("A4:A5", ("", "庞小", "子", "男", "")),
        households={A: "庞甲 李乙 庞小"},
    ),
    NastyRegister(
        "who helps and a sum beside the label of the family are no members",
        _beside_title("A4:A8", ("", "合计", "2人", "", ""), ("", "帮扶责任人", "王干", "联系电话", _HIS)),
        warnings=(("台账", 1, None, _HELPED, ""),),
        says={"phone": "", "second_phone": ""},
    ),
    NastyRegister(
        "the label of the family once more behind the break of a page, with the header or without",
        _beside_title(
            "A4:A6",
            ("家庭成员", "庞小", "子", "男", ""),
            ("家庭成员", "姓名", "与户主关系", "性别", "备注"),
            ("", "庞丫", "女", "女", ""),
        ),
        households={A: "庞甲 李乙 庞小 庞丫"},
    ),
    NastyRegister(
        "an income and an area beside the label of the family are no members, an odd name is",
        _beside_title(
            "A4:A10",
            ("", "小丫", "之孙女2", "女", ""),
            ("", "家庭年收入", "30000", "人均", "10000"),
            ("", "耕地面积", "6亩", "", ""),
        ),
        households={A: "庞甲 李乙 小丫"},
    ),
    NastyRegister(
        "a member below a note between the members is said",
        _beside_title("A4:A8", ("", "以下外出", "", "", ""), ("", "庞小", "之子", "男", "")),
        warnings=(("台账", 1, None, _LEFT_OUT, "庞小 之子 男"),),
    ),
    NastyRegister(
        "a column of types of households that nobody reads is said, one of other words is not",
        xlsx(
            [
                (*_HEADS, "户别", "户口"),
                (A, VILLAGE, "庞甲", "", "脱贫户", "农业户"),
                (B, VILLAGE, "孙丙", "", "一般户", "非农业户"),
            ]
        ),
        households={A: "庞甲", B: "孙丙"},
        warnings=(("台账", 1, None, _TYPES, ""),),
        of_monitored=True,
    ),
    NastyRegister(
        "rows of groups beside a column of groups end no village of the title",
        xlsx(
            [
                ("庞家庄村花名册",),
                (*_BLOCK, "组"),
                ("一组",),
                ("01", "庞甲", "户主", "一组"),
                ("二组",),
                ("02", "孙丙", "户主", "二组"),
            ],
            merges=["A1:D1"],
        ),
        households={"01": "庞甲", "02": "孙丙"},
        warnings=(
            ("台账", 2, None, _TITLE.format("庞家庄村"), ""),
            ("台账", 3, None, NOTE, "一组"),
            ("台账", 5, None, NOTE, "二组"),
        ),
        says={"group": "一组"},
    ),
    NastyRegister(
        "the sum of a family below a card is no member",
        _card(_CARD, [*_FAMILY, ("合计", "2人", "")]),
        of_monitored=True,
    ),
    NastyRegister(
        "groups in rows of their own",
        xlsx(
            [
                ("庞家庄村花名册",),
                _BLOCK,
                ("一组",),
                ("01", "庞甲", "户主"),
                ("01", "李乙", "配偶"),
                ("小计", "1户", "2人"),
                ("二组（1户）",),
                ("02", "孙丙", "户主"),
                ("小计", "1户", "1人"),
                ("03", "王丁", "户主"),
            ],
            merges=["A1:C1", "A3:C3"],
        ),
        households={"01": "庞甲 李乙", "02": "孙丙", "03": "王丁"},
        warnings=(
            ("台账", 2, None, _TITLE.format("庞家庄村"), ""),
            ("台账", 3, None, _GROUP.format("一组"), "一组"),
            ("台账", 6, None, TOTAL, "小计"),
            ("台账", 7, None, _GROUP.format("二组"), "二组（1户）"),
            ("台账", 9, None, TOTAL, "小计"),
        ),
        says={"group": "一组", "village": RegionCode(VILLAGE)},
    ),
    NastyRegister(
        "a title above the header printed once more names the village below it",
        xlsx(
            [
                ("庞家庄村花名册",),
                _BLOCK,
                ("01", "庞甲", "户主"),
                ("蔡家洼村花名册",),
                _BLOCK,
                ("02", "孙丙", "户主"),
                ("蔡家洼村、庞家庄村花名册",),
                _BLOCK,
                ("03", "王丁", "户主"),
            ],
            merges=["A1:C1", "A4:C4", "A7:C7"],
        ),
        households={"01": "庞甲", "02": "孙丙"},
        rejected=(("台账", 9, None, _NONE, ""),),
        warnings=(
            ("台账", 2, None, _TITLE.format("庞家庄村"), ""),
            ("台账", 4, None, NOTE, "蔡家洼村花名册"),
            ("台账", 5, None, _TITLE.format("蔡家洼村"), "户编号"),
            ("台账", 7, None, NOTE, "蔡家洼村、庞家庄村花名册"),
            ("台账", 8, None, AGAIN, "户编号"),
        ),
        villages={"01": VILLAGE, "02": _OTHER},
    ),
    NastyRegister(
        "a card whose village stands in its address alone",
        _card(
            [
                ("户编号", "01", "户主姓名", "庞甲"),
                ("住址", "山西省克虎镇庞家庄村三组", "联系方式", _HIS),
                ("户类型", "脱贫户", "备注", ""),
            ]
        ),
        households={"01": "庞甲"},
        warnings=(("", 1, None, "没有填村, 已按住址里的「庞家庄村」接收; 不对的请填上村后重新提交", ""),),
        villages={"01": VILLAGE},
        says={"address": "山西省克虎镇庞家庄村三组"},
        of_monitored=True,
    ),
    NastyRegister(
        "a disability card that was issued again holds the ID number",
        xlsx(
            [
                ("村代码", "户编号", "姓名", "与户主关系", "证件号码（残疾人证）"),
                (VILLAGE, A, "庞甲", "户主", f"{_right(_MAN)}42B1"),
            ]
        ),
        households={A: "庞甲"},
        says={"id_number": _right(_MAN), "disability_card": f"{_right(_MAN)}42"},
    ),
    NastyRegister(
        "who is not called 姓名 is refused with what to do",
        xlsx([("村代码", "户编号", "户主姓名", "残疾人姓名", "与户主关系"), (VILLAGE, A, "庞甲", "李乙", "之妻")]),
        households={},
        rejected=(("台账", 2, "与户主关系", _NAMELESS, "之妻"),),
    ),
    NastyRegister(
        "a phone of who helps is no guess at what nobody reads",
        xlsx([(*_HEADS, "村联系人电话"), (A, VILLAGE, "庞甲", "", _HIS)]),
        households={A: "庞甲"},
        says={"phone": ""},
        of_monitored=True,
    ),
    NastyRegister(
        "no sex is read from an ID number: it may be somebody else's",
        xlsx([HEADER, line(sex="", id_number=_right(_MAN)), wife(sex="", id_number=_right(_MAN))]),
        says={"sex": Sex.UNKNOWN, "second_sex": Sex.UNKNOWN},
    ),
    *(
        NastyRegister(
            f"{text} right of {left} is not the head's",
            xlsx([("户编号", "村代码", "户主姓名", left, text), (A, VILLAGE, "庞甲", "李乙", _HIS)]),
            households={A: "庞甲"},
            warnings=(("台账", 1, None, _STRANGER.format(text, left), ""),),
            says={"phone": ""},
            of_monitored=True,
        )
        for text, left in (
            ("本人电话", "患者"),
            ("本人联系电话", "务工人员"),
            ("家庭联系电话", "家长"),
            ("家庭电话", "监护人"),
            ("户主或子女电话", "紧急联系人"),
        )
    ),
    *(
        NastyRegister(
            f"a community beside {what} of another village is no village",
            xlsx([("所属社区", "户编号", "户主姓名", column), ("庞家庄村", number, "庞甲", value)]),
            households={},
            rejected=(("台账", 2, None, _NONE, ""),),
        )
        for what, column, number, value in (
            ("a number", "备注", f"{_OTHER}0001", ""),
            ("an address", "住址", "01", "克虎镇蔡家洼村三组"),
            ("an unread place", "户籍所在地", "01", "蔡家洼村"),
        )
    ),
    NastyRegister(
        "a community by whose code the numbers begin is the village, whatever village they left",
        xlsx(
            [
                ("所属社区", "户编号", "户主姓名", "原乡镇", "迁出村"),
                ("庞家庄村", A, "庞甲", "克虎镇", "蔡家洼村"),
            ]
        ),
        households={A: "庞甲"},
        warnings=(("台账", 1, None, _COMMUNITY.format("所属社区"), ""),),
        of_monitored=True,
    ),
    NastyRegister(
        "risks of which none is ticked are none, which is said of who is monitored",
        xlsx([(*_HEADS, "监测对象类别", "致贫返贫风险"), (A, VILLAGE, "庞甲", "", "边缘易致贫户", "□因病 □因残")]),
        households={A: "庞甲"},
        warnings=(("台账", 2, "致贫返贫风险", _NONE_TICKED, "□因病 □因残"),),
        says={"category": MonitoringCategory.MARGINAL, "risks": ()},
        of_monitored=True,
    ),
    NastyRegister(
        "a sum that begins with its group is no household",
        xlsx(
            [
                ("村代码", *_BLOCK),
                (VILLAGE, A, "庞甲", "户主"),
                ("一组小计", "", "1户", "1人"),
                ("", "二组合计", "1户", ""),
            ]
        ),
        households={A: "庞甲"},
        warnings=(("台账", 3, None, TOTAL, "一组小计"), ("台账", 4, None, TOTAL, "二组合计")),
    ),
)
