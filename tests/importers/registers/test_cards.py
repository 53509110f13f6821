from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from importers.formats.forms.family_table import is_relation
from importers.formats.forms.forms import form_of
from importers.formats.parts import Form, FormField, Row
from importers.registers.cards import BESIDE_NUMBER, remark_on_card, table_of_card
from importers.registers.registry import read_registry

HEAD = ("户主姓名", "庞建国", "户编号", "1411240420001"), ("家庭住址", "庞家庄村二组", "联系电话", "13800000000")


@pytest.mark.parametrize("relation", ["与户主关系", "称谓", "与本人关系", "与申请人关系", "关系"])
def test_the_family_is_read_whatever_its_table_calls_the_relation(relation: str):
    family = ("姓名", relation, "年龄"), ("薛改花", "妻子", "61"), ("庞小", "儿子", "30")
    card = form_of([Row(number, cells) for number, cells in enumerate((*HEAD, *family), start=1)], "")

    assert card is not None
    header, *rows = [row.cells for row in table_of_card(card).rows]
    name, told = header.index("姓名"), header.index("与户主关系")
    assert is_relation(relation)
    assert [(row[name], row[told]) for row in rows] == [("庞建国", "户主"), ("薛改花", "妻子"), ("庞小", "儿子")]


def test_the_heads_id_number_and_phone_are_in_his_row_alone():
    family = ("姓名", "与户主关系", "健康状况"), ("庞建国", "户主", "健康"), ("薛改花", "妻子", "健康")
    own = (*HEAD, ("身份证号码", "141196196409090000", "监测对象类别", "边缘易致贫户"))
    card = form_of([Row(number, cells) for number, cells in enumerate((*own, *family), start=1)], "")

    assert card is not None
    header, *rows = [row.cells for row in table_of_card(card).rows]
    number, phone, category = (header.index(text) for text in ("身份证号码", "联系电话", "监测对象类别"))
    assert [(row[number], row[phone]) for row in rows] == [("141196196409090000", "13800000000"), ("", "")]
    assert [row[category] for row in rows] == ["边缘易致贫户", "边缘易致贫户"]


@pytest.mark.parametrize(
    "label",
    [
        "监测类别",
        "监测户类型",
        "监测户类别",
        "监测对象分类",
        "三类户类型",
        "防止返贫致贫对象类别",
        "防止返贫致贫对象类型",
    ],
)
@pytest.mark.parametrize(
    "row", [("{}：边缘易致贫户", "风险类型：因病"), ("家庭住址", "庞家庄村二组", "", "", "{}", "边缘易致贫户")]
)
def test_the_category_of_a_card_is_read_whatever_its_label_calls_it(label: str, row: tuple[str, ...]):
    below = tuple(cell.format(label) for cell in row)
    card = form_of([Row(number, cells) for number, cells in enumerate((*HEAD[:1], below), start=1)], "")

    assert card is not None
    header, values = (line.cells for line in table_of_card(card).rows)
    assert values[header.index(label)] == "边缘易致贫户"


@pytest.mark.parametrize(
    "label",
    [
        "村代码",
        "风险是否已消除",
        "风险是否消除",
        "是否消除风险",
        "风险消除时间",
        "消除监测时间",
        "户主性别",
        "户主出生日期",
        "户主身份证号码",
        "户主联系电话",
        "户主健康状况",
        "户主劳动能力",
    ],
)
def test_what_stands_behind_a_colon_on_a_card_is_read(label: str):
    own = ("户编号：A1", "户主姓名：庞建国"), (f"{label}：甲", "家庭人口：2")
    card = form_of([Row(number, cells) for number, cells in enumerate(own, start=1)], "")

    assert card is not None
    header, values = (line.cells for line in table_of_card(card).rows)
    assert values[header.index(label)] == "甲"


def test_who_helps_the_household_is_none_of_its_family():
    family = ("姓名", "与户主关系", "健康状况"), ("薛改花", "妻子", "健康")
    below = ("帮扶责任人", "常建业", "县水利局"), ("帮扶措施", "公益岗位", "")
    card = form_of([Row(number, cells) for number, cells in enumerate((*HEAD, *family, *below), start=1)], "")

    assert card is not None
    assert [row.cells[0] for row in card.family] == ["姓名", "薛改花"]


@pytest.mark.parametrize(("written", "above"), [("庞 军", "庞军"), ("庞军（户主）", "庞军"), ("庞军", "庞 军")])
def test_a_head_whose_name_is_written_in_two_ways_is_one_person(written: str, above: str):
    own = (("户编号", "A1", "户主姓名", above), ("村代码", "1", "身份证号码", "141196196409090000"))
    family = ("姓名", "与户主关系", "健康状况"), (written, "户主", "健康"), ("薛改花", "妻子", "健康")
    card = form_of([Row(number, cells) for number, cells in enumerate((*own, *family), start=1)], "")

    assert card is not None
    header, *rows = [row.cells for row in table_of_card(card).rows]
    assert [row[header.index("身份证号码")] for row in rows] == ["141196196409090000", ""]


