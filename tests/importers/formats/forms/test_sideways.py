"""Forms with remarks beside their values are forms; lists on their side are none, whatever holds them."""

from pathlib import Path

import pytest

from importers.formats.forms.forms import form_of
from importers.formats.forms.sideways import TRANSPOSED, is_transposed
from importers.formats.parts import RefusedPart, Row
from importers.petitions.reading import open_petitions
from tests.importers.formats.delivery import parts_of
from tests.importers.formats.office_files import docx_of, pdf, ruled, xlsx
from tests.importers.office_files import COUNTY, NOW

Cells = list[tuple[str, ...]]
_MATTER = "家里房子漏雨, 老人长期吃药, 请求帮扶。"
FORMS: dict[str, Cells] = {
    "remarks beside three labels": [
        ("姓名", "张三", "本人"),
        ("联系电话", "13800000000", "已核实"),
        ("家庭住址", "某镇某村", "易地搬迁户"),
        ("来访日期", "2026-09-03"),
        ("反映内容", _MATTER),
    ],
    "remarks beside every label": [
        ("姓名", "李四", "与户主关系: 之子"),
        ("身份证号", "141124199001011230", "原件已看"),
        ("联系电话", "13900000000", "邻居的"),
        ("信访日期", "2026年9月4日", "上午"),
        ("反映内容", _MATTER, "已告知回复期限"),
    ],
    "a column of the office's own opinions": [
        ("登记表", "", ""),
        ("来访人", "王五", "接访人意见"),
        ("住址", "某镇某村二组", "转民政所"),
        ("电话", "13700000000", "转包村干部"),
        ("诉求", _MATTER, "请于九月底前办结"),
    ],
    "a remark that is a number": [
        ("姓名", "赵六", "3人同来"),
        ("性别", "男", "52"),
        ("手机", "13600000000", "2"),
        ("反映内容", _MATTER),
    ],
    "a person without phone": [
        ("姓名", "孙七", "由人代笔"),
        ("电话", "无", "没有手机"),
        ("家庭住址", "某镇某村", "在外租住"),
        ("登记日期", "2026.9.5", "补登"),
        ("反映问题", _MATTER, "附照片两张"),
    ],
    "remarks right of an empty cell": [
        ("姓名", "周八", "", "低保户"),
        ("身份证号", "141124195505055550", "", "复印件附后"),
        ("电话号码", "13500000000", "", "儿子的"),
        ("反映内容", _MATTER),
    ],
}
LIST: Cells = [
    ("编号", "X001", "X002"),
    ("姓名", "张三", "李四"),
    ("联系电话", "13800000000", "无"),
    ("反映内容", _MATTER, "井干了, 没有水吃。"),
]


def _rows(cells: Cells) -> list[Row]:
    return [Row(number, tuple(row)) for number, row in enumerate(cells, start=1)]


@pytest.mark.parametrize("cells", FORMS.values(), ids=FORMS)
def test_a_form_with_remarks_is_a_form(cells: Cells) -> None:
    rows = _rows(cells)

    form = form_of(rows, "")

    assert not is_transposed(rows)
    assert form is not None
    name = next(row[1] for row in cells if row[0] in {"姓名", "来访人"})
    assert next(iter(form.fields.values())).text == name
    assert all(cell in form.text for row in cells for cell in row)


def test_a_remark_is_kept_beside_its_value_and_said() -> None:
    form = form_of(_rows(FORMS["remarks beside three labels"]), "")

    assert form is not None
    assert form.fields["联系电话"].text == "13800000000"
    assert "旁边还写着别的" in form.fields["联系电话"].note
    assert form.fields["联系电话旁边"].text == "已核实"


def test_a_matter_that_begins_like_a_name_is_whole() -> None:
    form = form_of(_rows([("姓名", "张三"), ("联系电话", "13800000000"), ("反映内容", "路不通", _MATTER)]), "")

    assert form is not None
    assert form.fields["反映内容"].text == f"路不通\n{_MATTER}"


@pytest.mark.parametrize("without", range(1, 4), ids=str)
def test_a_list_on_its_side_is_no_form(without: int) -> None:
    assert is_transposed(_rows([*LIST[:without], *LIST[without + 1 :], ("家庭住址", "某镇某村", "某镇另一村")]))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("表.xlsx", xlsx({"台账": LIST})),
        ("表.docx", docx_of(["登记"], [LIST])),
        ("表.pdf", pdf([ruled(LIST, 50, 780)])),
        (
            "表.html",
            ("<table>" + "".join(f"<tr><td>{'<td>'.join(row)}</tr>" for row in LIST) + "</table>").encode(),
        ),
    ],
)
def test_a_list_on_its_side_is_refused_whatever_holds_it(tmp_path: Path, name: str, content: bytes) -> None:
    refused = [part.reason for part in parts_of(tmp_path, name, content) if isinstance(part, RefusedPart)]

    assert refused == [TRANSPOSED]


def test_a_form_with_remarks_becomes_one_petition_of_its_person(tmp_path: Path) -> None:
    path = tmp_path / "登记表.xlsx"
    path.write_bytes(xlsx({"登记": FORMS["remarks beside three labels"]}))

    with open_petitions(path, received_at=NOW, county=COUNTY) as found:
        records = [entry.record.raw for entry in found if hasattr(entry, "record")]

    (raw,) = records
    assert (raw.petitioner.name, raw.petitioner.phone) == ("张三", "13800000000")
    assert raw.text == _MATTER
    assert raw.fields["姓名旁边"] == "本人"
