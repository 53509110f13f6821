"""Letters read from images: which of the values that were taken are said to be doubtful."""

from collections.abc import Sequence
from datetime import UTC, datetime

from importers.entries import Accepted, Warned
from importers.formats.parts import Letter
from importers.letters.reading import read_letter

NOW = datetime(2026, 11, 29, 2, tzinfo=UTC)
TEXT = (
    "尊敬的镇领导：\n我叫王春花，是石坡村的村民。\n我家的窑洞漏雨，请求维修。\n"
    "此致\n敬礼\n反映人：王春花\n电话：13800000000\n2026年11月2日"
)


def read(doubted: Sequence[str] | None, text: str = TEXT) -> tuple[Accepted, dict[str, str]]:
    pieces = None if doubted is None else tuple(doubted)
    entries = list(read_letter(Letter("", "扫描件", text, doubted=pieces), received_at=NOW))
    [record] = [one for one in entries if isinstance(one, Accepted)]
    warned = {one.problem.column or "": one.problem.reason for one in entries if isinstance(one, Warned)}
    return record, warned


def test_each_value_in_a_doubtful_piece_is_named_and_taken():
    record, warned = read(["王春花", "13800000000", "2026年11月2日"])

    assert record.record.raw.petitioner.phone == "13800000000"
    assert warned.keys() == {"信访人", "联系电话", "信访日期"}
    assert "对照原件核对" in warned["信访人"]
    assert "「联系电话」" in warned["联系电话"]


def test_a_doubtful_word_elsewhere_says_nothing_of_the_writer():
    _, warned = read(["我家的窑洞漏雨", "花", "0"])

    assert warned == {}


def test_of_a_typed_letter_nothing_is_doubtful():
    text = TEXT.replace("反映人：王春花", "反映人：王香花").replace("电话：13800000000\n", "13800000000\n")

    _, warned = read(None, text)

    assert "信访人" not in warned
    assert "联系电话" not in warned


def test_a_name_that_is_read_in_two_ways_is_said():
    record, warned = read([], TEXT.replace("我叫王春花", "我叫王香花"))

    assert record.record.raw.petitioner.name in {"王春花", "王香花"}
    assert "两种写法" in warned["信访人"]


def test_another_person_of_the_family_is_no_other_way_of_writing():
    _, warned = read([], TEXT.replace("漏雨", "漏雨，丈夫王大山有病，女儿王春在外"))

    assert "信访人" not in warned


def test_a_label_of_which_a_character_was_taken_for_a_traditional_one_is_known():
    record, warned = read([], TEXT.replace("电话：", "電话：").replace("漏雨", "漏雨以後"))

    assert record.record.raw.petitioner.phone == "13800000000"
    assert "漏雨以後" in record.record.raw.text
    assert warned == {}


def test_a_phone_of_somebody_else_is_not_one_that_nobody_got():
    text = TEXT.replace("电话：13800000000\n", "").replace("请求维修。", "请求维修。\n村主任电话：13900000000")
    text = text.replace("2026年", "联系人：李大山 13900000001\n2026年")

    _, warned = read([], text)

    assert not any("没有认出是电话" in reason for reason in warned.values())


def test_a_phone_behind_a_misread_label_is_not_taken_and_is_said():
    record, warned = read([], TEXT.replace("电话：", "电1话：").replace("反映人：", "反叹人："))

    assert record.record.raw.petitioner.phone == ""
    assert "没有当作写信人的" in warned["联系电话"]
