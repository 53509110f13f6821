"""Marks that stand for words: what repeats the row above, what ticks, what says that there is nothing."""

from datetime import date

from domain.words.vocabulary import MonitoringCategory
from tests.importers.nasty.builders import json_lines, xlsx
from tests.importers.nasty_registers.cases import BESIDE, HEADER, HEADS, VILLAGE, A, B, C, NastyRegister, line, wife

_NOTHING_ABOVE = "写的是「同上」, 但上面没有可以照抄的内容, 请写出来后重新提交"
_NO_NUMBER = "这不是户编号, 不知道是哪一户, 请填写户编号后重新提交"
_OTHERS = "其中写着「{}」的电话没有当作这一户的, 其余已接收, 请核对; 是这一户的请只写号码后重新提交"
_OTHER_VILLAGE = "户编号的前12位不是表题里的「庞家庄村」, 这一行没有导入; 请给表加上「村」一列并填写后重新提交"
_NO_NAME = "这不是姓名, 可能与别的列填反了, 这一行没有导入; 请改正后重新提交"
_OF_HEADS = ("村代码", "户编号", "户主姓名", "姓名", "与户主关系")


def _family(mark: str) -> list[tuple[str, ...]]:
    """Two families of which the wives' rows repeat what the heads' say."""
    return [
        _OF_HEADS,
        (VILLAGE, A, "庞甲", "庞甲", "户主"),
        (mark, mark, mark, "李乙", "配偶"),
        (mark, B, "孙丙", "孙丙", "户主"),
        (mark, mark, mark, "王丁", "配偶"),
    ]


_REPEATED = tuple(
    NastyRegister(
        f"{mark} repeats the village, the number and the head of each family",
        xlsx(_family(mark)),
        households={A: "庞甲 李乙", B: "孙丙 王丁"},
    )
    for mark in ("〃", "″", '"', "〞", "＂", "''", "-〃-", "（同上）")
)

_CATEGORIES = ("村代码", "户编号", "户主姓名", "脱贫不稳定户", "边缘易致贫户", "突发严重困难户")
_NO_CATEGORY = "看不出是不是打勾, 没有当作监测对象类别, 其余已接收; 是这一类的请改成「√」后重新提交"
_TWO = "打勾的监测对象类别不止一个, 看不出是哪一类, 没有当作监测对象类别, 其余已接收; 请只勾一个后重新提交"
_NO_RISK = "看不出是不是打勾, 没有当作风险, 其余已接收; 是风险的请改成「√」后重新提交"
_WHICH = "这一格是打勾, 看不出是哪一项风险, 这一行没有导入; 请写风险名称, 或把各项风险写成一行表头后重新提交"

_TICKED = tuple(
    NastyRegister(
        f"{mark} in the column of a category",
        xlsx([_CATEGORIES, (VILLAGE, A, "庞甲", "", mark, "□")]),
        households={A: "庞甲"},
        says={"category": MonitoringCategory.MARGINAL},
        of_monitored=True,
    )
    for mark in ("☑", "V", "v", "✔", "✔\ufe0f", "●", "是")
)

_DAYS = ("村代码", "户编号", "户主姓名", "监测对象类别", "识别监测时间", "消除监测时间")
_NOT_SURE = (
    "从消除时间看不出风险是不是已经消除, 没有当作已消除, 请核对; 已消除的请在「风险是否已消除」一栏写「是」后重新提交"
)
_NO_MONTH = "时间看不懂, 按没有填接收, 请写成 202203(2022年3月)这样后重新提交"
_GUESSED = "这一列按「消除监测时间」接收(把握80%), 请核对; 不对的请把表头改成「消除监测时间」或别的名称后重交"
_BOTH = "是否消除与消除时间写的不一样, 已按是否消除接收; 不对的请改成一致后重新提交"

