"""Minutes of a reception day and notes of calls with several people are refused; others are left alone."""

import pytest

from importers.entries import Accepted, Rejected
from importers.formats.parts import Letter
from importers.letters.minutes import OF_MANY, people_in_minutes
from importers.letters.reading import read_letter
from tests.importers.office_files import NOW

_MATTER = "家中房屋漏雨，没有钱修，请求危改"


@pytest.mark.parametrize(
    "text",
    [
        f"县领导接访日记录\n时间：2026年9月3日\n1、张三，男，52岁，反映{_MATTER}。\n2、李四，女，反映孩子学费。",
        f"领导接访情况\n一、某某村村民张三反映{_MATTER}。\n处理意见：转住建局。\n二、某某村李四（13800000000）要求低保。",
        f"9月3日值班电话记录\n08:20 张三来电，反映{_MATTER}。电话13800000000\n09:40 李四来电，请求救助。\n值班员：赵六",
    ],
)
def test_several_peoples_matters_in_one_text_are_refused(text: str):
    entries = [*read_letter(Letter("", "记录", text), received_at=NOW)]

    assert [one.problem.reason for one in entries if isinstance(one, Rejected)] == [OF_MANY.format(count=2)]
    assert not any(isinstance(one, Accepted) for one in entries)


@pytest.mark.parametrize(
    "text",
    [
        f"接访记录\n来访人：张三\n1、反映{_MATTER}。\n2、请求低保。",
        f"领导接访记录\n1、张三，男，反映{_MATTER}。\n2、要求发放学费补助。",
        f"尊敬的领导：\n上次值班记录里没有我的事。\n1、张三，反映{_MATTER}。\n2、李四，反映学费。\n王五",
        f"信访接待记录\n张三，男，52岁，{_MATTER}\n1、田地，要求确权。\n2、房屋，请求危改。",
        "接访记录\n来访人：张三\n1、李四，男，占我地，要求退还。\n2、王五，男，欠工钱，要求追讨。",
        "来访接待情况\n1、李四，男，占我家地，要求退还。\n2、王五，男，欠工钱，要求追讨。\n张三",
        f"家庭情况\n1、张三，反映{_MATTER}。\n2、李四，请求救助。",
        f"接访记录\n{_MATTER}\n1、张三 13800000000\n2、李四 13900000000",
    ],
)
def test_one_visitors_demands_letters_and_lists_of_signers_are_left_alone(text: str):
    assert people_in_minutes(text.split("\n")) == 0
