"""The taxonomy."""

from domain.risk import GUIDE_RISKS, TAXONOMY, Risk, with_derived


def test_every_category_is_defined():
    assert set(TAXONOMY) == set(Risk)


def test_thirteen_categories_are_labelled_by_people():
    assert len(GUIDE_RISKS) == 13
    assert Risk.RELOCATION_UNEMPLOYMENT not in GUIDE_RISKS


def test_housing_and_water_are_flags_without_a_national_code():
    assert TAXONOMY[Risk.HOUSING].national_code is None
    assert TAXONOMY[Risk.WATER].national_code is None


def test_lost_work_at_a_relocation_site_is_derived():
    risks = with_derived(frozenset({Risk.UNEMPLOYMENT}), relocation=True)

    assert Risk.RELOCATION_UNEMPLOYMENT in risks


def test_relocation_alone_derives_nothing():
    assert with_derived(frozenset({Risk.HOUSING}), relocation=True) == {Risk.HOUSING}
