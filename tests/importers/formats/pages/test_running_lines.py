"""Numbers and headings that a printer sets on every page."""

import pytest

from importers.formats.pages.running_lines import without_running_lines


def test_numbers_of_pages_and_a_repeated_heading_are_no_words_of_a_letter():
    pages = [
        (1, "来信复印件\n尊敬的领导：\n我家塌了房，\n第 1 页 共 2 页"),
        (2, "来信复印件\n请救助。\n张三\n第 2 页 共 2 页"),
    ]

    assert without_running_lines(pages) == ["来信复印件\n尊敬的领导：\n我家塌了房，", "请救助。\n张三"]


@pytest.mark.parametrize("number", ["第1页", "- 1 -", "— 1 —", "第1页，共3页", "第 1 页/共 3 页"])
def test_a_framed_number_at_the_edge_of_its_page_is_left_out(number: str):
    assert without_running_lines([(1, f"{number}\n张三"), (2, f"李四\n{number}")]) == ["张三", f"李四\n{number}"]


@pytest.mark.parametrize("line", ["1", "2026", "第1页到第3页是收据", "1/3"])
def test_what_may_be_somebodys_words_stays(line: str):
    assert without_running_lines([(1, f"张三\n{line}")]) == [f"张三\n{line}"]


def test_letters_that_begin_alike_keep_their_beginning():
    greeted = [(1, "尊敬的领导：\n甲\n- 1 -"), (2, "尊敬的领导：\n乙\n- 2 -")]
    entitled = [(1, "求助信\n甲"), (2, "求助信\n乙")]

    assert without_running_lines(greeted) == ["尊敬的领导：\n甲", "尊敬的领导：\n乙"]
    assert without_running_lines(entitled) == ["求助信\n甲", "求助信\n乙"]


def test_a_page_of_its_number_alone_says_nothing():
    assert without_running_lines([(1, "张三\n- 1 -"), (2, "- 2 -")]) == ["张三"]
