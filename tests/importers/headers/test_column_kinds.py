"""Which kind of values a column holds."""

import pytest

from importers.headers.column_kinds import Kind, kind_of


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        (("13800000000", "138****0000", ""), Kind.PHONE),
        (("0358-4422000",), Kind.PHONE),
        (("14112419500230001X", "1.41124E+17"), Kind.ID_NUMBER),
        (("2024.3.5", "2024年3月", "三月十七"), Kind.DAY),
        (("20240305", "20240306"), Kind.DAY),
        (("男", "女"), Kind.SEX),
        (("是", "否", "√"), Kind.YES_NO),
        (("45", "61岁"), Kind.COUNT),
        (("3200元", "1,500"), Kind.FIGURE),
        (("信访〔2024〕12号", "LX-0012"), Kind.CODE),
        (("王桂花", "李二小"), Kind.NAME),
        (("石头坪村", "城关镇"), Kind.PLACE),
        (("老人住院花了八万多，新农合只报了一点",), Kind.LONG),
        (("救助", "土地"), Kind.SHORT),
        (("", " "), Kind.EMPTY),
        ((), Kind.EMPTY),
        (("13800000000", "王桂花", "2024.3.5"), Kind.MIXED),
    ],
)
def test_most_values_give_the_kind(values: tuple[str, ...], kind: Kind):
    assert kind_of(values) is kind
