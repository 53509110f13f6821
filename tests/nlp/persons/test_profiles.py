import pytest

from domain.register.household import Sex
from nlp.persons.profiles import Profile, profile_beside


def beside(content: str) -> Profile:
    return profile_beside(content, content.index("庞建国"), content.index("庞建国") + 3, len(content))


@pytest.mark.parametrize(
    ("content", "sex", "age", "birth_year"),
    [
        pytest.param("庞建国（男，61岁）", Sex.MALE, 61, None, id="bracket"),
        pytest.param("庞建国，女，1963年生", Sex.FEMALE, None, 1963, id="year of birth"),
        pytest.param("庞建国今年六十一，一个人过", Sex.UNKNOWN, 61, None, id="Chinese numeral without 岁"),
        pytest.param("姓名：庞建国 性别：男 年龄：58 住址", Sex.MALE, 58, None, id="form"),
        pytest.param("七十九岁的庞建国独居", Sex.UNKNOWN, 79, None, id="before the name"),
        pytest.param("庞建国今年种了八亩枣树", Sex.UNKNOWN, None, None, id="this year is no age"),
        pytest.param("庞建国1998年去过太原", Sex.UNKNOWN, None, None, id="a year is no year of birth"),
    ],
)
def test_sex_age_and_year_of_birth_are_read_beside_the_name(
    content: str, sex: Sex, age: int | None, birth_year: int | None
) -> None:
    found = beside(content)

    assert (found.sex, found.age, found.birth_year) == (sex, age, birth_year)


def test_health_is_what_the_sentence_says_of_the_person() -> None:
    assert beside("庞建国患尿毒症，又有二级残疾。邻居有糖尿病").health == ("尿毒症", "二级残疾")


def test_an_illness_that_is_denied_is_none() -> None:
    assert beside("庞建国排除白血病").health == ()


def test_what_is_said_behind_the_next_name_is_not_said_of_this_one() -> None:
    content = "庞建国和薛改花患癌症"

    assert profile_beside(content, 0, 3, content.index("薛改花")).health == ()


def test_an_age_further_on_in_the_sentence_needs_a_word_that_announces_it():
    content = "薛大爷腿脚不好，今年七十七了"

    assert profile_beside(content, 0, 3, len(content)).age == 77
    assert profile_beside("薛大爷有三个儿子，七十亩地", 0, 3, 13).age is None


@pytest.mark.parametrize(
    ("content", "age"),
    [
        ("庞建国，女。过了年是66岁的人了，出了车祸", 66),
        ("庞建国（男）的情况，眼看四十一岁", 41),
        ("庞建国一个人坐在院里。如今62岁整。一年四季吃药", 62),
        ("庞建国家的事。转眼都七十三岁了", 73),
        ("庞建国，住庞家庄。到今年78岁了", 78),
    ],
)
def test_an_age_is_read_as_people_say_it(content: str, age: int) -> None:
    assert beside(content).age == age


@pytest.mark.parametrize(
    "content",
    [
        "庞建国的儿子如今三十岁，没有活干",
        "庞建国一个人过。女儿今年20岁",
        "庞建国才5岁时父亲去世",
        "庞建国今年满60岁以后没有补助",
        "庞建国反映村里有80岁以上老人六名",
    ],
)
def test_an_age_of_somebody_else_or_of_another_time_is_not_his(content: str) -> None:
    assert beside(content).age is None


@pytest.mark.parametrize(
    ("content", "year"),
    [
        ("庞建国住庞家庄，1952年出生，有哮喘", 1952),
        ("庞建国一个人坐在院里。出生于1952年，一年四季吃药", 1952),
        ("庞建国，男。1952年生人，腿脚不便", 1952),
        ("庞建国家的情况，是1952年3月生的，没有收入", 1952),
    ],
)
def test_a_year_of_birth_is_read_as_people_say_it(content: str, year: int) -> None:
    assert beside(content).birth_year == year


@pytest.mark.parametrize(
    "content",
    [
        "庞建国的女儿住校，2010年出生",
        "庞建国照看2010年出生的孙女",
        "庞建国说，2015年生了一场病",
        "庞建国反映，厂里1985年出生后才来的人都走了",
        "庞建国住庞家庄。薛改花来了。出生于1952年",
    ],
)
def test_a_year_of_birth_of_somebody_else_or_another_year_is_not_his(content: str) -> None:
    assert beside(content).birth_year is None
