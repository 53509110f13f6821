"""Tables below each other in one sheet: every row is read by the header right above it, or is refused."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from importers.entries import PetitionFile
from tests.importers.office_files import read, write_xlsx

_KNOWN = ("时间", "姓名", "电话", "反映内容", "处理")
_UNKNOWN = ("登记时间", "参保人", "联系电话", "咨询投诉内容", "处理")
_NO_MATTER = ("登记时间", "姓名", "联系电话", "甲乙丙", "处理")


def visit(name: str, day: int = 3) -> tuple[str, ...]:
    return (f"2026-09-{day:02}", name, f"1380000{day:04}", f"{name}家中房屋漏雨无钱修缮, 请求救助。", "已转")


def delivered(folder: Path, *rows: Sequence[object]) -> PetitionFile:
    return read(write_xlsx(folder / "t.xlsx", rows))


def matters(told: PetitionFile) -> list[str]:
    return [record.raw.text[:2] for record in told.records]


@pytest.mark.parametrize(
    "upper", [_UNKNOWN, _KNOWN, ("日期", "户主", "手机", "说的啥事", "结果"), ("日期", "姓名", "手机", "诉说", "处理")]
)
@pytest.mark.parametrize("lower", [_UNKNOWN, _KNOWN, ("编号", *_KNOWN, "住址", "性别")])
def test_the_tables_of_two_parts_are_both_read(tmp_path: Path, upper: Sequence[str], lower: Sequence[str]):
    wide = len(lower) > len(_KNOWN)
    below = (("X1", *visit("孙四", 5), "庞家庄村", "女") if wide else visit("孙四", 5),)

    told = delivered(
        tmp_path, ("九月登记",), ("一、来访",), upper, visit("李一"), visit("王二", 4), (), ("二、来电",), lower, *below
    )

    assert matters(told) == ["李一", "王二", "孙四"]
    assert not told.problems


def test_the_columns_of_the_second_header_may_stand_in_another_order(tmp_path: Path):
    turned = ("咨询投诉内容", "联系电话", "参保人", "登记时间", "处理")
    day, name, phone, matter, done = visit("孙四", 5)

    told = delivered(tmp_path, _KNOWN, visit("李一"), ("二、来电",), turned, (matter, phone, name, day, done))

    assert [(one.raw.text[:2], one.raw.petitioner.phone) for one in told.records if one.raw.petitioner] == [
        ("李一", "13800000003"),
        ("孙四", "13800000005"),
    ]


def test_rows_below_a_second_header_without_a_matter_are_refused(tmp_path: Path):
    told = delivered(
        tmp_path,
        _KNOWN,
        visit("李一"),
        ("二、接待领导",),
        _NO_MATTER,
        ("2026-09-03", "王二", "13800000004", "甲", ""),
        ("审核：贺某",),
        ("三、来电",),
        _KNOWN,
        visit("孙四", 5),
    )

    assert matters(told) == ["李一", "孙四"]
    assert [(one.row, "第4行" in one.reason) for one in told.problems] == [(5, True)]
    assert [one.row for one in told.warnings if "落款" in one.reason] == [3, 6, 7]


@pytest.mark.parametrize("upper", [_NO_MATTER, ("登记时间", "姓名", "联系电话", "备用", "处理")])
def test_rows_above_the_header_below_one_without_a_matter_are_refused(tmp_path: Path, upper: Sequence[str]):
    rows = [("2026-09-03", "王二", "13800000004", "甲", ""), ("2026-09-04", "靳三", "13800000006", "乙", "")]

    told = delivered(tmp_path, ("九月登记",), upper, *rows, ("二、来电",), _KNOWN, visit("孙四", 5))

    assert matters(told) == ["孙四"]
    assert [(one.row, "第2行" in one.reason) for one in told.problems] == [(3, True), (4, True)]


def test_persons_above_the_header_without_any_header_are_refused(tmp_path: Path):
    told = delivered(tmp_path, ("九月登记",), ("王二", "13800000004", "水井坏了"), _KNOWN, visit("孙四", 5))

    assert matters(told) == ["孙四"]
    assert [one.row for one in told.problems] == [2]


@pytest.mark.parametrize(
    "titles",
    [
        [("克虎镇来访登记",), ("克虎镇", "", "2026年9月20日", "", "单位:件")],
        [("填报单位", "克虎镇", "填报人", "薛某某", "联系电话", "13800000009", "日期", "2026-09-20")],
        [("填报人：薛某", "审核：贺某", "联系电话：13800000009")],
        [("克虎镇人民政府信访工作联席会议办公室", "2026年9月20日", "第1页")],
        [("填报人", "薛平", "电话", "13800000009")],
        [("填报单位", "联系人", "联系电话", "填报日期"), ("克虎镇", "薛平", "13800000009", "2026-09-20")],
        [("来访情况", "", "信访人", "", "", "")],
        [("本月受理", "件数", "占比"), ("来访", 3, "60%"), ("来信", 2, "40%")],
    ],
)
def test_titles_and_who_filled_in_above_the_header_are_no_rows(tmp_path: Path, titles: Sequence[Sequence[object]]):
    told = delivered(tmp_path, *titles, _KNOWN, visit("孙四", 5))

    assert matters(told) == ["孙四"]
    assert not told.problems


@pytest.mark.parametrize(
    "row",
    [
        ("X2", "群众", "电话", "诉求", "要求修路, 村里路不通。", ""),
        ("X2", "来访人", "电话", "问题", "要求修路, 村里路不通。", ""),
        ("", "群众", "电话", "诉求", "要求修路", ""),
    ],
)
def test_a_record_in_words_that_head_columns_elsewhere_is_one(tmp_path: Path, row: Sequence[str]):
    header = ("编号", "姓名", "信访形式", "类别", "反映内容", "日期")

    told = delivered(tmp_path, header, ("X1", "李一", "来访", "民政", "房屋漏雨, 请求救助。", "2026-09-03"), row)

    assert len(told.records) == 2
    assert not told.problems


def test_who_filled_in_below_the_table_is_no_second_header(tmp_path: Path):
    signed = [("填报人", "联系人", "联系电话", "审核人"), ("贺强", "薛平", "13800000009", "")]

    told = delivered(tmp_path, _KNOWN, visit("李一"), *signed)

    assert matters(told) == ["李一"]
    assert 3 in [one.row for one in told.warnings]


def test_a_header_printed_again_ends_rows_that_are_refused(tmp_path: Path):
    told = delivered(
        tmp_path, _KNOWN, visit("李一"), _NO_MATTER, ("2026-09-03", "王二", "1", "甲", ""), _KNOWN, visit("孙四", 5)
    )

    assert matters(told) == ["李一", "孙四"]
    assert [one.row for one in told.problems] == [4]


@pytest.mark.parametrize(
    ("header", "row"),
    [
        (("姓名", "与户主关系", "信访形式", "反映内容", "处理"), ("王二", "户主", "电话", "低保没办下来", "已转")),
        (("姓名", "信访形式", "类别", "反映内容", "处理"), ("王二", "电话", "身份证", "补办身份证", "已转")),
        (("姓名", "信访形式", "类别", "反映内容", "缺少材料"), ("王二", "电话", "低保", "申请低保", "身份证号")),
    ],
)
def test_how_somebody_came_and_whom_he_is_to_the_head_is_no_second_header(
    tmp_path: Path, header: Sequence[str], row: Sequence[str]
):
    later = tuple(
        "靳三" if at == 0 else "房屋漏雨, 请求救助。" if header[at] == "反映内容" else "无" for at in range(5)
    )

    told = delivered(tmp_path, header, later, row, ("孙四", *later[1:]))

    assert len(told.records) == 3
    assert not told.problems


@pytest.mark.parametrize("signed", [("接访人", "时间", "审核"), ("接访人", "薛平", "联系电话", "", "日期")])
def test_who_signed_between_two_records_heads_none_of_the_columns_below(tmp_path: Path, signed: Sequence[str]):
    told = delivered(tmp_path, _KNOWN, visit("李一"), signed, visit("王二", 4), visit("孙四", 5))

    assert matters(told) == ["李一", "王二", "孙四"]
    assert [one.row for one in told.problems] == [3]


@pytest.mark.parametrize(
    ("header", "read_above"), [(("日期", "反映内容", "处理"), True), (("日期", "甲乙", "处理"), False)]
)
def test_a_table_above_that_names_nobody_is_read_or_refused(tmp_path: Path, header: Sequence[str], read_above: bool):
    rows = [
        ("2026-09-03", "村民反映机井坏了浇不上地, 请求修理。", "已转"),
        ("2026-09-04", "村民反映村里路不通。", "已转"),
    ]

    told = delivered(tmp_path, header, *rows, ("二、来访",), _KNOWN, visit("孙四", 5))

    assert matters(told) == (["村民", "村民", "孙四"] if read_above else ["孙四"])
    assert [one.row for one in told.problems] == ([] if read_above else [2, 3])
