"""Headers in words that stand in no vocabulary."""

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from importers.formats.parts import Row
from importers.headers.column_kinds import Kind
from importers.headers.examples import UNREAD, TableKind, header_examples, stretches
from importers.headers.finding import find_header
from importers.headers.header import Header
from importers.headers.petition_layouts import petition_layouts
from importers.headers.register_layouts import register_layouts
from importers.words.table_words import table_words

_TITLE = ("石坪镇群众来访登记本", "", "", "", "", "", "")
_SLANG = ("顺号", "几时来的", "谁来反映的", "哪个村的", "打哪个电话", "来了说的啥事", "谁接待的")
_RECORDS = (
    ("1", "2026.9.3", "王桂花", "石头坪村", "13800000000", "老人住院花了八万多，家里实在拿不出来了", "张干事"),
    ("2", "2026.9.4", "李二小", "水沟村", "13900000000", "去年的羊死了三十只，贷款还不上", "张干事"),
)


def _found(*rows: Sequence[str], layouts: Mapping = petition_layouts()) -> Header | None:
    return find_header([Row(number, tuple(row)) for number, row in enumerate(rows, 1)], layouts)


def _fields(header: Header | None) -> dict[str, str]:
    return {column.field: header.texts[column.index] for column in header.found} if header else {}


def test_a_visit_book_in_a_clerks_own_words_is_read():
    found = _found(_TITLE, _SLANG, *_RECORDS)

    assert found is not None
    assert (found.first_row, found.last_row) == (2, 2)
    assert _fields(found) == {
        "occurred_on": "几时来的",
        "name": "谁来反映的",
        "village": "哪个村的",
        "phone": "打哪个电话",
        "summary": "来了说的啥事",
    }


def test_what_is_guessed_is_never_said_to_be_certain():
    found = _found(_TITLE, _SLANG, *_RECORDS)

    assert found is not None
    assert all(table_words().similarity.accepted <= column.confidence < 1 for column in found.found)


def test_a_work_log_with_days_names_and_long_texts_is_none_of_petitions():
    header = ("哪天", "驻村队员", "联系号", "干了些啥", "在哪干的")
    row = ("2026.9.3", "王桂花", "13800000000", "上午参加镇里的会，下午把村里的路灯都看了一遍", "石头坪村")

    assert _found(("驻村工作日志", "", "", "", ""), header, row, row) is None


@pytest.mark.parametrize("matter", ["工作内容", "工作情况", "培训内容", "会议内容", "请假事由"])
def test_a_bare_list_of_days_names_and_an_offices_own_business_is_none_of_petitions(matter: str):
    row = ("2026.9.3", "王桂花", "上午参加镇里的会，下午把村里的路灯都看了一遍")

    assert _found(("日期", "姓名", matter), row, row) is None


def test_a_petitioners_name_is_not_lost_beside_a_matter_that_other_lists_have_too():
    found = _found(
        ("登记日期", "信访人", "联系电话", "服务内容"), ("2026.9.3", "王桂花", "13800000000", "老人住院花了八万多")
    )

    assert "信访人" in _fields(found).values()


@pytest.mark.parametrize("whose", ["包案领导", "接访干部", "被举报人", "监护人"])
def test_names_and_phones_below_somebody_elses_heading_are_not_the_petitioners(whose: str):
    upper = ("来访登记", "", "反映人", "", whose, "", "反映的事")
    lower = ("顺号", "来访日期", "姓名", "手机", "姓名", "手机", "反映内容")
    row = ("1", "2026.9.3", "王桂花", "13800000000", "赵明", "13911111111", "老人住院花了八万多，家里拿不出来")

    found = _found(upper, lower, row, row)

    assert found is not None
    assert found.places["name"] == (2,)
    assert found.places["phone"] == (3,)


@pytest.mark.parametrize(
    "above",
    [
        ("接访领导", "王明", "职务", "副县长", "地点", "信访局"),
        ("领导接访", "", "", "", "", "三月"),
        ("值班领导", "", "王明", "", "", ""),
        ("来访人登记", "", "", "", "接访处理", ""),
    ],
)
def test_a_line_of_titles_or_facts_above_a_whole_header_takes_nothing_from_it(above: tuple[str, ...]):
    header = ("编号", "日期", "姓名", "电话", "住址", "反映内容")
    row = ("A-1", "2026-9-3", "王桂花", "13800000000", "石头坪村", "老人住院花了八万多，家里拿不出来")

    found = _found(above, header, row, row)

    assert _fields(found) == dict(
        zip(("number", "occurred_on", "name", "phone", "address", "summary"), header, strict=True)
    )


