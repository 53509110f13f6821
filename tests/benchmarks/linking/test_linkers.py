"""The measured linkers on a register of a few thousand: each does what it promises, and the runner keeps its rules."""

import argparse
from dataclasses import replace

import pytest

from benchmarks.linking.exact import ExactLinker
from benchmarks.linking.gold import NameForm, PlaceForm, read_texts
from benchmarks.linking.index_cost import index_cost
from benchmarks.linking.measure import Measurement, generate, make_linker, measure, outcomes_of
from benchmarks.linking.ours import OurLinker
from benchmarks.linking.records import found, told
from benchmarks.linking.report import report
from benchmarks.linking.run import _seed, missed_floors, results_file
from benchmarks.linking.setting import Method, Source
from domain.links.link import LinkDecision
from nlp.mentions import MentionFinder
from nlp.places.gazetteer import Gazetteer
from pipeline.linking.quality import Outcome, figures_of


@pytest.fixture(scope="module")
def inputs(texts, villages):
    return [told(text, villages.division) for text in texts[:400]]


def test_told_mentions_leave_officials_out_of_the_records(texts, inputs):
    for text, given in zip(texts, inputs, strict=False):
        officials = {person.name for person in text.persons if person.role == "official"}
        assert len(given.mentions.persons) == len(text.persons)
        assert not officials & {record.name for record in given.records}


def test_told_records_carry_what_is_written(texts, inputs):
    for text, given in zip(texts, inputs, strict=False):
        if text.name_form is NameForm.FULL and text.place_form is PlaceForm.WITH_TOWN:
            main = next(person for person in text.persons if person.main)
            record = next(record for record in given.records if record.name == main.name)
            assert (record.village, record.town) == (text.village, text.village[:9])
            assert (record.birth_year, record.sex) == (main.birth_year, main.sex)


def test_found_mentions_come_from_our_finder(texts, villages, register):
    finder = MentionFinder(Gazetteer(villages.with_sites(register.sites), villages.division))

    given = found(texts[0], finder, villages.division)

    assert given.mentions == finder.find(texts[0].title, texts[0].text)
    assert given.document.content == texts[0].content


def test_the_exact_linker_finds_full_names_in_the_right_village_and_nothing_else(texts, inputs, register):
    linker = ExactLinker()
    linker.load(register.households())

    for text, answer in zip(texts, linker.link(inputs), strict=False):
        plain = text.name_form is NameForm.FULL and text.place_form is PlaceForm.WITH_TOWN
        if plain and text.household_id:
            assert text.household_id in {one.household_id for one in answer.candidates}
        assert sum(one.probability for one in answer.candidates) == pytest.approx(1.0 - answer.absent)
        assert answer.decision is None


def test_our_linker_decides_as_the_pipeline_does(texts, inputs, register):
    linker = OurLinker()
    linker.load(register.households())

    answers = linker.link(inputs)
    figures = figures_of(outcomes_of(texts[: len(inputs)], answers))

    assert {answer.decision for answer in answers} >= {LinkDecision.LINKED, LinkDecision.REVIEW}
    assert figures.recall_at_1 > 0.6
    assert figures.absent_auc > 0.6


def test_splink_learns_without_labels_and_ranks_the_right_household_first(texts, inputs, register):
    linker = make_linker(Method.SPLINK)
    linker.load(register.households())
    linker.learn(inputs)

    answers = linker.link(inputs)
    figures = figures_of(outcomes_of(texts[: len(inputs)], answers))

    assert figures.recall_at_1 > 0.6
    for answer in answers:
        assert sum(one.probability for one in answer.candidates) + answer.absent == pytest.approx(1.0)


def test_splink_says_what_comes_first():
    linker = make_linker(Method.SPLINK)

    with pytest.raises(RuntimeError, match="load comes before learn"):
        linker.learn([])
    with pytest.raises(RuntimeError, match="learn comes before link"):
        linker.link([])


def test_a_measurement_and_its_report_come_from_the_generated_texts(setting):
    small = replace(setting, mentions=60)
    generate(small)

    measured = [measure(small, method, Source.GOLD) for method in (Method.EXACT, Method.OURS)]
    text = report(small, list(read_texts(small.texts(small.seed))), measured, index_cost(small))

    assert all(len(one.outcomes) == len(one.alone_milliseconds) == 60 for one in measured)
    assert measured[0].threshold is not None
    assert measured[1].threshold is None
    assert all(one.peak_bytes > one.index_bytes >= 0 for one in measured)
    assert "| ours | gold |" in text
    assert "## The index alone" in text
    assert "## Form of the name" in text


def test_figures_are_never_written_for_a_tuning_seed(setting):
    assert results_file(replace(setting, seed=3)) is None
    assert results_file(replace(setting, seed=101, persons=100_000)).name == "results.md"
    assert results_file(replace(setting, seed=101, persons=10_000)).name == "results_10000.md"


@pytest.mark.parametrize("seed", ["0", "6", "100"])
def test_a_seed_that_is_neither_for_tuning_nor_for_figures_is_refused(seed):
    with pytest.raises(argparse.ArgumentTypeError):
        _seed(seed)


def test_the_texts_to_learn_on_are_never_those_that_are_measured(setting):
    for seed in (1, 2, 3, 4, 5, 101, 250):
        other = replace(setting, seed=seed).tuning_seed
        assert other != seed
        assert other in range(1, 6)


def test_floors_hold_for_the_size_they_were_measured_at_only(setting):
    nothing = tuple(
        Measurement(
            method=Method.OURS,
            source=source,
            outcomes=(Outcome(registered=True, rank=0, probability=None, absent=1.0, linked=False),),
            threshold=None,
            load_seconds=0.0,
            learn_seconds=0.0,
            index_bytes=0,
            peak_bytes=0,
            find_milliseconds=0.0,
            alone_milliseconds=(0.0,),
            batch_milliseconds=0.0,
        )
        for source in Source
    )

    assert missed_floors(setting, nothing) == {}
    missed = missed_floors(replace(setting, persons=100_000), nothing)
    assert {"found.recall_at_1", "gold.recall_at_1"} <= set(missed)
