"""Marks that stand for words: what repeats the row above, what ticks, what says that there is nothing."""

from tests.importers.nasty.builders import xlsx
from tests.importers.nasty_registers.cases import BESIDE, HEADER, HEADS, VILLAGE, A, B, C, NastyRegister, line, wife

_NOTHING_ABOVE = "写的是「同上」, 但上面没有可以照抄的内容, 请写出来后重新提交"
_NO_NUMBER = "这不是户编号, 不知道是哪一户, 请填写户编号后重新提交"
_NO_NAME = "这不是姓名, 可能与别的列填反了, 请核对表头和内容后重新提交"
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

REGISTERS = (
    *_REPEATED,
    NastyRegister(
        "〃 where a number belongs and none stands above",
        xlsx([HEADER, line("〃"), line(), wife("〃")]),
        rejected=(("台账", 2, "户编号", _NOTHING_ABOVE, "同上"),),
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
        "two heads below one number in a ledger of heads",
        xlsx([("村代码", "户编号", "户主姓名"), (VILLAGE, A, "庞甲"), (VILLAGE, A, "孙丙")]),
        households={A: "庞甲"},
        warnings=(("台账", 2, "与户主关系", HEADS.format(2), A),),
        of_monitored=True,
    ),
)
