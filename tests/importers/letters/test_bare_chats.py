"""Chats in which who speaks stands alone on a line."""

import pytest

from importers.entries import Accepted, Rejected
from importers.formats.parts import Letter
from importers.letters.bare_chats import bare_chat_in
from importers.letters.reading import read_letter
from tests.importers.office_files import NOW

_OWN = "我家老汉还在医院，实在交不起，请求帮一把"


@pytest.mark.parametrize(
    "text",
    [
        f"某某村务群\n\n2026年11月7日 早上 7:45\n\n王书记\n今天交医保\n\n张三\n{_OWN}\n\n李四\n13800000001",
        f"王书记\n今天交医保\n\n张三\n{_OWN}\n\n李四\n我的羊死了\n\n张三\n13800000001",
        f"王书记:\n今天交医保\n\n张三:\n{_OWN}\n\n李四:\n我的羊死了\n13800000002\n\n王书记:\n好",
    ],
)
def test_a_chat_of_several_is_refused_and_nobodys_phone_goes_to_anothers_matter(text: str):
    entries = [*read_letter(Letter("", "聊天", text), received_at=NOW)]

    assert isinstance(entries[0], Rejected)
    assert entries[0].problem.reason.startswith("像是聊天记录, 有3个人说话")
    assert len(entries) == 1


def test_of_one_citizen_with_an_official_the_citizens_words_are_the_petition_of_nobody():
    text = f"2026年11月7日 早上 7:45\n\n王书记\n今天交医保\n\n张三\n{_OWN}\n\n王书记\n电话13900000000，来找我"

    entries = [*read_letter(Letter("", "聊天", text), received_at=NOW)]

    (raw,) = [one.record.raw for one in entries if isinstance(one, Accepted)]
    assert (raw.petitioner.name, raw.petitioner.phone) == ("", "")
    assert raw.published_at is not None
    assert raw.text.index(_OWN) < raw.text.index("【答复】") < raw.text.index("13900000000")


@pytest.mark.parametrize(
    "text",
    [
        f"家庭情况\n{_OWN}\n\n生活困难\n三亩地，猪死了\n\n请求\n纳入低保\n\n张三\n2026年9月3日",
        "求助信\n我家没水吃\n申请人：张三\n2026年9月1日\n\n申请书\n我家漏雨\n申请人：李四\n2026年9月2日\n\n求助信\n我家没路\n申请人：王五\n2026年9月3日",
        "姓名\n张三\n\n电话\n13800000001\n\n姓名\n李四\n\n电话\n13800000002",
        "来电人:\n我家没水吃\n\n接线员:\n请讲\n\n来电人:\n三天了",
        f"张三\n{_OWN}\n\n张三\n请领导来看看\n\n张三\n13800000001",
        "尊敬的领导：\n我家没水吃，请求解决。\n\n张三\n13800000001",
        f"申请书\n\n张三\n{_OWN}\n\n此致\n敬礼\n\n张三\n13800000001",
        f"接访记录\n\n2026年9月3日 上午 9:00\n\n来访人张三\n{_OWN}\n\n处理意见\n转民政办\n\n镇政府意见\n同意",
        "联名信\n\n我们村\n路坏了三年，请求修路\n\n联名人\n张三 13800000001\n\n代表\n王五\n赵六\n\n联名人\n孙七\n周八",
        f"高龄补贴\n{_OWN}\n\n医保\n今年交不起\n\n高龄补贴\n请查一下",
    ],
)
def test_headings_forms_letters_and_transcripts_are_no_such_chat(text: str):
    assert bare_chat_in(text.split("\n")) is None
