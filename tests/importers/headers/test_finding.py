"""Headers and their vocabulary: what is known, what is like something known, what is left alone."""

import pytest

from importers.formats.parts import Row
from importers.headers.finding import find_header
from importers.headers.petition_layouts import petition_layouts
from importers.headers.vocabulary import header_vocabulary, load_layouts

REGISTER = load_layouts()["petition_register"]
LEDGER = load_layouts()["household_register"]


def table(*rows: tuple[object, ...]) -> list[Row]:
    return [Row(number, tuple(str(cell) for cell in cells)) for number, cells in enumerate(rows, start=1)]


@pytest.mark.parametrize(
    ("written", "field"),
    [
        ("信访件编号", "number"),
        ("信 访 件\n编号：", "number"),
        ("涉及人数（人）", "persons_involved"),
        ("1、姓名", "name"),
        ("*联系电话【必填】", "phone"),
        ("初件/重件", "repeated"),
    ],
)
def test_a_known_header_is_known_whatever_printers_put_around_it(written: str, field: str):
    found = header_vocabulary("petition_register", REGISTER).exact(written)

    assert found is not None
    assert (found.field, found.confidence) == (field, 1.0)


@pytest.mark.parametrize("written", ["办理时间", "接待人姓名", "备注", "承办单位"])
def test_a_header_of_something_else_names_nothing_and_is_no_riddle(written: str):
    found = header_vocabulary("petition_register", REGISTER).exact(written)

    assert found is not None
    assert found.field is None


@pytest.mark.parametrize(
    ("written", "field"), [("信仿件编号", "number"), ("联細电话", "phone"), ("反映内蓉", "summary")]
)
def test_a_misspelt_header_is_most_like_the_one_that_was_meant(written: str, field: str):
    found = header_vocabulary("petition_register", REGISTER).nearest(written)

    assert found.field == field
    assert 0.5 < found.confidence < 1


@pytest.mark.parametrize("written", ["网格员", "回访记录", "Z", "反映家中有人患病住院，药费负担不起，请求救助帮扶。"])
def test_a_text_that_is_like_nothing_is_taken_for_nothing_sure(written: str):
    assert header_vocabulary("petition_register", REGISTER).nearest(written).confidence < 0.7


def test_a_likely_header_above_values_of_another_kind_is_not_read():
    found = find_header(table(("编号", "联系电活", "内容"), ("X1", "某镇某村", "反映欠薪")), {"register": REGISTER})

    assert found is not None
    assert "phone" not in found.columns
    assert [column.field for column in found.doubtful] == ["phone"]


def test_the_preferred_header_of_a_field_is_read_first_wherever_it_stands():
    found = find_header(table(("来电号码", "联系电话", "内容")), {"register": REGISTER})

    assert found is not None
    assert found.places["phone"] == (1, 0)


def test_the_household_register_of_the_national_system_is_found():
    header = (
        *("省", "市", "县", "乡", "村", "户编号", "人编号", "姓名", "证件号码", "与户主关系", "户类型", "监测对象类别"),
        *("致贫返贫风险", "风险是否已消除", "识别监测时间", "消除监测时间", "是否易地扶贫搬迁户", "务工时间(月)"),
    )
    found = find_header(table(("台账",), header), {"household_register": LEDGER})

    assert found is not None
    assert set(found.columns) >= {
        *(
            "province",
            "city",
            "county",
            "town",
            "village",
            "household_id",
            "person_id",
            "name",
            "id_number",
            "relation",
        ),
        *("household_type", "category", "risk", "removed", "identified_on", "removed_on", "relocated", "work_months"),
    }


def test_the_ledger_of_monitored_households_is_found_with_its_five_risks_and_misspellings():
    header = (
        *("户编号", "户主姓名", "姓名", "监测对象类型", *(f"致贫/返贫风险{number}" for number in range(1, 6))),
        *("是否异地扶贫搬迁户", "风险消除方式", "风险消除时间", "家庭人均纯收入（元）"),
    )
    found = find_header(table(header), {"household_register": LEDGER})

    assert found is not None
    assert set(found.columns) >= {
        *("head_name", *(f"risk_{number}" for number in range(1, 6)), "relocated", "removed_how", "removed_on"),
        "income_per_head",
    }


def test_an_older_register_with_the_causes_of_2018_is_found():
    header = ("户编号", "姓名", "与户主关系", "主要致贫原因", "其他致贫原因", "人均纯收入")
    found = find_header(table(header), {"household_register": LEDGER})

    assert found is not None
    assert (found.text("cause_2018"), found.text("other_causes_2018")) == ("主要致贫原因", "其他致贫原因")


def test_what_a_ticket_says_of_a_person_does_not_make_a_register_of_it():
    texts = ("工单编号", "来电时间", "来电人", "联系电话", "身份证号码", "性别", "地址", "诉求内容")
    header = find_header([Row(1, texts), Row(2, ("",) * len(texts))], petition_layouts())

    assert header is not None
    assert header.layout == "hotline_12345"
    assert header.columns["number"] == 0
    assert header.columns["id_number"] == 4


def test_an_id_number_alone_does_not_make_a_ticket_of_a_register():
    texts = ("受理编号", "联系人", "身份证号", "性别", "联系电话", "受理时间", "内容")
    header = find_header([Row(1, texts), Row(2, ("",) * len(texts))], petition_layouts())

    assert header is not None
    assert header.layout == "petition_register"


@pytest.mark.parametrize(
    ("header", "is_read"),
    [
        (("xfjbh", "xm", "lxdh", "zz", "xfrq", "gkxx"), True),
        (("xfjbh", "xm", "zz", "xfrq", "gkxx"), False),
        (("编号", "姓名", "电话", "zz", "信访日期", "反映内容"), False),
    ],
)
def test_zz_is_an_address_beside_the_keys_of_an_export_alone(header: tuple[str, ...], is_read: bool):
    found = find_header([Row(1, header)], petition_layouts())

    assert found is not None
    assert ("address" in found.columns) is is_read
