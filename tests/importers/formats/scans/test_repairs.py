import pytest

from domain.register.id_number import check_character
from importers.formats.forms.form_labels import labels
from importers.formats.parts import FormField
from importers.formats.scans.labels import label_of, near_label_of
from importers.formats.scans.repairs import repaired


def id_number(head: str = "14000019500101001") -> str:
    return head + check_character(head)


@pytest.mark.parametrize(
    ("label", "read", "text"),
    [
        ("联系电话", "l38OOOOOOOO", "13800000000"),
        ("年龄", "5O", "50"),
        ("来访日期", "2O24年3月l日", "2024年3月1日"),
        ("身份证号", id_number().replace("0", "O"), id_number()),
    ],
)
def test_a_letter_among_digits_is_repaired_and_said(label: str, read: str, text: str):
    field = repaired(label, FormField(read, 0.97))

    assert field.text == text
    assert "已当作「" in field.note
    assert text not in field.note
    assert field.confidence <= 0.5


@pytest.mark.parametrize(
    ("label", "read", "reason"),
    [
        ("联系电话", "138000", "位数不对"),
        ("身份证号码", "1400001950", "不是15位或18位"),
        ("性别", "安", "不是男或女"),
        ("年龄", "五十", "不是数字"),
        ("日期", "年月日", "没有数字"),
    ],
)
def test_a_value_that_does_not_fit_stays_as_read_and_is_said(label: str, read: str, reason: str):
    field = repaired(label, FormField(read, 0.99))

    assert (field.text, reason in field.note, field.confidence) == (read, True, 0.5)


def test_an_id_number_with_a_wrong_check_is_kept_and_said_where_the_petition_is_read():
    right = id_number()
    wrong = right[:-1] + ("1" if right[-1] != "1" else "2")

    field = repaired("身份证号", FormField(wrong, 0.99))

    assert (field.text, field.note, field.confidence) == (wrong, "", 0.99)


@pytest.mark.parametrize("label", ["姓名", "反映内容", ""])
def test_free_text_is_never_touched(label: str):
    assert repaired(label, FormField("O l S", 0.9)) == FormField("O l S", 0.9)


@pytest.mark.parametrize(
    ("label", "text"), [("联系电话", "138 0000 0000"), ("来访日期", "2024.3.5"), ("性别", "女"), ("年龄", "50岁")]
)
def test_a_value_that_fits_is_not_doubted(label: str, text: str):
    field = repaired(label, FormField(text, 0.99))

    assert (field.text, field.note, field.confidence) == (text.replace(" ", ""), "", 0.99)


def test_labels_are_known_whatever_stands_between_their_characters():
    assert label_of("姓\u3000 名：") == "姓名"
    assert label_of("张三") is None
    assert near_label_of("联系电活") == "联系电话"
    assert near_label_of("姓各") is None


def test_every_header_of_registers_is_a_label_too():
    assert {"信访件编号", "反映内容", "联系电话"} <= labels()


def test_of_several_labels_of_purposes_that_a_misread_one_may_be_the_known_one_is_taken() -> None:
    assert near_label_of("信访类刖") == "信访类别"
    assert near_label_of("来访自的") == "来访目的"


@pytest.mark.parametrize("written", ["反映类容", "诉求类容", "投诉类容", "来访类容", "主要类容"])
def test_a_listed_label_goes_before_those_below_which_a_purpose_may_stand(written: str) -> None:
    assert near_label_of(written) == written.replace("类", "内")
