"""Letters to an office with its answer: labels and short values go, what people say stays."""

from datetime import datetime

import pytest

from crawlers.extraction.article import extract
from crawlers.extraction.dates import CHINA
from crawlers.extraction.letters import letter_of

MESSAGE = "我们村的机井干了两个月，老人挑水要走三里路，请领导派人来看看。"
ANSWER = "您反映的问题已收悉，水利局已安排送水车每日到村。"
FORM = ("信件标题", "机井干了没水吃", "写信人", "某**", "写信时间", "2026/9/3 8:15:00", "信件内容", MESSAGE)
REPLY = ("回复部门", "水利局", "回复时间", "2026-09-05 10:00", "回复内容", ANSWER)


def test_title_and_day_of_a_letter_are_told_by_their_labels():
    letter = letter_of([*FORM, *REPLY])

    assert letter is not None
    assert letter.title == "机井干了没水吃"
    assert letter.asked == datetime(2026, 9, 3, 8, 15, tzinfo=CHINA)


def test_what_people_say_is_no_furniture():
    letter = letter_of([*FORM, "来信人：您好！", *REPLY])

    assert letter is not None
    assert {MESSAGE, ANSWER, "来信人：您好！"}.isdisjoint(letter.furniture)
    assert {"某**", "信件内容", "水利局"} <= letter.furniture


def test_label_and_value_may_share_a_line():
    letter = letter_of(["信件标题：机井干了没水吃", "提交时间：2026-09-03", "信件编号：12", "信件内容：", MESSAGE])

    assert letter is not None
    assert letter.title == "机井干了没水吃"
    assert "信件编号：12" in letter.furniture


def test_words_in_the_line_of_their_label_stay():
    letter = letter_of([f"来信内容：{MESSAGE}", "来信时间：2026-09-03", "来信编号：12"])

    assert letter is not None
    assert f"来信内容：{MESSAGE}" not in letter.furniture


@pytest.mark.parametrize(
    "lines",
    [
        ["标题：枣农盼客商", "时间：2026-09-03", "来源：湫川日报", MESSAGE],
        ["姓名", "电话", "编号", MESSAGE],
        [],
    ],
)
def test_an_article_with_labels_is_no_letter(lines: list[str]):
    assert letter_of(lines) is None


def test_a_short_answer_named_reply_is_no_comment_of_readers():
    rows = f"<dl><dt>来信标题</dt><dd>机井干了没水吃</dd><dt>来信内容</dt><dd>{MESSAGE * 4}</dd></dl>"
    answer = f"<div class='reply'><p>答复单位：水利局</p><p>答复时间：2026-09-05</p><p>{ANSWER}</p></div>"

    article = extract(f"<html><body>{rows}{answer}</body></html>".encode(), "http://a.invalid/")

    assert article.text == f"{MESSAGE * 4}\n{ANSWER}"


def test_replies_of_readers_below_an_article_are_none_of_it():
    replies = f"<div class='reply'><p>一楼：{ANSWER}</p></div>"
    page = f"<h1>枣农盼客商</h1><div class='c'><p>{MESSAGE * 2}</p><p>{MESSAGE * 3}</p></div>{replies}"

    assert ANSWER not in extract(page.encode(), "http://a.invalid/").text


def test_a_day_to_come_is_not_believed_of_a_letter_either():
    rows = "".join(f"<p>{line}</p>" for line in FORM + REPLY)

    article = extract(rows.encode(), "http://a.invalid/", fetched_at=datetime(2026, 9, 1, tzinfo=CHINA))

    assert article.published_at is None
