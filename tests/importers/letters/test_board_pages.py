"""Pages of message boards: the citizen's words and the office's answer are kept apart."""

from time import process_time
from zoneinfo import ZoneInfo

import pytest

from domain.texts.document import RawDocument
from importers.entries import Accepted, Rejected, Warned
from importers.formats.parts import Letter
from importers.letters.board_messages import ANSWERED, SEVERAL_MESSAGES, SPOKEN_AGAIN, UNPARTED
from importers.letters.board_pages import board_page_in
from importers.letters.reading import read_letter
from tests.importers.office_files import NOW

_CHINA = ZoneInfo("Asia/Shanghai")
_MATTER = "我家房子漏雨，母亲瘫痪在床，没有钱修，请求危房改造，请领导派人看看。"
_OTHER = "孩子考上大学没有学费，他父亲去世了，请问怎样申请助学金？"
_ANSWER = (
    "尊敬的网友：\n您好！您反映的问题已收悉，经核查已列入计划。联系人：王二，电话：0358-4400000。\n"
    "某县住建局\n2026年9月10日"
)


def _read(text: str) -> tuple[list[RawDocument], list[str], list[str]]:
    entries = [*read_letter(Letter("", "页面", text), received_at=NOW)]
    return (
        [one.record.raw for one in entries if isinstance(one, Accepted)],
        [one.problem.reason for one in entries if isinstance(one, Warned)],
        [one.problem.reason for one in entries if isinstance(one, Rejected)],
    )


def _day(raw: RawDocument) -> str:
    return raw.published_at.astimezone(_CHINA).date().isoformat() if raw.published_at else ""


@pytest.mark.parametrize(
    ("page", "day"),
    [
        (f"漏雨\n留言时间：2026-09-03 08:12\n{_MATTER}\n官方回复\n回复单位：某县住建局\n{_ANSWER}", "2026-09-03"),
        (f"漏雨\n网友 红枣树 2026-09-03 08:12\n{_MATTER}\n官方回复 某县住建局 2026-09-10\n{_ANSWER}", "2026-09-03"),
        (f"首页 > 留言板\n网友：匿名留言时间：2026-09-03\n{_MATTER}\n办理结果\n{_ANSWER}", "2026-09-03"),
        (
            f"县长信箱\n来信时间：2026-09-03\n来信内容：{_MATTER}\n答复单位：某县住建局\n答复内容：{_ANSWER}",
            "2026-09-03",
        ),
        (
            f"标题：漏雨\n回复时间：2026-09-10\n发布时间：2026-09-03\n留言内容：{_MATTER}\n回复内容：{_ANSWER}",
            "2026-09-03",
        ),
        (f"{_MATTER}\n某县住建局答复：\n{_ANSWER}", ""),
        (f"【留言】\n{_MATTER}\n【答复】某县住建局 2026-09-10\n{_ANSWER}", ""),
    ],
)
def test_nobody_in_an_offices_answer_is_the_petitioner_and_its_day_is_not_the_messages(page: str, day: str):
    (raw,), said, _ = _read(page)

    assert (raw.petitioner.name, raw.petitioner.phone, _day(raw)) == ("", "", day)
    message, _, answer = raw.text.partition("\n【答复】")
    assert message.startswith("【留言】\n")
    assert _MATTER in message
    assert "收悉" in answer
    assert ANSWERED in said


def test_what_the_citizen_says_of_himself_above_the_answer_is_his():
    (raw,), _, _ = _read(f"留言时间：2026-09-03\n我叫张三，{_MATTER}电话13800000000\n官方回复\n{_ANSWER}")

    assert (raw.petitioner.name, raw.petitioner.phone) == ("张三", "13800000000")


