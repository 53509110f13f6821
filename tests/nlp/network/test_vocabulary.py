"""The alphabet keeps offsets and survives its file."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.failures.errors import ModelError
from nlp.network.vocabulary import UNKNOWN, alphabet, make_vocabulary, read_vocabulary


@given(st.text())
def test_every_character_gets_exactly_one_number(text: str):
    assert len(alphabet(("病", "残")).encode(text)) == len(text)


def test_capital_letters_are_read_as_small_ones_and_strangers_as_unknown():
    vocabulary = alphabet(("a", "病"))
    assert list(vocabulary.encode("Aa病𠮷残")) == [5, 5, 6, UNKNOWN, UNKNOWN]


def test_rare_characters_get_no_number():
    assert make_vocabulary(["病病病残"], least=2) == alphabet("病")


def test_the_file_gives_the_same_alphabet_again(tmp_path: Path):
    written = alphabet(("病", "残", "a"))
    written.write(tmp_path)
    assert read_vocabulary(tmp_path) == written


@pytest.mark.parametrize("content", ["", "病\n残\n", "[UNK]\n[PAD]\n[MASK]\n病\n", "[PAD]\n[UNK]\n病\n"])
def test_a_file_of_another_form_is_refused(tmp_path: Path, content: str):
    (tmp_path / "vocab.txt").write_text(content, encoding="utf-8")

    with pytest.raises(ModelError, match="一行一个字"):
        read_vocabulary(tmp_path)


def test_letters_without_a_capital_of_one_character_change_nothing_else():
    vocabulary = alphabet(("i", "ß", "ı"))

    assert list(vocabulary.encode("Iiß")) == [5, 5, 6]


def test_the_word_list_of_a_chinese_bert_is_read_by_its_single_characters(tmp_path: Path):
    lines = ["[PAD]", "[unused1]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "病", "##病", "ing", "a"]
    (tmp_path / "vocab.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")

    vocabulary = read_vocabulary(tmp_path)

    assert vocabulary.encode("病A残").tolist() == [6, 9, 2]
    assert (vocabulary.mask, len(vocabulary)) == (5, 10)
