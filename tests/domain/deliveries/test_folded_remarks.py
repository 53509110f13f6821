"""Equal remarks are one with its rows."""

from domain.deliveries.folded_remarks import folded
from domain.deliveries.receipt import RowProblem


def remark(row: int, reason: str = "证件号码不是15位", value: str = "1411**", column: str = "证件号码") -> RowProblem:
    return RowProblem(sheet="登记", row=row, column=column, reason=reason, value=value)


def test_what_is_said_of_many_rows_stands_once_with_the_rows_and_hides_no_other() -> None:
    found = folded([remark(2), remark(3, "没有填日期", "", "日期"), remark(5, value="1423**"), remark(5)])

    assert [(one.where, one.reason, one.shown) for one in found] == [
        ("第2、5行", "证件号码不是15位", "1411** 等"),
        ("第3行", "没有填日期", ""),
    ]


def test_of_many_rows_the_first_are_named_and_all_are_counted() -> None:
    [found] = folded(remark(row) for row in range(2, 46))

    assert found.where == "第2、3、4、5、6、7、8、9、10、11、12、13等44行"


def test_another_sheet_or_column_is_another_remark() -> None:
    other = RowProblem(sheet="二", row=2, column="证件号码", reason=remark(2).reason, value="")

    assert len(folded([remark(2), other, remark(2, column="电话")])) == 3
