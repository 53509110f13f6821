"""The stream of texts is what it says it is, and is counted right."""

import random
from collections.abc import Iterator
from itertools import islice

import pytest

from benchmarks.near_duplicates.leads import by_lead
from benchmarks.near_duplicates.measure import Measured, datasketch, ours
from benchmarks.near_duplicates.texts import Filler, Original, Text, Writer
from domain.words.vocabulary import Channel
from storage.store import Store

ORIGINAL = Original(
    "一场大火",
    "十月十二日凌晨，苗家沟村的三间砖窑突然起火。火势借风蔓延，屋里的粮食和家具全部烧毁。一家人眼下借住在村委会的旧屋。"
    "村干部已经把情况报到镇里。起火的原因还在调查。保险公司说要等结论出来以后才能理赔。",
)


def _in_fives(texts: Iterator[Text]) -> Iterator[list[Text]]:
    while five := list(islice(texts, 5)):
        yield five


@pytest.fixture
def writer() -> Writer:
    return Writer(random.Random(11))


def test_the_original_and_all_its_reprints_are_one_matter(writer: Writer):
    texts = list(writer.reprints(3, ORIGINAL, copies=7))

    assert len({text.form for text in texts}) == 8
    assert {text.matter for text in texts} == {"original 3"}
    assert sum(text.text != ORIGINAL.text for text in texts) >= 5


def test_what_is_cut_keeps_three_fifths(writer: Writer):
    for _ in range(20):
        [_, *copies] = writer.reprints(0, ORIGINAL, copies=7)
        [cut] = [text for text in copies if text.form == "paragraphs cut"]
        assert 0.5 * len(ORIGINAL.text) < len(cut.text) < len(ORIGINAL.text)


def test_hard_negatives_are_matters_of_their_own_with_every_slot_filled(writer: Writer):
    texts = [*writer.forms(0), *writer.events(0), *writer.petitions(0)]

    alone = [text for text in texts if text.form in ("notice", "same event", "same road")]
    assert len({text.matter for text in alone}) == len(alone) > 15
    assert not any("{" in text.text for text in texts)
    assert all(text.name for text in texts if text.channel is Channel.PETITION)


def test_a_copied_letter_is_a_matter_of_its_own_and_one_brought_in_again_is_not(writer: Writer):
    for first, printed, again, copied, signed in _in_fives(writer.letters(0)):
        assert first.matter == printed.matter == again.matter
        assert len({first.matter, copied.matter, signed.matter}) == 3
        assert first.text.count("{") == copied.text.count("{") == 0


def test_households_that_copied_a_letter_share_its_cluster_and_keep_petitions_of_their_own(
    sqlite_store: Store, writer: Writer
):
    stream = list(writer.letters(0))

    clusters, petitions = ours(sqlite_store, stream), ours(sqlite_store, stream, as_petitions=True)

    assert petitions.forms["letter signed by another"].joined < clusters.forms["letter signed by another"].joined
    assert petitions.forms["letter printed"].right == petitions.forms["letter printed"].to_join


def test_who_comes_again_joins_the_own_lead_and_no_neighbours(sqlite_store: Store, writer: Writer):
    stream = list(writer.returning(0))

    measured = by_lead(sqlite_store, stream)

    assert {one.form for one in stream} == set(measured.forms)
    assert (measured.whole.texts, measured.whole.precision) == (len(stream), 1.0)
    assert measured.forms["came again, in other words"].recall > 0.6


def test_a_text_is_right_only_in_the_cluster_of_its_own_matter():
    texts = [Text("a", "f", "", ""), Text("a", "f", "", ""), Text("b", "f", "", ""), Text("b", "f", "", "")]
    measured = Measured()

    measured.count(texts, [0, 0, 0, 3])

    whole = measured.whole
    assert (whole.texts, whole.to_join, whole.joined, whole.right) == (4, 2, 2, 1)
    assert (whole.precision, whole.recall) == (0.5, 0.5)


def test_fillers_have_the_length_asked_for_and_differ():
    filler = Filler([ORIGINAL], random.Random(1))

    assert len(filler.text(120)) == 120
    assert filler.text(120) != filler.text(120)


def test_both_ways_run_on_one_stream(sqlite_store: Store, writer: Writer):
    stream = [*writer.reprints(0, ORIGINAL, copies=4), *writer.forms(0), *writer.events(0)]

    measured, peer = ours(sqlite_store, stream), datasketch(stream)

    assert measured.whole.texts == peer.whole.texts == len(stream)
    assert measured.whole.recall == 1.0
    assert measured.whole.precision == 1.0
