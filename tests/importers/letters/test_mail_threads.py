"""Forwards whose original begins with nothing but its head, as Outlook and Foxmail write them."""

import pytest

from importers.letters.mail_threads import FORWARDED, mail_words

_HEADS = ["发件人: 李四 <li@mail.invalid>", "日期: 2026-10-21 16:00"]
_OFFICIAL = ["已转你局，请阅处。", "", "李四", "河湾镇人民政府办公室", "电话：0358-4420002", ""]
_WRITER = ["尊敬的镇长：", "我家今年遭了雹灾，十亩谷子绝收，请求救助。", "张三，手机 13900000000", "2026年9月6日"]
_MATTER = ["尊敬的镇长：", "村里的自来水停了三个月没有人管，请求尽快解决。"]
_OUTLOOK = [
    "发件人: 张三 <a@mail.invalid>",
    "发送时间: 2026年9月6日 21:40",
    "收件人: 河湾镇 <b@mail.invalid>",
    "主题: 求助",
]
_FOXMAIL = ["From: 张三", "Date: 2026-09-06 10:11", "To: xf", "Subject: 求助"]
_ENGLISH = [
    "From: 张三 <a@mail.invalid>",
    "Sent: Sunday, September 6, 2026 9:40 PM",
    "To: b@mail.invalid",
    "Subject: x",
]
_OFFICE = ["发件人: 县信访局", "发送时间: 2026年9月6日", "收件人: a", "主题: 答复"]
_ANSWER = ["您反映的问题已转水利站办理，我家访时再当面说明。", "联系人：李科长 13900000001"]
_DEVELOPER = ["发件人：开发商李总", "时间：2026年9月6日", "主题：停水通知"]
_NOTICE = ["各位业主：", "因欠费停水，我公司决定暂停供应，有事找李总 13900000001。"]


@pytest.mark.parametrize("head", [_OUTLOOK, _FOXMAIL, _ENGLISH, ["________________________________", *_OUTLOOK]])
@pytest.mark.parametrize("official", [_OFFICIAL, ["请查收", "", "李四", "0358-4420002", ""], ["李四", "镇信访办", ""]])
def test_below_a_bare_head_the_writer_speaks_and_above_it_whoever_forwards(head: list[str], official: list[str]):
    lines = [*official, *head, "", *_WRITER]

    found = mail_words("转发: 求助", _HEADS, lines)

    assert ([line for line in found.lines if line], found.remark) == (_WRITER, FORWARDED)
    assert "李四" in found.above
    assert [*found.above, *found.lines] == lines


def test_a_mail_forwarded_twice_under_bare_heads_is_the_last_writers():
    again = [
        *_OFFICIAL,
        *_FOXMAIL[:-1],
        "Subject: 转发: 求助",
        "",
        "请阅示。王五 13900000001",
        "",
        *_OUTLOOK,
        "",
        *_WRITER,
    ]

    assert [line for line in mail_words("转发: 求助", _HEADS, again).lines if line] == _WRITER


@pytest.mark.parametrize(
    ("subject", "lines"),
    [
        ("求助", ["我家补充如下：孩子住院又花了三万元，请求救助。电话13900000000", "", *_OUTLOOK, "", *_WRITER]),
        ("转发: 求助", [*_OUTLOOK, "", *_WRITER]),
        ("转发: 求助", [*_WRITER, "发件人: 张三", "时间: 2026年9月6日"]),
        ("转发: 求助", [*_WRITER, "发件人: 张三", "收件人: 镇长", "主题: 求助"]),
        ("Fw: 求助", ["再发一次，请查收。", "张三 13900000000", "", *_OUTLOOK, "", *_MATTER]),
        ("Fw: 求助", ["再发一次，请查收。13900000000", "", *_OUTLOOK, "", *_MATTER, "我家也停水，电话 13900000000"]),
        ("转发: 求助", ["这是我父亲的来信，请查收并联系我 李四 13900000001", "", *_OUTLOOK, "", *_WRITER]),
        ("转发：答复", ["请查收县里这样的答复。", "张三 13900000000", "", *_OFFICE, "", *_ANSWER]),
        ("回复: 求助", ["医药费又花了三万元，请领导尽快解决救助问题。", "张三", "", *_OUTLOOK, "", *_MATTER]),
        ("回复: 转发: 求助", ["收到，已转民政办。李四 13900000001", "", *_OFFICE, "", *_WRITER]),
        ("回复: 转发: 求助", ["收到，已转民政办。李四 13900000001", "", *_OUTLOOK, "", *_WRITER]),
        ("回复: 答复", ["你们的答复没有解决自来水的问题，请再派人来看看。", "", *_OFFICE, "", *_ANSWER]),
        ("求助", ["我家的水停了，乡里这样回答：", *_OFFICE, *_ANSWER, "可是没有人来。", "张三", "13900000000"]),
        ("转发: 停水", ["村里的水停了，证据如下，请求解决。张三 13900000000", *_DEVELOPER, *_NOTICE]),
        ("转发: 停水", ["请查收。张三 13900000000", *_DEVELOPER, *_NOTICE]),
        ("Fw: 求助", ["请查收。", "住址：某某村", "电话：13900000000", "", *_OUTLOOK, "", _WRITER[1]]),
        ("Fw: 求助", ["请查收。", "身份证号：140123196001011234", "", *_OUTLOOK, "", _WRITER[1]]),
        (
            "转发: 信箱来信",
            ["请查收。", "来信人：张三", "联系电话：13900000000", *_OUTLOOK, "", "我家停水，请求尽快解决。"],
        ),
    ],
)
def test_what_may_all_be_the_writers_stays_whole(subject: str, lines: list[str]):
    assert list(mail_words(subject, _HEADS, lines).lines) == lines
