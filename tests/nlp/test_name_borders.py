import pytest

from nlp.mention_models import load_mention_models
from nlp.persons.lexicon import load_person_lexicon
from nlp.persons.names import NameFinder, NameReader
from nlp.segmentation import load_segmenter


@pytest.fixture(scope="module")
def finder() -> NameFinder:
    models = load_mention_models()
    reader = NameReader(load_person_lexicon(), load_segmenter())
    return NameFinder(reader, models.names, threshold=models.manifest.name_threshold)


@pytest.mark.parametrize(
    ("content", "name"),
    [
        ("社长郭长安排了三辆车", "郭长"),
        ("社长郭长安来过两次", "郭长安"),
        ("支书武德明白告诉我们没有指标", "武德"),
        ("支书武德明告诉我们没有指标", "武德明"),
        ("我叫贾进，发展养殖赔了钱", "贾进"),
        ("我叫贾进发，养殖赔了钱", "贾进发"),
        ("儿子张嘉前几年伤了腰", "张嘉"),
        ("老伴郭银还在外面躲债", "郭银"),
    ],
)
def test_a_name_ends_where_a_word_begins(finder: NameFinder, content: str, name: str) -> None:
    found = finder.find(content, load_segmenter().cut(content))

    assert [one.text for one in found] == [name]


def test_a_character_that_makes_a_word_with_what_follows_costs_nothing() -> None:
    segmenter = load_segmenter()

    with_word, without = segmenter.log_probabilities("安排了车")[:2]
    alone, behind = segmenter.log_probabilities("安来了人")[:2]

    assert with_word > without
    assert alone < behind


@pytest.mark.parametrize(
    "behind", ["（1964年出生）", "（1964年3月生）", "，现年45岁", "，今年四十五岁", "，男", "（女，汉族）", "，45周岁"]
)
def test_particulars_behind_a_name_are_seen_whatever_it_is_called(behind: str) -> None:
    content = f"说的是立成{behind}，房子漏雨"
    reader, segmenter = NameReader(load_person_lexicon(), load_segmenter()), load_segmenter()

    candidates, features = reader.read(content, (), segmenter.cut(content))

    assert any(feature.startswith("profile,") for feature in features[[*candidates].index((3, 5))])


@pytest.mark.parametrize("behind", ["，女儿在外打工", "，1964年的账", "（三组）"])
def test_other_words_behind_a_name_are_no_particulars(behind: str) -> None:
    content = f"说的是立成{behind}，房子漏雨"
    reader, segmenter = NameReader(load_person_lexicon(), load_segmenter()), load_segmenter()

    _, features = reader.read(content, (), segmenter.cut(content))

    assert not any(feature.startswith("profile,") for seen in features for feature in seen)
