"""Mails with a plain and an HTML body: the one that tells more is read, and the other is not lost without a word."""

from email.message import EmailMessage
from pathlib import Path

import pytest

from importers.formats.parts import Form, Letter, RefusedPart
from importers.formats.webs.mail_bodies import HTML_READ, PLAIN_READ
from tests.importers.formats.delivery import parts_of

LETTER = "尊敬的领导：\n我家今年遭了雹灾，十亩谷子绝收，老人常年有病吃药，请求救助。\n反映人：张三\n2026年9月8日"
PAGE = "".join(f"<p>{line}</p>" for line in LETTER.split("\n"))


def _both(folder: Path, plain: str, page: str) -> tuple[str, list[str]]:
    """The words that are read, and what is said of others."""
    message = EmailMessage()
    message["Subject"] = "求助"
    message.set_content(plain)
    message.add_alternative(page, subtype="html")
    parts = parts_of(folder, "来信.eml", message.as_bytes())
    texts = [part.text for part in parts if isinstance(part, Letter)]
    return "\n".join(texts), [part.reason for part in parts if isinstance(part, RefusedPart)]


@pytest.mark.parametrize(
    ("stub", "said"),
    [
        ("请用支持HTML的客户端查看。", [HTML_READ]),
        ("您的邮件客户端不支持HTML格式。", [HTML_READ]),
        ("[图片]", [HTML_READ]),
        ("Please use another client.", []),
        (" ", []),
    ],
)
def test_a_stub_beside_an_html_letter_is_not_taken_for_the_letter(tmp_path: Path, stub: str, said: list[str]):
    assert _both(tmp_path, stub, PAGE) == (LETTER, said)


def test_a_form_in_html_is_read_beside_a_stub(tmp_path: Path):
    cells = {"姓名": "张三", "联系电话": "13900000000", "反映内容": "房子漏雨，请求救助。"}
    table = "".join(f"<tr><td>{label}</td><td>{text}</td></tr>" for label, text in cells.items())
    message = EmailMessage()
    message.set_content("请用支持HTML的客户端查看。")
    message.add_alternative(f"<table>{table}</table>", subtype="html")

    assert any(isinstance(part, Form) for part in parts_of(tmp_path, "工单.eml", message.as_bytes()))


@pytest.mark.parametrize(
    "page", [PAGE, f"{PAGE}<p>发自我的手机</p>", "<p>[图片]</p>", PAGE.replace("<p>", "<p>  ").replace("，", "，<br>")]
)
def test_the_same_words_in_html_leave_the_plain_ones_without_a_remark(tmp_path: Path, page: str):
    assert _both(tmp_path, LETTER, page) == (LETTER, [])


def test_lines_that_break_elsewhere_and_addresses_of_links_are_no_other_words(tmp_path: Path):
    wrapped = LETTER.replace("十亩谷", "十亩\n谷") + "\nhttp://mail.invalid/20261128/77 <a@mail.invalid>"

    assert _both(tmp_path, wrapped, PAGE)[1] == []


def test_what_html_says_beside_a_plain_letter_is_named(tmp_path: Path):
    words, said = _both(tmp_path, LETTER, f"{PAGE}<p>联系电话：13900000000</p>")

    assert (words, said) == (LETTER, [PLAIN_READ])


def test_what_the_plain_body_alone_says_is_named(tmp_path: Path):
    words, said = _both(tmp_path, "转张三来信，联系电话13900000000", PAGE)

    assert (words, said) == (LETTER, [HTML_READ])


def test_a_whole_letter_is_read_and_not_the_advertising_around_it(tmp_path: Path):
    page = f"{PAGE}<p>秋季新款羽绒服全场五折，满三百减一百，登录商城领取优惠券，退订请回复数字一。</p>" * 2

    assert _both(tmp_path, LETTER, page) == (LETTER, [PLAIN_READ])
