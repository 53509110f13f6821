"""Headers that are the petitioner's only beside others, and old words for who came, from where and about what."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from domain.texts.document import Petitioner, RawDocument
from importers.headers.petition_layouts import petition_layouts
from importers.headers.vocabulary import header_vocabulary
from tests.importers.office_files import read, write_xlsx

_MATTER = "家中老人患病住院无钱医治, 请求救助。"


def only_petition(folder: Path, row: Mapping[str, object]) -> RawDocument:
    (record,) = read(write_xlsx(folder / "t.xlsx", [tuple(row), tuple(row.values())])).records
    return record.raw


def petitioner(folder: Path, row: Mapping[str, object]) -> Petitioner:
    found = only_petition(folder, {"登记时间": "2026-09-03", "反映内容": _MATTER, **row}).petitioner
    assert found is not None
    return found


@pytest.mark.parametrize(
    "row",
    [
        {"家长姓名": "李一", "学生姓名": "李二", "班级": "四（2）", "家长电话": "13800000001"},
        {"楼号": "1", "房号": "301", "业主姓名": "李一", "业主电话": "13800000001"},
        {"报案号": "", "被保险人": "李一", "联系电话": "13800000001"},
        {"代办人": "王二（子）", "代办人电话": "13800000002", "参保人": "李一", "联系电话": "13800000001"},
    ],
)
def test_who_came_is_told_by_the_columns_beside_him(tmp_path: Path, row: Mapping[str, object]):
    found = petitioner(tmp_path, row)

    assert (found.name, found.phone) == ("李一", "13800000001")


@pytest.mark.parametrize(
    "row",
    [
        {"信访人": "李一", "家长姓名": "王二", "学生姓名": "王三"},
        {"来访人": "李一", "楼号": "1", "业主姓名": "王二"},
        {"反映人": "李一", "代办人": "靳三", "参保人": "王二"},
        {"投诉人": "李一", "业主姓名": "王二"},
    ],
)
def test_beside_a_petitioner_they_are_somebody_else(tmp_path: Path, row: Mapping[str, object]):
    found = petitioner(tmp_path, row)

    assert (found.name, found.phone) == ("李一", "")


@pytest.mark.parametrize("header", ["家长姓名", "被保险人", "参保人"])
def test_without_such_columns_they_may_be_anybody(tmp_path: Path, header: str):
    assert petitioner(tmp_path, {header: "王二", "联系电话": "13800000001"}).name == ""


def test_an_old_book_of_visits_is_read(tmp_path: Path):
    row = {"年": 2026, "月": 9, "日": 3, "编号": "访1", "来信来访人": "李一", "何处人": "庞家庄一组", "何事": _MATTER}

    raw = only_petition(tmp_path, row)

    assert raw.petitioner is not None
    assert (raw.petitioner.name, raw.petitioner.address, raw.text) == ("李一", "庞家庄一组", _MATTER)


@pytest.mark.parametrize("text", ["何时", "何地", "何人", "合适", "啥时", "什么时", "何处"])
def test_nothing_is_taken_for_one_of_these_because_it_is_like_it(text: str):
    vocabulary = header_vocabulary("petition_register", petition_layouts()["petition_register"])

    assert vocabulary.nearest(text).confidence < 0.8


def test_the_number_of_another_office_is_the_number_where_there_is_no_other(tmp_path: Path):
    row = {"报案号": "临农险〔2026〕77号", "姓名": "李一", "时间": "2026-09-03", "反映内容": _MATTER}

    assert only_petition(tmp_path, row).external_key == "临农险〔2026〕77号"
    assert only_petition(tmp_path, {**row, "信访件编号": "X1"}).external_key == "X1"


@pytest.mark.parametrize("names", [["李一", "王二"], ["李一"]])
def test_the_number_of_a_letter_that_hands_over_petitions_is_none_of_theirs(tmp_path: Path, names: list[str]):
    rows = [("交办编号", "姓名", "时间", "反映内容")]
    rows += [("临信交〔2026〕77号", name, "2026-09-03", _MATTER) for name in names]

    records = read(write_xlsx(tmp_path / "t.xlsx", rows)).records

    assert [one.raw.external_key.startswith("content:") for one in records] == [True] * len(names)


@pytest.mark.parametrize(
    ("places", "owner", "other"),
    [
        ({"小区": "某家园"}, "业主", {"民工姓名": "李一"}),
        ({"小区": "某家园", "楼号": "1"}, "业主", {"民工姓名": "李一"}),
        ({"楼号": "1"}, "业主", {"反映人电话": "13800000001"}),
    ],
)
def test_the_owner_of_a_building_is_not_whoever_brings_something_forward_against_him(
    tmp_path: Path, places: dict[str, str], owner: str, other: dict[str, str]
):
    row = {"日期": "2026-09-03", **places, owner: "高平", **other, "反映内容": _MATTER}

    petitioner = only_petition(tmp_path, row).petitioner

    assert petitioner is None or petitioner.name != "高平"
