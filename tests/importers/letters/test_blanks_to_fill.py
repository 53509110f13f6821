"""Letters and forms printed with underscores to write on."""

from datetime import UTC, datetime

import pytest

from importers.entries import Accepted
from importers.formats.parts import Letter
from importers.letters.blanks_to_fill import filled_in
from importers.letters.reading import read_letter


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("来访人：___张三____ 联系电话：__13800000000__", "来访人： 张三  联系电话： 13800000000 "),
        ("日期：__2026__年__7__月__14__日", "日期： 2026年7月14日"),
        ("来访人：__张三__性别：__男__", "来访人： 张三 性别： 男 "),
        ("住址：__某某__乡__某家峁__村__三__组__电话：＿", "住址： 某某乡某家峁村三组 电话： "),
        ("来访人：__张三__村民", "来访人： 张三 村民"),
        ("邮箱 zhang_3@example.com", "邮箱 zhang_3@example.com"),
        ("编号：来访_2026_18号", "编号：来访_2026_18号"),
        ("编号：某某乡_2026_18号", "编号：某某乡_2026_18号"),
        ("编号：XF__2026__01", "编号：XF__2026__01"),
        ("电话：138____0000", "电话：138____0000"),
        ("反映事项：_我家窑洞裂了。_", "反映事项： 我家窑洞裂了。 "),
        ("________________", "________________"),
    ],
)
def test_underscores_that_were_written_on_are_blanks(line: str, read: str):
    assert filled_in([line]) == [read]


def test_a_form_of_underscores_names_the_petitioner_and_its_text_stays_as_it_came():
    text = (
        "信访接待登记\n登记日期：__2026__年__7__月__14__日\n来访人：___张三____ 联系电话：___13800000000______\n"
        "家庭住址：____某家峁村三组_____\n反映事项：_我家窑洞裂了，想申请救助。_\n"
        "接待人：___李四__ 电话：__13900000000__"
    )

    *_, entry = read_letter(Letter("", "登记", text), received_at=datetime(2026, 11, 24, tzinfo=UTC))

    assert isinstance(entry, Accepted)
    raw = entry.record.raw
    assert (raw.petitioner.name, raw.petitioner.phone, raw.petitioner.address) == (
        "张三",
        "13800000000",
        "某家峁村三组",
    )
    assert str(raw.published_at)[:10] == "2026-07-14"
    assert raw.text == text


def test_an_empty_blank_is_nobody_and_the_label_behind_it_is_read():
    text = "来访人：____ 联系电话：__13800000000__\n我家的窑洞裂了，想申请救助，请领导派人来看一看。"

    *_, entry = read_letter(Letter("", "登记", text), received_at=datetime(2026, 11, 24, tzinfo=UTC))

    assert isinstance(entry, Accepted)
    assert (entry.record.raw.petitioner.name, entry.record.raw.petitioner.phone) == ("", "13800000000")