@pytest.mark.parametrize("head", ["留言编号：8800{}", "标题：第{}条\n留言时间：2026-09-0{}", "网友 红枣树 2026-09-0{}"])
def test_each_message_of_a_page_is_one_with_its_own_answer(head: str):
    page = "\n\n".join(
        f"{head.format(number, number)}\n{matter}\n官方回复\n答第{number}条：{_ANSWER}"
        for number, matter in ((1, _MATTER), (2, _OTHER))
    )
    (one, two), said, _ = _read(page)

    assert SEVERAL_MESSAGES.format(count=2) in said
    assert (_MATTER in one.text, "答第1条" in one.text, _OTHER in one.text) == (True, True, False)
    assert (_OTHER in two.text, "答第2条" in two.text, "答第1条" in two.text) == (True, True, False)


def test_messages_without_an_answer_are_parted_too_and_the_answer_that_comes_later_is_a_new_version():
    one, two = f"留言编号：88001\n留言时间：2026-09-03\n{_MATTER}", f"留言编号：88002\n留言时间：2026-09-04\n{_OTHER}"
    before, _, _ = _read(f"{one}\n官方回复：暂无\n{two}\n官方回复：暂无")
    after, _, _ = _read(f"{one}\n官方回复：{_ANSWER}")
    anonymous = [_read(f"留言时间：2026-09-03\n{_MATTER}{answer}")[0][0] for answer in ("", f"\n官方回复\n{_ANSWER}")]

    assert [raw.external_key for raw in before] == ["88001 2026-09-03", "88002 2026-09-04"]
    assert after[0].external_key == "88001 2026-09-03"
    assert anonymous[0].external_key == anonymous[1].external_key


def test_more_answers_than_messages_are_refused():
    read, _, refused = _read(f"留言时间：2026-09-03\n{_MATTER}\n官方回复\n{_ANSWER}\n{_OTHER}\n官方回复\n{_ANSWER}")

    assert read == []
    assert refused == [UNPARTED.format(count=2)]


def test_what_the_citizen_says_behind_the_answer_is_said_to_the_clerk():
    (raw,), said, _ = _read(f"留言时间：2026-09-03\n{_MATTER}\n官方回复\n{_ANSWER}\n追问\n还没有人来。李四 13800000000")

    assert (raw.petitioner.name, raw.petitioner.phone) == ("", "")
    assert SPOKEN_AGAIN in said


@pytest.mark.parametrize(
    "letter",
    [
        f"县长：\n{_MATTER}\n镇政府答复：\n您好，您反映的房子不够D级。\n我对这个答复不服，我家墙都裂了。\n张三\n2026年9月3日",
        f"县长信箱\n{_MATTER}\n镇政府答复：您好，您反映的房子不够D级。\n我不服。\n张三\n2026年9月3日",
        f"县长：\n{_MATTER}\n处理结果：镇里说没有钱，不管。\n张三\n2026年9月3日",
        f"县长：\n{_MATTER}\n等候县政府答复\n张三\n2026年9月3日",
        f"信访人：张三\n反映内容：{_MATTER}\n办理结果：已转镇政府\n联系电话：13800000000\n日期：2026年9月3日",
        f"来电人：张三\n来电时间：2026-09-03\n诉求内容：{_MATTER}\n办理结果：已联系，经核查属实。",
        f"询问笔录\n时间：2026年9月3日\n问：你叫什么名字？\n答：我叫张三。\n问：你反映什么？\n答：{_MATTER}",
        f"关于张三反映问题的答复\n您反映的问题收悉，经核查不符合条件。\n信访人：张三\n{_MATTER}\n2026年9月3日",
    ],
)
def test_letters_forms_and_talks_that_tell_of_an_answer_are_no_pages_of_boards(letter: str):
    assert board_page_in(letter.split("\n")) is None
    (raw,), _, _ = _read(letter)
    assert (raw.petitioner.name, _day(raw)) == ("张三", "2026-09-03")


