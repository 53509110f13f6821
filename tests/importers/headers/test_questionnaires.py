"""Headers of questionnaires, of villages where somebody is registered, and of days on which somebody first came."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from domain.texts.document import RawDocument
from importers.registers.registry import read_registry
from tests.factories import VILLAGE
from tests.importers.office_files import read, write_xlsx

_MATTER = "家中老人患病住院, 请求救助。"


def only_petition(folder: Path, header: Sequence[str], row: Sequence[object]) -> RawDocument:
    delivered = read(write_xlsx(folder / "t.xlsx", [header, row]))
    (record,) = delivered.records
    return record.raw


@pytest.mark.parametrize(
    "header",
    [
        (
            "序号",
            "提交答卷时间",
            "所用时间",
            "1、您的姓名：",
            "2、您的联系电话",
            "3、您家在哪个村？",
            "4、您反映的问题",
        ),
        (
            "编号",
            "提交时间",
            "填写时长",
            "请填写您的姓名（必填）",
            "请留下您的手机号",
            "您所在的村",
            "您的诉求是什么？",
        ),
        ("编号", "填写时间", "来源", "你的姓名", "您的手机号码", "您是哪个村的", "您要反映的问题有哪些？"),
    ],
)
def test_an_export_of_a_questionnaire_is_read(tmp_path: Path, header: Sequence[str]):
    row = ("1", "2026-09-03 10:21:00", "132秒", "李一", "13800000000", "庞家庄村", _MATTER)

    raw = only_petition(tmp_path, header, row)

    assert raw.petitioner is not None
    assert (raw.petitioner.name, raw.petitioner.phone, raw.petitioner.address) == ("李一", "13800000000", "庞家庄村")
    assert raw.published_at is not None
    assert (raw.published_at.date(), raw.text) == (date(2026, 9, 3), _MATTER)


@pytest.mark.parametrize("header", ["您孩子的姓名", "您的帮扶责任人姓名", "您单位领导姓名", "您认识的村干部"])
def test_a_question_about_somebody_else_is_no_name_of_the_petitioner(tmp_path: Path, header: str):
    raw = only_petition(
        tmp_path, ("提交时间", header, "您的电话", "您的诉求"), ("2026-09-03", "薛二", "13800000000", _MATTER)
    )

    assert raw.petitioner is not None
    assert raw.petitioner.name == ""


def test_who_fills_in_for_somebody_else_is_not_the_petitioner(tmp_path: Path):
    header = ("提交时间", "您的姓名", "您的电话", "群众姓名", "群众反映的问题")

    raw = only_petition(tmp_path, (*header[:4], "反映的问题"), ("2026-09-03", "薛干部", "13800000000", "李一", _MATTER))

    assert raw.petitioner is not None
    assert (raw.petitioner.name, raw.petitioner.phone) == ("李一", "")


@pytest.mark.parametrize(
    "whom", ["户主姓名", "户主", "农户姓名", "困难群众姓名", "走访对象", "受访人姓名", "低保户姓名"]
)
def test_nor_is_a_cadre_who_fills_in_for_a_household(tmp_path: Path, whom: str):
    header = ("提交时间", "您的姓名", "您的电话", whom, "反映的问题")

    raw = only_petition(tmp_path, header, ("2026-09-03", "薛干部", "13800000000", "李一", _MATTER))

    assert raw.petitioner is None or (raw.petitioner.name in ("李一", "") and raw.petitioner.phone == "")


def test_a_tick_for_the_kind_of_household_leaves_the_petitioner_who_he_is(tmp_path: Path):
    header = ("提交时间", "您的姓名", "您的电话", "低保户", "您的诉求")

    raw = only_petition(tmp_path, header, ("2026-09-03", "李一", "13800000000", "否", _MATTER))

    assert raw.petitioner is not None
    assert (raw.petitioner.name, raw.petitioner.phone) == ("李一", "13800000000")


def test_who_submits_a_form_may_be_named_in_it(tmp_path: Path):
    header = ("提交时间", "提交人", "您的姓名", "您的电话", "您的诉求")

    raw = only_petition(tmp_path, header, ("2026-09-03", "微信用户", "李一", "13800000000", _MATTER))

    assert raw.petitioner is not None
    assert (raw.petitioner.name, raw.petitioner.phone) == ("李一", "13800000000")


@pytest.mark.parametrize("header", ["户籍村", "户籍所在村"])
def test_the_village_of_registration_is_the_petitioners_where_no_other_is_told(tmp_path: Path, header: str):
    columns = ("信访日期", "姓名", header, "反映内容")

    raw = only_petition(tmp_path, columns, ("2026-09-03", "李一", "庞家庄村", _MATTER))
    beside = only_petition(tmp_path, (*columns, "所在村"), ("2026-09-03", "李一", "庞家庄村", _MATTER, "蔡家洼村"))

    assert raw.petitioner is not None
    assert beside.petitioner is not None
    assert (raw.petitioner.address, beside.petitioner.address) == ("庞家庄村", "蔡家洼村")


def test_an_address_in_one_village_does_not_begin_with_the_village_of_registration(tmp_path: Path):
    columns = ("信访日期", "姓名", "户籍村", "现住址", "反映内容")

    raw = only_petition(tmp_path, columns, ("2026-09-03", "李一", "庞家庄村", "克虎镇蔡家洼村二组", _MATTER))

    assert raw.petitioner is not None
    assert raw.petitioner.address == "克虎镇蔡家洼村二组"


@pytest.mark.parametrize("header", ["迁出村", "包联村", "户籍所在县区"])
def test_what_is_like_such_a_village_is_none(tmp_path: Path, header: str):
    raw = only_petition(tmp_path, ("信访日期", "姓名", header, "反映内容"), ("2026-09-03", "李一", "庞家庄村", _MATTER))

    assert raw.petitioner is not None
    assert raw.petitioner.address == ""


@pytest.mark.parametrize("header", ["户籍村", "户籍所在村"])
def test_a_register_has_its_village_there_too(tmp_path: Path, header: str):
    rows = [("户编号", header, "姓名", "与户主关系"), ("01", VILLAGE.digits, "庞甲", "户主")]

    delivered = read_registry(write_xlsx(tmp_path / "t.xlsx", rows), places=(), today=date(2026, 9, 20))

    assert [one.reason[:5] for one in delivered.problems] == ["查不到这个"]


@pytest.mark.parametrize("header", ["初次信访时间", "首次来访日期"])
def test_the_day_of_the_first_petition_is_its_day_where_no_other_is_told(tmp_path: Path, header: str):
    columns = ("编号", "姓名", header, "反映内容")
    path = write_xlsx(tmp_path / "t.xlsx", [columns, ("Q-1", "李一", "2024-03-05", _MATTER)])

    delivered = read(path)

    assert str(delivered.records[0].raw.published_at).startswith("2024-03-0")
    assert [one.column for one in delivered.warnings] == [header]


@pytest.mark.parametrize(("header", "day"), [("受理", "2026-09-03"), ("信访年月", "2026.09")])
def test_nor_is_it_beside_a_column_that_may_tell_a_later_day(tmp_path: Path, header: str, day: str):
    columns = ("编号", "姓名", "初次信访时间", header, "反映内容")

    raw = only_petition(tmp_path, columns, ("Q-1", "李一", "2014-03-05", day, _MATTER))

    assert raw.published_at is None


@pytest.mark.parametrize("day", ["2026-09-03", ""])
def test_beside_another_day_it_is_not_even_where_that_is_empty(tmp_path: Path, day: str):
    columns = ("编号", "姓名", "初次信访时间", "信访日期", "反映内容")

    raw = only_petition(tmp_path, columns, ("Q-1", "李一", "2024-03-05", day, _MATTER))

    assert (raw.published_at and raw.published_at.date()) == (date(2026, 9, 3) if day else None)


@pytest.mark.parametrize("header", ["务工区域", "务工所在地"])
def test_where_somebody_works_is_no_address_of_his(tmp_path: Path, header: str):
    raw = only_petition(tmp_path, ("信访日期", "姓名", header, "反映内容"), ("2026-09-03", "李一", "省外某市", _MATTER))
    rows = [("户编号", "村代码", "姓名", "与户主关系", header), ("01", VILLAGE.digits, "庞甲", "户主", "省外")]
    household = read_registry(write_xlsx(tmp_path / "r.xlsx", rows), places=(), today=date(2026, 9, 20)).households[0]

    assert raw.petitioner is not None
    assert raw.petitioner.address == ""
    assert (household.address, household.village, household.persons[0].work_place) == ("", VILLAGE, "省外")


@pytest.mark.parametrize(
    "wish",
    ["5、您希望怎么解决", "您希望政府如何帮您解决困难？", "您需要哪些帮助", "希望得到什么样的帮助", "需要的帮助"],
)
@pytest.mark.parametrize("matter", ["4、您家目前遇到的困难或问题", "您反映的问题"])
def test_what_somebody_hopes_for_is_part_of_the_matter(tmp_path: Path, wish: str, matter: str):
    header = ("提交答卷时间", "1、您的姓名：", "2、您的联系电话", matter, wish)

    raw = only_petition(tmp_path, header, ("2026-09-03", "李一", "13800000000", _MATTER, "申请低保"))

    assert raw.text == f"{_MATTER}\n申请低保"


@pytest.mark.parametrize("other", ["您希望几点回访", "希望由谁解决", "怎么解决的", "需要的材料"])
def test_other_answers_are_no_part_of_the_matter(tmp_path: Path, other: str):
    header = ("提交答卷时间", "您的姓名", "您的联系电话", "您反映的问题", other)

    raw = only_petition(tmp_path, header, ("2026-09-03", "李一", "13800000000", _MATTER, "上午"))

    assert raw.text == _MATTER
