import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.links.mention import ValueMention
from nlp.values.chinese_numbers import lower_bound
from nlp.values.values import find_amounts, find_areas, find_households, find_id_numbers, find_phones


def values(found: tuple[ValueMention, ...]) -> list[str]:
    return [one.value for one in found]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param("电话13800000000。", ["13800000000"], id="mobile"),
        pytest.param("138-0000-0000或138 0000 0001", ["13800000000", "13800000001"], id="grouped"),
        pytest.param("+8613800000000", ["13800000000"], id="country code"),
        pytest.param("１３８００００００００", ["13800000000"], id="full width"),
        pytest.param("0358-0000000", ["03580000000"], id="landline"),
        pytest.param("座机:0000000", ["0000000"], id="local number behind its word"),
        pytest.param("138****0000", ["138****0000"], id="masked"),
        pytest.param("手机尾号0417", ["*******0417"], id="last four digits"),
        pytest.param("工单1380000000012345", [], id="inside a longer number"),
        pytest.param("12345热线, 110", [], id="service numbers"),
    ],
)
def test_phones_are_found_as_digits(content: str, expected: list[str]) -> None:
    assert values(find_phones(content)) == expected


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param("身份证号141124196001010010", ["141124196001010010"], id="eighteen digits"),
        pytest.param("14112419600101001x", ["14112419600101001X"], id="check sign x"),
        pytest.param("141124600101001", ["141124600101001"], id="fifteen digits"),
        pytest.param("141124********1234", ["141124********1234"], id="masked"),
        pytest.param("1411241951******14", ["1411241951******14"], id="day and order masked"),
        pytest.param("身份证后四位341x", ["**************341X"], id="last four signs"),
        pytest.param("残疾证14112419600101001043", ["141124196001010010"], id="disability certificate"),
        pytest.param("信访件141124104202609030012", [], id="petition number"),
        pytest.param("141124196013010010", [], id="no such month"),
    ],
)
def test_id_numbers_are_found(content: str, expected: list[str]) -> None:
    assert values(find_id_numbers(content)) == expected


def test_an_id_number_is_no_phone() -> None:
    assert find_phones("141124196001010010") == ()


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param("花了3万元", ["30000"], id="digits and 万元"),
        pytest.param("欠了十几万", ["100000"], id="indefinite tens"),
        pytest.param("5000多块", ["5000"], id="and more"),
        pytest.param("12,000元", ["12000"], id="thousands separator"),
        pytest.param("3.5万元", ["35000"], id="decimal"),
        pytest.param("一万二千块钱", ["12000"], id="Chinese numerals"),
        pytest.param("借了三四万块", ["30000"], id="two neighbouring digits"),
        pytest.param("拖欠六十多万工资", ["600000"], id="bare 万 beside money"),
        pytest.param("种了3万株, 12.8万人受灾", [], id="not money"),
        pytest.param("2元素", [], id="inside a word"),
        pytest.param("打了三千斤枣", [], id="weight"),
        pytest.param("欠药钱两千三", ["2300"], id="no unit behind a debt"),
        pytest.param("一天一百五，卖了七千", ["150", "7000"], id="no unit behind a wage and a sale"),
        pytest.param("律师费花了一万八", ["18000"], id="the last digit counts"),
        pytest.param("押金五千我先垫", ["5000"], id="deposit"),
        pytest.param("发了两百斤面，走了三千里", [], id="other units"),
    ],
)
def test_amounts_are_found_in_yuan(content: str, expected: list[str]) -> None:
    assert values(find_amounts(content)) == expected


def test_offsets_point_at_what_is_written() -> None:
    content = "我的电话是138-0000-0000, 欠了十几万"

    for one in (*find_phones(content), *find_amounts(content)):
        assert content[one.start : one.end] == one.text


@pytest.mark.parametrize(
    ("numeral", "expected"),
    [
        ("三千五百", 3500),
        ("三千五", 3500),
        ("一万二", 12000),
        ("三千零二十", 3020),
        ("两百零五", 205),
        ("十", 10),
        ("半", 0.5),
    ],
)
def test_chinese_numerals_are_read(numeral: str, expected: float) -> None:
    assert lower_bound(numeral) == expected


@given(st.text(alphabet="0123456789一二三十百千万亿几多元块钱欠*Xx-, 138电话", max_size=60))
def test_any_text_is_read_without_error_and_offsets_are_true(content: str) -> None:
    for one in (*find_phones(content), *find_id_numbers(content), *find_amounts(content)):
        assert content[one.start : one.end] == one.text
        assert one.value


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param("种了八亩六分地", ["8.6"], id="mu and tenths"),
        pytest.param("受灾5300余亩", ["5300"], id="and more"),
        pytest.param("红枣3.2万亩", ["32000"], id="ten thousands"),
        pytest.param("绝收0.5公顷", ["7.5"], id="hectares"),
        pytest.param("让出半亩宅基地", ["0.5"], id="half"),
        pytest.param("每亩补三分之一", [], id="no number"),
    ],
)
def test_areas_are_found_in_mu(content: str, expected: list[str]) -> None:
    assert values(find_areas(content)) == expected


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param("剩下的二十几户", ["20"], id="indefinite"),
        pytest.param("涉及118户", ["118"], id="digits"),
        pytest.param("三户口本，一户主，每户，入户", [], id="other words"),
    ],
)
def test_numbers_of_households_are_found(content: str, expected: list[str]) -> None:
    assert values(find_households(content)) == expected
