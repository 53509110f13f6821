from importers.formats.form_rows import FormRows
from importers.formats.parts import Row


def test_several_labels_with_their_values_in_one_cell_are_told_apart():
    assert fields(("信访人：阎三虎  性别：男  年龄：61", "电话：19900000451")) == {
        "信访人": "阎三虎",
        "性别": "男",
        "年龄": "61",
        "电话": "19900000451",
    }


def test_a_matter_is_not_searched_for_labels():
    assert fields(("反映问题：村里说 电话：打不通",))["反映问题"] == "村里说 电话：打不通"


def test_what_has_a_label_that_nobody_knows_is_no_part_of_the_address_before_it():
    said = fields(("住址：某村一组", "见证人：阎小虎（儿子，13900003331）"))

    assert said["住址"] == "某村一组"
    assert said["住址旁边"].startswith("见证人")


def fields(*rows: tuple[str, ...]) -> dict[str, str]:
    read = FormRows()
    for number, cells in enumerate(rows, start=1):
        read.take(Row(number, cells))
    return {label: said.text for label, said in read.all_fields().items()}
