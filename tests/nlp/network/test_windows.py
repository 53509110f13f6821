"""Long texts are read whole."""

from hypothesis import given
from hypothesis import strategies as st

from nlp.clause_model import units_of
from nlp.network.windows import LENGTH, windows_of


def _clauses(text: str):
    return [unit.clause for unit in units_of(text)]


def _windows(text: str):
    return windows_of(len(text), _clauses(text))


@given(st.text(alphabet="家里老人病了。\n，", max_size=3_000))
def test_every_character_stands_in_exactly_one_window_and_every_clause_in_one(text: str):
    windows = _windows(text)

    assert [place for begin, end in windows for place in range(begin, end)] == list(range(len(text)))
    assert all(0 < end - begin <= LENGTH for begin, end in windows)
    for clause in _clauses(text):
        assert sum(begin <= clause.start and clause.end <= end for begin, end in windows) == 1


def test_a_short_text_is_one_window():
    assert len(_windows("老人病了" * 20)) == 1


def test_a_text_without_any_stop_is_cut_all_the_same():
    assert _windows("病" * 2_000)[-1][1] == 2_000


def test_what_follows_the_last_clause_is_cut_as_well():
    assert all(end - begin <= LENGTH for begin, end in _windows("老人病了" + "。" * 2_000))
