from hypothesis import given
from hypothesis import strategies as st

from domain.words.similar_characters import differs_only_in_similar_characters, similar_characters


def test_similarity_goes_both_ways() -> None:
    table = similar_characters()

    assert all(one in table[other] for one, others in table.items() for other in others)


def test_no_character_is_similar_to_itself_or_listed_twice() -> None:
    for one, others in similar_characters().items():
        assert one not in others
        assert len(set(others)) == len(others)


def test_a_respelled_name_differs_only_in_similar_characters() -> None:
    assert differs_only_in_similar_characters("薛家墕", "薛家焉")
    assert not differs_only_in_similar_characters("薛家墕", "李家焉")
    assert not differs_only_in_similar_characters("薛家墕", "薛家焉上")


@given(st.text(max_size=6))
def test_every_name_is_similar_to_itself(name: str) -> None:
    assert differs_only_in_similar_characters(name, name)
