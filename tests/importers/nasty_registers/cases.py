"""A nasty register and what its clerk should get."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tests.importers.nasty.cases import Build, Problem

A, B, C = "1411241042020001", "1411241042020002", "1411241042020003"
VILLAGE = "141124104202"
HEADER = ("村代码", "户编号", "姓名", "与户主关系", "性别", "证件号码")
NO_HEAD = (
    "这一户各行都没有写户主是谁, 没有人当作户主; 写的是全家的请补上户主这一行后重新提交, "
    "只写了家里一部分人的名单不用补, 请选「只有部分户」(命令行加 --partial)提交"
)
HEADS = "户编号相同的各行有{}个户主, 已按第一行接收; 一户请只留一个户主, 是另一户的请改正户编号, 再重新提交"
EMPTY = "没有填, 请补填后重新提交"
UNKNOWN_RELATION = "不认识的关系, 按「其他」接收, 请写成配偶、之子等后重新提交"
NO_VILLAGE = "查不到这个村, 或有几个村同名; 请核对村名, 同名的请填上乡镇或12位村代码后重新提交, 都没有错的请告诉管理员"
TOTAL = "这一行是合计, 没有导入; 如果它是一个人, 请改写第一格后重新提交"
NOTE = "这一行当作表下说明或落款, 没有导入; 如果它是一个人, 请补全各列后重新提交"
AGAIN = "这一行是重复的表头, 没有导入, 不需要处理"
SCIENTIFIC = (
    "这个号码被表格改成了1.4E+17这样的写法, 后几位已丢失, 没有记下, 其余已接收; "
    "请选中这一列, 把单元格格式改为「文本」, 照原件重填后重新提交"
)
ROUNDED = (
    "证件号码在表格里存成了数字, 后几位已丢失, 没有记下, 其余已接收; "
    "请选中这一列, 把单元格格式改为「文本」, 照原件重填后重新提交"
)
LOST = (
    "户编号被表格改成了1.4E+17这样的写法, 后几位已丢失, 不知道是哪一户, 这一行没有导入; "
    "请选中这一列, 把单元格格式改为「文本」, 照原件重填后重新提交"
)
FORMULA = "这一格是公式, 文件里没有算好的结果; 请用WPS或Excel打开, 保存后再提交"
LEFT = "写着「{}」, 这一行的人已照样接收; 人已不在这一户的, 请删去这一行后重新提交"
SHARED = "这个户编号在两个村各有一户, 不能并成一户, 都没有导入; 请给各户填全县唯一的户编号后重新提交"
NO_NAME = "这不是姓名, 可能与别的列填反了, 这一行没有导入; 请改正后重新提交"
EXCHANGED = "户编号像是身份证号, 而证件号码不是, 两列可能填反了, 这一行没有导入; 请改正后重新提交"
BESIDE = "左右并排着两个表, 看不出哪些格是同一条, 这一行没有导入; 请把右边的表移到左边的表下面后重新提交"
GOES_ON = "这个表没有表头, 列数和内容与「一」相接, 已按那个表的表头接收; 不对的请给这个表补上表头后重新提交"
LEFT_ALONE = "这一户只收到这一行, 下面没有户编号的行已退回, 家里可能还有人没有收, 请补填户编号后重新提交"
CAUSES = (
    "这一列是2018年的致贫原因, 不是监测系统的风险; 监测对象没有另填风险的, 已按对照表换算, "
    "其他户不作为风险导入; 要记风险的请在「致贫返贫风险」一列填写后重新提交"
)


@dataclass(frozen=True, slots=True)
class NastyRegister:
    """One file with everything that has to come of it."""

    name: str
    build: Build
    households: Mapping[str, str] = field(default_factory=lambda: {A: "庞甲 李乙"})
    """Number to the names of its people, the head first."""
    rejected: Sequence[Problem] = ()
    warnings: Sequence[Problem] = ()
    refused: str = ""
    """A part of the message when the file as a whole is refused."""
    says: Mapping[str, object] = field(default_factory=dict)
    """What the first household must say: a field of the household, its facts, its head or the head's facts."""
    villages: Mapping[str, str] = field(default_factory=dict)
    of_monitored: bool = False
    unnumbered: int | None = None
    """Rows of which nobody knows whose they are, where the case is about them."""


def line(
    household: object = A,
    name: object = "庞甲",
    relation: object = "户主",
    *,
    village: object = VILLAGE,
    sex: object = "男",
    id_number: object = "",
) -> tuple[object, ...]:
    """A row below HEADER."""
    return village, household, name, relation, sex, id_number


def wife(household: object = A, **changes: object) -> tuple[object, ...]:
    """The second row of a household below HEADER."""
    return line(household, "李乙", "配偶", **{"sex": "女", **changes})  # type: ignore[arg-type]
