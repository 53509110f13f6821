"""Rows and cells of registers: numbers, births, relations, what does not agree."""

from datetime import date

from domain.register.household import Relation, Sex
from domain.register.id_number import check_character
from tests.importers.nasty.builders import book, xlsx
from tests.importers.nasty_registers.cases import (
    BESIDE,
    EMPTY,
    EXCHANGED,
    FORMULA,
    GOES_ON,
    HEADER,
    HEADS,
    LEFT,
    LOST,
    NO_HEAD,
    NO_NAME,
    ROUNDED,
    SCIENTIFIC,
    SHARED,
    UNKNOWN_RELATION,
    VILLAGE,
    A,
    B,
    C,
    NastyRegister,
    line,
    wife,
)

_SOMEBODY = (_DIGITS := "14112419610101001") + check_character(_DIGITS)
"""An ID number with a right check character, made at run time: no text of ours holds one."""

_WHOLE = "99999919750506101X"
"""Of an area code that was never given out; its check character is wrong."""
_BIRTHS = (*HEADER, "出生日期")


def _number(name: str, written: object, **expected: object) -> NastyRegister:
    says = {"id_number": "", **expected}
    return NastyRegister(name, xlsx([HEADER, line(id_number=written), wife()]), says=says)


def _damaged(name: str, written: object, reason: str, shown: str) -> NastyRegister:
    return NastyRegister(
        name,
        xlsx([HEADER, line(id_number=written), wife()]),
        warnings=(("台账", 2, "证件号码", reason, shown),),
        says={"id_number": "", "birth_year": None},
    )


def _birth(name: str, written: object, year: int | None, day: date | None, *warnings: str) -> NastyRegister:
    return NastyRegister(
        f"born: {name}",
        xlsx([_BIRTHS, (*line(), written), (*wife(), "")]),
        says={"birth_year": year, "born_on": day},
        warnings=tuple(("台账", 2, "出生日期", reason, str(written)) for reason in warnings),
    )


def _relation(written: str, relation: Relation) -> NastyRegister:
    return NastyRegister(
        f"related: {written}",
        xlsx([HEADER, line(), line(A, "李乙", written)]),
        says={"second_relation": relation},
    )