def test_the_phone_of_who_helps_the_household_is_nobodys_of_it_and_that_is_said():
    own = ("户编号", "A1", "户主姓名", "庞建国"), ("村代码", "1", "家庭人口", "2")
    family = ("姓名", "与户主关系", "健康状况"), ("薛改花", "妻子", "健康")
    below = (("帮扶责任人", "常建业", "联系电话", "13900009999"),)
    card = form_of([Row(number, cells) for number, cells in enumerate((*own, *family, *below), start=1)], "")

    assert card is not None
    assert not any("13900009999" in row.cells for row in table_of_card(card).rows)
    assert "「联系电话」写在帮扶人、监护人等后面" in remark_on_card(card)


def test_a_phone_before_the_helper_or_behind_something_of_the_household_is_its_own():
    fields = ("户编号", "户主姓名", "联系电话", "帮扶责任人", "帮扶单位", "户类型", "性别")
    card = Form("", {label: FormField("甲", 1.0) for label in fields}, "")

    assert table_of_card(card) is not None
    assert remark_on_card(card) == ""


@pytest.mark.parametrize(
    "below",
    [
        ("帮扶责任人", "常建业", "帮扶单位", "县水利局", "身份证号", "141196198202021234", "联系电话", "13900009999"),
        ("帮扶责任人", "", "帮扶单位", "县水利局", "职务", "身份证号", "141196198202021234", "联系电话", "13900009999"),
        ("结对帮扶人", "姓名", "常建业", "身份证号", "141196198202021234", "联系电话", "13900009999"),
    ],
)
def test_all_to_the_right_of_a_helper_is_his_whatever_stands_between(below: tuple[str, ...]):
    own = ("户编号", "A1", "户主姓名", "庞建国"), ("村代码", "1", "家庭人口", "2")
    family = ("姓名", "与户主关系", "健康状况"), ("薛改花", "妻子", "健康")
    card = form_of([Row(number, cells) for number, cells in enumerate((*own, *family, below), start=1)], "")

    assert card is not None
    cells = [cell for row in table_of_card(card).rows for cell in row.cells]
    assert not {"常建业", "141196198202021234", "13900009999"} & {*cells}
    assert "身份证号、联系电话」写在帮扶人、监护人等后面" in remark_on_card(card)


def test_what_of_a_helper_stands_on_the_card_for_the_second_time_is_said():
    own = ("户编号", "A1", "户主姓名", "庞建国"), ("身份证号", "141196196605051234", "联系电话", "13800000000")
    below = (
        "帮扶责任人",
        "常建业",
        "帮扶单位",
        "县水利局",
        "身份证号",
        "141196198202021234",
        "联系电话",
        "13900009999",
    )
    card = form_of([Row(number, cells) for number, cells in enumerate((*own, below), start=1)], "")

    assert card is not None
    assert "「身份证号、联系电话」写在帮扶人、监护人等后面" in remark_on_card(card)
    assert "13800000000" in [cell for row in table_of_card(card).rows for cell in row.cells]


def test_a_village_below_the_card_is_not_above_it():
    fields = {"户编号": FormField("A1", 1.0), "户主姓名": FormField("庞建国", 1.0)}
    card = Form("", fields, "克虎镇庞家庄村信息卡\n户编号 A1\n蔡家洼村第一书记")

    assert next(row.cells for row in table_of_card(card).rows) == ("克虎镇庞家庄村信息卡",)
    assert len(list(table_of_card(card).rows)) == 3


def test_a_card_that_does_not_name_its_head_has_the_one_of_the_familys_table():
    header, *rows = cards_table({"户编号": "A1", "身份证号码": "141196196409090000"}, "户主", "妻子")

    assert [row[header.index("身份证号码")] for row in rows] == ["141196196409090000", ""]


def test_a_head_whose_relation_is_left_empty_is_known_by_his_name():
    own = {"户编号": "A1", "户主姓名": "庞建国", "身份证号码": "141196196409090000"}

    header, *rows = cards_table(own, "", "妻子")

    assert [row[header.index("身份证号码")] for row in rows] == ["141196196409090000", ""]


@pytest.mark.parametrize(
    ("label", "field"),
    [
        ("户主健康状况", "健康状况"),
        ("户主劳动能力", "劳动能力"),
        ("户主出生日期", "出生日期"),
        ("户主残疾证号", "残疾证号"),
    ],
)
def test_what_a_card_says_of_its_head_is_in_his_row_where_the_family_leaves_him_out(label: str, field: str):
    own = {"户编号": "A1", "户主姓名": "高大", label: "甲"}

    header, head, wife, _ = cards_table(own, "妻子", "儿子", columns=(field,))

    assert (head[header.index("姓名")], head[header.index(field)], wife[header.index(field)]) == ("高大", "甲", "")


def test_nothing_of_the_card_stands_twice_and_what_nobody_knows_is_kept():
    own = {"户编号": "A1", "户主姓名": "庞建国", "性别": "男", "监测对象类别": "边缘易致贫户", "门牌颜色": "红"}

    header, head, _ = cards_table(own, "户主", "妻子", columns=("性别", "户编号", "衣服尺码"))

    assert sorted(header) == sorted({*header})
    assert head[header.index("门牌颜色")] == "红"


