"""The gate weighs a text alike alone and beside others, and what it passes by has a reading of its own."""

from dataclasses import replace
from pathlib import Path
from shutil import copytree

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.failures.errors import ModelError
from domain.words.vocabulary import Factuality
from nlp.classifying.classifier import load_classifier
from nlp.classifying.gate import FEATURES, STRETCHES, Gate, GateManifest, load_gate, numbers_of, places_of
from nlp.classifying.weights import GATE, SHIPPED

_BITS, _COLUMNS, _UNITS = 8, 2, 3


def _gate(least: float = 0.0) -> Gate:
    given_by = np.random.default_rng(0)

    def weights(*shape: int) -> np.ndarray:
        return given_by.normal(size=shape).astype(np.float32)

    return Gate(
        GateManifest(version="gate-test", least=least, readers=(), trained_on="", weights_sha256=""),
        table=weights(1 << _BITS, _COLUMNS),
        floor=weights(len(STRETCHES), _COLUMNS),
        hidden=weights(FEATURES * _COLUMNS, _UNITS),
        hidden_bias=weights(_UNITS),
        answer=weights(_UNITS),
        answer_bias=weights(1),
    )


_GATE = _gate()


@given(st.lists(st.text(alphabet="老人病了没钱 \n\tAaİ，😀\x00\ud800", max_size=70), max_size=6))
def test_a_text_is_weighed_alike_alone_and_beside_others(texts: list[str]):
    together = _GATE.scores(texts)

    assert together.shape == (len(texts),)
    assert np.isfinite(together).all()
    for own, text in zip(together, texts, strict=True):
        assert _GATE.scores([text])[0] == own


def test_texts_beyond_one_portion_are_all_weighed():
    texts = [f"{'病了没钱' * 3000}{number}" for number in range(5)]

    assert _GATE.scores(texts).tolist() == [float(_GATE.scores([text])[0]) for text in texts]


def test_half_a_sentence_counts_however_long_the_text_around_it_is():
    stretches = slice(2 * _COLUMNS, None)
    told = replace(_GATE, floor=np.zeros_like(_GATE.floor))._features(["路" * 400 + "老人病了没钱" * 6 + "路" * 400])
    without = replace(_GATE, floor=np.zeros_like(_GATE.floor))._features(["路" * 800])

    assert (told[0, stretches] >= without[0, stretches]).all()
    assert (told[0, stretches] > without[0, stretches]).any()


def test_pairs_and_triples_do_not_reach_into_the_next_text():
    numbers = numbers_of("病了" + "\0" * 2 + "钱")
    places = places_of(numbers, _BITS)

    assert places[:, 2:4].tolist() == [[1 << _BITS] * 2] * 3
    assert places[:, :2].tolist() == places_of(numbers_of("病了"), _BITS).tolist()


def test_what_is_passed_by_has_a_reading_named_after_the_gate():
    score = float(_GATE.scores(["今天晴"])[0])
    passing, holding = _GATE.with_least(score), _GATE.with_least(score + 0.1)

    assert passing.passed_by(["今天晴"]) == [None]
    [reading] = holding.passed_by(["今天晴"])
    assert reading is not None
    assert (reading.labels, reading.accusation, reading.factuality) == ((), False, Factuality.NONE)
    assert reading.model == holding.version
    assert reading.risk_probability == pytest.approx(1 / (1 + np.exp(-score)), abs=1e-4)


def test_another_threshold_is_another_version():
    assert _GATE.with_least(1.0).version != _GATE.version


def test_no_texts_are_no_trouble():
    assert _GATE.passed_by([]) == []


def test_a_file_that_the_manifest_does_not_name_is_refused(tmp_path: Path):
    copytree(SHIPPED / GATE, tmp_path / GATE)
    with (tmp_path / GATE / "weights.npz").open("ab") as file:
        file.write(b"x")

    with pytest.raises(ModelError, match="校验值不符"):
        load_gate(tmp_path / GATE)


def test_the_shipped_gate_was_measured_before_the_shipped_reader():
    assert load_classifier().version in load_gate(SHIPPED / GATE).manifest.readers


@pytest.mark.parametrize(
    "text",
    [
        "暴雨冲垮了我家房子",
        "村里李家老人尿毒症每周透析三次，药费负担不起，儿子外出打工没有音信，一家人靠低保过日子。",
        "连日冰雹，全村三百亩苹果绝收，果农老张说今年一分钱收入都没有，贷款还不上。",
        "村支书张某把低保名额给了自己亲戚，贪占危房改造款，请求查处。",
    ],
)
def test_the_shipped_gate_lets_plain_need_and_plain_accusation_through(text: str):
    assert load_gate(SHIPPED / GATE).passed_by([text]) == [None]


def test_the_shipped_gate_passes_by_what_is_plainly_nothing():
    text = "全市羽毛球公开赛昨日开幕，来自各地的六百名选手参加比赛，男子双打决赛将于周日举行，门票已经售完。"

    assert load_gate(SHIPPED / GATE).passed_by([text]) != [None]
