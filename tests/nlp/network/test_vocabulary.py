"""The alphabet keeps offsets and survives its file."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from nlp.network.vocabulary import SPECIAL, UNKNOWN, Vocabulary, make_vocabulary, read_vocabulary


@given(st.text())
def test_every_character_gets_exactly_one_number(text: str):
    assert len(Vocabulary(("病", "残")).encode(text)) == len(text)


def test_capital_letters_are_read_as_small_ones_and_strangers_as_unknown():
    vocabulary = Vocabulary(("a", "病"))
    assert list(vocabulary.encode("Aa病𠮷残")) == [5, 5, 6, UNKNOWN, UNKNOWN]


def test_rare_characters_get_no_number():
    assert make_vocabulary(["病病病残"], least=2).characters == ("病",)


def test_the_file_gives_the_same_alphabet_again(tmp_path: Path):
    written = Vocabulary(("病", "残", "a"))
    written.write(tmp_path)
    assert read_vocabulary(tmp_path) == written
    assert written.character(len(SPECIAL)) == "病"
