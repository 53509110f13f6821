"""Bytes become the text that was meant, whatever is declared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.extraction.encoding import decode_page

TEXT = "枣农盼客商：今年的木枣没有客商来收，村民很着急。"
TRADITIONAL = "棗農盼客商：今年的木棗沒有客商來收，村民很著急。"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb2312", "gbk", "gb18030", "utf-16"])
@pytest.mark.parametrize("declared", ["utf-8", "gb2312", "big5", "iso-8859-1", "hex", "no-such-encoding"])
def test_simplified_pages_are_read_whatever_they_declare(encoding: str, declared: str):
    page = f'<meta charset="{declared}"><p>{TEXT}</p>'

    assert TEXT in decode_page(page.encode(encoding))


@pytest.mark.parametrize("declared", ["big5", "gb2312", "utf-8"])
def test_big5_is_not_read_as_gbk(declared: str):
    page = f'<meta charset="{declared}"><p>{TRADITIONAL}</p>'

    assert TRADITIONAL in decode_page(page.encode("big5"))


def test_the_header_counts_when_the_page_declares_nothing():
    assert "caf\xe9" in decode_page("caf\xe9".encode("latin-1"), "text/html; charset=iso-8859-1")


def test_a_utf8_page_with_a_few_broken_bytes_stays_utf8():
    content = f"<p>{TEXT}</p>".encode() * 20

    decoded = decode_page(content[:100] + b"\xff\xc3" + content[100:])

    assert decoded.count(TEXT) >= 18


def test_a_gbk_page_with_a_piece_in_utf8_stays_gbk():
    content = f"<p>{TEXT}</p>".encode("gbk") * 20

    assert decode_page(content + "评论".encode()).count(TEXT) == 20


def test_control_characters_are_left_out():
    assert decode_page(b"a\x00b\x0bc\r\n") == "abc\r\n"


@given(st.binary(max_size=400), st.text(max_size=40))
def test_no_bytes_and_no_header_make_it_fail(content: bytes, header: str):
    assert "\x00" not in decode_page(content, header)


@given(st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=1, max_size=80))
def test_any_ideographs_in_utf8_come_back(text: str):
    assert decode_page(text.encode()) == text
