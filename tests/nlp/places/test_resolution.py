import pytest

from domain.places.place import Alias, AliasKind, Place
from domain.places.region import Level, RegionCode
from nlp.places.gazetteer import Gazetteer

COUNTY = RegionCode("141124")
NORTH, SOUTH = RegionCode("141124101231"), RegionCode("141124105231")


def place(code: str, name: str, *aliases: Alias) -> Place:
    return Place(code=RegionCode.parse(code), name=name, aliases=aliases)


FORMER = Alias("张羊峁村委会", AliasKind.FORMER_VILLAGE, "并入哪个村没有资料", 2009, 2020)
PLACES = (
    place("141124", "临县"),
    place("141125", "柳林县"),
    place("141124101", "白文镇"),
    place("141124105", "三交镇"),
    place("141124104", "克虎镇", FORMER, Alias("第一堡乡", AliasKind.FORMER_TOWN, "", 2009, 2012)),
    place(NORTH.digits, "中庄村委会", Alias("后沟组", AliasKind.GROUP)),
    place(SOUTH.digits, "中庄村委会"),
    place("141124105232", "高家湾村委会"),
    place("141124104201", "万安社区居委会"),
    place("141124104202", "万安里村委会"),
    place("141125101", "孟门镇"),
    place("141125101201", "冯家会村委会"),
    place("141125101202", "高家湾村委会"),
)


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer(PLACES, COUNTY)


def villages(gazetteer: Gazetteer, content: str, *known: RegionCode) -> list[RegionCode]:
    return [one.code for one in gazetteer.find(content, known=known) if one.level is Level.VILLAGE]


def test_a_name_of_two_villages_is_kept_with_both_codes(gazetteer: Gazetteer) -> None:
    read = gazetteer.read("中庄村没有水")

    assert read.places == ()
    assert [(one.codes, one.name, one.start, one.end) for one in read.ambiguous] == [((NORTH, SOUTH), "中庄村", 0, 3)]


@pytest.mark.parametrize(
    ("content", "village"),
    [
        ("白文镇的人说，中庄村没有水", NORTH),
        ("三交镇开会。白文镇的人说，中庄村没有水", NORTH),
        ("中庄村没有水，高家湾村也没有", SOUTH),
        ("三交镇中庄村没有水，中庄村的人着急。白文镇来看过，中庄村要打井", SOUTH),
        ("中庄村后沟组没有水", NORTH),
    ],
    ids=["town of the text", "town of the sentence", "neighbour", "told before", "its group"],
)
def test_the_text_tells_villages_of_one_name_apart(gazetteer: Gazetteer, content: str, village: RegionCode) -> None:
    found = gazetteer.read(content)

    assert {one.code for one in found.places} & {NORTH, SOUTH} == {village}
    assert found.ambiguous == ()


def test_what_is_known_outside_the_text_tells_them_apart(gazetteer: Gazetteer) -> None:
    assert villages(gazetteer, "中庄村没有水", RegionCode("141124105")) == [SOUTH]
    assert villages(gazetteer, "中庄村没有水", NORTH) == [NORTH]
    assert villages(gazetteer, "中庄村没有水", COUNTY) == []


def test_what_the_text_says_outweighs_the_address(gazetteer: Gazetteer) -> None:
    assert villages(gazetteer, "白文镇的人说，中庄村没有水", RegionCode("141124105")) == [NORTH]


def test_a_village_that_is_no_more_is_read_as_its_town_and_marked(gazetteer: Gazetteer) -> None:
    [found] = gazetteer.find("张羊峁的窑洞塌了")

    assert (found.code.digits, found.level, found.former, found.name) == ("141124104", Level.TOWN, True, "张羊峁")


def test_a_group_of_a_village_that_is_no_more_is_left_out(gazetteer: Gazetteer) -> None:
    assert [one.name for one in gazetteer.find("克虎镇张羊峁村二组")] == ["克虎镇", "张羊峁村"]


def test_an_old_name_of_a_town_is_the_town(gazetteer: Gazetteer) -> None:
    [found] = gazetteer.find("第一堡乡的干部")

    assert (found.code.digits, found.former) == ("141124104", False)


def test_the_longer_name_behind_a_town_is_read(gazetteer: Gazetteer) -> None:
    assert [one.name for one in gazetteer.find("克虎镇万安里村的水")] == ["克虎镇", "万安里村"]
    assert [one.name for one in gazetteer.find("克虎镇万安里，两户")] == ["克虎镇", "万安里"]


@pytest.mark.parametrize(
    ("content", "foreign"),
    [
        ("柳林县孟门镇高家湾村的枣", ["柳林县", "孟门镇"]),
        ("从孟门镇回到高家湾村，路断了", ["孟门镇"]),
        ("冯家会村的人都走了", ["冯家会村"]),
        ("兴国市明水镇的桥", ["明水镇"]),
    ],
    ids=["whole address", "town that has the village too", "village of one county", "a town of no list"],
)
def test_a_text_about_another_county_is_known_as_such(gazetteer: Gazetteer, content: str, foreign: list[str]) -> None:
    read = gazetteer.read(content)

    assert [one.name for one in read.foreign] == foreign
    assert (read.places, read.ambiguous) == ((), ())


@pytest.mark.parametrize(
    "content",
    ["在孟门镇打工，家住高家湾村", "临县高家湾村，到孟门镇赶集", "三交镇冯家会村的高家湾村人"],
    ids=["work", "ours first", "unlisted village of ours"],
)
def test_another_countys_name_does_not_hide_our_village(gazetteer: Gazetteer, content: str) -> None:
    assert "高家湾村" in [one.name for one in gazetteer.find(content)]


def test_a_word_of_time_before_a_name_is_no_part_of_it() -> None:
    names = (("101", "曲峪镇"), ("101201", "后曲峪村委会"), ("101202", "南沟村委会"), ("101203", "后南沟村委会"))
    found = Gazetteer([place(COUNTY.digits + code, name) for code, name in names], COUNTY)

    assert [one.name for one in found.find("冰雹过后曲峪镇没有电")] == ["曲峪镇"]
    assert [one.name for one in found.find("冰雹过后南沟村没有电")] == ["南沟村"]
    assert [one.name for one in found.find("在后南沟村，后曲峪没有电")] == ["后南沟村", "后曲峪"]


def test_a_writer_of_ours_may_tell_of_another_county(gazetteer: Gazetteer) -> None:
    content = "女儿嫁到柳林县，高家湾村的地没人种"

    assert villages(gazetteer, content) == []
    assert villages(gazetteer, content, RegionCode("141124105")) == [RegionCode("141124105232")]


@pytest.mark.parametrize("before", ["明水市兴国市", "白石街道", "某省明水市东兴区"])
def test_an_address_of_elsewhere_hides_our_village(gazetteer: Gazetteer, before: str) -> None:
    assert gazetteer.find(f"{before}高家湾村三组") == ()


def test_words_that_a_name_begins_are_no_place(gazetteer: Gazetteer) -> None:
    places = (
        place("141124104", "克虎镇"),
        place("141124104205", "刘家沟村委会"),
        place("141124104206", "高家庄村委会"),
    )

    assert Gazetteer(places, COUNTY).find("和刘家沟通过，高家庄稼没收") == ()
