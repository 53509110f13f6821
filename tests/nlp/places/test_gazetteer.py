import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.places.place import Alias, AliasKind, Place
from domain.places.region import Level, RegionCode
from nlp.places.gazetteer import Gazetteer

COUNTY = RegionCode("141124")


def place(code: str, name: str, *aliases: Alias) -> Place:
    return Place(code=RegionCode.parse(code), name=name, aliases=aliases)


PLACES = (
    place("14", "山西省"),
    place("1411", "吕梁市"),
    place("141124", "临县"),
    place("141125", "柳林县"),
    place("141124104", "克虎镇"),
    place("141124105", "三交镇"),
    place("141124101", "白文镇"),
    place("141124107", "林家坪镇"),
    place("141124104001", "宜家苑社区居委会", Alias("宜家苑安置区", AliasKind.RELOCATION_SITE)),
    place("141124104200", "克虎村委会"),
    place("141124104202", "庞家庄村委会"),
    place(
        "141124104207",
        "高家湾村委会",
        Alias("曹家塔村", AliasKind.FORMER_VILLAGE),
        Alias("后沟组", AliasKind.GROUP),
        Alias("二组", AliasKind.GROUP),
    ),
    place("141124101231", "中庄村委会"),
    place("141124105231", "中庄村委会"),
    place("141124101240", "太平村委会"),
    place("141124107201", "林家坪村委会"),
)


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer(PLACES, COUNTY)


def found(gazetteer: Gazetteer, content: str) -> list[tuple[str, str, Level]]:
    return [(one.name, one.code.digits, one.level) for one in gazetteer.find(content)]


@pytest.mark.parametrize(
    "content",
    ["庞家庄村委会主任", "庞家庄村民", "庞家庄的枣", "克虎镇庞家庄行政村"],
    ids=["official name", "with village", "bare stem", "behind its town"],
)
def test_a_village_is_found_under_every_form(gazetteer: Gazetteer, content: str) -> None:
    assert "141124104202" in [code for _, code, _ in found(gazetteer, content)]


def test_the_longest_form_is_taken(gazetteer: Gazetteer) -> None:
    assert found(gazetteer, "住在宜家苑安置区3号楼") == [("宜家苑安置区", "141124104001", Level.SITE)]


def test_a_community_is_found_as_an_estate_and_not_by_its_bare_name(gazetteer: Gazetteer) -> None:
    unsettled = Gazetteer((place("141124104", "克虎镇"), place("141124104002", "幸福里社区居委会")), COUNTY)
    assert found(unsettled, "住在幸福里小区3号楼") == [("幸福里小区", "141124104002", Level.VILLAGE)]
    assert found(gazetteer, "住在宜家苑小区3号楼") == [("宜家苑小区", "141124104001", Level.SITE)]
    assert found(gazetteer, "住在宜家苑") == []
    assert ("宜家苑", "141124104001", Level.VILLAGE) in found(gazetteer, "克虎镇宜家苑，两户")


def test_offsets_point_at_what_is_written(gazetteer: Gazetteer) -> None:
    content = "临县克虎镇高家湾村二组的人"

    for one in gazetteer.find(content):
        assert content[one.start : one.end] == one.name


def test_a_group_attaches_to_the_village_before_it(gazetteer: Gazetteer) -> None:
    assert found(gazetteer, "克虎镇高家湾村二组村民") == [
        ("克虎镇", "141124104", Level.TOWN),
        ("高家湾村", "141124104207", Level.VILLAGE),
        ("二组", "141124104207", Level.GROUP),
    ]


@pytest.mark.parametrize("content", ["庞家庄村民没有水", "庞家庄村干部来过", "庞家庄村级公路没有硬化"])
def test_a_village_ends_before_its_villagers_and_cadres(gazetteer: Gazetteer, content: str) -> None:
    assert found(gazetteer, content) == [("庞家庄", "141124104202", Level.VILLAGE)]


@pytest.mark.parametrize(
    ("content", "names"),
    [
        ("反映人系南沟六组人", ["南沟", "六组"]),
        ("关于南沟第一村民小组的情况", ["南沟", "第一村民小组"]),
        ("看见张南沟六组的人", []),
        ("南沟三组织开会", []),
    ],
    ids=["behind 系", "behind 关于", "the end of a longer name", "a word that begins like a group"],
)
def test_a_numbered_group_tells_a_village_of_two_characters(content: str, names: list[str]) -> None:
    short = Gazetteer((place("141124104", "克虎镇"), place("141124104209", "南沟村委会")), COUNTY)

    assert [name for name, _, _ in found(short, content)] == names


def test_a_group_without_a_village_is_left_out(gazetteer: Gazetteer) -> None:
    assert found(gazetteer, "二组村民没有水，一组数据") == []


def test_a_named_group_is_ours_only_beside_its_village_or_town(gazetteer: Gazetteer) -> None:
    assert found(gazetteer, "后沟组没有水") == []
    assert ("后沟组", "141124104207", Level.GROUP) in found(gazetteer, "高家湾后沟组没有水")


