"""Division codes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.places.region import Level, RegionCode

VILLAGE = RegionCode("141124104202")


def test_a_padded_town_code_is_a_town():
    code = RegionCode.parse("141124104000")

    assert code.level is Level.TOWN
    assert code.digits == "141124104"


def test_a_village_code_that_ends_in_zeros_elsewhere_stays_a_village():
    assert RegionCode.parse("141124104200").level is Level.VILLAGE


def test_a_town_contains_its_villages_and_not_its_neighbours():
    assert RegionCode("141124104").contains(VILLAGE)
    assert not RegionCode("141124105").contains(VILLAGE)


def test_a_village_does_not_contain_its_town():
    assert not VILLAGE.contains(RegionCode("141124104"))


def test_the_ancestor_of_a_wider_level_cannot_be_asked_of_a_county():
    with pytest.raises(ValueError, match="不在任何一个"):
        RegionCode("141124").ancestor(Level.TOWN)


@given(st.text(max_size=14))
def test_anything_that_is_no_code_is_refused(text: str):
    try:
        code = RegionCode.parse(text)
    except ValueError:
        return

    assert code.digits.isascii()
    assert len(code.digits) in {2, 4, 6, 9, 12}
