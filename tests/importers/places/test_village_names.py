import pytest

from domain.places.place import Place
from domain.places.region import RegionCode
from importers.places.village_names import VillageNames

NAMES = VillageNames(
    [
        Place(code=RegionCode(code), name=name)
        for code, name in (
            ("141124", "临县"),
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
        ("庞家庄村美丽乡村花名册", "庞家庄村", "141124104202"),
        ("庞家庄村村民花名册", "庞家庄村", "141124104202"),
        ("庞家庄村风险消除户花名册", "庞家庄村", "141124104202"),
        ("庞家庄村民委员会脱贫户台账", "庞家庄村", "141124104202"),
        ("庞家庄村（含原蔡家洼村）花名册", "庞家庄村", "141124104202"),
        ("填报单位：庞家庄村委会", "庞家庄村委会", "141124104202"),
        ("填表单位（盖章）：临县 克虎镇庞家庄村", "庞家庄村", "141124104202"),
        ("2026年度临县三交镇重名村花名册", "重名村", "141124106210"),
    ],
)
def test_a_title_names_its_village(title: str, village: str, code: str):
    assert NAMES.named_in(title) == (village, RegionCode(code))


@pytest.mark.parametrize(
    "title",
    [
        *(f"庞家庄村{between}蔡家洼村花名册" for between in ("、", "和", "及", "与", ",", "，", "/")),
        "重名村花名册",
        "克虎镇花名册",
        "庞家庄村蔡家洼村监测户花名册",
        "庞家庄村下辖蔡家洼社区花名册",
        "庞家庄村以外监测户花名册",
        "庞家庄村除低保户外花名册",
        "蔡家洼村（庞家庄村包村干部填）",
        "庞家庄村帮扶户花名册",
        "庞家庄花名册",
        "克虎镇庞家庄村等三个村花名册",
        "克虎镇庞家庄村驻村工作队帮扶户花名册",
        "克虎镇后庞家庄村花名册",
        "临泉镇庞家庄村花名册",
        "岚县克虎镇庞家庄村花名册",
        "三交镇庞家庄村花名册",
        "填表人：庞家庄村会计",
        "帮扶单位：庞家庄村",
        "县水利局帮扶庞家庄村花名册",
        "庞家庄村" + "花" * 100,
    ],
)
def test_a_title_with_several_villages_none_or_one_that_may_lie_elsewhere_names_none(title: str):
    assert NAMES.named_in(title) is None


def test_a_second_village_sign_may_be_the_names_own():
    names = VillageNames(
        [Place(code=RegionCode(f"14112410420{at}"), name=name) for at, name in ((2, "前村"), (3, "前村村"))]
    )

    assert names.named_in("前村村花名册") == ("前村村", RegionCode("141124104203"))


@pytest.mark.parametrize("group", ["一组", "第三组", "3组", "２组", "第一村民小组", "二队", "三社"])
def test_a_group_by_its_number_is_one_of_any_village_though_a_village_has_that_name(group: str):
    names = VillageNames(
        [
            Place(code=RegionCode("141124104209"), name=group[:12]),
            Place(code=RegionCode("141124104202"), name="庞家庄村委会"),
        ]
    )

    assert not names.is_elsewhere(group, "141124104202")


@pytest.mark.parametrize("text", ["三社区5号", "五社委会2号", "五社村委会", "三社东沟3号"])
def test_a_longer_name_of_a_known_village_is_no_group(text: str):
    names = VillageNames(
        [
            Place(code=RegionCode("141124104209"), name="三社区"),
            Place(code=RegionCode("141124104210"), name="五社村委会"),
            Place(code=RegionCode("141124104211"), name="三社东沟村委会"),
        ]
    )

    assert names.is_elsewhere(text, "141124104202")


def test_a_village_named_by_a_number_is_another_one():
    names = VillageNames([Place(code=RegionCode("141124104209"), name="三社村委会")])

    assert names.is_elsewhere("三社村一组", "141124104202")


@pytest.mark.parametrize(
    ("text", "is_elsewhere"),
    [
        ("蔡家洼一组", True),
        ("临县克虎镇蔡家洼村二组", True),
        ("庞家庄村一组", False),
        ("一组", False),
        ("重名村一组", True),
        ("", False),
    ],
)
def test_a_group_or_address_may_begin_with_another_village(text: str, *, is_elsewhere: bool):
    assert NAMES.is_elsewhere(text, "141124104202") is is_elsewhere
