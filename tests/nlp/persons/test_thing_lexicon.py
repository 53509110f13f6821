import pytest

from nlp.persons.thing_lexicon import Thing, load_thing_lexicon
from nlp.segmentation import load_segmenter


def behind(content: str, end: int) -> Thing | None:
    return load_thing_lexicon().behind(content, end, load_segmenter().cut(content).starts)


@pytest.mark.parametrize(
    ("content", "end", "expected"),
    [
        pytest.param("国盛超市关门了", 2, Thing("firm", 0), id="right behind"),
        pytest.param("田和庄园别墅漏水", 2, Thing("estate", 1), id="behind the rest of the name"),
        pytest.param("文昌路积水", 2, Thing("road", 0), id="a sign that ends a word"),
        pytest.param("庞建国在超市打工", 3, None, id="somebody is at the place"),
        pytest.param("庞建国，超市关门了", 3, None, id="another clause"),
        pytest.param("庞建国", 3, None, id="nothing behind"),
    ],
)
def test_what_stands_behind_a_name_tells_of_a_thing_or_of_none(content: str, end: int, expected: Thing | None) -> None:
    assert behind(content, end) == expected


@pytest.mark.parametrize(
    ("text", "expected"), [("高升巷", "road"), ("金花园", "estate"), ("贾河", "nature"), ("庞建国", None)]
)
def test_the_last_characters_say_what_a_name_is_of(text: str, expected: str | None) -> None:
    assert load_thing_lexicon().ending(text) == expected


def test_names_of_places_and_countries_are_listed_and_those_of_persons_are_not() -> None:
    segmenter = load_segmenter()

    assert segmenter.is_thing_name("韩国")
    assert not segmenter.is_thing_name("庞建国")
