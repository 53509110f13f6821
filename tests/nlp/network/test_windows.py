"""Long texts are read whole."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from nlp.network.windows import LENGTH, windows_of


def _windows(text: str):
    return windows_of(text, np.arange(len(text), dtype=np.uint16))


@given(st.text(alphabet="家里老人病了。\n，", max_size=3_000))
def test_every_character_stands_in_a_window_at_its_own_place(text: str):
    windows = _windows(text)
    seen: set[int] = set()
    for window in windows:
        assert len(window.characters) <= LENGTH
        assert [int(number) for number in window.characters] == list(
            range(window.begin, window.begin + len(window.characters))
        )
        seen.update(int(number) for number in window.characters)
    assert seen == set(range(len(text)))


def test_a_short_text_is_one_window():
    assert len(_windows("老人病了" * 20)) == 1


def test_a_window_begins_after_the_end_of_a_sentence():
    text = ("他家三口人都病着没有收入" * 4 + "。") * 20
    assert all(text[window.begin - 1] == "。" for window in _windows(text)[1:])


def test_a_text_without_any_full_stop_is_cut_all_the_same():
    windows = _windows("病" * 2_000)
    assert windows[-1].begin + len(windows[-1].characters) == 2_000
