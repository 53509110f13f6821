"""What the preview of a table shows, what a person may confirm, and that it is remembered."""

from pathlib import Path

import pytest

from domain.deliveries.header_profile import Profile
from domain.failures.errors import FileError
from importers.formats.parts import Row
from importers.headers.petition_layouts import petition_layouts
from importers.petitions.reading import HeaderProposal, confirm, propose
from importers.profiles import header_fingerprint
from importers.proposals import ProfileProblem, field_labels
from tests.importers.office_files import HEADER, NOW, read, row, write_csv, write_xlsx

_OWN = ("流水", "甲", "乙", "丙", "丁")
_OWN_ROW = ("7", "张三", "13800000000", "2026.9.3", "家中有人患病住院，药费负担不起。")


class Remembered:
    """Profiles in memory."""

    def __init__(self, *profiles: Profile) -> None:
        self._profiles = {profile.fingerprint: profile for profile in profiles}

    def known(self, fingerprint: str) -> Profile | None:
        return self._profiles.get(fingerprint)


def proposed(*rows: tuple[object, ...]) -> HeaderProposal:
    found = propose([Row(number, tuple(str(cell) for cell in cells)) for number, cells in enumerate(rows, start=1)])
    assert found is not None
    return found


def test_the_preview_shows_what_each_column_seems_to_hold_with_masked_samples():
    found = proposed(("台账",), HEADER, row("X001"), row("X002"))

    assert (found.layout, found.first_row, found.last_row, found.missing) == ("petition_register", 2, 2, ())
    phone = found.columns[2]
    assert (phone.header, phone.field, phone.confidence, phone.accepted) == ("联系电话", "phone", 1.0, True)
    assert phone.samples == ("138****0000", "138****0000")


def test_a_doubtful_column_is_shown_and_not_accepted():
    found = proposed(("编号", "联系电活", "内容"), ("X1", "路边第三家往里走", "反映欠薪"))

    assert (found.columns[1].field, found.columns[1].accepted) == ("phone", False)
    assert found.columns[1].confidence < 0.8


def test_a_table_of_unknown_headers_is_shown_for_a_person_to_name_them():
    found = proposed(("某村来访",), _OWN, _OWN_ROW)

    assert found.first_row == 2
    assert found.missing == ("summary",)


def test_a_household_register_handed_in_as_petitions_is_named_as_one():
    found = proposed(("户编号", "姓名", "与户主关系", "证件号码"), ("1001", "张三", "户主", ""))

    assert found.is_register
    assert not proposed(_OWN, _OWN_ROW).is_register


def test_a_table_without_any_row_of_several_texts_has_no_header():
    assert propose([Row(1, ("说明",))]) is None


def test_a_confirmed_header_is_read_without_being_asked_about_again(tmp_path: Path):
    path = write_csv(tmp_path / "台账.csv", [("某村来访",), _OWN, _OWN_ROW])
    with pytest.raises(FileError, match="逐列确认一次"):
        read(path)

    found = proposed(("某村来访",), _OWN, _OWN_ROW)
    profile = confirm(found, _CONFIRMED, layout="petition_register", by="clerk", at=NOW)
    delivered = read(path, Remembered(profile))

    assert delivered.records[0].raw.petitioner.name == "张三"
    assert delivered.records[0].raw.external_key == "7"
    assert delivered.warnings == ()


_CONFIRMED = {0: "number", 1: "name", 2: "phone", 3: "occurred_on", 4: "summary"}
_OF_RECEIPT, _SAID = ("回执结果", "回执说明", "原表行号"), ("退回", "请核对", "2")


def in_a_receipt(own: tuple[str, ...], beside: tuple[str, ...], front: int) -> tuple[str, ...]:
    """A row of a receipt, so many of whose own columns stand in front and the others behind the first of the file."""
    return (*beside[:front], own[0], *beside[front:], *own[1:])


@pytest.mark.parametrize("front", [3, 1, 0])
def test_a_confirmed_header_is_known_in_the_receipt_that_comes_back(tmp_path: Path, front: int):
    profile = confirm(proposed(_OWN, _OWN_ROW), _CONFIRMED, layout="petition_register", by="clerk", at=NOW)
    header, cells = in_a_receipt(_OWN, _OF_RECEIPT, front), in_a_receipt(_OWN_ROW, _SAID, front)

    delivered = read(write_xlsx(tmp_path / "回执.xlsx", [header, cells]), Remembered(profile))
    shown = propose([Row(1, header), Row(2, cells)], Remembered(profile))

    [record] = delivered.records
    assert (record.raw.external_key, record.raw.text, record.raw.petitioner.name) == ("7", _OWN_ROW[4], "张三")
    assert shown is not None
    assert (shown.confirmed, shown.fingerprint) == (True, profile.fingerprint)
    assert [(one.index, one.header, one.field) for one in shown.columns] == [
        (at, text, _CONFIRMED[at]) for at, text in enumerate(_OWN)
    ]