def test_a_former_village_resolves_to_the_village_of_today(gazetteer: Gazetteer) -> None:
    assert found(gazetteer, "曹家塔的窑洞塌了") == [("曹家塔", "141124104207", Level.VILLAGE)]


@pytest.mark.parametrize(
    "content",
    [
        "柳林县三交镇枣农亏本",
        "柳林县三交镇高家湾村",
        "柳林县三交镇枣农亏本。三交镇的枣裂了口",
        "神木市三交镇",
        "离石区克虎镇",
        "王家坪镇高家湾村",
    ],
    ids=["town", "chain", "said again", "city", "district", "unknown town"],
)
def test_a_place_that_another_county_claims_is_not_ours(gazetteer: Gazetteer, content: str) -> None:
    assert [name for name, _, level in found(gazetteer, content) if level is not Level.COUNTY] == []


def test_a_text_whose_only_place_is_another_county_yields_nothing(gazetteer: Gazetteer) -> None:
    assert found(gazetteer, "石楼县一户人家的牛死了") == []
    assert found(gazetteer, "石楼县一户人家，高家湾的牛死了") == []


@pytest.mark.parametrize("content", ["临县三交镇", "吕梁市临县三交镇", "全县三交镇最多", "我县三交镇"])
def test_our_own_county_before_a_town_claims_nothing(gazetteer: Gazetteer, content: str) -> None:
    assert ("三交镇", "141124105", Level.TOWN) in found(gazetteer, content)


@pytest.mark.parametrize(
    ("county", "content"), [("孝义市", "孝义县阳泉曲镇"), ("辉县市", "新乡辉县阳泉曲镇"), ("离石区", "离石县阳泉曲镇")]
)
def test_the_countys_name_of_before_it_was_a_city_or_district_is_ours(county: str, content: str) -> None:
    places = (Place(code=RegionCode("990101"), name=county), Place(code=RegionCode("990101101"), name="阳泉曲镇"))

    assert [one.name for one in Gazetteer(places, RegionCode("990101")).find(content)][-1:] == ["阳泉曲镇"]


def test_who_works_in_another_county_still_lives_here(gazetteer: Gazetteer) -> None:
    names = [name for name, _, _ in found(gazetteer, "在柳林县打工摔伤，家住高家湾村")]

    assert names == ["高家湾村"]


def test_a_name_of_two_villages_is_no_place_unless_a_town_tells(gazetteer: Gazetteer) -> None:
    assert found(gazetteer, "中庄村没有水") == []
    assert ("中庄村", "141124101231", Level.VILLAGE) in found(gazetteer, "白文镇的人说，中庄村没有水")
    assert ("中庄", "141124105231", Level.VILLAGE) in found(gazetteer, "三交镇中庄没有水")
    assert not [one for one in found(gazetteer, "白文镇和三交镇，中庄村") if one[2] is Level.VILLAGE]


def test_a_village_behind_a_town_it_does_not_lie_in_is_left_out(gazetteer: Gazetteer) -> None:
    assert found(gazetteer, "三交镇高家湾村") == [("三交镇", "141124105", Level.TOWN)]


@pytest.mark.parametrize(
    "content",
    ["太平日子", "克虎便民服务", "面临县里的检查", "前高家湾村", "高家湾镇", "高家庄子"],
    ids=["everyday word", "stem of two", "inside a word", "another village", "another town", "no such place"],
)
def test_a_form_inside_another_word_does_not_fire(gazetteer: Gazetteer, content: str) -> None:
    assert found(gazetteer, content) == []


def test_words_that_end_like_a_qualifier_do_not_hide_a_village(gazetteer: Gazetteer) -> None:
    assert [name for name, _, _ in found(gazetteer, "以前高家湾没水，镇上高家湾的车")] == ["高家湾", "高家湾"]


def test_two_characters_need_the_word_village(gazetteer: Gazetteer) -> None:
    assert found(gazetteer, "太平村没水") == [("太平村", "141124101240", Level.VILLAGE)]


def test_a_bare_name_of_a_town_and_its_village_is_read_as_the_town(gazetteer: Gazetteer) -> None:
    assert found(gazetteer, "林家坪赶集") == [("林家坪", "141124107", Level.TOWN)]
    assert found(gazetteer, "林家坪村没水") == [("林家坪村", "141124107201", Level.VILLAGE)]


def test_places_of_other_counties_are_not_found(gazetteer: Gazetteer) -> None:
    other = Gazetteer((*PLACES, place("141125201202", "庙湾村委会")), COUNTY)

    assert other.find("庙湾村没水") == ()


def test_an_empty_gazetteer_finds_nothing() -> None:
    assert Gazetteer((), COUNTY).find("庞家庄") == ()


