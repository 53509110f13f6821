"""What clerks do to registers; written before the importers were looked at."""

from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from domain.words.vocabulary import MonitoringCategory
from tests.importers.nasty.builders import book, document, xlsx
from tests.importers.nasty_registers.cases import (
    CAUSES,
    HEADER,
    LEFT,
    NOTE,
    TOTAL,
    VILLAGE,
    A,
    B,
    NastyRegister,
    line,
    wife,
)

_BESIDE_NAME = "姓名后面的「{}」没有当作姓名的一部分, 已接收; 是姓名的请去掉括号后重新提交"
_OF_TITLE = "表里没有村这一列, 已按表题里的「庞家庄村」接收; 不是这个村的请给表加上「村」一列并填写后重新提交"
_YEARS_TO_2026 = (
    "几个年份并排着, 同一项有几年的已按最后一年(到2026年)接收, 以前各年和计划的没有采用; "
    "要用别的年份的请只留那一年的列后重新提交"
)
_IN_A_CELL = (
    "「家庭成员」一格里写了几个人, 已按一人一行接收; 年龄和看不出属于哪一项的字没有采用; 不对的请一人一行填写后重新提交"
)
_BELOW = ("", "", "户主姓名", "户主电话", "", "因病", "因学")
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


def _with_a_whole_sheet(page: Worksheet) -> None:
    other = page.parent.create_sheet("二")
    for cells in (HEADER, line(), wife()):
        other.append(list(cells))


