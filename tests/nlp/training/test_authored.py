"""The invented texts are many, different, marked word for word, and their outside does not give the label away."""

import re
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path

import pytest

from domain.risk import GUIDE_RISKS, Risk
from domain.words.vocabulary import Factuality, Scope
from nlp.training.bigram_signatures import signature, similarity
from nlp.training.heads import heads_for
from nlp.training.labelled_texts import LabelledText, read_labelled_texts
from nlp.training.marking import marks_of

_FOLDER = Path(__file__).parents[3] / "nlp" / "training" / "authored"
_TOO_ALIKE = 0.7


@cache
def authored() -> tuple[LabelledText, ...]:
    return tuple(read_labelled_texts(sorted(_FOLDER.glob("*.jsonl"))))


def test_there_are_thousands_each_with_an_id_of_its_own():
    assert len(authored()) >= 4_000
    assert len({text.id for text in authored()}) == len(authored())


@pytest.mark.parametrize("risk", GUIDE_RISKS)
def test_every_category_has_its_examples(risk: Risk):
    assert sum(risk in text.labels for text in authored()) >= 150


def test_scope_and_factuality_fit_the_labels():
    for text in authored():
        assert (text.scope is Scope.NONE) == (not text.labels), text.id
        if text.factuality is not None:
            assert (text.factuality is Factuality.CURRENT) == bool(text.labels), text.id


def test_marked_evidence_stands_in_the_text_word_for_word():
    names = heads_for(authored())
    for text in authored():
        assert len(marks_of(text, names)) == sum(map(len, text.evidence.values())), text.id


def test_no_two_are_nearly_the_same():
    bands: dict[int, tuple[str, bytes]] = {}
    for text in authored():
        own = signature(text.content)
        for band in own.bands:
            other = bands.setdefault(band, (text.id, own.values))
            assert other[0] == text.id or similarity(other[1], own.values) < _TOO_ALIKE, (text.id, other[0])


def test_neither_genre_nor_length_gives_the_label_away():
    shares: dict[str, Counter[bool]] = defaultdict(Counter)
    for text in authored():
        shares[text.genre][bool(text.labels)] += 1
        shares[f"length {min(len(text.text) // 150, 4)}"][bool(text.labels)] += 1
    for name, counts in shares.items():
        if counts.total() >= 100:
            assert 0.1 <= counts[True] / counts.total() <= 0.9, name


def test_no_text_has_a_number_that_could_call_somebody():
    assert not [text.id for text in authored() if re.search(r"(?<!\d)1[3-9]\d{9}(?!\d)", text.content)]