def test_a_title_above_the_columns_does_not_make_a_handlers_phone_the_petitioners():
    header = ("编号", "日期", "姓名", "反映内容", "承办人", "电话")
    row = ("A-1", "2026-9-3", "王桂花", "老人住院花了八万多，家里拿不出来", "赵明", "13911111111")

    found = _found(("来访登记", "", "", "", "", ""), header, row, row)

    assert found is not None
    assert "phone" not in found.columns
    assert [(one.field, one.whose) for one in found.foreign] == [("phone", "承办人")]


@pytest.mark.parametrize(
    ("more", "value"),
    [
        ("登记序号", "1"),
        ("转办文号", "石信〔2026〕3号"),
        ("是否低保", "是"),
        ("欠债人电话", "13911111111"),
        ("邻居身份证", "14112419500230001X"),
        ("死亡日期", "2026-01-03"),
        ("行政区划代码", "141124104202"),
    ],
)
def test_beside_a_known_header_examples_only_propose(more: str, value: str):
    header = ("日期", "姓名", "反映内容", more)
    row = ("2026-9-3", "王桂花", "老人住院花了八万多，家里拿不出来", value)

    found = _found(header, row, row)

    assert set(_fields(found)) == {"occurred_on", "name", "summary"}


@pytest.mark.parametrize("other", ["反映谁", "谁欠的", "谁接的"])
def test_the_phone_right_of_somebody_elses_name_is_not_read(other: str):
    header = ("哪天来反映的", "谁来反映的", other, "打啥号码", "来了说的啥事")
    row = ("2026.9.3", "王桂花", "赵明", "13911111111", "老人住院花了八万多，家里实在拿不出来了")

    found = _found(_TITLE[:5], header, row, row)

    assert "phone" not in _fields(found)
    assert _fields(found).get("name", "谁来反映的") == "谁来反映的"


def test_what_is_known_as_written_stays_certain_beside_what_is_guessed():
    header = ("信访件编号", "姓名", "联系电话", "信访日期", "干了啥")
    row = ("K-001", "张三三", "13800000000", "2026-11-02", "反映老伴得了重病，药费负担不起。")

    found = _found(header, row, row)

    assert found is not None
    assert _fields(found) == dict(zip(("number", "name", "phone", "occurred_on", "summary"), header, strict=True))
    assert [column.field for column in found.found if column.confidence < 1] == ["summary"]


def test_a_counter_is_never_guessed_to_be_the_number():
    found = _found(_TITLE, ("第几号", *_SLANG[1:]), *_RECORDS)

    assert found is not None
    assert "number" not in found.columns


def test_what_is_guessed_of_an_unknown_list_waits_in_the_preview():
    header = ("哪天", "驻村队员", "联系号", "干了些啥", "在哪干的")
    row = ("2026.9.3", "王桂花", "13800000000", "上午参加镇里的会，下午把村里的路灯都看了一遍", "石头坪村")

    found = find_header([Row(1, header), Row(2, row)], petition_layouts(), doubtful=True)

    assert found is not None
    assert not found.found
    assert found.doubtful


def test_a_row_of_data_is_no_second_line_of_the_header():
    without_values = ("1", "", "王桂花", "石头坪村", "无", "老人住院，家里拿不出钱来，求帮助", "张干事")

    found = _found(_TITLE, _SLANG, without_values, *_RECORDS)

    assert found is not None
    assert found.last_row == 2


def test_a_number_is_a_households_only_where_the_header_says_so():
    rows = (("A-0012", "王桂花", "13800000000"), ("A-0013", "李二小", "13900000000"))

    assert _found(("建议的编号", "领头的人", "他的电话"), *rows, layouts=register_layouts()) is None
    found = _found(("他家的户码号", "当家人姓名", "当家人的电话"), *rows, layouts=register_layouts())
    assert _fields(found)["household_id"] == "他家的户码号"


def test_the_examples_know_every_field_that_they_name():
    for kind, layouts in (
        (TableKind.PETITIONS, petition_layouts()),
        (TableKind.HOUSEHOLDS, register_layouts()),
    ):
        fields = {field for layout in layouts.values() for field in layout.fields}
        assert set(header_examples(kind).fields) <= fields | {UNREAD}


@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=30), kind=st.sampled_from(Kind))
def test_the_shares_of_all_fields_are_one(text: str, kind: Kind):
    shares = header_examples(TableKind.PETITIONS).fields_of([text], kind)

    assert sum(shares.values()) == pytest.approx(1)
    assert all(0 <= share <= 1 for share in shares.values())


def test_stretches_mark_beginning_and_end():
    assert {"^谁", "谁来", "来$", "^谁来$"} <= stretches("谁 来")