REGISTERS = (
    *_TICKED,
    NastyRegister(
        "what is no tick of a category is said",
        xlsx([_CATEGORIES, (VILLAGE, A, "庞甲", "☒", "/", ""), (VILLAGE, B, "孙丙", "", "2023年", "无")]),
        households={A: "庞甲", B: "孙丙"},
        warnings=(
            ("台账", 2, "脱贫不稳定户", _NO_CATEGORY, "☒"),
            ("台账", 3, "边缘易致贫户", _NO_CATEGORY, "2023年"),
        ),
        says={"category_written": False},
        of_monitored=True,
    ),
    NastyRegister(
        "two categories ticked are none",
        xlsx([_CATEGORIES, (VILLAGE, A, "庞甲", "√", "☑", "")]),
        households={A: "庞甲"},
        warnings=(("台账", 2, "边缘易致贫户", _TWO, "☑"),),
        says={"category_written": False},
        of_monitored=True,
    ),
    NastyRegister(
        "a tick beside the category in words is said nothing of",
        xlsx([(*_CATEGORIES, "监测对象类别"), (VILLAGE, A, "庞甲", "√", "☑", "☒", "边缘易致贫户")]),
        households={A: "庞甲"},
        says={"category": MonitoringCategory.MARGINAL},
        of_monitored=True,
    ),
    NastyRegister(
        "two categories ticked leave a ledger with all the family one of monitored households",
        xlsx(
            [
                (*HEADER, *_CATEGORIES[3:]),
                (*line(), "√", "☑", ""),
                (*wife(), "√", "☑", ""),
                (*line(B, "孙丙"), "√", "", ""),
                (*line(B, "王丁", "配偶"), "√", "", ""),
            ]
        ),
        households={A: "庞甲 李乙", B: "孙丙 王丁"},
        warnings=(
            ("台账", 2, "边缘易致贫户", _TWO, "☑"),
            ("台账", 3, "边缘易致贫户", _TWO, "☑"),
        ),
        says={"category_written": False},
        of_monitored=True,
    ),
    NastyRegister(
        "☑ and V tick risks, X may mean either",
        xlsx(
            [
                ("村代码", "户编号", "户主姓名", "监测对象类别", "因病", "因残", "因学"),
                (VILLAGE, A, "庞甲", "边缘易致贫户", "☑", "V", "X"),
            ]
        ),
        households={A: "庞甲"},
        warnings=(
            ("台账", 1, None, "「因病、因残、因学」各列已按勾选作为风险类型接收; 不是风险的请删去这些列后重新提交", ""),
            ("台账", 2, "因学", _NO_RISK, "X"),
        ),
        says={"risks": ("因病", "因残")},
        of_monitored=True,
    ),
    NastyRegister(
        "V where a risk is to be named",
        xlsx(
            [
                ("村代码", "户编号", "户主姓名", "监测对象类别", "风险类型"),
                (VILLAGE, A, "庞甲", "边缘易致贫户", "因病"),
                (VILLAGE, B, "孙丙", "边缘易致贫户", "V"),
            ]
        ),
        households={A: "庞甲"},
        rejected=(("台账", 3, "风险类型", _WHICH, "V"),),
        of_monitored=True,
    ),
    NastyRegister(
        "☑ where the risk is gone",
        xlsx(
            [
                ("村代码", "户编号", "户主姓名", "监测对象类别", "风险是否已消除"),
                (VILLAGE, A, "庞甲", "边缘易致贫户", "☑"),
            ]
        ),
        households={A: "庞甲"},
        says={"removed": True},
        of_monitored=True,
    ),
    *_REPEATED,
    NastyRegister(
        "〃 where a number belongs and none stands above",
        xlsx([HEADER, line("〃"), line(), wife("〃")]),
        rejected=(("台账", 2, "户编号", _NOTHING_ABOVE, "同上"),),
    ),
    NastyRegister(
        "〃 where a phone or a state of health belongs and none stands above is none",
        xlsx(
            [
                (*HEADER, "联系电话", "健康状况"),
                (*line(), "", "健康"),
                (*wife(), "〃", "〃"),
                (*line(A, "庞小", "长子"), "〃", ""),
            ]
        ),
        households={A: "庞甲 李乙 庞小"},
        says={"phone": "", "health": "健康"},
    ),
    NastyRegister(
        "〃 below the ID number of a head is nobody's number",
        xlsx([("村代码", "户编号", "户主姓名", "户主残疾证号"), (VILLAGE, A, "庞甲", "〃"), (VILLAGE, B, "孙丙", "")]),
        households={A: "庞甲", B: "孙丙"},
        warnings=(("台账", 2, "户主残疾证号", "残疾人证号: 这一格里没有证件号码, 已接收; 知道号码的请补填", "*"),),
        of_monitored=True,
    ),
    NastyRegister(
        "〃 below a table beside the table repeats no number that stands before it",
        xlsx(
            [
                (*HEADER, "", *HEADER),
                (*line(B), "", *line(C)),
                line(),
                (*line(B), "", *line(C)),
                line("〃", "孙丙"),
            ]
        ),
        households={A: "庞甲"},
        rejected=(
            ("台账", 2, None, BESIDE, VILLAGE),
            ("台账", 4, None, BESIDE, VILLAGE),
            ("台账", 5, "户编号", _NOTHING_ABOVE, "同上"),
        ),
    ),
    NastyRegister(
        "〃 in a column that nobody reads",
        xlsx([(*HEADER, "民族"), (*line(), "〃"), (*wife(), "〃")]),
    ),
    NastyRegister(
        "同上 and 〃 are no names",
        xlsx([HEADER, line(), wife(), line(A, "同上", "长子"), line(A, "〃", "次子")]),
        rejected=(("台账", 4, "姓名", _NO_NAME, "同上"), ("台账", 5, "姓名", _NO_NAME, "〃")),
    ),
    *(
        NastyRegister(
            f"{text} where the numbers of two households belong makes no household of them",
            xlsx([HEADER, line(), wife(), line(text, "孙丙"), line(text, "王丁")]),
            rejected=(("台账", 4, "户编号", _NO_NUMBER, text), ("台账", 5, "户编号", _NO_NUMBER, text)),
            unnumbered=2,
        )
        for text in ("/", "无", "待编")
    ),
    NastyRegister(
        "risks as a list of JSON",
        json_lines(
            [
                {
                    "村代码": VILLAGE,
                    "户编号": A,
                    "户主姓名": "庞甲",
                    "监测类别": ["边缘易致贫户"],
                    "risks": ["因病", "因残"],
                },
                {"村代码": VILLAGE, "户编号": B, "户主姓名": "孙丙", "监测类别": [], "risks": []},
            ],
            name="台账.jsonl",
        ),
        households={A: "庞甲", B: "孙丙"},
        says={"category": MonitoringCategory.MARGINAL, "risks": ("因病", "因残")},
        of_monitored=True,
    ),
    NastyRegister(
        "the phone of a neighbour",
        xlsx(
            [
                ("村代码", "户编号", "户主姓名", "户主电话", "监测对象类别"),
                (VILLAGE, A, "庞甲", "13900001111（邻居）", ""),
                (VILLAGE, B, "孙丙", "村支书 13900001112", ""),
            ]
        ),
        households={A: "庞甲", B: "孙丙"},
        warnings=(
            ("台账", 2, "户主电话", _OTHERS.format("邻居"), "139****1111（邻居）"),
            ("台账", 3, "户主电话", _OTHERS.format("村支书"), "村支书 139****1112"),
        ),
        says={"phone": ""},
        of_monitored=True,
    ),
    NastyRegister(
        "a number that cannot begin with a village's code below a title that names one",
        xlsx(
            [
                ("克虎镇庞家庄村脱贫户台账",),
                HEADER[1:],
                line("100000012345")[1:],
                line("200000012345", "李乙")[1:],
                line("141124104203001", "孙丙")[1:],
            ]
        ),
        households={"100000012345": "庞甲", "200000012345": "李乙"},
        rejected=(("台账", 5, "户编号", _OTHER_VILLAGE, "141124104203001"),),
        warnings=(
            (
                "台账",
                2,
                None,
                ("表里没有村这一列, 已按表题里的「庞家庄村」接收; 不是这个村的请给表加上「村」一列并填写后重新提交"),
                "",
            ),
        ),
        villages={"100000012345": VILLAGE},
    ),
    NastyRegister(
        "the head of one number with a space in his name is one head",
        xlsx([("村代码", "户编号", "户主姓名"), (VILLAGE, A, "庞 甲"), (VILLAGE, A, "庞甲")]),
        households={A: "庞甲"},
        warnings=(("台账", 3, None, "与第2行是同一个人, 没有重复导入; 不是同一个人的请核对证件号码后重新提交", ""),),
        of_monitored=True,
    ),
    NastyRegister(
        "two heads below one number in a ledger of heads",
        xlsx([("村代码", "户编号", "户主姓名"), (VILLAGE, A, "庞甲"), (VILLAGE, A, "孙丙")]),
        households={A: "庞甲"},
        warnings=(("台账", 2, "与户主关系", HEADS.format(2), A),),
        of_monitored=True,
    ),
    *(
        NastyRegister(
            f"a risk with {written or 'nothing'} as the day on which it went",
            xlsx([_DAYS, (VILLAGE, A, "庞甲", "边缘易致贫户", "202203", written)]),
            households={A: "庞甲"},
            says={"removed": removed, "removed_on": removed_on},
            of_monitored=True,
        )
        for written, removed, removed_on in (
            ("2023年11月20日", True, date(2023, 11, 1)),
            ("2099-01-01", False, date(2099, 1, 1)),
            ("未消除", False, None),
            ("无", False, None),
            ("/", False, None),
            ("—", False, None),
            ("", False, None),
        )
    ),
    *(
        NastyRegister(
            f"{answer} beside {written}",
            xlsx([(*_DAYS, "风险是否已消除"), (VILLAGE, A, "庞甲", "边缘易致贫户", "202203", written, answer)]),
            households={A: "庞甲"},
            warnings=(("台账", 2, "风险是否已消除", _BOTH, f"{answer}, {written}"),) if said else (),
            says={"removed": removed},
            of_monitored=True,
        )
        for written, answer, removed, said in (
            ("2023-11-20", "否", False, True),
            ("未消除", "是", True, True),
            ("", "是", True, False),
            ("2023-11-20", "是", True, False),
            ("2099-01-01", "否", False, False),
            ("2023-11-20", "待定", False, False),
        )
    ),
    *(
        NastyRegister(
            f"a household identified {identified or 'nowhere'}, its {column} {written}, may still have it",
            xlsx([(*_DAYS[:-2], "识别时间", column), (VILLAGE, A, "庞甲", "边缘易致贫户", identified, written)]),
            households={A: "庞甲"},
            warnings=(
                *guessed,
                ("台账", 2, "消除监测时间", _NOT_SURE, written),
                *((("台账", 2, "识别监测时间", _NO_MONTH, identified),) if identified == "年底" else ()),
            ),
            says={"removed": False},
            of_monitored=True,
        )
        for column, identified, written, guessed in (
            ("消除时间", "202303", "202105", ()),
            ("消除时间", "202103", "202611", ()),
            ("消除时间", "202103", "2026-11-25", ()),
            ("消除时间", "202103", "2022年5月消除,2023年8月再次纳入", ()),
            ("消除时间", "202103", "2022年5月(拟)", ()),
            ("消除时间", "202103", "2022-05-01 整改后未消除", ()),
            ("消除时间", "202103", "2022.5-2023.5", ()),
            ("消除时间", "年底", "202205", ()),
            ("拟消除时间", "202103", "202205", (("台账", 1, "拟消除时间", _GUESSED, ""),)),
        )
    ),
    *(
        NastyRegister(
            f"a household identified {identified or 'nowhere'} was rid of the risk {written}",
            xlsx([_DAYS, (VILLAGE, A, "庞甲", "边缘易致贫户", identified, written)]),
            households={A: "庞甲"},
            says={"removed": True},
            of_monitored=True,
        )
        for identified, written in (("202205", "202205"), ("", "2022年5月"), ("2021/3/8", "2026-11-24"))
    ),
)
