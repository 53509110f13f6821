"""Layouts of registers: national export, ledger of monitored households, village ledger, the register of 2018."""

from openpyxl.worksheet.worksheet import Worksheet

from domain.register.household import Relation
from domain.words.vocabulary import MonitoringCategory
from tests.importers.nasty.builders import archive, book, text_table, written, xlsx
from tests.importers.nasty_registers.cases import (
    AGAIN,
    CAUSES,
    EMPTY,
    HEADER,
    NO_VILLAGE,
    NOTE,
    TOTAL,
    VILLAGE,
    A,
    B,
    C,
    NastyRegister,
    line,
    wife,
)

_MEMBERS = ("户编号", "户主姓名", "家庭人口", "姓名", "与户主关系", "性别", "证件号码")
_BLANK = ("", "", "")
_MONITORED = (
    "序号",
    "乡镇",
    "行政村",
    "户编号",
    "户主姓名",
    "证件号码",
    "家庭人口",
    "监测对象类别",
    "返贫致贫风险",
    "识别监测时间",
)
_CAUSES = (*HEADER, "监测对象类别", "主要致贫原因", "其他致贫原因")


def _merge(page: Worksheet) -> None:
    page.merge_cells("A1:G1")
    for column in "ABC":
        page.merge_cells(f"{column}3:{column}4")


