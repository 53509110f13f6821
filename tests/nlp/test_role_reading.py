from hypothesis import given
from hypothesis import strategies as st

from nlp.role_reading import tokens_of
from nlp.segmentation import load_segmenter
from nlp.written_name import Name


def test_names_places_and_numbers_stand_as_signs():
    content = "庞家庄村民庞建国今年61岁"
    names = [Name("庞建国", 5, 8)]

    tokens = tokens_of(content, load_segmenter().cut(content), names, [(0, 3)])

    assert [token.text for token in tokens] == ["L", "村民", "P", "今年", "#", "岁"]


@given(content=st.text(alphabet="庞建国村民的，。 \n欠3万元一", max_size=40), data=st.data())
def test_tokens_never_overlap_and_lose_nothing_but_spaces(content: str, data: st.DataObject):
    start = data.draw(st.integers(0, len(content)))
    end = data.draw(st.integers(start, len(content)))
    names = [Name(content[start:end], start, end)] if end > start else []

    tokens = tokens_of(content, load_segmenter().cut(content), names, [])

    covered = [position for token in tokens for position in range(token.start, token.end)]
    assert covered == sorted(set(covered))
    assert all(content[at].isspace() for at in set(range(len(content))) - set(covered))
