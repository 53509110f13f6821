"""Chats: one citizen with officials is a petition, of several nobody knows whose."""

import pytest

from domain.texts.document import RawDocument
from importers.entries import Accepted, Rejected, Warned
from importers.formats.parts import Letter
from importers.letters.chat_records import OF_MANY, OF_ONE
from importers.letters.chats import chat_in
from importers.letters.reading import read_letter
from tests.importers.office_files import NOW

_OWN = "我家房子漏雨，我妈瘫痪在床，没钱修"


def _read(text: str) -> tuple[list[RawDocument], list[str], list[str]]:
    entries = [*read_letter(Letter("", "聊天", text), received_at=NOW)]
    return (
        [one.record.raw for one in entries if isinstance(one, Accepted)],
        [one.problem.reason for one in entries if isinstance(one, Warned)],
        [one.problem.reason for one in entries if isinstance(one, Rejected)],
    )


@pytest.mark.parametrize(
    "chat",
    [
        f"红枣树 2024-03-05 10:22\n{_OWN}\n[图片]\n网格员李四 2024-03-05 10:25\n明天去看，电话13900000000",
        f"与红枣树的聊天记录\n2024-03-05 10:22:33 红枣树\n{_OWN}\n2024-03-05 10:25:11 网格员李四\n明天去看",
        f"红枣树\n2024-03-05 10:22\n{_OWN}\n网格员李四\n2024-03-05 10:25\n明天去看",
        f"红枣树 2024年3月5日 上午10:22\n{_OWN}\n网格员李四 2024年3月5日 上午10:25\n明天去看",
    ],
)
def test_what_the_only_citizen_says_is_the_petition_and_what_officials_say_never(chat: str):
    (raw,), said, _ = _read(chat)

    message, _, answer = raw.text.partition("【答复】")
    assert OF_ONE in said
    assert _OWN in message
    assert "明天去看" in answer
    assert "明天去看" not in message
    assert (raw.petitioner.name, raw.petitioner.phone) == ("", "")
    assert raw.published_at is not None


def test_what_the_citizen_says_of_himself_in_a_chat_is_his():
    (raw,), _, _ = _read(
        f"红枣树 2024-03-05 10:22\n{_OWN}\n网格员李四 2024-03-05 10:25\n您叫什么\n"
        "红枣树 2024-03-05 10:26\n我叫张三，电话13800000000"
    )

    assert (raw.petitioner.name, raw.petitioner.phone) == ("张三", "13800000000")


@pytest.mark.parametrize(
    "chat",
    [
        f"张三 2024-03-05 10:22\n{_OWN}\n王二 2024-03-05 10:25\n我家也没水吃\n网格员李四 2024-03-05 10:26\n收到",
        f"张三 10:22\n{_OWN}\n李四 10:23\n我去看看\n张三 10:24\n好",
        f"李书记邻居 2024-03-05 10:22\n{_OWN}\n李四 2024-03-05 10:23\n我去看看",
        "网格员李四 2024-03-05 10:22\n我们村张三房子漏雨，老伴瘫痪在床，请求救助\n"
        "小王 2024-03-05 10:25\n收到，请求把他家的材料今天报上来",
        f"张三 2024-03-05 10:22\n好的\n网格员李四 2024-03-05 10:23\n{_OWN}",
    ],
)
def test_a_chat_in_which_it_is_not_plain_whose_matter_it_is_is_refused(chat: str):
    read, _, refused = _read(chat)

    found = chat_in(chat.split("\n"))
    assert read == []
    assert found is not None
    assert refused == [OF_MANY.format(count=len(found.speakers))]


@pytest.mark.parametrize(
    "text",
    [
        f"张三 2024-03-05 10:22\n{_OWN}\n张三 2024-03-05 10:25\n电话13800000000",
        f"经过：\n2026-09-03 10:20 到镇政府\n2026-09-04 11:20 找书记\n没有人管，{_OWN}\n张三\n2026年9月6日",
        f"经过\n2026-09-03 10:20 到镇政府\n没有人管\n2026-09-04 11:20 找书记\n叫我等，{_OWN}\n张三\n2026年9月6日",
        f"2026-08-05 10:20 县医院\n没钱住院\n2026-08-06 11:20 市医院\n要手术八万，{_OWN}\n张三 13800000000",
        f"{_OWN}。\n张三 2026-09-03 10:20\n情况属实\n李主任 2026-09-04 10:00\n请民政办办理",
        "尊敬的领导：\n张三 2026-09-03 10:20\n情况属实\n李主任 2026-09-04 10:00\n请民政办办理",
        f"{_OWN}。\n张三 2026-09-03 10:20\n李四 2026-09-03 10:21",
        f"尊敬的领导：\n{_OWN * 4}。\n张三\n2026年9月3日\n李主任 2026-09-04 10:00\n请阅处\n王镇长 2026-09-05 10:00\n办",
    ],
)
def test_one_who_speaks_alone_lists_of_days_and_signatures_are_no_chat(text: str):
    assert chat_in(text.split("\n")) is None
    assert len(_read(text)[0]) == 1


def test_of_a_chat_that_came_by_mail_its_sender_and_its_tables_are_kept():
    chat = f"发件人: a@mail.invalid\n\n红枣树 2024-03-05 10:22\n{_OWN}\n网格员李四 2024-03-05 10:25\n明天去看"
    entries = [*read_letter(Letter("", "聊天", chat), "药费 八千元", received_at=NOW)]
    (text,) = (one.record.raw.text for one in entries if isinstance(one, Accepted))

    assert text.startswith("发件人: a@mail.invalid\n")
    assert text.endswith("药费 八千元")