def test_whom_an_export_names_beside_his_phone_wrote_the_message_and_a_nickname_did_not():
    record = "留言编号：WM2026087{0}\n留言人：{1}\n{2}留言时间：2026-11-0{0} 08:20\n留言内容：" + _MATTER
    text = "\n==========\n".join(
        [
            record.format(1, "薛虎平", "联系电话：13800000001\n"),
            record.format(2, "不愿公开", "联系电话：13800000002\n"),
            record.format(3, "高山流水", ""),
        ]
    )

    read, _, _ = _read(text)

    assert [(one.petitioner.name, one.petitioner.phone) for one in read] == [
        ("薛虎平", "13800000001"),
        ("", "13800000002"),
        ("", ""),
    ]
    assert [_day(one) for one in read] == ["2026-11-01", "2026-11-02", "2026-11-03"]
    assert not any("=====" in one.text for one in read)


@pytest.mark.parametrize("number", ["1001", "20260001", "2026000123"])
def test_the_same_number_of_digits_on_two_boards_is_not_the_same_message(number: str):
    one, two = (
        _read(f"留言编号：{number}\n留言时间：{day}\n{matter}")[0][0]
        for day, matter in (("2026-09-03", _MATTER), ("2026-09-05", _OTHER))
    )

    assert one.external_key != two.external_key


@pytest.mark.parametrize(
    "letter",
    [
        f"县长：\n{_MATTER}\n镇政府答复：\n您好，经核查不能列入。\n某镇人民政府\n2026年8月10日\n"
        "墙都裂了，请县里再来人看。\n张三 13800000000\n2026年9月3日",
        f"县长信箱\n{_MATTER}\n回复：\n请打这个电话。张三 13800000000\n2026年9月3日",
    ],
)
def test_whoever_writes_behind_an_answer_encloses_it_in_a_letter_of_his_own(letter: str):
    assert board_page_in(letter.split("\n")) is None


@pytest.mark.parametrize("dated", ["", "发布时间：2026-09-10\n"])
def test_the_first_label_of_the_page_within_the_answer_begins_no_message(dated: str):
    answer = f"官方回复\n标题：关于漏雨的答复\n{dated}{_ANSWER}"
    (raw,), _, _ = _read(f"标题：漏雨\n发布时间：2026-09-03\n{_MATTER}\n{answer}")

    assert (raw.petitioner.phone, _day(raw)) == ("", "2026-09-03")
    assert _MATTER in raw.text.partition("【答复】")[0]


@pytest.mark.parametrize("line", ["办理单位：某县住建局", "回复：1 浏览：300", "回复"])
def test_an_office_a_count_or_a_button_above_the_message_is_not_where_the_answer_begins(line: str):
    page = f"漏雨求助危房改造\n网友：红枣树\n{line}\n留言时间：2026-09-03\n{_MATTER}\n官方回复\n{_ANSWER}"
    (raw,), _, _ = _read(page)

    assert _MATTER in raw.text.partition("【答复】")[0]
    assert _day(raw) == "2026-09-03"


def test_an_answer_between_two_families_is_refused_and_swallows_neither():
    page = f"留言时间：2026-09-03\n{_MATTER}\n官方回复\n{_ANSWER}\n我家没有学费，李四\n官方回复\n{_ANSWER}"

    assert _read(page)[2] == [UNPARTED.format(count=2)]


def test_of_a_page_that_came_by_mail_its_sender_is_kept():
    (raw,), _, _ = _read(f"发件人: a@mail.invalid\n\n留言时间：2026-09-03\n{_MATTER}\n官方回复\n{_ANSWER}")

    assert raw.text.startswith("发件人: a@mail.invalid\n")


@pytest.mark.parametrize(
    "lines",
    [
        ["留言时间" + " " * 40_000 + "x"],
        ["网友：漏雨了怎么办", "回复" + " " * 40_000 + "x"],
        ["官方回复："] * 20_000,
        ["网友：漏雨了怎么办", "官方回复", "\u201c" * 200_000],
        ["网友：漏雨了怎么办", "官方回复", "您好", *[""] * 30_000, "x"],
    ],
)
def test_texts_made_to_be_slow_are_not(lines: list[str]):
    begun = process_time()
    board_page_in(lines)

    assert process_time() - begun < 3
