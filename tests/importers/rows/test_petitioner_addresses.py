"""Addresses that are spread over several columns."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from importers.rows.petitioner_addresses import whole_address
from tests.importers.office_files import read, write_xlsx


@pytest.mark.parametrize(
    ("texts", "sheet", "address"),
    [
        ({"town": "某镇", "village": "某村", "address": "三组"}, "台账", "某镇某村三组"),
        ({"town": "某镇", "village": "某村委会", "address": "某镇某村三组"}, "台账", "某镇某村三组"),
        ({"village": "无", "address": "三组"}, "台账", "三组"),
        ({"village": "非贫困村", "address": "东庄"}, "台账", "东庄"),
        ({"village": "一般村"}, "台账", ""),
        ({"village": "先进村"}, "台账", "先进村"),
        ({"town": "克虎镇", "village": "平川村", "address": "三组"}, "台账", "克虎镇平川村三组"),
        ({"village": "一类村", "address": "克虎镇庞家庄村三组"}, "某村", "克虎镇庞家庄村三组"),
        ({"village": "蔡家洼自然村"}, "台账", "蔡家洼自然村"),
        ({"village": "郭家垛行政村", "address": "三组"}, "台账", "郭家垛行政村三组"),
        ({}, "某村", "某村"),
        ({}, "2026年10月", ""),
        ({"address": "三组"}, "某村", "三组"),
        ({"village": "某社区", "building": "1", "entrance": "2", "room": "301"}, "10月", "某社区1号楼2单元301室"),
        ({"building": "一号楼", "entrance": "/", "room": "301"}, "某社区", "某社区一号楼301室"),
        ({"address": "某小区3号楼301", "room": "3号楼301"}, "10月", "某小区3号楼301"),
        ({"building": "1", "entrance": "2", "room": "301"}, "10月", ""),
        ({"village": "某社区", "building": "1", "entrance": "2", "room": "无"}, "10月", "某社区"),
        ({"address": "某小区1-2-301", "building": "1", "entrance": "2", "room": "301"}, "10月", "某小区1-2-301"),
        (
            {"village": "某村", "natural_village": "某家园", "building": "1", "entrance": "2", "room": "301"},
            "10月",
            "某村某家园1号楼2单元301室",
        ),
    ],
)
def test_the_address_names_town_and_village_once(texts: dict[str, str], sheet: str, address: str):
    assert whole_address(texts, sheet) == address


@pytest.mark.parametrize(
    ("place", "address", "said"),
    [(("小区", "某家园"), "某家园1号楼2单元301室", False), (("备注", "已修"), "", True)],
)
def test_a_flat_needs_its_settlement_and_the_table_says_so_once(
    tmp_path: Path, place: tuple[str, str], address: str, said: bool
):
    def flat(matter: str) -> Sequence[str]:
        return ("1", "2", "301", place[1], "李一", "13800000001", matter, "2026-09-03")

    rows = [
        ("楼号", "单元", "房号", place[0], "业主姓名", "电话", "诉求内容", "登记时间"),
        ("一号楼",),
        flat("下水堵了污水返到家里没人修。"),
        flat("取暖费一千二交不起。"),
    ]

    told = read(write_xlsx(tmp_path / "t.xlsx", rows, sheet="10月"))

    assert [one.raw.petitioner.address for one in told.records if one.raw.petitioner] == [address] * 2
    assert [one.row for one in told.warnings if "没有当作住址" in one.reason] == ([1] if said else [])
    assert [one.row for one in told.warnings if "只有楼号" in one.reason] == [2]
