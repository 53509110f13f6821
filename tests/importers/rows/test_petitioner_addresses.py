"""Addresses that are spread over several columns."""

import pytest

from importers.rows.petitioner_addresses import whole_address


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
    ],
)
def test_the_address_names_town_and_village_once(texts: dict[str, str], sheet: str, address: str):
    assert whole_address(texts, sheet) == address
