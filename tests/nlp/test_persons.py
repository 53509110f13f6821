import pytest

from domain.mention import PersonRole
from nlp.names import NameFinder
from nlp.person_lexicon import load_person_lexicon
from nlp.roles import RoleFinder
from nlp.segmentation import load_segmenter


@pytest.fixture(scope="module")
def finder() -> NameFinder:
    return NameFinder(load_person_lexicon(), load_segmenter())


def names(finder: NameFinder, content: str) -> list[str]:
    return [name.text for name in finder.find(content)]


def roles(finder: NameFinder, content: str, petitioner: str = "") -> dict[str, PersonRole]:
    found = finder.find(content, known=petitioner)
    mentions = RoleFinder(load_person_lexicon()).assign(content, found, petitioner)
    return {mention.name: mention.role for mention in mentions}


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param("村民庞建国今年六十一岁", "庞建国", id="villager"),
        pytest.param("薛改花（女，58岁）来访", "薛改花", id="profile behind"),
        pytest.param("我叫白二旦", "白二旦", id="rural name"),
        pytest.param("户主：高小军", "高小军", id="head of household"),
        pytest.param("王秀英老人独居", "王秀英", id="old person"),
        pytest.param("欧阳建国反映", "欧阳建国", id="compound surname"),
        pytest.param("庞某某患尿毒症", "庞某某", id="masked"),
        pytest.param("邻居王某某家窑洞塌了", "王某某", id="masked behind a surname"),
        pytest.param("来访人金某花称", "金某花", id="masked in the middle"),
        pytest.param("村民李*华反映", "李*华", id="asterisk"),
        pytest.param("薛大爷的枣没人收", "薛大爷", id="addressed"),
        pytest.param("收废品的老张说", "老张", id="familiar"),
        pytest.param("村民成某来访反映", "成某", id="masked name ends before the verb"),
    ],
)
def test_names_are_found_as_written(finder: NameFinder, content: str, expected: str) -> None:
    assert names(finder, content) == [expected]


@pytest.mark.parametrize(
    "content",
    [
        "孙子在念书，孙女常独自在家",
        "对某镇某村的某工地",
        "小康村的老龄化和小时工",
        "于是从来常常高兴，向政府表示祝贺",
        "范围广、要求高、王子和农家乐",
        "住在葛家岔镇的薛家人",
        "阿姨说明年再来",
    ],
)
def test_words_that_begin_with_a_surname_are_no_names(finder: NameFinder, content: str) -> None:
    assert names(finder, content) == []


def test_a_name_found_once_is_found_at_each_of_its_places(finder: NameFinder) -> None:
    content = "村民庞建国来访。这几年庞建国一直住在旧窑里"

    assert [(one.start, content[one.start : one.end]) for one in finder.find(content)] == [
        (2, "庞建国"),
        (11, "庞建国"),
    ]


def test_a_taken_span_holds_no_name(finder: NameFinder) -> None:
    content = "高家湾村民高建国"

    found = finder.find(content, taken=[(0, 4)])

    assert [name.start for name in found] == [5]


def test_a_name_right_behind_a_village_is_announced_by_it(finder: NameFinder) -> None:
    assert [name.text for name in finder.find("高家湾薛建国来电", taken=[(0, 3)])] == ["薛建国"]


def test_a_character_that_may_begin_the_next_word_joins_the_name_only_where_the_name_ends_clearly(
    finder: NameFinder,
) -> None:
    assert names(finder, "村民张福来（男，56岁）") == ["张福来"]
    assert names(finder, "村民张福来访反映") == ["张福"]
    assert names(finder, "村民贺有亮说") == ["贺有亮"]


def test_the_known_petitioner_is_found_whatever_his_name_looks_like(finder: NameFinder) -> None:
    assert [name.text for name in finder.find("时的说他没有水", known="时的")] == ["时的"]


@pytest.mark.parametrize(
    ("content", "name", "role"),
    [
        pytest.param("村民庞建国来访反映没有水", "庞建国", PersonRole.PETITIONER, id="comes to report"),
        pytest.param("我叫薛改花，没有水", "薛改花", PersonRole.PETITIONER, id="speaks of himself"),
        pytest.param("田某（女，68岁）反映其子身亡", "田某", PersonRole.PETITIONER, id="profile between"),
        pytest.param("其丈夫庞某某患尿毒症", "庞某某", PersonRole.RELATIVE, id="kinship before"),
        pytest.param("儿子叫高小军，在外打工", "高小军", PersonRole.RELATIVE, id="called"),
        pytest.param("村支书高明远说没有水", "高明远", PersonRole.OFFICIAL, id="title before"),
        pytest.param("张志强主任来过", "张志强", PersonRole.OFFICIAL, id="title behind"),
        pytest.param("记者 王秀英 报道", "王秀英", PersonRole.OFFICIAL, id="reporter"),
        pytest.param("村民齐双喜今年六十八，腿脚残疾", "齐双喜", PersonRole.SUFFERER, id="villager in difficulty"),
        pytest.param("包工头韩志强跑了", "韩志强", PersonRole.OTHER, id="in passing"),
    ],
)
def test_roles_follow_the_words_around_the_name(finder: NameFinder, content: str, name: str, role: PersonRole) -> None:
    assert roles(finder, content)[name] is role


def test_the_registered_petitioner_stays_the_petitioner_and_others_do_not_become_one(finder: NameFinder) -> None:
    found = roles(finder, "庞建国反映：邻居薛改花来信说患病住院", petitioner="庞建国")

    assert found == {"庞建国": PersonRole.PETITIONER, "薛改花": PersonRole.SUFFERER}


def test_one_person_has_one_role_through_the_text(finder: NameFinder) -> None:
    content = "村民庞建国来访反映：没有水。庞建国家里有三口人"
    found = RoleFinder(load_person_lexicon()).assign(content, finder.find(content), "")

    assert {mention.role for mention in found} == {PersonRole.PETITIONER}


def test_the_dictionary_is_read_without_a_word_on_the_terminal(capfd: pytest.CaptureFixture[str]) -> None:
    load_segmenter.cache_clear()

    words = [word.text for word in load_segmenter().words("村民反映没有水")]

    assert "反映" in words
    assert capfd.readouterr() == ("", "")
