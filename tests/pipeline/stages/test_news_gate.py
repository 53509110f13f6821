"""The gate is in force where the county has it on, and only before a reader that it was measured with."""

from datetime import date
from pathlib import Path
from shutil import copytree

import pytest

import crawlers
from crawlers.declaring.source import load_sources
from nlp.classifying.classifier import load_classifier
from nlp.classifying.gate import load_gate
from nlp.classifying.weights import GATE, SHIPPED
from pipeline.policy.gate_table import GatePolicy
from pipeline.policy.tables import load_policy
from pipeline.stages.news_gate import articles_of, news_gate

ON = GatePolicy(checked_on=date(2026, 11, 27), on=True)


@pytest.fixture(scope="module")
def reader() -> str:
    return load_gate(SHIPPED / GATE).manifest.readers[0]


def test_the_shipped_gate_stands_before_the_shipped_reader(reader: str):
    found = news_gate(ON, None, load_classifier().version)

    assert found.gate is not None
    assert (found.gate.version in found.message, found.ok) == (True, True)


def test_a_county_may_switch_it_off(reader: str):
    found = news_gate(ON.model_copy(update={"on": False}), None, reader)

    assert (found.gate, found.ok) == (None, True)
    assert "gate.toml" in found.message


def test_a_countys_own_threshold_is_another_gate(reader: str):
    shipped, own = (news_gate(ON.model_copy(update={"least": least}), None, reader).gate for least in (None, -9.0))

    assert shipped is not None
    assert own is not None
    assert own.manifest.least == -9.0
    assert own.version != shipped.version


def test_it_does_not_stand_before_a_reader_that_it_was_never_measured_with():
    found = news_gate(ON, None, "another-reader")

    assert (found.gate, found.ok) == (None, False)
    assert "qianshao train gate" in found.message


def test_weights_without_a_gate_read_everything(tmp_path: Path, reader: str):
    found = news_gate(ON, tmp_path, reader)

    assert (found.gate, found.ok) == (None, True)


def test_weights_may_bring_their_own(tmp_path: Path, reader: str):
    copytree(SHIPPED / GATE, tmp_path / GATE)

    assert news_gate(ON, tmp_path, reader).gate is not None


def test_the_shipped_policy_says_whether_it_is_on():
    assert load_policy().gate.least is None


def test_boards_do_not_meet_it():
    sources = load_sources(Path(crawlers.__file__).parent / "sources")
    met = articles_of(sources)

    assert met
    assert not {name for name in met if sources[name][1].kind == "board"}
    assert {name for name, (_, spec) in sources.items() if spec.kind == "board"}