REGISTERS = (
    _number("an ID number with spaces and full-width digits", "９９９９９９ 19750506 101x", id_number=_WHOLE),
    _number("an ID number with a leading quote", f"'{_WHOLE}", id_number=_WHOLE, birth_year=1975),
    _number("an old number of fifteen digits", "999999750506101", id_number="999999750506101", birth_year=1975),
    _number(
        "a disability card of twenty digits",
        f"{_WHOLE}43",
        id_number=_WHOLE,
        disability_card=f"{_WHOLE}43",
        own_id_number=False,
    ),
    _number("a masked number is none", "999999********101X"),
    _damaged("a number in scientific notation", "9.99999E+17", SCIENTIFIC, "9.99999E+17"),
    _damaged("a short number in scientific notation", "1.42E+17", SCIENTIFIC, "1.42E+17"),
    _damaged("a number of eighteen digits stored as a number", 999999197505061020, ROUNDED, "9.99999E+17"),
    _damaged(
        "a number of seventeen digits",
        "99999919750506101",
        "证件号码不是15位或18位, 没有记下, 其余已接收; 请改成正确的号码后重新提交",
        "999999*******6101",
    ),
    NastyRegister(
        "the disability card in a column of its own",
        xlsx([(*HEADER, "残疾证号"), (*line(id_number=_WHOLE), f"{_WHOLE}43"), (*wife(), "")]),
        says={"id_number": _WHOLE, "disability_card": f"{_WHOLE}43", "own_id_number": True},
    ),
    _birth("eight digits", "19350506", 1935, date(1935, 5, 6)),
    _birth("Chinese units", "1935年5月6日", 1935, date(1935, 5, 6)),
    _birth("a serial of a table program", 12910, 1935, date(1935, 5, 6)),
    _birth("a date cell", date(1975, 5, 6), 1975, date(1975, 5, 6)),
    _birth("a month", "1975.05", 1975, None),
    _birth("a year", 1975, 1975, None),
    _birth("no such day", "1975-02-30", None, None, "日历上没有这一天, 没有记下, 请对照证件改正出生日期后重新提交"),
    _birth("words", "属兔", None, None, "出生日期看不懂, 没有记下, 请写成 1961-05-06 这样后重新提交"),
    _relation("户主之妻", Relation.SPOUSE),
    _relation("姐夫", Relation.OTHER),
    _relation("次子", Relation.CHILD),
    _relation("孙女", Relation.GRANDCHILD),
    _relation("岳母", Relation.PARENT),
    _relation("侄子", Relation.OTHER),
    NastyRegister(
        "an unknown relation",
        xlsx([HEADER, line(), line(A, "李乙", "同住")]),
        warnings=(("台账", 3, "与户主关系", UNKNOWN_RELATION, "同住"),),
        says={"second_relation": Relation.OTHER},
    ),
    NastyRegister(
        "two heads",
        xlsx([HEADER, line(), line(A, "李乙", "户主", sex="女")]),
        warnings=(("台账", 2, "与户主关系", HEADS.format(2), A),),
    ),
    NastyRegister(
        "no head",
        xlsx([HEADER, line(relation="长子"), wife()]),
        warnings=(("台账", 2, "与户主关系", NO_HEAD, A),),
        says={"relation": Relation.CHILD},
    ),
    NastyRegister(
        "the head in the last row, and what only his row says",
        xlsx([(*HEADER, "户类型"), (*wife(), ""), (*line(), "脱贫户")]),
        says={"household_type": "脱贫户", "relation": Relation.HEAD},
    ),
    NastyRegister(
        "rows of one household far apart",
        xlsx([HEADER, line(), line(B, "张丙"), wife()]),
        households={A: "庞甲 李乙", B: "张丙"},
    ),
    NastyRegister(
        "rows of one household in two villages",
        xlsx([HEADER, line(), wife(village="141124104203")]),
        warnings=(
            (
                "台账",
                2,
                "村",
                "户编号相同的各行不在同一个村, 已按户主所在村接收; 请改正村名, 是另一户的请改正户编号, 再重新提交",
                A,
            ),
        ),
        villages={A: VILLAGE},
    ),
    NastyRegister(
        "rows of one household that do not agree",
        xlsx([(*HEADER, "户类型"), (*line(), "脱贫户"), (*wife(), "一般农户")]),
        warnings=(
            ("台账", 2, "户类型", "同一户各行写的不一样, 已按户主那一行接收; 不对的请改成一致后重新提交", "脱贫户"),
        ),
        says={"household_type": "脱贫户"},
    ),
    NastyRegister(
        "one person twice in one household",
        xlsx([HEADER, line(id_number=_WHOLE), wife(), line(id_number=_WHOLE)]),
        warnings=(("台账", 4, None, "与第2行是同一个人, 没有重复导入; 不是同一个人的请核对证件号码后重新提交", ""),),
    ),
    NastyRegister(
        "a name is missing",
        xlsx([HEADER, line(), wife(), line(A, "", "长子")]),
        rejected=(("台账", 4, "姓名", EMPTY, ""),),
    ),
    NastyRegister(
        "a name destroyed by a formula",
        xlsx([HEADER, line(), wife(), line(A, "#REF!", "长子")]),
        rejected=(("台账", 4, "姓名", "这一格显示的是表格算不出来的记号, 请照原件改成文字后重新提交", "#REF!"),),
    ),
    NastyRegister(
        "a name with spaces between its characters",
        xlsx([HEADER, line(name="庞 　甲"), wife()]),
    ),
    NastyRegister(
        "同上 repeats the village and the number",
        xlsx([HEADER, line(), wife("同上", village="同上")]),
    ),
    NastyRegister(
        "同上 below nothing",
        xlsx([HEADER, line("同上"), line(), wife()]),
        rejected=(("台账", 2, "户编号", "写的是「同上」, 但上面没有可以照抄的内容, 请写出来后重新提交", "同上"),),
    ),
    NastyRegister(
        "sexes as codes, an unknown one is left open",
        xlsx([HEADER, line(sex="1"), wife(sex="？")]),
        says={"sex": Sex.MALE, "second_sex": Sex.UNKNOWN},
    ),
    NastyRegister(
        "sums with separators and units, one that is none",
        xlsx([(*HEADER, "工资性收入", "人均纯收入(元)"), (*line(), "20,000.50", "一万"), (*wife(), "", "")]),
        warnings=(("台账", 2, "人均纯收入", "金额看不懂, 按没有填接收, 请写以元为单位的数字后重新提交", "一万"),),
        says={"wages": 20000.5, "per_head": None},
    ),
    NastyRegister(
        "months as words, one that is none",
        xlsx(
            [
                (*HEADER, "监测对象类别", "识别监测时间", "消除监测时间"),
                (*line(), "突发严重困难户", "2022年3月", "去年"),
                (*wife(), "", "", ""),
            ]
        ),
        of_monitored=True,
        warnings=(
            ("台账", 2, "消除监测时间", "时间看不懂, 按没有填接收, 请写成 202203(2022年3月)这样后重新提交", "去年"),
        ),
        says={"identified_on": date(2022, 3, 1), "removed_on": None},
    ),
    NastyRegister(
        "solved drinking water in place of unsafe water, insurance by its name",
        xlsx([(*HEADER, "是否解决安全饮用水", "医保"), (*line(), "否", "城乡居民医保"), (*wife(), "", "未参保")]),
        says={"unsafe_water": True, "insured": True},
    ),
    NastyRegister(
        "a number of a household stored as a number has lost its end, and so have its members",
        xlsx(
            [
                ("户编号", "户主姓名", "姓名", "与户主关系"),
                (A, "庞甲", "庞甲", "户主"),
                ("", "", "李乙", "配偶"),
                (1411241042020000, "张丙", "张丙", "户主"),
                ("", "", "王丁", "配偶"),
            ],
            sheet="庞家庄村",
        ),
        rejected=(
            ("庞家庄村", 4, "户编号", LOST, "1.41124E+15"),
            ("庞家庄村", 5, "户编号", LOST, "1.41124E+15"),
        ),
        unnumbered=2,
    ),
    NastyRegister(
        "a number of a household stored as a number that is whole",
        xlsx([HEADER, line(int(A)), wife(int(A))]),
    ),
    NastyRegister(
        "a sentence in the column of numbers",
        xlsx([HEADER, line(), wife(), line("这一户去年已经搬走" * 8, "张丙")]),
        rejected=(
            ("台账", 4, "户编号", "超过64个字, 多半是填错了列, 请改正后重新提交", ("这一户去年已经搬走" * 8)[:40]),
        ),
        unnumbered=1,
    ),
    NastyRegister(
        "formulas without a result",
        xlsx([HEADER, line(sex="=B2"), wife(), line("=B3", "张丙")]),
        rejected=(("台账", 4, "户编号", FORMULA, ""),),
        warnings=(("台账", 2, "性别", FORMULA, ""),),
        unnumbered=1,
    ),
    NastyRegister(
        "last year's sheet beside this year's: everybody once",
        book({"2026年": [HEADER, line(id_number=_WHOLE), wife()], "2025年": [HEADER, line(), wife()]}),
        warnings=(
            ("2025年", 2, None, "与2026年第2行是同一个人, 没有重复导入; 不是同一个人的请核对证件号码后重新提交", ""),
            ("2025年", 3, None, "与2026年第3行是同一个人, 没有重复导入; 不是同一个人的请核对证件号码后重新提交", ""),
        ),
    ),
    NastyRegister(
        "a member refused in a merged household leaves it known as partly read",
        xlsx(
            [
                ("户编号", "户主姓名", "姓名", "与户主关系", "健康状况"),
                (A, "庞甲", "庞甲", "户主", ""),
                ("", "", "李乙", "配偶", "健康"),
                ("", "", "=C2", "长子", "健康"),
                ("", "", "庞丁", "次子", "健康"),
            ],
            sheet="庞家庄村",
        ),
        households={A: "庞甲 李乙 庞丁"},
        rejected=(("庞家庄村", 4, "姓名", FORMULA, ""),),
        unnumbered=0,
    ),
    NastyRegister(
        "a member without a name is not taken for the head whose name stands beside",
        xlsx(
            [
                ("村代码", "户编号", "户主姓名", "姓名", "与户主关系"),
                (VILLAGE, A, "庞甲", "庞甲", "户主"),
                (VILLAGE, A, "庞甲", "李乙", "配偶"),
                (VILLAGE, A, "庞甲", "", "长子"),
            ]
        ),
        rejected=(("台账", 4, "姓名", EMPTY, ""),),
        unnumbered=0,
    ),
    NastyRegister(
        "one household number written in four ways is one household",
        xlsx(
            [
                HEADER,
                line(int(A)),
                wife("１４１１２４１０４２０２０００１"),
                line(f"‘{A}", "庞丙", "长子"),
                line(f"{A}.0", "庞丁", "次子"),
            ]
        ),
        households={A: "庞甲 李乙 庞丙 庞丁"},
    ),
    NastyRegister(
        "the same number in the sheets of two villages is no household",
        book(
            {
                "庞家庄村": [
                    ("户编号", "姓名", "与户主关系"),
                    ("1", "庞甲", "户主"),
                    ("1", "李乙", "妻"),
                    ("2", "庞丙", "户主"),
                ],
                "蔡家洼村": [("户编号", "姓名", "与户主关系"), ("1", "蔡甲", "户主")],
            }
        ),
        households={"2": "庞丙"},
        rejected=(
            ("庞家庄村", 2, "户编号", SHARED, "1"),
            ("庞家庄村", 3, "户编号", SHARED, "1"),
            ("蔡家洼村", 2, "户编号", SHARED, "1"),
        ),
        unnumbered=0,
    ),
    NastyRegister(
        "an ID number that two villages use as a household's number is masked in what is said about it",
        book(
            {
                "庞家庄村": [
                    ("户编号", "姓名", "与户主关系"),
                    ("141124196105060000", "庞甲", "户主"),
                    ("2", "庞丙", "户主"),
                ],
                "蔡家洼村": [("户编号", "姓名", "与户主关系"), ("141124196105060000", "蔡甲", "户主")],
            }
        ),
        households={"2": "庞丙"},
        rejected=(
            ("庞家庄村", 2, "户编号", SHARED, "141124********0000"),
            ("蔡家洼村", 2, "户编号", SHARED, "141124********0000"),
        ),
    ),
    NastyRegister(
        "a second head's row does not say what the household is",
        xlsx([(*HEADER, "组"), (*line(), "一组"), (*line(A, "高乙"), "二组")]),
        households={A: "庞甲 高乙"},
        warnings=(("台账", 2, "与户主关系", HEADS.format(2), A),),
        says={"group": "一组"},
    ),
    NastyRegister(
        "a person without a number in two rows is one",
        xlsx([HEADER, line(), wife(), line(A, "庞丙", "长子"), line(A, "庞丙", "长子")]),
        households={A: "庞甲 李乙 庞丙"},
        warnings=(("台账", 5, None, "与第4行是同一个人, 没有重复导入; 不是同一个人的请核对证件号码后重新提交", ""),),
    ),
    NastyRegister(
        "relations where names belong are no names",
        xlsx([HEADER, line(A, "户主", "庞甲"), line(B), line(B, "之子", "庞丙")]),
        households={B: "庞甲"},
        rejected=(("台账", 2, "姓名", NO_NAME, "户主"), ("台账", 4, "姓名", NO_NAME, "之子")),
        unnumbered=0,
    ),
    NastyRegister(
        "numbers of households and of persons exchanged",
        xlsx([HEADER, line(_SOMEBODY, id_number=A), line(B)]),
        households={B: "庞甲"},
        rejected=(("台账", 2, "户编号", EXCHANGED, "141124********001X"),),
    ),
    NastyRegister(
        "who has died or moved away by a remark is taken in, and that is said",
        xlsx(
            [
                (*HEADER, "备注"),
                (*line(), "家境一般"),
                (*wife(), "2024年病故"),
                (*line(A, "庞丙", "长子"), "户口已迁出"),
            ]
        ),
        households={A: "庞甲 李乙 庞丙"},
        warnings=(("台账", 3, "备注", LEFT.format("病故"), "病故"), ("台账", 4, "备注", LEFT.format("迁出"), "迁出")),
    ),
    NastyRegister(
        "a second table of the same header to the right is refused, and nobody is taken for gone",
        xlsx([(*HEADER, *HEADER), (*line(), *line(B, "庞丙")), line(C)]),
        households={C: "庞甲"},
        rejected=(("台账", 2, None, BESIDE, VILLAGE),),
        unnumbered=1,
    ),
    NastyRegister(
        "a sheet that goes on without a header is read by the one before",
        book({"一": [HEADER, line(), wife()], "续": [line(B, "庞丙"), wife(B)]}),
        households={A: "庞甲 李乙", B: "庞丙 李乙"},
        warnings=(("续", 1, None, GOES_ON, ""),),
    ),
)
