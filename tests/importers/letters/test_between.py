"""Whose the phone is that stands between two letters."""

import pytest

from domain.texts.document import RawDocument
from importers.entries import Accepted, Warned
from importers.formats.parts import Letter
from importers.letters.between import UNCLEAR
from importers.letters.reading import read_letter
from tests.importers.office_files import NOW

_ONE = "县长：\n孩子今年考上大学，学费一年9600元，请问有没有助学的政策？\n"
_TWO = "信访局同志：\n我们在工地干了四个月，老板欠我们一万三，请帮我们要回工资。\n李建斌\n2026年10月30日\n"


def _read(text: str) -> tuple[list[RawDocument], list[str]]:
    entries = [*read_letter(Letter("来信.txt", "来信", text), received_at=NOW)]
    accepted = [one.record.raw for one in entries if isinstance(one, Accepted)]
    return accepted, [one.problem.reason for one in entries if isinstance(one, Warned)]


@pytest.mark.parametrize(
    "between",
    [
        "王巧珍\n2026年8月21日\n手机：15100008823\n\n",
        "王巧珍\n2026年8月21日\n电话 15100008823\n",
        "王巧珍\n2026年8月21日\n\n15100008823\n\n",
        "王巧珍\n2026年8月21日\n手机：15100008823\n\n来信二\n",
        "2026年8月21日\n反映人：王巧珍\n电话：15100008823\n\n",
        "此致\n敬礼\n王巧珍\n电话：15100008823\n\n",
        "王巧珍\n2026年8月21日\n手机：15100008823\n（录入注：未留地址）\n",
        "2026年8月21日\n王巧珍 15100008823\n\n",
        "2026年8月21日\n王巧珍 电话：15100008823\n\n",
        "王巧珍\n2026年8月21日\n家里电话（奶奶接）：15100008823\n\n",
        "王巧珍\n二〇二六年\n八月廿一日\n电话：15100008823\n\n",
    ],
)
def test_a_phone_below_the_day_of_a_letter_is_its_writers_and_not_the_next_ones(between: str):
    (one, two), _ = _read(_ONE + between + _TWO)

    assert (one.petitioner.name, one.petitioner.phone) == ("王巧珍", "15100008823")
    assert (two.petitioner.name, two.petitioner.phone) == ("李建斌", "")
    assert "15100008823" in one.text
    assert "15100008823" not in two.text


def test_an_address_and_an_id_number_below_the_day_go_with_the_letter_above():
    between = "王巧珍\n2026年8月21日\n地址：白杨镇河底村\n电话：15100008823\n"
    (one, two), _ = _read(_ONE + between + _TWO)

    assert one.petitioner.address == "白杨镇河底村"
    assert two.petitioner.address == ""


def test_a_clerks_note_below_the_day_goes_with_the_letter_above_and_one_at_each_head_stays_there():
    (one, _), _ = _read(_ONE + "王巧珍 2026年8月21日\n（录入注：未留电话）\n" + _TWO)
    noted, _ = _read("（编者注：一页）\n" + _ONE + "王巧珍 2026年8月21日\n（编者注：原信三页）\n" + _TWO)

    next_one, _ = _read(_ONE + "王巧珍 2026年8月21日\n（编者注：以下为另一人来信）\n" + _TWO)
    named, _ = _read(_ONE + "王巧珍 2026年8月21日\n（编者注：李建斌的信，两页）\n" + _TWO)

    assert "录入注" in one.text
    assert "以下为" in next_one[1].text
    assert "两页" in named[1].text
    assert "原信三页" in noted[1].text


@pytest.mark.parametrize(
    "letters",
    [
        f"电话：15100008823\n{_ONE}王巧珍\n2026年8月21日\n电话：17700006654\n{_TWO}",
        f"{_ONE}王巧珍\n2026年8月21日\n\n电话：17700006654\n{_TWO}",
        f"{_ONE}王巧珍\n2026年8月21日\n联系电话：李建斌 17700006654\n{_TWO}",
        f"{_ONE}王巧珍\n2026年8月21日\n来信人：李建斌\n电话：17700006654\n{_TWO}",
        f"{_ONE}王巧珍\n2026年8月21日\n电话：17700006654\n姓名：李建斌\n{_TWO}",
        f"{_ONE}2026年8月21日\n李建斌 17700006654\n{_TWO}",
        f"{_ONE}王巧珍\n2026年8月21日\n电话：17700006654\n地址：沟门村\n{_TWO.replace('我们在', '我们沟门村人在')}",
    ],
)
def test_a_phone_at_the_head_of_the_next_letter_stays_there(letters: str):
    (one, two), _ = _read(letters)

    assert "17700006654" in two.text
    assert "17700006654" not in one.text


@pytest.mark.parametrize(
    "letters",
    [
        f"{_ONE}王巧珍\n电话：15100008823\n2026年8月21日\n电话：17700006654\n{_TWO}",
        f"{_ONE}王巧珍 15100008823\n2026年8月21日\n\n电话：17700006654\n\n{_TWO}",
        f"{_ONE}王巧珍\n2026年8月21日\n\n电话：17700006654\n{_TWO}电话：17700009999\n",
    ],
)
def test_a_phone_that_may_be_of_either_letter_is_nobodys_and_that_is_said(letters: str):
    read, said = _read(letters)

    assert "17700006654" not in [one.petitioner.phone for one in read]
    assert UNCLEAR in said


@pytest.mark.parametrize(
    "between",
    [
        "证明人：赵六\n电话：13900000002",
        "村支书：王大\n电话：13900000002",
        "经办人：赵六\n联系电话：0358-4460000",
        "抄送：县民政局",
    ],
)
def test_what_stands_right_below_the_day_of_a_letter_above_a_blank_line_says_nothing_of_the_next(between: str):
    (one, two), _ = _read(f"{_ONE}王巧珍\n2026年8月21日\n{between}\n\n{_TWO}")

    assert between in one.text
    assert (one.petitioner.phone, two.petitioner.phone) == ("", "")


@pytest.mark.parametrize("address", ["兔坂镇某某村三组", "住兔坂镇某某村", "某某村三组12号"])
def test_an_address_without_a_label_below_the_day_goes_with_the_letter_above(address: str):
    (one, two), said = _read(f"{_ONE}王巧珍\n2026年8月21日\n{address}\n\n{_TWO}")

    assert address in one.text
    assert address not in two.text
    assert UNCLEAR not in said


@pytest.mark.parametrize(
    "letters",
    [
        f"{_ONE}王巧珍\n2026年8月21日\n\n兔坂镇某某村三组\n{_TWO}",
        f"{_ONE}王巧珍\n2026年8月21日\n兔坂镇某某村三组\n{_TWO.replace('我们在', '我们某某村人在')}",
        f"白杨镇河底村\n{_ONE}王巧珍\n2026年8月21日\n兔坂镇某某村三组\n{_TWO}",
        f"{_ONE}王巧珍\n2026年8月21日\n某某村\n{_TWO}",
        f"{_ONE}王巧珍\n2026年8月21日\n关于兔坂镇某某村三组\n{_TWO}",
        f"{_ONE}王巧珍\n2026年8月21日\n兔坂镇某某村党政办公室\n{_TWO}",
        f"{_ONE}王巧珍\n2026年8月21日\n兔坂镇驻某某村工作队\n{_TWO}",
    ],
)
def test_a_place_that_heads_the_next_letter_or_is_no_address_stays_there(letters: str):
    (one, two), _ = _read(letters)

    assert "某某村" not in one.text
    assert "某某村" in two.text
