"""Persons whom a header counts: the second one is never the petitioner."""

import pytest

from importers.headers.ordinals import in_their_order, is_of_further_person, names_further_person
from importers.headers.vocabulary import header_vocabulary, load_layouts


def fields(*texts: str, layout: str = "petition_register") -> list[str | None]:
    words = header_vocabulary(layout, load_layouts()[layout])
    known = in_their_order(words, texts, [words.exact(text) for text in texts])
    return [one.field if one is not None else "unknown" for one in known]


def test_the_first_is_the_plain_header_where_the_second_stands_beside():
    assert fields("信访人1", "联系电话1", "信访人2", "联系电话2") == ["name", "phone", None, None]
    assert fields("信访人一", "联系电话一", "信访人二", "联系电话二") == ["name", "phone", None, None]
    assert fields("第一信访人电话", "第二信访人电话") == ["phone", None]


def test_counted_phones_of_one_person_are_left_to_likeness():
    assert fields("姓名", "联系电话1", "联系电话2") == ["name", "unknown", "unknown"]
    assert fields("第一信访人", "第一信访人电话") == ["name", "unknown"]


def test_another_phone_is_somebody_elses_where_his_name_stands_beside():
    assert fields("姓名", "第二信访人", "第二联系电话") == ["name", None, None]
    assert fields("姓名", "其他联系人", "其他联系电话") == ["name", "unknown", None]
    assert fields("姓名", "第一联系电话", "第二联系电话") == ["name", "unknown", "unknown"]


def test_a_matter_that_is_counted_is_no_person():
    assert fields("信访人1", "信访人2", "其他诉求", "诉求2") == ["name", None, "unknown", "unknown"]


def test_members_of_households_are_counted_by_their_register():
    assert fields("姓名1", "姓名2", layout="household_register") == ["unknown", "unknown"]


@pytest.mark.parametrize(
    ("text", "of_further", "names"),
    [
        ("第二信访人", True, True),
        ("信访人2", True, True),
        ("第二信访人电话", True, False),
        ("其他说明", True, False),
        ("第二联系电话", False, False),
        ("其他联系方式", False, False),
        ("另一身份证号", False, False),
        ("其他信访人身份证号", True, False),
        ("第一信访人", False, False),
        ("联系电话2", False, False),
    ],
)
def test_whose_a_header_is(text: str, of_further: bool, names: bool):
    words = header_vocabulary("petition_register", load_layouts()["petition_register"])

    assert is_of_further_person(words, text) is of_further
    assert names_further_person(words, text) is names
