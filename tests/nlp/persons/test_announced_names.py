import time

import pytest

from nlp.persons.announced_names import AnnouncedNames
from nlp.persons.context import NameContext
from nlp.persons.kinship import load_kinship
from nlp.persons.lexicon import load_person_lexicon
from nlp.segmentation import load_segmenter


@pytest.fixture(scope="module")
def announced() -> AnnouncedNames:
    return AnnouncedNames(NameContext(load_person_lexicon()), load_kinship())


def behind_words(announced: AnnouncedNames, content: str) -> set[str]:
    return {content[start:end] for start, end in announced.behind_words(content, load_segmenter().cut(content))}


def test_what_follows_a_word_of_kinship_may_be_a_name_whatever_its_characters(announced: AnnouncedNames) -> None:
    assert "萨仁" in behind_words(announced, "他的妻子萨仁，常年吃药")
    assert "古丽巴努" in behind_words(announced, "妈妈名叫古丽巴努，生病了")


def test_a_long_name_is_only_read_between_borders(announced: AnnouncedNames) -> None:
    assert "阿布都热依木" in behind_words(announced, "丈夫阿布都热依木，放羊")
    assert not any(len(name) > 4 for name in behind_words(announced, "丈夫阿布都热依木放羊去了还没有回来"))


def test_no_name_begins_or_ends_with_a_particle(announced: AnnouncedNames) -> None:
    assert behind_words(announced, "妻子的病还没好") == set()


def test_every_member_of_a_row_may_be_a_name(announced: AnnouncedNames) -> None:
    content = "伤者那顺、满都拉、呼日。"

    assert {content[start:end] for start, end in announced.in_rows(content)} >= {"满都拉", "呼日"}


def test_ways_of_calling_are_read_on_borders_of_words(announced: AnnouncedNames) -> None:
    content = "卖盒饭的胖哥给了一百，嫂子在家"
    found = {content[slice(*span)] for span in announced.familiar(content, load_segmenter().cut(content))}

    assert "胖哥" in found
    assert "嫂子" not in found


def test_a_name_before_a_run_of_spaces_is_looked_at_in_seconds(announced: AnnouncedNames) -> None:
    began = time.process_time()

    assert not list(announced.in_rows("好。张三" + " " * 50_000 + "1"))
    assert time.process_time() - began < 5


def test_a_household_of_a_kind_announces_a_name_also_where_the_cut_tears_its_word(announced: AnnouncedNames) -> None:
    assert "立成" in behind_words(announced, "监测户立成，一年四季吃药")


def test_what_particulars_in_brackets_follow_may_be_a_name_but_no_word_of_kinship(announced: AnnouncedNames) -> None:
    cut = load_segmenter().cut
    content, kin = "说起山敏桂（女，58岁），都叹气", "他孙女（17岁）还在念书"

    assert "山敏桂" in {content[start:end] for start, end in announced.described(content, cut(content))}
    assert list(announced.described(kin, cut(kin))) == []


def test_words_before_kinship_call_nobody(announced: AnnouncedNames) -> None:
    content = "同住的有哥哥，小鹿也在"
    cut = load_segmenter().cut(content)

    assert {content[start:end] for start, end in announced.familiar(content, cut)} == {"小鹿"}
