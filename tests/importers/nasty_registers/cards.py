"""Cards and their families as other keyboards write them, and applicants who have no row of their own."""

from domain.register.household import Relation
from tests.importers.nasty.builders import document, xlsx
from tests.importers.nasty.cases import Build
from tests.importers.nasty_registers.cases import VILLAGE, A, B, NastyRegister

_APPLICANT = (
    "表里没有户主, 已把「申请人」当作户主, 「与申请人关系」当作与户主关系接收; "
    "不对的请把表头改成「户主姓名」「与户主关系」后重新提交"
)
_NO_ROW = "户主没有自己的一行, 只按姓名接收, 请补上户主这一行"
_NONE_TICKED = (
    "这一栏印了选项, 没有一项打勾, 按没有填接收; 原件上勾了的请补填后重新提交; 这个文件里这样的共{}处, 只列第一处"
)
_LEFT_OUT = "这一行不在家庭成员表里, 没有导入; 是这一户的人的, 请和其他成员连着写, 中间不要隔开后重新提交"
_CODE = "与户主关系写的是代码, 各系统的代码不一样, 这一行没有导入; 请改写成配偶、之子等文字后重新提交"
_INCOME = "这一列按「家庭纯收入」接收(把握83%), 请核对; 不对的请把表头改成「家庭纯收入」或别的名称后重交"
_APPLICANTS = ("村代码", "户编号", "申请人", "家庭成员姓名", "与申请人关系")
_LINES = ("序号", "姓名", "与户主关系")


def _card(*family: tuple[str, ...], head: str = "庞甲", last: int = 9, header: tuple[str, ...] = ()) -> Build:
    """A card on a sheet, beside whose family stands its title, merged down."""
    rows = [
        ("农户信息卡", "", "", "", ""),
        ("户编号", A, "户主姓名", head, ""),
        ("行政村", "庞家庄村", "户类型", "脱贫户", ""),
        header or ("家庭成员", "姓名", "与户主关系", "性别", "备注"),
        *family,
    ]
    return xlsx(rows, merges=["A1:E1", f"A4:A{last}"])


_COUPLE = (("", "庞甲", "户主", "男", ""), ("", "李乙", "妻", "女", ""))

