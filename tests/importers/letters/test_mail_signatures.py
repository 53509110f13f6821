"""What stands below -- at the end of a mail: the sender's where it names an office or somebody else than the letter."""

import pytest

from importers.entries import Accepted, Warned
from importers.formats.parts import Letter
from importers.letters.mail_signatures import SIGNED_BY_SENDER
from importers.letters.reading import read_letter
from tests.importers.office_files import NOW

_HEAD = "发件人: 李四 <li@mail.invalid>\n日期: 2026-10-21 16:00\n"
_MATTER = "尊敬的领导：\n家里今年遭了雹灾，十亩谷子绝收，老人常年吃药，请求救助。\n"
_BLOCK = "李四\n河湾镇信访办公室\n电话：0358-4420110\n地址：河湾镇府前街1号"


def _read(text: str) -> tuple[tuple[str, str, str, str], list[str]]:
    """Name, phone, address and day, and what is said."""
    entries = list(read_letter(Letter("", "求助", text), received_at=NOW))
    [raw] = [one.record.raw for one in entries if isinstance(one, Accepted)]
    who = raw.petitioner
    said = [one.problem.reason for one in entries if isinstance(one, Warned)]
    return (who.name, who.phone, who.address, f"{raw.published_at:%m-%d}"), said


@pytest.mark.parametrize("delimiter", ["-- ", "--", "\u2014\u2014", "\u2014", "____________", "----------"])
@pytest.mark.parametrize("signed", ["张三\n13900000000\n2026年9月6日", "反映人：张三\n电话：13900000000\n2026年9月6日"])
def test_a_clerks_block_below_a_letter_is_not_the_petitioners(delimiter: str, signed: str):
    text = f"{_HEAD}{_MATTER}{signed}\n\n{delimiter}\n{_BLOCK}"

    assert _read(text) == (("张三", "13900000000", "", "09-06"), [SIGNED_BY_SENDER])


def test_a_phone_and_a_day_of_the_block_are_not_the_letters():
    text = f"{_HEAD}{_MATTER}张三\n\n--\n李四 13900000001\n2026年10月20日"

    assert _read(text) == (("张三", "", "", "10-21"), [SIGNED_BY_SENDER])


def test_below_a_letter_that_nobody_signed_the_block_of_an_office_makes_nobody_the_petitioner():
    (name, phone, _, _), said = _read(f"{_HEAD}{_MATTER}\n--\n{_BLOCK}")

    assert (name, phone) == ("", "")
    assert SIGNED_BY_SENDER in said


@pytest.mark.parametrize(
    "end",
    [
        "\n--\n张三\n13900000000",
        "张三\n2026年9月6日\n--\n张三\n某某公司\n13900000000",
        "张三\n--\n13900000000",
        "--\n反映人：张三\n13900000000\n某乡政府收",
        "张三、李四\n2026年9月6日\n--\n张三\n13900000000",
    ],
)
def test_a_block_of_the_writers_own_or_of_nobody_stays_his(end: str):
    (name, phone, _, _), said = _read(f"{_HEAD}{_MATTER}{end}")

    assert (name.startswith("张三"), phone, SIGNED_BY_SENDER in said) == (True, "13900000000", False)


@pytest.mark.parametrize(
    "end",
    [
        "\n--\n张三\n中心小学教师\n13900000000",
        "\n--\n张三\n村支部书记\n13900000000",
        "\n-----\n姓名：张三\n电话：13900000000\n住址：某县水利局家属院",
        "\n-----\n此致\n某乡人民政府\n张三\n13900000000",
        "反映人：小张\n-----\n张三\n某某局退休职工\n13900000000",
    ],
)
def test_where_the_writer_lives_or_worked_is_no_office_that_signs(end: str):
    (_, phone, _, _), said = _read(f"{_HEAD.replace('李四', '网友')}{_MATTER}{end}")

    assert (phone, SIGNED_BY_SENDER in said) == ("13900000000", False)


def test_what_is_no_mail_has_no_sender():
    assert SIGNED_BY_SENDER not in _read(f"{_MATTER}张三\n2026年9月6日\n--\n{_BLOCK}")[1]
