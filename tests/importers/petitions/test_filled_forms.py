"""Forms that are none: a list taken for a form is refused, and never one petition."""

from datetime import UTC, datetime
from pathlib import Path

import docx
import pytest

from domain.clock import china_date
from importers.entries import Accepted, Rejected
from importers.formats.forms.forms import form_of
from importers.formats.parts import Form, FormField, Row
from importers.headers.petition_layouts import petition_layouts
from importers.headers.vocabulary import header_vocabulary
from importers.petitions.filled_forms import read_form
from tests.importers.office_files import read, write_csv

_NOW = datetime(2026, 11, 24, tzinfo=UTC)
_SAID = {"信访编号": "XF-1", "信访人": "张三", "信访日期": "2026-06-01", "反映内容": "反映水井干了, 请求修好。"}


def form(**changed: str) -> Form:
    return Form("", {label: FormField(text, 1.0) for label, text in (_SAID | changed).items()}, "")


@pytest.mark.parametrize(
    ("label", "value"),
    [("信访编号", "信访日期（年/月/日）"), ("信访人", "年龄（岁）\n联系电话（手机）"), ("信访日期", "信访人姓名")],
)
def test_a_form_whose_value_is_the_header_of_another_field_is_refused(label: str, value: str) -> None:
    (entry,) = read_form(form(**{label: value}), received_at=_NOW)

    assert isinstance(entry, Rejected)
    assert entry.problem.column == label
    assert entry.problem.reason.startswith("这一栏里写的是另一栏的表头")


def test_a_form_that_names_nobody_but_says_the_word_for_him_is_taken_in() -> None:
    *_, entry = read_form(form(信访人="群众"), received_at=_NOW)

    assert isinstance(entry, Accepted)


@pytest.mark.parametrize("label", ["单位或住址", "工作单位或住址", "住址（单位）", "单位及住址", "家庭住址或工作单位"])
def test_a_work_place_or_address_is_where_the_petitioner_lives(label: str) -> None:
    *_, entry = read_form(form(**{label: "某某乡某家峁村"}), received_at=_NOW)

    assert isinstance(entry, Accepted)
    assert entry.record.raw.petitioner.address == "某某乡某家峁村"


def test_who_mainly_came_is_the_petitioner_and_his_phone_is_his() -> None:
    said = {key: value for key, value in _SAID.items() if key != "信访人"}
    labels = said | {"主要来访人": "李四", "主要来访人电话": "13800000000"}
    *_, entry = read_form(
        Form("", {label: FormField(text, 1.0) for label, text in labels.items()}, ""), received_at=_NOW
    )

    assert isinstance(entry, Accepted)
    assert (entry.record.raw.petitioner.name, entry.record.raw.petitioner.phone) == ("李四", "13800000000")


@pytest.mark.parametrize("label", ["单位或住址", "工作单位或住址"])
def test_a_work_place_or_address_behind_the_accused_is_not_the_petitioners(label: str) -> None:
    *_, entry = read_form(form(**{"被反映人": "王强", label: "某某煤矿"}), received_at=_NOW)

    assert isinstance(entry, Accepted)
    assert entry.record.raw.petitioner.address == ""


@pytest.mark.parametrize(("text", "field"), [("主要来访人数", "persons_involved"), ("单位或地址", None)])
def test_nothing_is_taken_for_who_mainly_came_or_where_he_works_because_it_is_like_them(text: str, field: str | None):
    vocabulary = header_vocabulary("petition_register", petition_layouts()["petition_register"])

    assert vocabulary.nearest(text).field == field


def document(path: Path, *pieces: str | tuple[str, str]) -> Path:
    """Lines, and tables of a form by the petitioner and the matter."""
    book = docx.Document()
    for piece in pieces:
        if isinstance(piece, str):
            book.add_paragraph(piece)
            continue
        rows = ("来访人姓名", piece[0], "联系电话", "13800000000"), ("住址", "克虎镇", "反映问题", piece[1])
        table = book.add_table(rows=2, cols=4)
        for row, cells in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, cells, strict=True):
                cell.text = text
    book.save(str(path))
    return path


_FIRST, _SECOND = ("张三", "反映水井干了, 请求修好。"), ("李四", "反映村路塌了一段, 请求修好。")
_TITLE = "群众来访登记表"


