"""Lines of a cell that only its width broke are joined, all others stay."""

import pytest

from importers.formats.pages.cell_lines import joined_lines


@pytest.mark.parametrize(
    ("text", "width", "joined"),
    [
        ("克虎镇\n庞家庄\n村", 4.5, "克虎镇庞家庄村"),
        ("KHXF20\n26001", 5.5, "KHXF2026001"),
        ("KHXF2026-\n001", 6.0, "KHXF2026-001"),
        ("14112419990\n2300019", 6.5, "141124199902300019"),
        ("34122419\n8502300019", 6.0, "341224198502300019"),
        ("13800000\n000", 5.5, "13800000000"),
        ("2026-9-1\n5", 5.5, "2026-9-15"),
        ("揭发控\n告", 4.0, "揭发控告"),
        ("高家村\n镇", 4.0, "高家村镇"),
        ("克虎镇庞家\n庄村", 6.3, "克虎镇庞家庄村"),
        ("厂方支付两万元后不再\n管，现在不能干活。", 12.5, "厂方支付两万元后不再管，现在不能干活。"),
    ],
)
def test_what_the_cell_broke_is_one_line(text: str, width: float, joined: str):
    assert joined_lines(text, width) == joined


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("13800000000\n13900000000", 7.0),
        ("张三\n李四", 3.0),
        ("13800000000\n4420000", 7.0),
        ("13800000000\n家中", 7.0),
        ("4420000\n13800000000", 4.5),
        ("4420000\n家里", 4.5),
        ("141124199902300019\n本人", 11.0),
        ("X001\nX002", 3.0),
        ("9月3日\n9月10日", 4.5),
        ("2026-09-03\n来电", 6.5),
        ("投诉\n举报", 3.0),
        ("克虎镇\n曲峪镇", 4.0),
        ("低保\n医保", 4.2),
        ("张三\n妻李四", 4.2),
        ("4421236\n4421237", 4.5),
        ("2026-09-03\n10:21", 6.5),
        ("张三\n13800000000", 4.0),
        ("某镇某村\n住在县城", 20.0),
        ("反映两件事。\n2026年没有发补贴。", 7.0),
        ("路不通，车进不来\n2、水不干净", 9.0),
    ],
)
def test_breaks_that_somebody_wrote_are_kept(text: str, width: float):
    assert joined_lines(text, width) == text
