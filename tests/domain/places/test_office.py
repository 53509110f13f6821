"""Whose numbers a delivered record carries."""

import pytest

from domain.places.office import HOUSE, Offices
from domain.places.region import RegionCode

COUNTY, TOWN = RegionCode("141124"), RegionCode("141124105")
OFFICES = Offices(house=COUNTY, known={"某镇": TOWN, "xinfang@town.example": TOWN, "县信访局": COUNTY})


@pytest.mark.parametrize(
    ("found", "office"),
    [
        (OFFICES.of_region(TOWN), "141124105"),
        (OFFICES.of_folder("某镇"), "141124105"),
        (OFFICES.of_sender("xinfang@town.example"), "141124105"),
        (OFFICES.of_region(COUNTY), HOUSE),
        (OFFICES.of_folder(""), HOUSE),
        (OFFICES.of_folder("县信访局"), HOUSE),
        (OFFICES.of_folder("另一镇"), "folder:另一镇"),
        (OFFICES.of_folder("141124105"), "folder:141124105"),
        (OFFICES.of_sender("a@b.example"), "mail:a@b.example"),
    ],
)
def test_ways_of_one_office_share_a_name_and_no_way_takes_anothers(found: str, office: str):
    assert found == office
