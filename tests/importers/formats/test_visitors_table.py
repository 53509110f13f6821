from importers.formats.forms import form_of
from importers.formats.parts import Row

_MATTER = ("诉求事项", "丈夫在砖厂摔伤，家里拿不出钱做第二次手术。", "", "", "")
_ACCUSED = ("被反映人", "白某", "", "联系电话", "13900006661")


def test_the_first_of_several_visitors_is_the_petitioner_and_nobody_else_in_the_form():
    form = form_of(
        rows(
            ("来访人基本情况", "姓名", "与户主关系", "联系电话", "家庭住址"),
            ("", "毋桂枝", "本人", "19900000201", "某村三组"),
            ("", "苗海海", "儿子", "19900000202", "同上"),
            ("来访类别", "☑个访", "", "来访人数", "2"),
            _MATTER,
            _ACCUSED,
        ),
        "",
    )

    assert form is not None
    assert {label: form.fields[label].text for label in ("姓名", "联系电话", "家庭住址", "诉求事项")} == {
        "姓名": "毋桂枝",
        "联系电话": "19900000201",
        "家庭住址": "某村三组",
        "诉求事项": _MATTER[1],
    }
    assert "苗海海" in form.fields["同来人员"].text


def test_a_table_of_the_accused_is_not_taken_for_the_visitors():
    form = form_of(
        rows(
            ("来访人", "毋桂枝", "电话", "19900000201", ""),
            ("被反映人", "姓名", "联系电话", "住址", ""),
            ("", "白某旺", "13900006661", "某厂", ""),
            _MATTER,
        ),
        "",
    )

    assert form is not None
    assert form.fields["电话"].text == "19900000201"
    assert "联系电话" not in form.fields


def test_the_family_of_a_petitioner_who_is_named_above_does_not_take_his_place():
    form = form_of(
        rows(
            ("来访人", "毋桂枝", "联系电话", "19900000201", ""),
            ("姓名", "与信访人关系", "年龄", "联系电话", ""),
            ("苗海海", "儿子", "30", "19900000202", ""),
            _MATTER,
        ),
        "",
    )

    assert form is not None
    assert form.fields["来访人"].text == "毋桂枝"
    assert form.fields["联系电话"].text == "19900000201"
    assert [row.cells[0] for row in form.family] == ["姓名", "苗海海"]


def test_a_list_with_its_matter_in_the_header_is_no_form():
    listed = rows(
        ("姓名", "联系电话", "家庭住址", "反映内容"),
        ("毋桂枝", "19900000201", "某村", "药费负担不起"),
        ("苗海海", "19900000202", "某村", "窑洞漏雨"),
    )

    assert form_of(listed, "") is None


def rows(*cells: tuple[str, ...]) -> list[Row]:
    return [Row(number, row) for number, row in enumerate(cells, start=1)]