REGISTERS = (
    NastyRegister(
        "codes before the relations of members whose names have dots",
        _card(
            ("", "买买提·阿不都拉", "01户主", "男", ""),
            ("", "阿依古丽·吐尔逊", "02配偶", "女", ""),
            ("", "古丽巴哈尔", "03之女", "女", ""),
            head="买买提·阿不都拉",
        ),
        households={A: "买买提·阿不都拉 阿依古丽·吐尔逊 古丽巴哈尔"},
    ),
    NastyRegister(
        "codes before the relations of members with spaces within their names and remarks behind them",
        _card(
            ("", "庞\u3000甲", "1户主", "男", ""),
            ("", "李乙(残疾)", "2配偶", "女", ""),
            ("", "庞 小", "3之子", "男", ""),
        ),
        households={A: "庞甲 李乙 庞小"},
        warnings=(
            (
                "台账",
                2,
                "姓名",
                "姓名后面的「残疾」没有当作姓名的一部分, 已接收; 是姓名的请去掉括号后重新提交",
                "李乙(残疾)",
            ),
        ),
    ),
    NastyRegister(
        "a member below an income is one of the family",
        _card(*_COUPLE, ("", "家庭年收入", "30000", "", ""), ("", "庞小", "之子", "男", "")),
        households={A: "庞甲 李乙 庞小"},
        warnings=(("台账", 1, "家庭年收入", _INCOME, ""),),
    ),
    *(
        NastyRegister(
            f"{what} where the relation would stand is refused and ends no family",
            _card(*_COUPLE, ("", name, figure, "", ""), ("", "庞小", "之子", "男", "")),
            households={A: "庞甲 李乙 庞小"},
            rejected=(("台账", 3, "与户主关系", _CODE, shown),),
            unnumbered=0,
        )
        for what, name, figure, shown in (
            ("a code of three digits", "古丽巴哈尔", "301", "301"),
            ("a sum beside what is like a name", "庞丫", "30000", "30000"),
            ("a phone", "古丽巴哈尔", "13800000009", "138****0009"),
        )
    ),
    NastyRegister(
        "below a header of other columns nobody gets another's number",
        _card(
            ("", "庞甲", "户主", "141124196001010015", "13800000001"),
            ("", "姓名", "与户主关系", "联系电话", "证件号码"),
            ("", "庞小", "之子", "13800000009", "141124199001010015"),
            header=("家庭成员", "姓名", "与户主关系", "证件号码", "联系电话"),
            last=5,
        ),
        refused="没有找到「户编号」这一列",
    ),
    NastyRegister(
        "who leads a group and who looks after somebody are no members left out",
        _card(
            *_COUPLE,
            ("审核意见", "同意", "", "", ""),
            ("组长", "李组", "男", "", ""),
            ("", "张三", "女", "40", ""),
            ("监护人", "李某", "母亲", "13800000007", ""),
            last=6,
        ),
        households={A: "庞甲 李乙"},
    ),
    NastyRegister(
        "members below the sum of a page are said",
        _card(*_COUPLE, ("", "小计", "2人", "", ""), ("", "庞 小", "03之子", "男", ""), ("", "庞丫", "之女", "女", "")),
        households={A: "庞甲 李乙"},
        warnings=(
            ("台账", 1, None, _LEFT_OUT, "庞 小 03之子 男"),
            ("台账", 1, None, _LEFT_OUT, "庞丫 之女 女"),
        ),
    ),
    *(
        NastyRegister(
            f"sums within the family {where}",
            build,
            households={A: "庞甲 李乙"},
        )
        for where, build in (
            (
                "below a card in a document",
                document(
                    [],
                    [
                        [("户编号", A, "户主姓名", "庞甲"), ("行政村", "庞家庄村", "户类型", "脱贫户")],
                        [_LINES, ("1", "庞甲", "户主"), ("小计", "1人", ""), ("2", "李乙", "妻"), ("合计", "2人", "")],
                    ],
                ),
            ),
            (
                "on the card itself",
                document(
                    [],
                    [
                        [
                            ("户编号", A, "户主姓名", "庞甲"),
                            ("行政村", "庞家庄村", "户类型", "脱贫户"),
                            ("姓名", "与户主关系", "性别", "年龄"),
                            ("庞甲", "户主", "男", "60"),
                            ("小计", "1人", "", ""),
                            ("李乙", "妻", "女", "58"),
                        ]
                    ],
                ),
            ),
        )
    ),
    *(
        NastyRegister(
            f"an applicant without a row of his own, beside {relation} first, heads the household",
            xlsx([_APPLICANTS, (VILLAGE, B, "孙丙", name, relation), (VILLAGE, B, "孙丙", "孙大", "儿子")]),
            households={B: f"孙丙 {name} 孙大"},
            warnings=(("台账", 1, None, _APPLICANT, ""), ("台账", 2, "户主姓名", _NO_ROW, B)),
            says={"relation": Relation.HEAD, "second_relation": Relation.CHILD},
        )
        for name, relation in (("王丁", "妻子"), ("孙老", "父亲"))
    ),
    NastyRegister(
        "risks of which none is ticked are said once for a file",
        xlsx(
            [
                ("户编号", "村代码", "户主姓名", "监测对象类别", "致贫返贫风险"),
                *(
                    (number, VILLAGE, name, "边缘易致贫户", "□因病 □因残")
                    for number, name in ((A, "庞甲"), (B, "孙丙"))
                ),
            ]
        ),
        households={A: "庞甲", B: "孙丙"},
        warnings=(("台账", 2, "致贫返贫风险", _NONE_TICKED.format(2), "□因病 □因残"),),
        of_monitored=True,
    ),
    *(
        NastyRegister(
            f"types of households below {header} are those of another time or thing",
            xlsx([("户编号", "村代码", "户主姓名", header), (A, VILLAGE, "庞甲", "脱贫户")]),
            households={A: "庞甲"},
            of_monitored=True,
        )
        for header in ("2014年类型", "人员类别", "说明")
    ),
)