def _above(group: str) -> tuple[str, ...]:
    return ("村代码", "户编号", "户主", "", "监测对象类别", group, "")


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
            "没有找到「户编号」这一列, 看到的表头是: 乡镇、村、户主、电话; 交的应是户籍台账: 每户要有全县唯一的户编号"
        ),
    ),
    NastyRegister(
        "a row struck through",
        xlsx([HEADER, line(), wife()], change=_strike),
        warnings=(("台账", 3, None, "有1行划了删除线, 已照样导入; 该交的不需要处理, 不该交的请告诉管理员", "3"),),
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
        xlsx([("克虎镇庞家庄村脱贫户花名册",), HEADER[1:], line()[1:], wife()[1:]]),
        villages={A: VILLAGE},
        warnings=(
            (
                "台账",
                2,
                None,
                ("表里没有村这一列, 已按表题里的「庞家庄村」接收; 不是这个村的请给表加上「村」一列并填写后重新提交"),
                "",
            ),
        ),
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
        warnings=(
            ("台账", 1, None, "「因病、因残、因学」各列已按勾选作为风险类型接收; 不是风险的请删去这些列后重新提交", ""),
        ),
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
        warnings=(("台账", 2, None, _YEARS_TO_2026, ""),),
        of_monitored=True,
    ),
    NastyRegister(
        "years of one column alone, a plan, and who has no year",
        xlsx(
            [
                ("村代码", "户编号", "户主姓名", "2021年", "2025年", "", "2026年", "", "2027年计划", ""),
                (
                    "",
                    "",
                    "",
                    "识别时间",
                    "监测对象类别",
                    "风险类型",
                    "监测对象类别",
                    "户主电话",
                    "监测对象类别",
                    "户主电话",
                ),
                (
                    VILLAGE,
                    A,
                    "庞甲",
                    "2021-05",
                    "边缘易致贫户",
                    "因病",
                    "突发严重困难户",
                    "13800000000",
                    "",
                    "13900000000",
                ),
            ],
            merges=["E1:F1", "G1:H1", "I1:J1"],
        ),
        households={A: "庞甲"},
        says={"category": MonitoringCategory.SUDDEN, "risks": ("因病",), "phone": "13800000000"},
        warnings=(("台账", 2, None, _YEARS_TO_2026, ""),),
        of_monitored=True,
    ),
    NastyRegister(
        "one column of a year and one of none",
        xlsx(
            [
                ("村代码", "户编号", "户主姓名", "", "2025年", ""),
                ("", "", "", "监测对象类别", "监测对象类别", "风险类型"),
                (VILLAGE, A, "庞甲", "", "边缘易致贫户", "因病"),
            ],
        ),
        households={A: "庞甲"},
        says={"category": MonitoringCategory.MARGINAL},
        of_monitored=True,
    ),
    NastyRegister(
        "expenses, measures and old causes are no risks",
        xlsx([_above("年支出"), _BELOW, (VILLAGE, A, "庞甲", "", "边缘易致贫户", "√", "√")]),
        households={A: "庞甲"},
        says={"risks": ()},
        of_monitored=True,
    ),
    NastyRegister(
        "columns of risks below their group, and words that are no ticks",
        xlsx([_above("致贫返贫风险点"), _BELOW, (VILLAGE, A, "庞甲", "", "边缘易致贫户", "√", "已消除")]),
        households={A: "庞甲"},
        says={"risks": ("因病",)},
        warnings=(
            ("台账", 2, None, "「因病、因学」各列已按勾选作为风险类型接收; 不是风险的请删去这些列后重新提交", ""),
            ("台账", 3, "因学", "看不出是不是打勾, 没有当作风险, 其余已接收; 是风险的请改成「√」后重新提交", "已消除"),
        ),
        of_monitored=True,
    ),
    NastyRegister(
        "a year before a risk is no code of it",
        xlsx([(*HEADER, "监测对象类别", "风险类型"), (*line(), "边缘易致贫户", "01因病、2026年因学"), wife()]),
        says={"risks": ("因病", "2026年因学")},
        of_monitored=True,
    ),
    NastyRegister(
        "relations by a code",
        xlsx([HEADER, line(), wife(), line(household=B, relation="01")]),
        rejected=(
            (
                "台账",
                4,
                "与户主关系",
                "与户主关系写的是代码, 各系统的代码不一样, 这一行没有导入; 请改写成配偶、之子等文字后重新提交",
                "01",
            ),
        ),
    ),
    NastyRegister(
        "another village between the rows below a title",
        xlsx([("克虎镇庞家庄村花名册",), HEADER[1:], line()[1:], wife()[1:], ("蔡家洼村",), line("B9")[1:]]),
        villages={A: VILLAGE},
        rejected=(("台账", 6, None, "没有填村, 请填村名或村代码后重新提交", ""),),
        warnings=(("台账", 2, None, _OF_TITLE, ""), ("台账", 5, None, NOTE, "蔡家洼村")),
    ),
    NastyRegister(
        "a group that begins with another village than the title",
        xlsx(
            [("克虎镇庞家庄村花名册",), ("组别", *HEADER[1:]), ("一组", *line()[1:]), ("蔡家洼一组", *line("B9")[1:])]
        ),
        households={A: "庞甲"},
        rejected=(
            (
                "台账",
                4,
                "组别",
                "写的是别的村, 不是表题里的「庞家庄村」, 这一行没有导入; 请给表加上「村」一列并填写后重新提交",
                "蔡家洼一组",
            ),
        ),
        warnings=(("台账", 2, None, _OF_TITLE, ""),),
    ),
    NastyRegister(
        "a phone right of who helps the household",
        xlsx([(*HEADER, "帮扶责任人", "单位", "联系电话"), (*line(), "某某", "某局", "13900009999"), wife()]),
        says={"phone": ""},
        warnings=(
            (
                "台账",
                1,
                None,
                "「联系电话」写在帮扶人、监护人等后面, 没有当作这一户的, 请核对; "
                "是这一户的请写在「户主电话」等栏里后重新提交",
                "",
            ),
        ),
    ),
    NastyRegister(
        "a tick where a risk is to be named",
        xlsx(
            [(*HEADER, "监测对象类别", "风险类型"), (*line(), "边缘易致贫户", "√"), (*line(B), "边缘易致贫户", "因病")]
        ),
        households={B: "庞甲"},
        rejected=(
            (
                "台账",
                2,
                "风险类型",
                "这一格是打勾, 看不出是哪一项风险, 这一行没有导入; 请写风险名称, 或把各项风险写成一行表头后重新提交",
                "√",
            ),
        ),
        of_monitored=True,
    ),
    NastyRegister(
        "a number of another village below a title",
        xlsx([("克虎镇庞家庄村花名册",), HEADER[1:], line()[1:], wife()[1:], line("1411241042030001", "蔡丁")[1:]]),
        rejected=(
            (
                "台账",
                5,
                "户编号",
                "户编号的前12位不是表题里的「庞家庄村」, 这一行没有导入; 请给表加上「村」一列并填写后重新提交",
                "1411241042030001",
            ),
        ),
        warnings=(("台账", 2, None, _OF_TITLE, ""),),
    ),
    NastyRegister(
        "titles of two villages name none",
        xlsx(
            [("克虎镇庞家庄村花名册",), ("克虎镇蔡家洼村花名册",), HEADER[1:], line()[1:]], change=_with_a_whole_sheet
        ),
        rejected=(("台账", 4, None, "没有填村, 请填村名或村代码后重新提交", ""),),
    ),
    NastyRegister(
        "numbers that name no village below a title",
        xlsx(
            [
                ("克虎镇庞家庄村花名册",),
                (*HEADER[1:], "村民小组"),
                line("7")[1:],
                ("合计", 2),
                line("脱贫户花名册第000001号", "庞丁")[1:],
            ]
        ),
        households={"7": "庞甲", "脱贫户花名册第000001号": "庞丁"},
        villages={"7": VILLAGE},
        warnings=(("台账", 2, None, _OF_TITLE, ""), ("台账", 4, None, TOTAL, "合计")),
    ),
    NastyRegister(
        "what goes on below a table with members in a cell is not lost",
        book(
            {
                "一": [("村代码", "户编号", "户主姓名", "家庭成员"), (VILLAGE, A, "庞甲", "李乙（妻）、庞丙（子）")],
                "二": [(VILLAGE, B, "庞丁", "王丙（妻）、庞戊（子）")],
            }
        ),
        households={A: "庞甲 李乙 庞丙"},
        warnings=(
            ("一", 1, None, _IN_A_CELL, ""),
            (
                "二",
                1,
                None,
                "没有找到「户编号」这一列, 这个表没有导入; 是户籍台账的请补上这一列后重新提交, 不是的不需要处理",
                "141124104202、141124104202、庞丁、王丙（妻）、庞戊（子）",
            ),
        ),
    ),
    NastyRegister(
        "a title beside a column of villages",
        xlsx([("克虎镇庞家庄村花名册",), HEADER, line(), wife(), line("1411241042030001", village="141124104203")]),
        households={A: "庞甲 李乙", "1411241042030001": "庞甲"},
    ),
    NastyRegister(
        "a title beside the village of the sheet",
        book({"蔡家洼村": [("克虎镇庞家庄村花名册",), HEADER[1:], line("1411241042030001")[1:]]}),
        households={"1411241042030001": "庞甲"},
        villages={"1411241042030001": "141124104203"},
    ),
    NastyRegister(
        "a column that nobody knows may name other villages than the title",
        xlsx(
            [("克虎镇庞家庄村花名册",), (*HEADER[1:], "居住村组"), (*line()[1:], "蔡家洼")], change=_with_a_whole_sheet
        ),
        rejected=(("台账", 3, None, "没有填村, 请填村名或村代码后重新提交", ""),),
    ),
    NastyRegister(
        "members in one cell",
        xlsx(
            [
                ("村代码", "户编号", "户主姓名", "家庭成员"),
                (VILLAGE, A, "庞甲", "李乙（妻）、庞丙（子，2010年）"),
                (VILLAGE, B, "庞丁", "妻李某某带两个娃5口人"),
                (VILLAGE, "1411241042020003", "庞戊", "王丙（妻）"),
            ]
        ),
        households={A: "庞甲 李乙 庞丙", "1411241042020003": "庞戊 王丙"},
        rejected=(
            (
                "台账",
                3,
                "姓名",
                "一格里写了几个人, 看不出各人是谁、是什么关系, 这一户没有导入; 请一人一行填写后重新提交",
                "",
            ),
        ),
        warnings=(
            (
                "台账",
                1,
                None,
                _IN_A_CELL,
                "",
            ),
        ),
    ),
)
