"""Marks of web pages within texts."""

import time

import pytest

from importers.values.leftover_markup import without_markup


@pytest.mark.parametrize(
    ("delivered", "shown"),
    [
        ("第一行<br/>第二行", "第一行\n第二行"),
        ("<p>一&nbsp;二</p><P class='x'>三</P>", "一 二\n三"),
        ("<span style='color:red'>急</span>&lt;救命&gt;", "急<救命>"),
        ("&ldquo;没水&rdquo;&#65281;", "“没水”！"),
    ],
)
def test_tags_and_entities_become_what_the_page_showed(delivered: str, shown: str):
    assert without_markup(delivered) == shown


@pytest.mark.parametrize("text", ["收入<3万元, 支出>5万元", "A&B公司", "见<附件>", "第一行\n\n  第二行"])
def test_a_text_that_only_has_such_signs_stays_as_it_is(text: str):
    assert without_markup(text) == text


def test_a_text_of_spaces_is_read_in_seconds():
    began = time.process_time()

    assert without_markup("一<br/>二" + " " * 100_000 + "三").count("\n") == 1
    assert time.process_time() - began < 5
