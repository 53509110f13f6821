"""Recusal finds a person however account, register and text write the name."""

from dataclasses import replace

import pytest

from nlp.hiding.recusal import NOBODY, is_accused, is_meant, touches


@pytest.mark.parametrize("account", ["张建国", "張建國", "张 建国", "张　建国", "张·建国"])
@pytest.mark.parametrize("written", ["张建国", "張建國", "张 建 国", "张某", "张主任"])
def test_no_way_of_writing_a_name_lets_a_person_work_on_what_names_him(account: str, written: str):
    names = replace(NOBODY, persons=frozenset({written}), officials=frozenset({written}))

    assert touches(account, names, of_the_village=False)
    assert is_meant(account, [written])


@pytest.mark.parametrize("account", ["張建國", "张·建国"])
def test_the_household_and_the_words_of_a_text_are_compared_in_the_same_way(account: str):
    assert touches(account, replace(NOBODY, household=frozenset({"张建国"})), of_the_village=False)
    assert touches(account, replace(NOBODY, texts=("村里的张建国不管",)), of_the_village=False)


def test_who_has_a_name_of_several_parts_is_meant_by_each():
    assert is_meant("阿依古丽·买买提", ["阿依古丽"])
    assert is_meant("阿依古丽·买买提", ["阿依古丽买买提"])


def test_another_person_may_have_the_lead():
    names = replace(NOBODY, texts=("庞四孩病了",), persons=frozenset({"庞四孩"}), household=frozenset({"薛改改"}))

    assert not touches("张建国", names, of_the_village=True)


@pytest.mark.parametrize(
    "words",
    [
        "信访办那个姓李的",
        "信访办的老李",
        "小李收了两条烟",
        "李会计不入账",
        "李 主任",
        "信访办李某",
        "李某某",
        "李*",
        "姓李。",
        "李秋实",
    ],
)
def test_an_accusation_reaches_nobody_whom_it_may_mean_by_the_surname(words: str):
    letter = replace(NOBODY, texts=(f"举报{words}截留低保款",))

    assert is_accused("李秋实", letter)
    assert is_accused("李·秋实", letter)
    assert not is_accused("薛秋实", letter)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("李秋实", "李家山的李建国主任扣了粮"),
        ("李秋实", "行李丢了, 没有人管"),
        ("高秋实", "年纪老高了还要自己挑水"),
        ("康秋实", "奔小康的钱没有发下来"),
        ("王秋实", "老百姓王家沟"),
        ("欧阳秋实", "欧主任"),
    ],
)
def test_a_surname_within_other_words_hides_no_accusation(name: str, words: str):
    assert not is_accused(name, replace(NOBODY, texts=(words,)))


def test_a_compound_surname_is_compared_as_a_whole():
    assert is_accused("欧阳秋实", replace(NOBODY, texts=("欧阳主任收了礼",)))