def test_a_phone_behind_a_helper_and_something_that_nobody_knows_is_the_helpers():
    card = Form("", {label: FormField("甲", 1.0) for label in ("户编号", "帮扶责任人", "门牌颜色", "联系 电话")}, "")

    assert "「联系 电话」写在帮扶人、监护人等后面" in remark_on_card(card)


def test_the_lines_above_a_card_end_where_its_first_field_stands_whatever_a_short_value_is_like():
    fields = {"户编号": FormField("A1", 1.0), "家庭人口": FormField("2", 1.0)}
    card = Form("", fields, " \n2026年克虎镇庞家庄村信息卡\n户 编号 A1\n蔡家洼村第一书记")

    assert next(row.cells for row in table_of_card(card).rows) == ("2026年克虎镇庞家庄村信息卡",)
    assert len(list(table_of_card(card).rows)) == 3


def cards_table(own: dict[str, str], *relations: str, columns: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    names = ("庞建国", "薛改花")
    family = [Row(1, ("姓名", "与户主关系", *columns))]
    family += [Row(at, (*one, *("" for _ in columns))) for at, one in enumerate(zip(names, relations, strict=True))]
    card = Form("", {label: FormField(text, 1.0) for label, text in own.items()}, "", family=tuple(family))
    return [tuple(map(str, row.cells)) for row in table_of_card(card).rows]


@pytest.mark.parametrize("label", ["户主联系电话", "监测类别", "风险消除时间"])
def test_what_a_card_alone_labels_is_no_label_on_the_form_of_a_petition(label: str):
    own = ("姓名", "庞甲", "联系电话", "13800000000"), ("户编号", "A1", "问题类别", label), ("反映内容", f"{label}：甲")
    form = form_of([Row(number, cells) for number, cells in enumerate(own, start=1)], "")

    assert form is not None
    assert {form.fields["问题类别"].text, form.fields["反映内容"].text} == {label, f"{label}：甲"}
    assert label not in form.fields


@pytest.mark.parametrize(
    ("cells", "number"),
    [
        (("141124104204001", "采集日期", "2026年6月1日"), "141124104204001"),
        (("A1", "家庭类型", "脱贫户"), "A1"),
        (("A1", "采集人", "李某"), "A1"),
        (("A1", "李某", "采集", "2026年6月1日"), "A1"),
        (("A1", "13800000001"), "A1"),
        (("A1 填表日期：2026年6月1日",), "A1"),
        (("1411241042040001", "3"), "1411241042040001"),
        (("采集情况", "2026"), "采集情况"),
        ((*"141124104204001", "采集日期", "2026年6月1日"), "141124104204001"),
        ((*"１４１１２４１０４２０４００１",), "１４１１２４１０４２０４００１"),
        (("141124104204", "0001"), "1411241042040001"),
        (("第", "12", "号", "建档时间", "2020年"), "第12号"),
        (("克虎字", "第12号"), "克虎字第12号"),
        (("甲", "12"), "甲12"),
        (("二组 12",), "二组12"),
        (("克虎镇", "庞家庄村", "12号"), "克虎镇庞家庄村12号"),
        (("克虎", "字", "12", "号"), "克虎字12号"),
        (("2026", "年", "12", "户"), "2026年12户"),
        (("12", "—", "1"), "12—1"),
        (("No.", "12", "（3）"), "No.12（3）"),
        (("十二", "号", "之一"), "十二号之一"),
        (("1411241042040001", "（系统生成）"), "1411241042040001"),
        (("年度", "2026"), "年度"),
        (("无", "12"), "无"),
        (("克虎镇庞家庄", "0012"), "克虎镇庞家庄0012"),
        (("离石区", "0012"), "离石区0012"),
        (("庞家庄 0012",), "庞家庄0012"),
    ],
)
def test_what_stands_right_of_a_households_number_is_no_part_of_it(cells: tuple[str, ...], number: str):
    own = (("户编号", *cells), ("户主姓名", "庞建国", "村代码", "1"), ("家庭人口", "1"))
    card = form_of([Row(at, one) for at, one in enumerate(own, start=1)], "")

    assert card is not None
    header, said = (row.cells for row in table_of_card(card).rows)
    assert "".join(str(said[header.index("户编号")]).split()) == number
    assert not any("旁边" in str(label) for label in header)


def test_what_stands_beside_a_households_number_and_nobody_knows_is_said(tmp_path: Path):
    book = Workbook()
    for cells in (("户编号", "A1", "李某", "采集"), ("户主姓名", "庞甲", "村代码", "141124104202"), ("家庭人口", "1")):
        book.active.append(cells)  # type: ignore[union-attr]
    book.save(tmp_path / "卡.xlsx")

    read = read_registry(tmp_path / "卡.xlsx", places=(), today=date(2026, 11, 24))

    assert [one.id for one in read.households] == ["A1"]
    assert [(one.reason, one.value) for one in read.warnings][-1:] == [(BESIDE_NUMBER, "李某\n采集")]
