"""What a system prints around a text, and heads of mails."""

from importers.formats.parts import Letter
from importers.letters.kinds import is_covering_note, mail_heads, words_of


def test_what_a_system_adds_never_takes_the_words_beside_it_along():
    said = "我是张三，家里没有水吃，请派人来看看。"

    assert words_of(Letter("", "", f"{said}本邮件由系统自动发送，请勿回复。")) == said
    assert words_of(Letter("", "", "请求派人给技术支持：果树病了")) == "请求派人给技术支持：果树病了"
    assert is_covering_note(words_of(Letter("", "", "您好，详见下表。\n请勿回复。\n技术支持：0358-0000000")))


def test_words_of_a_system_alone_are_kept_to_be_shown():
    assert words_of(Letter("", "", "本邮件由系统自动发送，请勿回复。")) == "本邮件由系统自动发送，请勿回复。"


def test_a_line_of_the_text_is_no_head_of_its_mail():
    head, body = mail_heads(["主题: 停水", "发送日期：2026-09-03", "村里没水。", "发送时间: 上周发过一次"])

    assert head == ["主题: 停水", "日期: 2026-09-03"]
    assert body == ["村里没水。", "发送时间: 上周发过一次"]
