"""Pages that stop before their end."""

import pytest

from crawlers.extraction.cut_off import is_cut_off

PAGE = "<!DOCTYPE html><html><head><title>枣农</title></head><body><p>今年的枣卖不出去。</p></body></html>".encode()
FEED = b"<?xml version='1.0'?><rss version='2.0'><channel><item><link>/1.html</link></item></channel></rss>"


@pytest.mark.parametrize(
    ("body", "cut"),
    [
        (PAGE, False),
        (PAGE + b"<!-- cached -->\r\n\0", False),
        (PAGE[:-30], True),
        (PAGE.partition(b"</body>")[0], False),
        (PAGE.partition("卖不".encode())[0] + b"\xe5\x8d", True),
        ("<div>一段没有头尾的标记".encode(), False),
        (b'{"items": []}', False),
        (b"", False),
        (FEED, False),
        (FEED + b"\n<!-- 12 ms -->", False),
        (FEED[:-9], True),
        (FEED.replace(b"rss", b"RSS"), False),
        ("<html><body>正文".encode("utf-16"), False),
    ],
)
def test_markup_that_was_begun_and_stops_within_a_word_is_cut_off(body: bytes, cut: bool):
    assert is_cut_off(body) is cut


def test_a_page_cut_anywhere_before_its_end_is_noticed_unless_the_cut_falls_behind_a_tag():
    begun = PAGE.index(b"<body>") + len("<body>")
    for length in range(begun + 1, len(PAGE) - len("</body></html>")):
        assert is_cut_off(PAGE[:length]) is not PAGE[:length].endswith(b">")
