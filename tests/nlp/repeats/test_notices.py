"""When two texts that differ in one place are two notices, and when they are one text printed twice."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.texts.document import PASTED, Document
from domain.words.vocabulary import Channel
from nlp.documents import to_document
from nlp.repeats.overlap import overlap
from nlp.repeats.same_text import compared, is_same_text
from tests.factories import COUNTY, raw
from tests.fakes import NOON

NOTICE = (
    "因管网检修，定于{day}上午对{place}停水施工，这是今年第{batch}批改造工程，涉及{count}户村民，联系人{name}。"
    "请大家提前储水，照顾好行动不便的邻居，施工期间镇里安排水车送水，不便之处敬请谅解。"
)
FACTS = {"day": "3月12日", "place": "庞家洼村", "batch": "一", "count": "25", "name": "苗栓喜"}


def printed(
    text: str, *, days: int = 0, medium: str = "river_daily", title: str = "停水通知", origin: str = ""
) -> Document:
    at = NOON + timedelta(days=days)
    made = raw(f"{medium}-{days}", text, title=title, source=medium, channel=Channel.NEWS, received_at=at)
    return to_document(replace(made, published_at=at, origin=origin), COUNTY)


def notice(**changed: str) -> str:
    return NOTICE.format(**FACTS | changed)


def is_one(document: Document, earlier: Document) -> bool:
    found = overlap(compared(document), compared(earlier))
    assert found.is_one_text
    assert not found.is_one_form
    return is_same_text(document, earlier, found)


FIRST = printed(notice())


@pytest.mark.parametrize("medium", ["river_daily", "gorge_net"])
@pytest.mark.parametrize(
    "changed", [{"place": "苗家沟村"}, {"place": "高家洼村"}, {"batch": "二"}, {"name": "郝润莲"}, {"name": "苗改柱"}]
)
def test_another_village_batch_or_name_is_another_notice_whoever_prints_it_and_when(
    changed: dict[str, str], medium: str
):
    assert not is_one(printed(notice(**changed), medium=medium), FIRST)


def test_another_day_is_another_notice_but_in_another_mediums_print_of_the_same_day():
    later = notice(day="3月19日")

    assert not is_one(printed(later, days=7), FIRST)
    assert not is_one(printed(later), FIRST)
    assert not is_one(printed(later, days=7, medium="gorge_net"), FIRST)
    assert is_one(printed(later, medium="gorge_net"), FIRST)


def test_another_amount_is_the_next_notice_unless_another_medium_prints_it_within_days():
    changed = notice(count="31")

    assert is_one(printed(changed, days=2, medium="gorge_net"), FIRST)
    assert not is_one(printed(changed, days=3, medium="gorge_net"), FIRST)
    assert not is_one(printed(changed, days=1), FIRST)


def test_what_a_medium_prints_anew_on_the_same_day_with_another_amount_is_one_text_under_the_same_headline_only():
    assert is_one(printed(notice(count="31")), FIRST)
    assert not is_one(printed(notice(count="31"), title="临时停水"), FIRST)


def test_what_says_that_it_corrects_is_one_text_whatever_it_corrects():
    assert is_one(printed(notice(day="3月19日"), days=1, title="更正:停水通知"), FIRST)


def test_without_a_day_of_printing_nobody_knows_and_another_amount_keeps_two_apart():
    undated = replace(printed(notice(count="31"), medium="gorge_net"), published_at=None)

    assert not is_one(undated, FIRST)


def test_what_one_portal_took_from_two_media_and_what_people_pasted_is_not_of_one_medium():
    changed = notice(count="31")

    for one, other in (("河湾晚报", "黄土网"), ("", "")):
        medium = "portal" if one else PASTED
        first = printed(notice(), medium=medium, origin=one)
        assert is_one(printed(changed, days=1, medium=medium, origin=other), first)


@pytest.mark.parametrize(
    "changed",
    [
        {"day": "12日"},
        {"count": "二十五"},
        {"name": "苗拴喜"},
        {"place": "本村"},
        {},
    ],
)
def test_another_way_of_writing_the_same_is_one_text_after_weeks(changed: dict[str, str]):
    assert is_one(printed(notice(**changed), days=20, medium="gorge_net"), FIRST)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [("3.5万", "35000", True), ("两万", "2万", True), ("12万", "120万", False), ("800", "80", False)],
)
def test_a_sum_written_in_another_way_is_one_text_after_weeks_and_another_sum_is_not(one: str, other: str, same: bool):
    text = "经核实，本次共发放临时救助金{}元，资金已通过一卡通打到困难家庭账户，监督电话设在镇政府便民服务中心。"

    later = printed(text.format(other), days=30, medium="gorge_net", title="发放公告")
    assert is_one(later, printed(text.format(one), title="发放公告")) == same


def test_a_word_changed_in_passing_is_one_text():
    assert is_one(printed(notice().replace("提前", "预先").replace("安排", "派出"), medium="gorge_net", days=9), FIRST)


def test_two_that_differ_in_the_headlines_batch_only_are_two_notices():
    text = "经评议，现将拟纳入对象的名单公示如下，名单见附件，公示期七天，如有异议请向镇民政办反映。"
    first = printed(text, title="2026年第一批低保对象公示")

    assert not is_one(printed(text, title="2026年第二批低保对象公示", days=9), first)
    assert is_one(printed(text, title="一批低保对象公示了", days=1, medium="gorge_net"), first)


def test_what_a_change_of_the_first_or_the_last_number_says_counts_as_well():
    body = "城区供水主管道停水施工，请沿线居民提前储水，不便之处敬请谅解"
    first = printed(f"3月12日{body}。湫河镇2026年3月11日")

    assert not is_one(printed(f"3月19日{body}。湫河镇2026年3月11日", days=7), first)
    assert not is_one(printed(f"3月12日{body}。湫河镇2026年3月18日", days=7), first)