@given(
    st.lists(
        st.sampled_from(["柳林县", "临县", "三交镇", "中庄", "高家湾", "村", "二组", "在", "，", "前"]), max_size=12
    )
)
def test_any_mixture_is_read_with_true_offsets(parts: list[str]) -> None:
    content = "".join(parts)

    for one in Gazetteer(PLACES, COUNTY).find(content):
        assert content[one.start : one.end] == one.name


SHORT = Gazetteer(
    (
        place("141124104", "克虎镇"),
        place("141124111", "丛罗峪镇"),
        place("141124111215", "麻塔村委会"),
        place("141124107213", "光明村委会"),
        place("141124104300", "克虎村委会"),
        place("141124100015", "湫水万安苑社区居委会"),
    ),
    COUNTY,
)


@pytest.mark.parametrize(
    ("content", "name"),
    [
        pytest.param("十九岁嫁到麻塔，没有享过福", "麻塔", id="married into it"),
        pytest.param("我是麻塔的，今年六十", "麻塔", id="from there"),
        pytest.param("家住光明，务农", "光明", id="a word behind a word that says home"),
        pytest.param("反映湫水万安苑停水", "湫水万安苑", id="a long estate wherever it stands"),
    ],
)
def test_a_short_village_or_an_estate_is_read_where_the_words_around_say_place(content: str, name: str) -> None:
    assert [one for one, _, _ in found(SHORT, content)] == [name]


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("他的前途光明，人也勤快", id="a word"),
        pytest.param("买了一台麻塔牌水泵", id="part of a longer name"),
    ],
)
def test_two_characters_alone_are_no_village(content: str) -> None:
    assert found(SHORT, content) == []


def test_a_town_of_two_characters_is_read_where_the_words_around_say_home() -> None:
    assert found(SHORT, "家住克虎，今年六十") == [("克虎", "141124104", Level.TOWN)]


@pytest.mark.parametrize("content", ["申请人：克虎，男，45岁", "张建国、克虎、李志强三人", "关于克虎的传说"])
def test_a_town_of_two_characters_may_be_a_persons_name(content: str) -> None:
    assert found(SHORT, content) == []


BESIDE = Gazetteer(
    (
        place("141124104", "克虎镇"),
        place("141124104302", "南塔村委会"),
        place("141124104303", "化林村委会"),
        place("141124104305", "榆林村委会"),
        place("141124104304", "务岭村委会"),
        place("141124100019", "麻裕苑社区居委会"),
    ),
    COUNTY,
)


@pytest.mark.parametrize(
    ("content", "person", "name"),
    [
        pytest.param("想问问南塔惠*琪能不能管", "惠*琪", "南塔", id="right before the person"),
        pytest.param("化林的盛某君这两年难得很", "盛某君", "化林", id="the person of the place"),
        pytest.param("反映务岭脱贫户邰某秀家", "邰某秀", "务岭", id="kind of household between"),
        pytest.param("潘某玉，化林人，在省城看病", "潘某玉", "化林", id="behind the person"),
        pytest.param("帮麻裕苑的王某某问一下", "王某某", "麻裕苑", id="an estate of three characters"),
    ],
)
def test_a_short_name_is_read_beside_a_person(content: str, person: str, name: str) -> None:
    start = content.index(person)

    read = BESIDE.read(content, persons=[(start, start + len(person))])

    assert [one.name for one in read.places][:1] == [name]
    assert BESIDE.read(content).places == ()


@pytest.mark.parametrize(
    ("content", "person"),
    [
        pytest.param("在南塔楼边张某某摔倒", "张某某", id="words between"),
        pytest.param("他家的化林人工费没有结，李某某", "李某某", id="the person stands farther on"),
        pytest.param("张某某，南塔楼下的住户", "张某某", id="the name goes on"),
        pytest.param("张某某，化林，李某某三人", "张某某", id="a word between commas"),
        pytest.param("在到化林路前左转", "路前", id="a street"),
        pytest.param("请化林张总还钱", "张总", id="a firm with a word's name"),
        pytest.param("张某某，榆林人，在外开矿", "张某某", id="a city where people work"),
        pytest.param("老板是化林的王建军", "化林", id="what is itself taken for a person"),
    ],
)
def test_a_short_name_that_only_stands_near_a_person_is_none(content: str, person: str) -> None:
    start = content.index(person)

    assert BESIDE.read(content, persons=[(start, start + len(person))]).places == ()


def test_a_towns_bare_name_right_behind_the_town_is_its_village() -> None:
    gazetteer = Gazetteer(PLACES, COUNTY)

    assert [one.code.digits for one in gazetteer.find("林家坪镇林家坪张某某求助")] == ["141124107", "141124107201"]
    assert [one.code.digits for one in gazetteer.find("林家坪镇，林家坪逢集")] == ["141124107", "141124107"]


def test_what_was_taken_for_a_person_is_a_place_where_another_person_stands_beside_it() -> None:
    content = "化林的盛某君这两年难得很"

    assert [one.name for one in BESIDE.read(content, persons=[(0, 2), (3, 6)]).places] == ["化林"]
