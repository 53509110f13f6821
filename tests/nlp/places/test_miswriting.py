import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.places.place import Place
from domain.places.region import Level, RegionCode
from nlp.places.gazetteer import Gazetteer

COUNTY = RegionCode("141124")


def place(code: str, name: str) -> Place:
    return Place(code=RegionCode.parse(code), name=name)


PLACES = (
    place("141124", "临县"),
    place("141124103", "兔坂镇"),
    place("141124104", "克虎镇"),
    place("141124105", "三交镇"),
    place("141124103201", "新化村委会"),
    place("141124103202", "南庄村委会"),
    place("141124104202", "庞家庄村委会"),
    place("141124104203", "圪垛村委会"),
    place("141124105203", "薛家圪垛村委会"),
    place("141124105204", "武家湾村委会"),
    place("141124103204", "吴家湾村委会"),
    place("141124103205", "史家庄村委会"),
)


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer(PLACES, COUNTY)


def read(gazetteer: Gazetteer, content: str) -> list[tuple[str, str, str]]:
    return [(one.name, one.meant, one.code.digits) for one in gazetteer.find(content)]


@pytest.mark.parametrize(
    ("content", "written", "meant", "code"),
    [
        ("旁家庄村的枣裂了", "旁家庄村", "庞家庄村", "141124104202"),
        ("兔板镇的干部", "兔板镇", "兔坂镇", "141124103"),
        ("武家弯没有水", "", "", ""),
        ("武家弯村没有水", "武家弯村", "武家湾村", "141124105204"),
        ("兔坂镇难庄，两户", "难庄", "南庄", "141124103202"),
    ],
    ids=["same sound", "similar shape", "no place's ending", "the nearer of two", "behind its town"],
)
def test_a_miswriting_is_read_and_marked(
    gazetteer: Gazetteer, content: str, written: str, meant: str, code: str
) -> None:
    assert [one for one in read(gazetteer, content) if one[1]] == ([(written, meant, code)] if written else [])


@pytest.mark.parametrize("content", ["兔坂镇的同村村民", "兔坂镇要求与邻村一致", "兔坂镇是农村"])
def test_a_word_that_ends_in_village_is_no_miswriting(content: str) -> None:
    alike = (place("141124103206", "桐村村委会"), place("141124103207", "榆林村委会"))

    assert [one[0] for one in read(Gazetteer((*PLACES, *alike), COUNTY), content)] == ["兔坂镇"]


def test_what_is_written_right_is_not_marked(gazetteer: Gazetteer) -> None:
    assert read(gazetteer, "庞家庄村的枣") == [("庞家庄村", "", "141124104202")]


def test_a_miswritten_town_tells_its_villages(gazetteer: Gazetteer) -> None:
    assert ("南庄", "", "141124103202") in read(gazetteer, "兔板镇南庄，两户")


def test_what_fits_two_places_alike_is_left_out(gazetteer: Gazetteer) -> None:
    assert read(gazetteer, "乌家湾村没有水") == []


def test_two_characters_and_village_need_a_text_that_plays_here(gazetteer: Gazetteer) -> None:
    assert read(gazetteer, "新华村的路") == []
    assert ("新华村", "新化村", "141124103201") in read(gazetteer, "兔坂镇的人说，新华村的路断了")
    assert gazetteer.find("新华村的路", known=[RegionCode("141124103")])[0].meant == "新化村"
    assert gazetteer.find("新华村的路", known=[COUNTY])[0].meant == "新化村"
    assert gazetteer.find("辛桦村的路", known=[COUNTY]) == ()
    assert gazetteer.find("新华村的路", known=[COUNTY.ancestor(Level.CITY)]) == ()
    assert gazetteer.find("新华村的路", known=[RegionCode("141125")]) == ()


def test_the_end_of_a_miswritten_name_is_no_other_village(gazetteer: Gazetteer) -> None:
    assert read(gazetteer, "三交镇薜家圪垛村的人") == [
        ("三交镇", "", "141124105"),
        ("薜家圪垛村", "薛家圪垛村", "141124105203"),
    ]


def test_the_end_of_an_unknown_village_behind_a_town_is_no_other_village(gazetteer: Gazetteer) -> None:
    assert read(gazetteer, "三交镇双圪垛村的人") == [("三交镇", "", "141124105")]
    assert ("圪垛村", "", "141124104203") in read(gazetteer, "三交镇和圪垛村的人")


def test_a_place_known_all_over_the_country_is_no_miswriting(gazetteer: Gazetteer) -> None:
    assert read(gazetteer, "克虎镇的人去过石家庄打工") == [("克虎镇", "", "141124104")]


def test_a_name_of_another_countys_village_is_no_miswriting() -> None:
    other = Gazetteer((*PLACES, place("141125201201", "旁家庄村委会")), COUNTY)

    assert other.find("旁家庄村的枣裂了") == ()
    assert other.find("克虎镇旁家庄村的枣裂了")[-1].meant == "庞家庄村"


@given(st.text(alphabet="庞旁家庄村兔坂板镇薛薜圪垛武吴湾弯，在", max_size=12))
def test_every_mention_stands_where_it_says_and_miswritings_differ_from_what_is_meant(content: str) -> None:
    for one in Gazetteer(PLACES, COUNTY).find(content):
        assert content[one.start : one.end] == one.name
        assert one.meant != one.name


def test_a_miswritten_name_of_two_villages_is_kept_with_both() -> None:
    twins = (place("141124104401", "高家山村委会"), place("141124105401", "高家山村委会"))
    read = Gazetteer((*PLACES, *twins), COUNTY).read("高甲山村人")

    assert [(one.name, [code.digits for code in one.codes]) for one in read.ambiguous] == [
        ("高甲山村", ["141124104401", "141124105401"])
    ]


def test_a_miswritten_community_is_read_in_a_text_that_plays_here() -> None:
    with_community = Gazetteer((*PLACES, place("141124104009", "凤凰社区居委会")), COUNTY)

    assert with_community.find("枫凰社区的王大娘") == ()
    assert ("枫凰社区", "凤凰社区", "141124104009") in read(with_community, "克虎镇枫凰社区四组的王大娘")