def test_a_header_that_is_confirmed_in_a_receipt_is_known_in_the_offices_own_tables(tmp_path: Path):
    found = proposed((*_OF_RECEIPT, *_OWN), (*_SAID, *_OWN_ROW))
    profile = confirm(found, _CONFIRMED, layout="petition_register", by="clerk", at=NOW)

    delivered = read(write_csv(tmp_path / "台账.csv", [_OWN, _OWN_ROW]), Remembered(profile))

    assert [column.header for column in found.columns] == list(_OWN)
    assert delivered.records[0].raw.external_key == "7"


def test_what_was_confirmed_in_a_receipt_gives_way_to_what_its_table_was_confirmed_as(tmp_path: Path):
    profile = confirm(proposed(_OWN, _OWN_ROW), _CONFIRMED, layout="petition_register", by="clerk", at=NOW)
    earlier = Profile(
        fingerprint=header_fingerprint((*_OF_RECEIPT, *_OWN)),
        layout="petition_register",
        columns={4: "name", 7: "summary"},
        confirmed_by="clerk",
        confirmed_at=NOW,
    )
    path = write_csv(tmp_path / "回执.csv", [(*_OF_RECEIPT, *_OWN), (*_SAID, *_OWN_ROW)])

    assert read(path, Remembered(earlier)).records[0].raw.text == _OWN_ROW[4]
    assert read(path, Remembered(earlier, profile)).records[0].raw.external_key == "7"


@pytest.mark.parametrize(
    ("table", "returned"),
    [
        (("", "编号", "姓名", "所言"), ("编号", "姓名", "所言")),
        (("编号", "姓名", "", "所言"), ("编号", "姓名", "第3列", "所言")),
        (("编号", "姓名", "", "姓名"), ("编号", "姓名", "姓名(第4列)")),
    ],
)
def test_a_receipt_leaves_out_empty_columns_and_is_known_all_the_same(
    tmp_path: Path, table: tuple[str, ...], returned: tuple[str, ...]
):
    fields = dict(zip([at for at, text in enumerate(table) if text], ("number", "name", "summary"), strict=True))
    cells = {"编号": "7", "姓名": "张三", "第3列": "旁注"}
    profile = confirm(proposed(table, table[:2]), fields, layout="petition_register", by="clerk", at=NOW)
    row_of_it = (*_SAID, *(cells.get(text, _OWN_ROW[4]) for text in returned))

    [record] = read(
        write_csv(tmp_path / "回执.csv", [(*_OF_RECEIPT, *returned), row_of_it]), Remembered(profile)
    ).records

    assert (record.raw.external_key, record.raw.petitioner.name, record.raw.text) == ("7", "张三", _OWN_ROW[4])


def test_a_confirmation_goes_before_what_the_vocabulary_says(tmp_path: Path):
    header = ("编号", "姓名", "内容", "备注")
    cells = ("X1", "张三", "求决", "家中有人患病住院，药费负担不起。")
    found = proposed(header, cells)
    profile = confirm(
        found, {0: "number", 1: "name", 2: "purpose", 3: "summary"}, layout=found.layout, by="clerk", at=NOW
    )

    delivered = read(write_csv(tmp_path / "台账.csv", [header, cells]), Remembered(profile))

    assert delivered.records[0].raw.text == cells[3]
    assert delivered.records[0].raw.purpose == "求决"


@pytest.mark.parametrize(
    ("layout", "columns", "message"),
    [
        ("petition_register", {0: "number"}, "还没有指定哪一列是「概况信息」"),
        ("petition_register", {9: "summary"}, "表里没有第10列"),
        ("petition_register", {0: "wisdom", 1: "summary"}, "没有「wisdom」这一项"),
        ("no such table", {0: "summary"}, "没有「no such table」这种表"),
    ],
)
def test_a_confirmation_that_cannot_be_read_by_is_refused(layout: str, columns: dict[int, str], message: str):
    with pytest.raises(ProfileProblem, match=message):
        confirm(proposed(_OWN, _OWN_ROW), columns, layout=layout, by="clerk", at=NOW)


def test_layouts_and_fields_have_names_that_people_read():
    layout = petition_layouts()["petition_register"]
    assert layout.label == "信访登记表"
    assert field_labels(layout)["summary"] == "概况信息"


@pytest.mark.parametrize(
    ("columns", "layout"),
    [
        ({0: "number", 1: "name", 3: "summary"}, "petition_register"),
        ({0: "number", 1: "name", 2: "form", 3: "summary"}, "petition_register"),
        ({0: "number", 1: "name", 3: "summary"}, "hotline_12345"),
        ({0: "number", 2: "purpose", 3: "summary"}, "petition_register"),
        ({1: "name", 2: "purpose", 3: "summary"}, "petition_register"),
    ],
)
def test_a_column_that_says_beyond_doubt_what_it_is_cannot_be_left_out(columns: dict[int, str], layout: str):
    found = proposed(("信访件编号", "姓名", "信访目的", "信访事项"), ("X1", "张三", "揭发控告", "反映分地不公"))

    with pytest.raises(ProfileProblem, match="写明了是什么"):
        confirm(found, columns, layout=layout, by="clerk", at=NOW)
