import pytest

from domain.place import Place
from domain.region import RegionCode
from importers.village_names import VillageNames

NAMES = VillageNames(
    [
        Place(code=RegionCode(code), name=name)
        for code, name in (
            ("141124104", "克虎镇"),
            ("141124106", "三交镇"),
            ("141124104202", "庞家庄村委会"),
            ("141124104203", "蔡家洼村委会"),
            ("141124104210", "重名村委会"),
            ("141124106210", "重名村委会"),
        )
    ]
)


@pytest.mark.parametrize(
    ("title", "village", "code"),
    [
        ("克虎镇庞家庄村脱贫户花名册", "庞家庄村", "141124104202"),
        ("填报单位：庞家庄村委会", "庞家庄村委会", "141124104202"),
        ("三交镇重名村花名册", "重名村", "141124106210"),
    ],
)
def test_a_title_names_its_village(title: str, village: str, code: str):
    assert NAMES.named_in(title) == (village, RegionCode(code))


@pytest.mark.parametrize("title", ["庞家庄村、蔡家洼村花名册", "重名村花名册", "克虎镇花名册", "庞家庄花名册"])
def test_a_title_with_several_villages_or_none_names_none(title: str):
    assert NAMES.named_in(title) is None
