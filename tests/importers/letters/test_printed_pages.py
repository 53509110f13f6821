"""Edges of pages that a browser printed."""

from importers.letters.mail_threads import MailWords
from importers.letters.printed_pages import without_page_edges


def test_the_lines_at_the_edges_of_printed_pages_are_left_aside():
    letter = ["尊敬的书记：", "我家没有水。", "张三", "2026年9月3日"]
    printed = ["11/29/26, 12:02 PM 来信", *letter[:2], "file:///tmp/a.html 1/2", "2026/11/29 12:02 来信", *letter[2:]]

    assert without_page_edges(MailWords([], [*printed, "https://xf.invalid/a?b=1 2/2"])).lines == letter


def test_a_moment_or_an_address_alone_is_the_writers():
    for lines in (["2026/11/29 12:02 打了电话", "张三"], ["见 https://xf.invalid/a 1/2", "2026/11/29 12:02"]):
        assert without_page_edges(MailWords([], lines)).lines == lines


def test_a_moment_below_a_name_on_a_printed_page_is_the_writers():
    printed = ["11/29/26, 12:02 PM 来信", "我家没有水。", "张三", "2026/9/3 8:20", "file:///a.html 1/1"]

    assert without_page_edges(MailWords([], printed)).lines == printed[1:4]
