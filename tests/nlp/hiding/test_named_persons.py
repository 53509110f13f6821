"""Names are masked however register and text write them."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.leads.named_persons import NamedPersons
from nlp.hiding.named_persons import hide_names
from nlp.persons.nicknames import load_nicknames

NLP = Path(__file__).parents[3] / "nlp"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("薛改改和薛改改的儿子", "薛**和薛**的儿子"),
        ("薛 改改来了", "薛***来了"),
        ("薛改说薛改改病了", "薛*说薛**病了"),
        ("改改病了", "**病了"),
    ],
)
def test_every_place_of_a_name_is_masked(text: str, shown: str):
    assert hide_names(text, NamedPersons(persons=frozenset({"薛改改", "薛改", "薛"}))) == shown


def test_several_petitioners_of_one_field_are_masked_one_by_one():
    named = NamedPersons(petitioners=frozenset({"庞四孩、薛老三等5人"}))

    assert hide_names("庞四孩说薛老三病了", named) == "庞**说薛**病了"


def test_where_nobody_is_named_the_text_stands():
    assert hide_names("药费负担不起", NamedPersons()) == "药费负担不起"


@pytest.mark.parametrize(
    ("text", "known"),
    [("庞\uf90a龙病了", "庞金龙"), ("庞金龙病了", "庞\uf90a龙"), ("ＡＬＩＭ病了", "alim"), ("Alim病了", "ＡＬＩＭ")],
)
def test_a_character_counts_as_the_plain_one_whichever_of_its_forms_is_written(text: str, known: str):
    shown = hide_names(text, NamedPersons(persons=frozenset({known})))

    assert shown == text[0] + "*" * (len(known) - 1) + "病了"


@pytest.mark.parametrize(
    "text",
    ["龐四孩", "庞·四孩", "庞.四孩", "庞　四 孩", "庞\u200b四孩", "庞“四孩”", "庞－四孩", "庞_四_孩"],
)
@pytest.mark.parametrize("known", ["庞四孩", "龐四孩", "庞 四孩", "庞　四孩"])
def test_neither_old_characters_nor_what_stands_between_them_shows_a_name(text: str, known: str):
    shown = hide_names(f"{text}病了", NamedPersons(persons=frozenset({known})))

    assert not set(shown) & set("四孩")
    assert len(shown) == len(text) + 2


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("建国他妈病了", "**他妈病了"),
        ("儿子建国瘫了", "儿子**瘫了"),
        ("建国家没人", "**家没人"),
        ("建国以来", "建国以来"),
        ("四孩说海波的药断了", "**说**的药断了"),
        ("春花住院", "**住院"),
        ("買買提病了", "買**病了"),
        ("大夫说主任知道, 奶奶瘫了", "大夫说主任知道, 奶奶瘫了"),
    ],
)
def test_a_given_name_alone_is_masked_but_no_title_and_no_everyday_word(text: str, shown: str):
    persons = {"庞建国", "庞四孩", "庞海波", "欧阳春花", "买买提·艾力", "高大夫", "王主任", "李奶奶"}

    assert hide_names(text, NamedPersons(persons=frozenset(persons))) == shown


@given(st.text(), st.sets(st.text(min_size=1, max_size=4), max_size=4))
def test_masking_names_keeps_the_length_so_that_offsets_stay_true(text: str, names: set[str]):
    assert len(hide_names(text, NamedPersons(persons=frozenset(names)))) == len(text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("我村狗剩摔断了腿", "我村**摔断了腿"),
        ("臭蛋住院花光了积蓄", "**住院花光了积蓄"),
        ("求求领导救救黑妞, 她才九岁", "求求领导救救**, 她才九岁"),
        ("“二 蛋”今年五十了", "“***”今年五十了"),
    ],
)
def test_a_nickname_that_nothing_announces_is_masked_though_nobody_is_known(text: str, shown: str):
    assert hide_names(text, NamedPersons()) == shown


def test_a_nickname_that_the_texts_name_keeps_its_first_character_as_any_name_does():
    assert hide_names("二蛋病了", NamedPersons(persons=frozenset({"二蛋"}))) == "二*病了"


@pytest.mark.parametrize(
    "text",
    ["收购价跌到每斤三毛", "五保老人", "家里的牛羊粮食都卖了", "生了二娃, 又怀三娃", "买了两头猪娃", "大小便都不知道"],
)
def test_ordinary_words_of_the_same_shape_stand(text: str):
    assert hide_names(text, NamedPersons()) == text


def test_no_nickname_is_a_word_or_stands_in_the_name_of_a_place():
    words = set((NLP / "training" / "words" / "words.txt").read_text(encoding="utf-8").split())
    places = (NLP.parent / "examples" / "kehu" / "gazetteer.csv").read_text(encoding="utf-8")

    assert len(words) > 10_000
    assert not load_nicknames() & words
    assert [one for one in load_nicknames() if one in places] == []
