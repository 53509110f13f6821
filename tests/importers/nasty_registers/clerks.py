"""What clerks do to registers; written before the importers were looked at."""

from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from domain.vocabulary import MonitoringCategory
from tests.importers.nasty.builders import document, xlsx
from tests.importers.nasty_registers.cases import CAUSES, HEADER, LEFT, VILLAGE, A, B, NastyRegister, line, wife

_BESIDE_NAME = "姓名后面的「{}」没有当作姓名的一部分, 已接收, 请核对"
_CARD = [
    ["户编号", A, "户主姓名", "庞甲"],
    ["行政村", "庞家庄村", "联系电话", "13800000000"],
    ["监测对象类别", "边缘易致贫户", "识别时间", "202403"],
    ["风险类型", "因病", "家庭人口数", "3"],
]
_MEMBERS = [
    ["姓名", "与户主关系", "性别", "健康状况"],
    ["庞甲", "户主", "男", "患有大病"],
    ["李乙", "配偶", "女", "健康"],
    ["采集人：某某", "采集日期：2026-6-1", "", ""],
]


def _strike(page: Worksheet) -> None:
    for cell in page[3]:
        cell.font = Font(strike=True)


REGISTERS = (
    NastyRegister(
        "a village merged over several households",
        xlsx([HEADER, line(), wife(village=""), line(B, "孙丙", village="")], merges=["A2:A4"]),
        households={A: "庞甲 李乙", B: "孙丙"},
        villages={A: VILLAGE, B: VILLAGE},
    ),
    NastyRegister(
        "what stands in brackets behind a name",
        xlsx([HEADER, line(name="庞甲（小名大牛）"), line(A, "李乙（外嫁）", "配偶", sex="女")]),
        warnings=(
            ("台账", 2, "姓名", _BESIDE_NAME.format("小名大牛"), "庞甲（小名大牛）"),
            ("台账", 3, "姓名", LEFT.format("外嫁"), "李乙（外嫁）"),
        ),
    ),
    NastyRegister(
        "half of the columns are known to nobody, and the people called members",
        xlsx(
            [
                ("某镇脱贫户花名册",),
                (
                    "户编码",
                    "行政村",
                    "自然村（组）",
                    "成员姓名",
                    "成员证件号码",
                    "与户主关系",
                    "是否户主",
                    "户联系电话",
                    "脱贫年度",
                ),
                (A, "庞家庄村", "一组", "庞甲", "", "户主", "是", "13800000000", 2018),
                (A, "庞家庄村", "一组", "李乙", "", "配偶", "否", "", 2018),
            ]
        ),
        villages={A: VILLAGE},
    ),
    NastyRegister(
        "no number of a household below a header of two lines",
        xlsx(
            [
                ("序号", "所在地", "", "监测对象基本情况", "", "风险"),
                ("", "乡镇", "村", "户主", "电话", ""),
                (1, "克虎镇", "庞家庄村", "庞甲", "13800000000", "因病"),
            ],
            merges=["B1:C1", "D1:E1"],
        ),
        refused=(
            "找不到表头列「户编号」, 看到的表头是: 乡镇、村、户主、电话; 请确认交的是户籍台账: 每户要有全县唯一的户编号"
        ),
    ),
    NastyRegister(
        "a row struck through",
        xlsx([HEADER, line(), wife()], change=_strike),
        warnings=(("台账", 3, None, "有1行划了删除线, 已照样导入, 请核对是否该交", "3"),),
    ),
    NastyRegister(
        "a card of a household in a document",
        document([], [_CARD]),
        households={A: "庞甲"},
        villages={A: VILLAGE},
        says={"only_head": True, "phone": "13800000000", "risks": ("因病",)},
        of_monitored=True,
    ),
    NastyRegister(
        "a card of a household with its family in a table below",
        document([], [[*_CARD, ["家庭成员情况", "", "", ""], *_MEMBERS]]),
        villages={A: VILLAGE},
        says={"phone": "13800000000", "risks": ("因病",), "health": "患有大病"},
        of_monitored=True,
    ),
    NastyRegister(
        "a card of a household whose table of the family leaves the head out",
        document([], [[*_CARD, _MEMBERS[0], _MEMBERS[2]]]),
        villages={A: VILLAGE},
        says={"phone": "13800000000", "name": "庞甲"},
        of_monitored=True,
    ),
    NastyRegister(
        "the village in the title alone",
        xlsx([("某县克虎镇庞家庄村脱贫户花名册",), HEADER[1:], line()[1:], wife()[1:]]),
        villages={A: VILLAGE},
        warnings=(("台账", 2, None, "表里没有村这一列, 已按表题里的「庞家庄村」接收, 请核对", ""),),
    ),
    NastyRegister(
        "a column with ticks for each risk",
        xlsx(
            [
                (*HEADER, "监测对象类别", "因病", "因残", "因学", "残疾"),
                (*line(), "边缘易致贫户", "√", "/", "是", "是"),
                wife(),
            ]
        ),
        says={"risks": ("因病", "因学")},
        of_monitored=True,
    ),
    NastyRegister(
        "risks and causes with their codes before them",
        xlsx([(*HEADER, "监测对象类别", "主要致贫原因"), (*line(), "边缘易致贫户", "8.缺劳力"), wife()]),
        says={"risks": ("因缺劳动力",)},
        warnings=(("台账", 1, "主要致贫原因", CAUSES, ""),),
        of_monitored=True,
    ),
    NastyRegister(
        "the household's phone in a row of each person is the head's",
        xlsx([(*HEADER, "户联系电话"), (*line(), "13800000000"), (*wife(), "13800000000")]),
        says={"phone": "13800000000"},
    ),
    NastyRegister(
        "three years side by side",
        xlsx(
            [
                ("村代码", "户编号", "户主姓名", "2025年", "", "2026年", ""),
                ("", "", "", "监测对象类别", "风险类型", "监测对象类别", "风险类型"),
                (VILLAGE, A, "庞甲", "边缘易致贫户", "因病", "突发严重困难户", ""),
            ],
            merges=["D1:E1", "F1:G1"],
        ),
        households={A: "庞甲"},
        says={"category": MonitoringCategory.SUDDEN, "risks": ()},
        warnings=(("台账", 2, None, "几个年份并排着, 已按最后一年(2026年)的各列接收, 以前各年的没有采用, 请核对", ""),),
        of_monitored=True,
    ),
)
