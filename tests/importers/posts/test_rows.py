"""Exports of posts and of message boards."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.failures.errors import FileError
from domain.words.vocabulary import Channel
from importers.entries import PetitionFile
from importers.posts.reading import read_posts
from tests.importers.office_files import NOW, write_csv, write_xlsx

NOTE = {
    "note_id": "n1",
    "title": "家里的枣卖不出去",
    "desc": "克虎镇今年的枣没有人来收 @乡亲小王 帮忙转一转",
    "time": 1790000000000,
    "user_id": "u-77",
    "nickname": "枣园里的人",
    "avatar": "https://example.invalid/a.png",
    "ip_location": "山西",
    "liked_count": "12",
    "note_url": "https://www.xiaohongshu.com/explore/n1",
}
COMMENT = {
    "comment_id": "c1",
    "note_id": "n1",
    "content": "我家也是",
    "nickname": "路过的人",
    "create_time": 1790000000,
}
BOARD = (
    "留言ID",
    "留言标题",
    "留言内容",
    "留言时间",
    "留言类别",
    "办理状态",
    "昵称",
    "回复单位",
    "回复时间",
    "回复内容",
)


def board(number: str = "B1", *, day: object = "2026-09-03 10:21") -> tuple[object, ...]:
    reply = ("县水利局", "2026-09-10", "网友您好，水泵已经修好。")
    return (number, "村里停水", "我们村停水半个月了。", day, "水利", "已办结", "山里的风", *reply)


def read(path: Path) -> PetitionFile:
    return read_posts(path, received_at=NOW)


def write_json(path: Path, *items: object) -> Path:
    path.write_text(json.dumps(items, ensure_ascii=False), encoding="utf-8")
    return path


def test_a_note_is_read_with_its_network_and_time(tmp_path: Path):
    [record] = read(write_json(tmp_path / "search_contents.json", NOTE)).records

    raw = record.raw
    assert (raw.channel, raw.external_key, raw.title) == (Channel.NEWS, "n1", "家里的枣卖不出去")
    assert (raw.origin, raw.url) == ("小红书", NOTE["note_url"])
    assert raw.published_at is not None
    assert raw.published_at.isoformat() == "2026-09-21T14:13:20+00:00"


def test_who_wrote_a_post_and_whom_it_names_leaves_no_trace(tmp_path: Path):
    [record] = read(write_json(tmp_path / "contents.json", NOTE)).records

    kept = repr(record.raw)
    for secret in ("枣园里的人", "u-77", "乡亲小王", "a.png"):
        assert secret not in kept
    assert "@网友" in record.raw.text


def test_comments_are_dropped_and_counted(tmp_path: Path):
    found = read(write_json(tmp_path / "all.json", NOTE, COMMENT, {**COMMENT, "comment_id": "c2"}))

    assert len(found.records) == 1
    assert [one.reason for one in found.warnings] == ["2条评论没有导入: 评论和评论人不入库, 不需要处理"]
    assert "我家也是" not in repr(found)
    assert "路过的人" not in repr(found)


def test_a_table_of_comments_is_left_aside_whole(tmp_path: Path):
    found = read(write_csv(tmp_path / "comments.csv", [tuple(COMMENT), tuple(COMMENT.values())], encoding="utf-8-sig"))

    assert found.records == ()
    assert "1条评论没有导入" in found.warnings[0].reason


@pytest.mark.parametrize(
    ("item", "network"),
    [
        (
            {"note_id": "1", "content": "窑洞塌了", "create_time": 1790000000, "note_url": "https://m.weibo.cn/d/1"},
            "微博",
        ),
        (
            {"aweme_id": "2", "desc": "窑洞塌了", "create_time": 1790000000, "aweme_url": "https://www.douyin.com/v/2"},
            "抖音",
        ),
        ({"content_id": "3", "content_text": "窑洞塌了", "content_url": "https://www.zhihu.com/q/3"}, "知乎"),
        (
            {
                "note_id": "4",
                "desc": "窑洞塌了",
                "publish_time": "2026-09-03 10:00",
                "note_url": "https://tieba.baidu.com/p/4",
            },
            "百度贴吧",
        ),
        ({"video_id": "5", "desc": "窑洞塌了", "video_url": "https://some.example/5"}, "some.example"),
    ],
)
def test_the_exports_of_every_network_are_read(tmp_path: Path, item: dict[str, object], network: str):
    [record] = read(write_json(tmp_path / "contents.json", item)).records

    assert (record.raw.text, record.raw.origin) == ("窑洞塌了", network)


def test_json_lines_keep_their_numbers_and_broken_ones_are_named(tmp_path: Path):
    path = tmp_path / "contents.jsonl"
    path.write_text("\n".join([json.dumps(NOTE), "", "{broken", json.dumps({"a": 1})]), encoding="utf-8")

    found = read(path)

    assert [record.row for record in found.records] == [1]
    assert [problem.row for problem in found.problems] == [3, 4]


def test_a_number_without_end_costs_its_own_row_only(tmp_path: Path):
    path = tmp_path / "contents.jsonl"
    path.write_text('{"note_id": "n0", "time": ' + "1" * 5000 + "}\n" + json.dumps(NOTE), encoding="utf-8")

    found = read(path)

    assert [record.row for record in found.records] == [2]
    assert [problem.row for problem in found.problems] == [1]
    assert read(path.rename(tmp_path / "lines.json")).records[0].row == 2


@pytest.mark.parametrize("lost", [(), ("note_id", "note_url")], ids=["numbered", "known by its content"])
def test_half_a_character_leaves_a_post_that_can_be_kept(tmp_path: Path, lost: tuple[str, ...]):
    cut = {**NOTE, **dict.fromkeys(lost, ""), "title": "枣\ud83d", "desc": "没有人收\ud83d"}
    path = tmp_path / "contents.jsonl"
    path.write_text("\n".join(map(json.dumps, [cut, "\ud83d", {"\ud83d": 1}, NOTE])), encoding="utf-8")

    found = read(path)

    assert [record.raw.title for record in found.records] == ["枣\ufffd", NOTE["title"]]
    assert [problem.row for problem in found.problems] == [2, 3]
    "".join(problem.value for problem in found.problems).encode()


def test_a_csv_of_notes_is_read_like_the_json(tmp_path: Path):
    path = write_csv(tmp_path / "contents.csv", [tuple(NOTE), tuple(NOTE.values())], encoding="utf-8-sig")

    [record] = read(path).records

    [other] = read(write_json(tmp_path / "contents.json", NOTE)).records
    assert record.raw.id == other.raw.id
    assert record.row == 2


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_a_message_and_its_answer_are_one_text_with_both_dates(tmp_path: Path, kind: str):
    rows = [("留言办理导出",), BOARD, board()]
    write = write_xlsx if kind == "xlsx" else write_csv

    [record] = read(write(tmp_path / f"留言.{kind}", rows)).records

    raw = record.raw
    assert raw.channel is Channel.PETITION
    assert raw.text == "【留言】\n我们村停水半个月了。\n【答复】县水利局 2026-09-10\n网友您好，水泵已经修好。"
    assert raw.published_at is not None
    assert raw.published_at.isoformat() == "2026-09-03T10:21:00+08:00"
    assert raw.fields == {"办理状态": "已办结"}
    assert "山里的风" not in repr(raw)


def test_an_impossible_date_rejects_the_row_and_names_the_cell(tmp_path: Path):
    found = read(write_xlsx(tmp_path / "留言.xlsx", [BOARD, board(day="2026-13-40"), board("B2")]))

    assert [record.raw.external_key for record in found.records] == ["B2"]
    [problem] = found.problems
    assert (problem.row, problem.column, problem.value) == (2, "留言时间", "2026-13-40")


def test_a_post_from_the_future_is_rejected(tmp_path: Path):
    found = read(write_json(tmp_path / "contents.json", {**NOTE, "time": 1990000000000}))

    assert "今天之后" in found.problems[0].reason


def test_a_post_without_words_is_rejected(tmp_path: Path):
    found = read(write_json(tmp_path / "contents.json", {**NOTE, "title": "", "desc": ""}))

    assert "没有内容" in found.problems[0].reason


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.json", b"{"), ("b.json", b'[{"x": 1}]'), ("c.csv", "甲,乙\n1,2\n".encode()), ("d.json", b"\xff\xfe")],
)
def test_a_file_that_is_no_export_is_refused_by_name(tmp_path: Path, name: str, content: bytes):
    path = tmp_path / name
    path.write_bytes(content)

    with pytest.raises(FileError, match=name):
        read(path)


def test_a_table_without_a_header_is_refused_with_its_numbers_masked(tmp_path: Path):
    path = tmp_path / "a.csv"
    path.write_text("141124196105060000,13800000000\n", encoding="utf-8")

    with pytest.raises(FileError, match=r"看到的是: 141124\*{6}、138\*{4}0000;"):
        read(path)


_VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20), st.lists(st.text(max_size=3))
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=st.dictionaries(st.sampled_from(sorted(NOTE)), _VALUES))
def test_whatever_stands_in_a_note_it_ends_as_record_or_problem(tmp_path: Path, changes: dict[str, object]):
    found = read(write_json(tmp_path / "contents.json", {**NOTE, **changes}, NOTE))

    assert len(found.records) + len(found.problems) == 2
