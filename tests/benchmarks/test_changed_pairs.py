"""The pairs that differ in one place are what they say they are, and are counted by their second texts."""

from benchmarks.near_duplicates.measure import datasketch, ours
from benchmarks.near_duplicates.pairs import PARTS, joined, kept_apart, pairs
from nlp.repeats.near_duplicates import Compared
from storage.store import Store


def test_the_two_texts_of_a_pair_differ_and_belong_together_only_in_a_reprint():
    texts = list(pairs())

    for first, other in zip(texts[::2], texts[1::2], strict=True):
        assert (first.title, first.text) != (other.title, other.text)
        assert (first.matter == other.matter) == other.form.startswith("reprint")
        assert not {*first.text, *first.title, *other.title} & {*"{|}"}


def test_no_text_stands_in_two_pairs():
    texts = [Compared.of(one.text).characters for one in pairs()][::2]

    assert len(set(texts)) == len(texts) >= 120


def test_notices_are_kept_apart_and_changed_reprints_joined_where_similarity_alone_joins_both(sqlite_store: Store):
    texts = list(pairs())

    measured, peer = ours(sqlite_store, texts), datasketch(texts)

    for part in PARTS:
        assert kept_apart(measured, part) == joined(measured, part) == 1.0
        assert kept_apart(peer, part) < 0.1
