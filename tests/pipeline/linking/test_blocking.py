import pytest

from domain.links.mention import Mentions, PersonRole
from domain.places.region import Level, RegionCode
from domain.register.household import HouseholdId
from pipeline.linking.blocking import Lookups, by_names, lookups, phone_numbers
from pipeline.linking.facts import Facts
from tests.pipeline.linking.households import (
    HERE,
    ID_NUMBER,
    NAMESAKE_HERE,
    NAMESAKE_THERE,
    PANG,
    PHONE,
    THERE,
    TOWN,
    XUE,
    document,
    household,
    index_of,
    mentions,
    person,
)

VILLAGE_HERE = {"庞家庄": (HERE, Level.VILLAGE)}

_MANY = "一二三四五六七八九十百千万亿山水木火土金石田禾米竹羊牛马鸟鱼龙虎春夏秋冬东西南北中上"


def found(text: str, named: Mentions, *others: str, **petitioner: str) -> set[HouseholdId]:
    more = [household(f"other-{number}", person(name), village=THERE) for number, name in enumerate(others)]
    index = index_of([PANG, NAMESAKE_HERE, NAMESAKE_THERE, XUE, *more])
    return set(by_names(Facts(document=document(text, **petitioner), mentions=named, reading=None), index))


def test_numbers_of_row_and_text_are_asked_for_once() -> None:
    text = f"庞建国的妻子李秀英患病，电话{PHONE}，身份证{ID_NUMBER}"
    written = document(text, name="庞建国", phone=f"{PHONE}/0358-0000000", id_number=ID_NUMBER)

    asked = lookups(written, mentions(text, {}, {}))

    assert asked == Lookups(id_numbers=(ID_NUMBER,), phones=("03580000000", PHONE))


def test_masked_numbers_are_not_asked_for() -> None:
    text = "身份证141124********0010"

    assert lookups(document(text, phone="138****0000"), mentions(text, {}, {})) == Lookups((), ())


def test_every_namesake_may_be_meant() -> None:
    text = "庞建国患病"

    assert found(text, mentions(text, {"庞建国": PersonRole.SUFFERER}, {})) == {
        "pang",
        "namesake-here",
        "namesake-there",
    }


def test_every_petitioner_of_a_cell_is_asked_for() -> None:
    text = "家里没有水"

    assert found(text, mentions(text, {}, {}), name="庞建国、薛改花等3人") == {
        "pang",
        "namesake-here",
        "namesake-there",
        "xue",
    }


def test_officials_are_never_asked_for() -> None:
    text = "庞家庄村支书庞建国说没有水"

    assert found(text, mentions(text, {"庞建国": PersonRole.OFFICIAL}, VILLAGE_HERE)) == set()


def test_the_petitioner_of_the_register_may_be_meant() -> None:
    assert found("没有水", Mentions(), name="薛改花") == {"xue"}


def test_a_partial_name_may_mean_anybody_of_the_village() -> None:
    text = "庞家庄庞某某患病"

    assert {"pang", "namesake-here"} <= found(text, mentions(text, {"庞某某": PersonRole.SUFFERER}, VILLAGE_HERE))


def test_a_surname_of_a_village_that_hardly_has_it_may_be_a_neighbours() -> None:
    text = "庞家庄谭某某患病"
    named = mentions(text, {"谭某某": PersonRole.SUFFERER}, VILLAGE_HERE)

    assert found(text, named, "谭云峰") == {"other-0"}
    assert found(text, named, *(f"谭{one}" for one in _MANY)) == set()


def test_a_surname_that_the_village_has_is_not_looked_for_around_it() -> None:
    text = "高家湾谭某某患病"
    named = mentions(text, {"谭某某": PersonRole.SUFFERER}, {"高家湾": (THERE, Level.VILLAGE)})
    index = index_of(
        [
            household("around", person("谭云峰")),
            *(household(f"in-{one}", person(f"谭{one}"), village=THERE) for one in _MANY[:4]),
        ]
    )

    assert "around" not in by_names(Facts(document=document(text), mentions=named, reading=None), index)


def test_a_surname_alone_means_nobody_of_a_whole_town() -> None:
    text = "克虎镇庞某某患病"
    town = {"克虎镇": (TOWN, Level.TOWN)}

    assert found(text, mentions(text, {"庞某某": PersonRole.SUFFERER}, town)) == set()
    text = "克虎镇庞*国患病"
    assert "pang" in found(text, mentions(text, {"庞*国": PersonRole.SUFFERER}, town))


def test_a_misspelt_name_is_looked_for_around_the_village() -> None:
    text = "庞家庄庞健国患病"

    assert "pang" in found(text, mentions(text, {"庞健国": PersonRole.SUFFERER}, VILLAGE_HERE))


def test_of_very_many_namesakes_those_of_the_village_are_looked_at() -> None:
    text = "庞家庄庞建国患病"
    others = ["庞建国"] * 60

    assert found(text, mentions(text, {"庞建国": PersonRole.SUFFERER}, VILLAGE_HERE), *others) >= {"pang"}


def test_the_named_village_comes_before_the_rest_of_a_crowded_town() -> None:
    last = RegionCode("141124104299")
    crowd = [household(f"crowd-{number}", person("王秀英"), village=THERE) for number in range(60)]
    index = index_of([*crowd, household("meant", person("王秀英"), village=last)])
    text = "末村王秀英患病"
    named = mentions(text, {"王秀英": PersonRole.SUFFERER}, {"末村": (last, Level.VILLAGE)})

    assert "meant" in by_names(Facts(document=document(text), mentions=named, reading=None), index)


@pytest.mark.parametrize("name", ["丁丁", "王子", "买买提吐尔逊·阿不都热合曼"])
def test_a_name_that_looks_like_part_of_one_is_looked_up_whole_too(name: str) -> None:
    text = f"{name}患病"
    index = index_of([household("home", person(name))])

    asked = Facts(document=document(text), mentions=mentions(text, {name: PersonRole.SUFFERER}, {}), reading=None)
    assert by_names(asked, index) == {"home"}


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("13800000000", {"13800000000"}),
        ("+86 138 0000 0000", set()),
        ("8613800000000", {"13800000000"}),
        ("13800000000、0358-0000000", {"13800000000", "03580000000"}),
        ("无", set()),
        ("", set()),
    ],
)
def test_a_cell_may_hold_several_phones(written: str, expected: set[str]) -> None:
    assert phone_numbers(written) == expected


def test_a_list_of_partial_names_is_not_looked_for_in_whole_towns() -> None:
    few, many = (
        "、".join(["谭某某", *(f"{one}某某" for one in "佟谷车侯宓蓬全郗班仰秋仲伊宫宁"[:others])])
        for others in (3, 10)
    )

    def looked_for(names: str) -> set[HouseholdId]:
        text = f"庞家庄{names}"
        return found(
            text, mentions(text, dict.fromkeys(names.split("、"), PersonRole.SUFFERER), VILLAGE_HERE), "谭云峰"
        )

    assert looked_for(few) == {"other-0"}
    assert looked_for(many) == set()


def test_a_pet_name_is_not_looked_for_in_whole_towns() -> None:
    text = "庞家庄小龘患病"

    assert found(text, mentions(text, {"小龘": PersonRole.SUFFERER}, VILLAGE_HERE), "谭龘") == set()
