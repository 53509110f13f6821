"""Households that were taken in again, boxes in cells, words for numbers, tables side by side with gaps."""

from datetime import date

from domain.words.vocabulary import MonitoringCategory
from tests.importers.nasty.builders import xlsx
from tests.importers.nasty_registers.cases import BESIDE, HEADER, VILLAGE, A, B, C, NastyRegister, line, wife

_DAYS = ("村代码", "户编号", "户主姓名", "监测对象类别", "识别监测时间", "消除监测时间")
_NOT_SURE = (
    "从消除时间看不出风险是不是已经消除, 没有当作已消除, 请核对; 已消除的请在「风险是否已消除」一栏写「是」后重新提交"
)
_NO_NUMBER = "这不是户编号, 不知道是哪一户, 请填写户编号后重新提交"
_OF_HELPERS = (
    "「联系电话」写在帮扶人、监护人等后面, 没有当作这一户的, 请核对; 是这一户的请写在「户主电话」等栏里后重新提交"
)

REGISTERS = (
    *(
        NastyRegister(
            f"a household that was taken in again after the day on which its risk went, told {told}",
            xlsx([(*_DAYS, header), (VILLAGE, A, "庞甲", "边缘易致贫户", "202103", "202205", again)]),
            households={A: "庞甲"},
            warnings=(("台账", 2, "消除监测时间", _NOT_SURE, "202205"),),
            says={"removed": False},
            of_monitored=True,
        )
        for told, header, again in (
            ("by a day", "再次识别时间", "202403"),
            ("in a remark", "备注", "2023年8月返贫，重新纳入监测"),
        )
    ),
    *(
        NastyRegister(
            f"a household with {written or 'nothing'} below 再次识别时间 was taken in once",
            xlsx([(*_DAYS, "再次识别时间"), (VILLAGE, A, "庞甲", "边缘易致贫户", "202103", "202205", written)]),
            households={A: "庞甲"},
            says={"removed": True},
            of_monitored=True,
        )
        for written in ("", "无")
    ),
    NastyRegister(
        "days of the monitoring right of its risk, below words that other days bear too",
        xlsx(
            [
                ("村代码", "户编号", "户主姓名", "监测对象类别", "主要风险", "认定日期", "消除日期"),
                (VILLAGE, A, "庞甲", "边缘易致贫户", "因病", "2022.08.10", "2023.5.1"),
            ]
        ),
        households={A: "庞甲"},
        says={"identified_on": date(2022, 8, 1), "removed_on": date(2023, 5, 1), "removed": True},
        of_monitored=True,
    ),
    NastyRegister(
        "days of a disability's recognition",
        xlsx(
            [
                ("村代码", "户编号", "户主姓名", "监测对象类别", "风险类型", "残疾等级", "认定日期", "消除日期"),
                (VILLAGE, A, "庞甲", "边缘易致贫户", "因残", "二级", "201005", "202205"),
            ]
        ),
        households={A: "庞甲"},
        says={"identified_on": None, "removed_on": None, "removed": False},
        of_monitored=True,
    ),
    NastyRegister(
        "options with boxes in the cells of a register",
        xlsx(
            [
                ("村代码", "户编号", "户主姓名", "监测对象类别", "风险类型", "风险是否已消除"),
                (VILLAGE, A, "庞甲", "□脱贫不稳定户 ☑边缘易致贫户", "☑因病 □因残 ☑因学", "☑是 □否"),
            ]
        ),
        households={A: "庞甲"},
        says={"category": MonitoringCategory.MARGINAL, "risks": ("因病", "因学"), "removed": True},
        of_monitored=True,
    ),
    NastyRegister(
        "a word where the number of a household belongs",
        xlsx([HEADER, line(), wife(), line("新增", "孙丙"), line("同左", "周丁", "之子")]),
        rejected=(("台账", 4, "户编号", _NO_NUMBER, "新增"), ("台账", 5, "户编号", _NO_NUMBER, "同左")),
    ),
    NastyRegister(
        "a second table to the right with no rows beside the first",
        xlsx([(*HEADER, "", *HEADER), line(), wife(), (*line(B, "孙丙"), "", *line(C, "周丁"))]),
        rejected=(("台账", 4, None, BESIDE, VILLAGE),),
    ),
    NastyRegister(
        "a card with who helps right of the household's category, and a day on which it was taken in again",
        xlsx(
            [
                ("户编号", A, "村代码", VILLAGE),
                ("户主姓名", "庞甲", "户主联系电话", "13800000000"),
                ("监测类别", "边缘易致贫户", "帮扶责任人", "某某", "联系电话", "13900000000"),
                ("消除时间", "202205", "再次识别时间", "202403"),
                ("风险类型", "因病", "识别时间", "202103"),
            ],
            sheet="卡",
        ),
        households={A: "庞甲"},
        warnings=(("卡", 1, "消除监测时间", _NOT_SURE, "202205"), ("卡", 1, None, _OF_HELPERS, "")),
        says={"category": MonitoringCategory.MARGINAL, "phone": "13800000000", "removed": False},
        of_monitored=True,
    ),
)
