"""Which columns are told by what stands below them, and beside what they are not."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from importers.formats.parts import Row
from importers.headers.contents import hold_phones
from importers.headers.finding import find_header
from importers.headers.petition_layouts import OFFICE_LAYOUTS, petition_layouts
from tests.importers.office_files import read, write_xlsx

_MATTER = "老人生病没有钱"
_LAYOUTS = {name: petition_layouts()[name] for name in OFFICE_LAYOUTS}


def _fields(header: Sequence[str], *rows: Sequence[str]) -> set[str]:
    found = find_header([Row(1, tuple(header)), *(Row(at, tuple(row)) for at, row in enumerate(rows, 2))], _LAYOUTS)
    return set(found.columns) if found is not None else set()


def test_the_longer_of_two_texts_is_the_matter():
    header = ("姓名", "联系电话", "来访日期", "家门口概貌简况", "眼下遇到的难处描述")
    row = ("张三", "13800000000", "2026-09-03", "路边第三家", _MATTER)

    found = find_header([Row(1, header), Row(2, row)], _LAYOUTS)

    assert found is not None
    assert found.columns["summary"] == len(header) - 1


@pytest.mark.parametrize(
    ("numbers", "is_number"),
    [
        (("KH-2026-88", "KH-2026-89"), True),
        (("2026-088", "2026-089"), True),
        (("石信10234", "石信10235"), True),
        (("KH-2026-88", "KH-2026-88"), False),
        (("KH-2026-88", "2"), False),
        (("2026-09-03", "2026-09-04"), False),
        (("2026年9月1号", "2026年9月2号"), False),
        (("9月1号", "9月2号"), False),
        (("第1件", "第2件"), False),
        (("No.10001", "No.10002"), False),
        (("A1", "A2"), False),
        (("KH00001", "KH00002"), False),
    ],
)
def test_a_number_in_a_column_that_may_count_rows_is_an_offices(numbers: tuple[str, str], is_number: bool):
    header = ("登记序号", "姓名", "联系电话", "信访日期", "反映内容")
    rows = [(number, "张三", "13800000000", "2026-09-03", _MATTER) for number in numbers]

    assert ("number" in _fields(header, *rows)) is is_number


@pytest.mark.parametrize(
    ("header", "row"),
    [
        (("姓名", "联系电话", "来访日期", "化解情况"), ("张三", "13800000000", "2026-09-03", _MATTER)),
        (("姓名", "联系电话", "性别", "眼下的难处描述"), ("张三", "13800000000", "男", _MATTER)),
        (("标题", "性别", "来访日期", "眼下的难处描述"), ("求助", "男", "2026-09-03", "13800000000")),
        (("户编号", "姓名", "走访日期", "眼下的难处描述"), ("0001", "张三", "2026-09-03", _MATTER)),
    ],
    ids=["what the office did", "no day", "phones", "numbers of households"],
)
def test_no_matter_is_told_where_the_list_may_be_another(header: Sequence[str], row: Sequence[str]):
    assert "summary" not in _fields(header, row)


@pytest.mark.parametrize(
    ("values", "are_phones"),
    [
        (["儿子 13800000001", "１３８０００００００２", "没电话"], True),
        (["13800000001（儿）", "无", "13800000003"], True),
        (["13800000001", "无", "没电话", "无"], False),
        (["13800000001", "12", "2026-09-03"], False),
        (["庞家庄", "没电话"], False),
        ([], False),
    ],
)
def test_a_column_of_phones_may_have_words_beside_them(values: list[str], are_phones: bool):
    assert hold_phones(values) is are_phones


@pytest.mark.parametrize("header", [("名字", "返映内容", "什么时候", "住哪"), ("姓名", "反映内容", "日期", "住址")])
@pytest.mark.parametrize(("phone", "read_as"), [("连系电话", True), ("联糸电话", True), ("村医电话", False)])
def test_a_misspelt_header_of_phones_is_one_above_phones_with_words(
    tmp_path: Path, header: tuple[str, ...], phone: str, read_as: bool
):
    rows = [
        ("来访登记",),
        (header[0], phone, *header[1:]),
        ("李一", "儿子 13800000001", "腿断了在家躺着, 没人挣钱", "2026-09-03", "庞家庄"),
        ("王二", "１３８００００００２９", "房子被水冲了一半, 住在羊圈", "2026-09-04", "庞家庄"),
        ("靳三", "没电话", "退休民办教师补助没领上, 看不见了", "2026-09-05", "庞家庄"),
    ]

    records = read(write_xlsx(tmp_path / "来访.xlsx", rows)).records

    phones = [one.raw.petitioner.phone for one in records if one.raw.petitioner]
    assert phones == (["13800000001", "13800000029", ""] if read_as else ["", "", ""])