@pytest.mark.parametrize(
    ("pieces", "told"),
    [
        pytest.param(
            (_TITLE, "编号：LF-31", _FIRST, _TITLE, "编号：LF-32", _SECOND),
            ["LF-31 张三 None", "LF-32 李四 None"],
            id="below the titles",
        ),
        pytest.param(
            (
                "编号：LF-31　登记日期：2026年5月6日",
                _TITLE,
                _FIRST,
                "编号：LF-32　登记日期：2026年5月7日",
                _TITLE,
                _SECOND,
            ),
            ["LF-31 张三 2026-05-06", "LF-32 李四 2026-05-07"],
            id="with the day, above the titles",
        ),
        pytest.param(
            (
                _TITLE,
                "编号：LF-31",
                "登记日期：2026年5月6日",
                _FIRST,
                _TITLE,
                "编号：LF-32",
                "登记日期：2026年5月7日",
                _SECOND,
            ),
            ["LF-31 张三 2026-05-06", "LF-32 李四 2026-05-07"],
            id="the day in a line of its own",
        ),
        pytest.param(
            (_TITLE, _FIRST, "编号：LF-31", _TITLE, _SECOND, "编号：LF-32"),
            ["LF-31 张三 None", "LF-32 李四 None"],
            id="below the tables",
        ),
        pytest.param(
            (
                "登记单位：克虎镇",
                _FIRST,
                "登记人：赵某　编号：LF-31",
                "登记单位：克虎镇",
                _SECOND,
                "登记人：赵某　编号：LF-32",
            ),
            ["LF-31 张三 None", "LF-32 李四 None"],
            id="below the tables, behind another label",
        ),
        pytest.param(
            ("单位：克虎镇　编号：LF-31", _FIRST, "单位：克虎镇　编号：LF-32", _SECOND, "编号：ZB-9"),
            ["LF-31 张三 None", "LF-32 李四 None"],
            id="above the tables, behind another label, and a footer",
        ),
        pytest.param(
            (
                "编号：LF-31" + " " * 60 + "登记日期：2026年5月6日",
                _FIRST,
                f"编号：LF-32　登记单位：{'克虎镇' * 25}",
                _SECOND,
                "编号：ZB-9",
            ),
            [" 张三 None", " 李四 None"],
            id="above the tables in lines too long to be read, and a footer",
        ),
        pytest.param(
            (_TITLE + "　编号：LF-31", _FIRST, _TITLE + "　编号：LF-32", _SECOND, "编号：ZB-9"),
            ["LF-31 张三 None", "LF-32 李四 None"],
            id="behind the titles",
        ),
        pytest.param(
            (_TITLE, "编号：LF-31", _FIRST, _TITLE, _SECOND), ["LF-31 张三 None", " 李四 None"], id="one of them alone"
        ),
    ],
)
def test_the_number_and_day_beside_each_of_several_forms_are_its_own(
    tmp_path: Path, pieces: tuple[str | tuple[str, str], ...], told: list[str]
) -> None:
    records = [one.raw for one in read(document(tmp_path / "登记表.docx", *pieces)).records]

    days = [china_date(one.published_at) if one.published_at else None for one in records]
    assert [f"{one.number} {one.petitioner.name} {day}" for one, day in zip(records, days, strict=True)] == told


def test_the_number_of_the_only_form_may_stand_anywhere_beside_it(tmp_path: Path) -> None:
    (record,) = read(document(tmp_path / "登记表.docx", _TITLE, _FIRST, "编号：LF-31")).records

    assert record.raw.number == "LF-31"


def notes(*row: str) -> dict[str, str]:
    rows = (("来访人姓名", "张三", "联系电话", "13800000000"), ("住址", "克虎镇", "反映问题", _FIRST[1]), row)
    found = form_of([Row(at, cells) for at, cells in enumerate(rows, start=1)], "")
    assert found is not None
    return {label: field.note for label, field in found.fields.items() if field.note}


@pytest.mark.parametrize(
    "row", [("登记人", "郝某", "", "办公电话", "0358-4400012"), ("接待人", "吕某", "接待人电话", "13800009999")]
)
def test_the_phone_behind_whoever_took_the_form_in_is_no_remark(row: tuple[str, ...]) -> None:
    assert notes(*row) == {}


@pytest.mark.parametrize(
    "row",
    [
        ("登记人", "郝某", "已办结, 勿报"),
        ("登记人", "郝某", "家属电话", "13800009999"),
        ("来访人", "张三", "办公电话", "0358-4400012"),
    ],
)
def test_anything_else_behind_a_name_is_said(row: tuple[str, ...]) -> None:
    assert list(notes(*row)) == [row[0]]


def test_a_word_above_columns_of_villages_may_be_a_value_of_a_form() -> None:
    rows = (("来访人姓名", "张三", "问题类别", "村庄"), ("住址", "克虎镇", "反映问题", _FIRST[1]))

    found = form_of([Row(at, cells) for at, cells in enumerate(rows, start=1)], "")

    assert found is not None
    assert found.fields["问题类别"].text == "村庄"


@pytest.mark.parametrize("header", ["村庄类型", "村类别", "组别"])
def test_what_is_like_a_header_of_villages_is_none(tmp_path: Path, header: str) -> None:
    rows = (
        ("编号", "来访日期", "来访人", "电话", header, "反映内容"),
        ("X1", "2026-06-01", "张三", "", "甲类", _FIRST[1]),
    )

    (record,) = read(write_csv(tmp_path / "台账.csv", rows)).records

    assert record.raw.petitioner.address == ""


@pytest.mark.parametrize("header", ["村别", "村庄", "所在村"])
def test_the_village_of_a_table_is_where_the_petitioner_lives(tmp_path: Path, header: str) -> None:
    rows = (
        ("编号", "来访日期", "来访人", "电话", header, "反映内容"),
        ("X1", "2026-06-01", "张三", "", "庞家庄村", _FIRST[1]),
    )

    (record,) = read(write_csv(tmp_path / "台账.csv", rows)).records

    assert record.raw.petitioner.address == "庞家庄村"
