"""Pages that show one record as a list of labels and values."""

from pathlib import Path

from tests.importers.office_files import read

_FIELDS = {
    "信访件编号": "1411240000000318",
    "信访人": "张三",
    "联系电话": "13800000001",
    "住址": "某某镇某某村",
    "信访日期": "2026-11-12",
    "信访目的": "求决",
    "概况信息": "反映母亲走失两次，要求享受护理补贴。",
}


def _page(path: Path, fields: dict[str, str]) -> Path:
    items = "".join(f"<dt>{label}</dt><dd>{value}</dd>" for label, value in fields.items())
    body = f"<ul><li>首页</li></ul><h2>信访件详情</h2><dl>{items}</dl><div>某县信访局 版权所有</div>"
    path.write_text(f"<html><meta charset=utf-8><body>{body}</body></html>", encoding="utf-8")
    return path


def test_a_list_of_labels_and_values_is_a_form(tmp_path: Path):
    (record,) = read(_page(tmp_path / "a.html", _FIELDS)).records

    raw = record.raw
    assert (raw.number, raw.petitioner.name, raw.petitioner.phone) == ("1411240000000318", "张三", "13800000001")
    assert (raw.purpose, raw.text) == ("求决", _FIELDS["概况信息"])


def test_a_list_of_questions_and_answers_is_none(tmp_path: Path):
    asked = {"怎样申请低保？": "到村委会申请。", "我家房子漏雨找谁？": "找住建所，我家去年找过。"}

    (record,) = read(_page(tmp_path / "a.html", asked)).records

    assert all(word in record.raw.text for pair in asked.items() for word in pair)


def test_several_records_in_one_list_are_a_form_each(tmp_path: Path):
    other = {
        **_FIELDS,
        "信访件编号": "1411240000000319",
        "信访人": "李四",
        "概况信息": "家里没水吃三个月了，请求解决。",
    }
    items = "".join(f"<dt>{label}</dt><dd>{said}</dd>" for one in (_FIELDS, other) for label, said in one.items())
    (tmp_path / "a.html").write_text(
        f"<html><meta charset=utf-8><body><dl>{items}</dl></body></html>", encoding="utf-8"
    )

    records = read(tmp_path / "a.html").records

    assert [(one.raw.petitioner.name, one.raw.text) for one in records] == [
        ("张三", _FIELDS["概况信息"]),
        ("李四", other["概况信息"]),
    ]