REGISTERS = (
    NastyRegister(
        "the national export with a title and full-width brackets",
        xlsx(
            [
                ("某镇户籍台账",),
                (
                    "省（自治区）",
                    "村代码",
                    "户编号",
                    "人编号",
                    "姓名",
                    "性别",
                    "与户主关系",
                    "务工时间（月）",
                    "健康状况",
                ),
                ("山西省", VILLAGE, A, "01", "庞甲", "男", "户主", "8", "健康"),
                ("山西省", VILLAGE, A, "02", "李乙", "女", "配偶", "", "长期慢性病"),
            ]
        ),
        says={"work_months": 8, "health": "健康"},
    ),
    NastyRegister(
        "the number and the head only in the first row of a household, merged",
        xlsx(
            [
                ("庞家庄村台账",),
                _MEMBERS,
                (A, "庞甲", 2, "庞甲", "户主", "男", ""),
                (*_BLANK, "李乙", "配偶", "女", ""),
                (B, "张丙", 1, "张丙", "户主", "男", ""),
            ],
            sheet="庞家庄村",
            change=_merge,
        ),
        households={A: "庞甲 李乙", B: "张丙"},
        says={"size": 2, "head_name": "庞甲"},
    ),
    NastyRegister(
        "a household without a number among merged ones takes nobody with it",
        xlsx(
            [
                _MEMBERS,
                (A, "庞甲", 2, "庞甲", "户主", "男", ""),
                (*_BLANK, "李乙", "配偶", "女", ""),
                ("", "张丙", 2, "张丙", "户主", "男", ""),
                (*_BLANK, "王丁", "配偶", "女", ""),
            ],
            sheet="庞家庄村",
        ),
        rejected=(("庞家庄村", 4, "户编号", EMPTY, ""), ("庞家庄村", 5, "户编号", EMPTY, "")),
    ),
    NastyRegister(
        "a member without a number in a register where all others have one is not guessed",
        xlsx([HEADER, line(), wife(), line("", "庞丙", "长子", village=""), line(B, "张丁"), wife(B)]),
        households={A: "庞甲 李乙", B: "张丁 李乙"},
        rejected=(("台账", 4, "户编号", EMPTY, ""),),
    ),
    NastyRegister(
        "the head stands beside the first member and has no row of his own",
        xlsx([_MEMBERS, (A, "庞甲", 2, "李乙", "配偶", "女", "")], sheet="庞家庄村"),
        warnings=(("庞家庄村", 2, "户主姓名", "户主没有自己的一行, 只按姓名接收, 请补上户主这一行", A),),
    ),
    NastyRegister(
        "two sheets, a village each, without a column for it",
        book(
            {
                "庞家庄": [HEADER[1:], line()[1:], wife()[1:]],
                "蔡家洼": [HEADER[1:], line(B, "蔡丙")[1:]],
            }
        ),
        households={A: "庞甲 李乙", B: "蔡丙"},
        villages={A: "141124104202", B: "141124104203"},
    ),
    NastyRegister(
        "a sheet of notes beside the register",
        book({"填表说明": [("一、每人一行。",), ("二、不得漏填。",)], "台账": [HEADER, line(), wife()]}),
        warnings=(
            (
                "填表说明",
                1,
                None,
                "没有找到「户编号」这一列, 这个表没有导入; 是户籍台账的请补上这一列后重新提交, 不是的不需要处理",
                "一、每人一行。",
            ),
        ),
    ),
    NastyRegister(
        "households in one sheet, members in another",
        book(
            {
                "户": [("村代码", "户编号", "户主姓名", "家庭人口", "户类型"), (VILLAGE, A, "庞甲", 2, "脱贫户")],
                "成员": [HEADER, line(), wife()],
            }
        ),
        says={"household_type": "脱贫户", "size": 2},
    ),
    NastyRegister(
        "a ledger of monitored households, a head a row",
        xlsx(
            [
                ("监测对象台账",),
                _MONITORED,
                (1, "克虎镇", "庞家庄村", A, "庞甲", "", 3, "边缘易致贫户", "因病、因学", 202203),
            ]
        ),
        households={A: "庞甲"},
        of_monitored=True,
        says={
            "only_head": True,
            "size": 3,
            "category": MonitoringCategory.MARGINAL,
            "risks": ("因病", "因学"),
            "risk_codes": ("01", "09"),
        },
    ),
    NastyRegister(
        "a column for each category, with a tick below one of them",
        xlsx(
            [
                (*HEADER, "脱贫不稳定户", "边缘易致贫户", "突发严重困难户"),
                (*line(), "", "", "√"),
                (*wife(), "", "", ""),
            ]
        ),
        of_monitored=True,
        says={"category": MonitoringCategory.SUDDEN},
    ),
    NastyRegister(
        "a village ledger whose head is called 户主 below 与户主关系, which is no label of a form",
        xlsx(
            [
                ("户编号", "村民小组", "户主姓名", "家庭成员", "与户主关系", "身份证号", "电话", "健康"),
                (A, "一组", "庞甲", "庞甲", "户主", "", "13800000000", "健康"),
                ("", "", "", "李乙", "妻", "", "", "长期慢性病"),
            ],
            sheet="庞家庄村",
        ),
        says={"group": "一组", "phone": "13800000000", "health": "健康"},
    ),
    NastyRegister(
        "relations with their codes",
        xlsx([HEADER, line(relation="01本人或户主"), wife(), line(name="庞丙", relation="03-之子")]),
        households={A: "庞甲 李乙 庞丙"},
        says={"second_relation": Relation.CHILD},
    ),
    NastyRegister(
        "codes of risks in five columns",
        xlsx(
            [
                (*HEADER, "监测对象类型", "致贫/返贫风险1", "致贫返贫风险2", "风险3"),
                (*line(), "脱贫不稳定", "01", "0203", "无"),
                (*wife(), "", "", "", ""),
            ]
        ),
        of_monitored=True,
        says={"risks": ("因病", "因自然灾害(旱灾)"), "risk_codes": ("01", "0203")},
    ),
    NastyRegister(
        "an unknown category is said and not guessed",
        xlsx([(*HEADER, "监测对象类别"), (*line(), "特殊户"), (*wife(), "")]),
        warnings=(
            (
                "台账",
                2,
                "监测对象类别",
                (
                    "不认识的监测对象类别, 没有记为监测对象; "
                    "是监测对象的请写成脱贫不稳定户、边缘易致贫户或突发严重困难户后重新提交"
                ),
                "特殊户",
            ),
        ),
        says={"monitoring": ()},
    ),
    NastyRegister(
        "the causes of 2018 of a monitored household become risks",
        xlsx([_CAUSES, (*line(), "突发户", "因病", "7、10"), (*wife(), "", "", "")]),
        of_monitored=True,
        warnings=(("台账", 1, "主要致贫原因", CAUSES, ""),),
        says={"risks": ("因病", "其他")},
    ),
    NastyRegister(
        "the causes of 2018 of another household are no risks",
        xlsx([_CAUSES, (*line(), "", "因残", ""), (*wife(), "", "", "")]),
        warnings=(("台账", 1, "主要致贫原因", CAUSES, ""),),
        says={"risks": (), "monitoring": ()},
    ),
    NastyRegister(
        "the header printed again on every page, a sum, a signature",
        xlsx(
            [
                HEADER,
                line(),
                HEADER,
                wife(),
                ("合计", "", "2人", "", "", ""),
                ("填表人：某某", "", "", "", "", ""),
            ]
        ),
        warnings=(
            ("台账", 3, None, AGAIN, "村代码"),
            ("台账", 5, None, TOTAL, "合计"),
            ("台账", 6, None, NOTE, "填表人：某某"),
        ),
    ),
    NastyRegister(
        "a header of two lines",
        xlsx(
            [
                ("户编号", "户信息", "", "成员信息", "", ""),
                ("", "村代码", "组", "姓名", "与户主关系", "性别"),
                (A, VILLAGE, "二组", "庞甲", "户主", "男"),
                (A, VILLAGE, "二组", "李乙", "配偶", "女"),
            ]
        ),
        says={"group": "二组"},
    ),
    NastyRegister(
        "a village by name, and one that nobody knows",
        xlsx(
            [
                ("乡镇", "村", *HEADER[1:]),
                ("克虎镇", "庞家庄村", *line()[1:]),
                ("克虎镇", "庞家庄村", *wife()[1:]),
                ("克虎镇", "没有的村", *line(B, "张丙")[1:]),
            ]
        ),
        villages={A: "141124104202"},
        rejected=(("台账", 4, "村", NO_VILLAGE, "没有的村"),),
    ),
    NastyRegister(
        "villages of one name are told apart by their towns",
        xlsx(
            [
                ("乡镇", "村", *HEADER[1:]),
                ("克虎镇", "重名村", *line()[1:]),
                ("克虎镇", "重名村", *wife()[1:]),
                ("三交镇", "重名村", *line(B, "张丙")[1:]),
                ("", "重名村", *line(C, "王丁")[1:]),
            ]
        ),
        households={A: "庞甲 李乙", B: "张丙"},
        villages={A: "141124104210", B: "141124106210"},
        rejected=(("台账", 5, "村", NO_VILLAGE, "重名村"),),
    ),
    NastyRegister(
        "a code of a town instead of a village",
        xlsx([HEADER, line(), wife(), line(B, "张丙", village="141124104000")]),
        rejected=(("台账", 4, "村代码", "这是乡镇的代码, 请填12位的村代码后重新提交", "141124104000"),),
    ),
    NastyRegister(
        "a text table with semicolons in GB18030",
        text_table([HEADER, line(), wife()], delimiter=";"),
    ),
    NastyRegister(
        "registers of two villages in one archive",
        archive(
            {
                "庞家庄.xlsx": xlsx([HEADER, line(), wife()], name="庞家庄.xlsx"),
                "蔡家洼.csv": text_table([HEADER, line(B, "蔡丙", village="141124104203")], name="蔡家洼.csv"),
            }
        ),
        households={A: "庞甲 李乙", B: "蔡丙"},
        villages={A: "141124104202", B: "141124104203"},
    ),
    NastyRegister(
        "a register of petitions",
        xlsx([("信访件编号", "姓名", "信访日期", "概况信息"), ("X1", "张三", "2026-09-03", "反映药费负担不起")]),
        refused="台账.xlsx 工作表 台账: 没有找到「户编号」这一列, 看到的表头是: 信访件编号、姓名、信访日期、概况信息",
    ),
    NastyRegister(
        "a list without a header: whoever stands where one would is told of nobody",
        xlsx([("141124196105060000", "庞甲", "13800000000"), ("141124196306070000", "李乙", "")]),
        refused="台账.xlsx 工作表 台账: 没有找到「户编号」这一列; 交的应是户籍台账",
    ),
    NastyRegister("a letter", written("请求帮扶。家里困难。", "来信.txt"), refused="没有表格, 或没有任何内容"),
    NastyRegister(
        "a hidden sheet and filtered rows are read and said",
        book({"台账": [HEADER, line(), wife()], "旧": [HEADER, line(B, "张丙")]}, hidden=["旧"]),
        households={A: "庞甲 李乙", B: "张丙"},
        warnings=(("旧", 1, None, "这个工作表是隐藏的, 已照样导入; 该交的不需要处理, 不该交的请告诉管理员", "旧"),),
    ),
    NastyRegister(
        "a register without relations: the head is who stands first",
        xlsx([("村代码", "户编号", "姓名"), (VILLAGE, A, "庞甲"), (VILLAGE, A, "李乙"), (VILLAGE, B, "张丙")]),
        households={A: "庞甲 李乙", B: "张丙"},
    ),
)
