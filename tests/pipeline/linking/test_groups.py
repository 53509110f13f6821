import pytest

from domain.links.mention import AmbiguousPlace, Mentions, PlaceMention
from domain.places.region import Level
from pipeline.linking.groups import group_alone, group_number, is_same_group
from tests.pipeline.linking.households import HERE, THERE


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("我叫马磊，我村三社人", "三社"),
        ("临泉镇三组的徐睿出了车祸", "三组"),
        ("张朋，家住本村第六组，", "第六组"),
        ("反映临泉镇第三组绳坤的老伴", "第三组"),
        ("我家住在村里二组，", "二组"),
    ],
)
def test_a_group_is_read_where_the_text_names_no_village(text: str, group: str) -> None:
    assert group_alone(text, Mentions()) == group


@pytest.mark.parametrize(
    "text",
    [
        "全镇三组数据",
        "咱村两个组",
        "分成三组讨论",
        "我村一社会组织",
        "我村三组的张三和本村五组的李四",
        "村里没有水",
        "我村二队干部不管",
        "我村一社工来过",
        "我村三队人来打架",
        "被村里二组的人打了",
        "临泉镇三队欠工钱",
        "城关街道三队欠工钱",
        "我村一队占了二队的地",
    ],
)
def test_what_is_no_group_or_names_several_is_not_read(text: str) -> None:
    assert group_alone(text, Mentions()) == ""


def test_beside_a_village_the_group_is_that_villages_and_not_read_here() -> None:
    place = PlaceMention(code=HERE, level=Level.VILLAGE, name="庞家庄村", start=0, end=4)

    assert group_alone("庞家庄村，我村三社人", Mentions(places=(place,))) == ""


@pytest.mark.parametrize(("name", "group"), [("王家庄", "五组"), ("王家庄村", "第五村民小组")])
def test_the_group_of_a_village_that_two_towns_have_is_read(name: str, group: str) -> None:
    place = AmbiguousPlace(codes=(HERE, THERE), level=Level.VILLAGE, name=name, start=1, end=1 + len(name))

    assert group_alone(f"回{name}{group}，碰见高某", Mentions(ambiguous_places=(place,))) == group


@pytest.mark.parametrize(
    ("name", "number"), [("第十二组", 12), ("二十一社", 21), ("十组", 10), ("3组", 3), ("前头组", None)]
)
def test_groups_have_numbers_in_either_script(name: str, number: int | None) -> None:
    assert group_number(name) == number


@pytest.mark.parametrize(
    ("written", "registered", "same"),
    [
        ("第12村民小组", "十二组", True),
        ("二组", "十二组", False),
        ("前头组", "前头组", True),
        ("前头组", "二组", False),
        ("", "", False),
    ],
)
def test_groups_are_the_same_by_number_or_by_name(written: str, registered: str, same: bool) -> None:
    assert is_same_group(written, registered) is same
