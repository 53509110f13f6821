"""Clauses and the whole text are weighed together; files that do not belong together are refused."""

from pathlib import Path
from shutil import copytree

import numpy as np
import pytest

from domain.failures.errors import ModelError
from nlp.classifying.linear import load_linear_model
from nlp.classifying.panel import Panel, load_panel
from nlp.classifying.weights import LINEAR, PANEL, SHIPPED, load_weights
from nlp.clause_model import NAMES, POOLED, ClauseScores, pooled, units_of
from nlp.clauses import Clause, split_clauses

_LONG = (
    "尊敬的领导，我们村通往镇上的路已经坑洼三年，下雨天车都开不进去，去年说要修，到现在没有动静，"
    "我爱人尿毒症每周透析三次，路不好走常常误了时间，希望早点把路修好，再装几盏路灯，谢谢领导。"
)


@pytest.fixture(scope="module")
def panel() -> Panel:
    return load_weights()


def test_half_a_sentence_in_a_letter_about_a_road_is_seen(panel: Panel):
    column = panel.heads["illness"]
    assert panel.probabilities([_LONG])[0, column] >= panel.thresholds[column]


def test_the_clause_that_says_it_weighs_most(panel: Panel):
    clauses = [clause for clause in split_clauses(_LONG) if len(clause.text) >= 4]
    weights = panel.score([_LONG]).clause_weights(0, clauses, "illness")
    assert "透析" in clauses[int(np.argmax(weights))].text


def test_a_clause_that_was_not_read_speaks_for_nothing(panel: Panel):
    assert panel.score(["您好"]).clause_weights(0, [Clause(0, 2, "您好")], "illness").tolist() == [-100.0]


def test_heads_beyond_the_clause_model_are_weighed_by_the_linear_model(panel: Panel):
    clauses = split_clauses(_LONG)
    found = panel.score([_LONG]).clause_weights(0, clauses, "area")
    assert np.allclose(found, panel.linear.contributions([clause.text for clause in clauses], "area"))


def test_texts_are_read_alike_alone_and_beside_others(panel: Panel):
    texts = [_LONG, "", "路灯坏了", "您好", _LONG[:60]]
    together = panel.probabilities(texts)
    assert np.allclose(together, np.concatenate([panel.probabilities([text]) for text in texts]), atol=1e-5)


def test_probabilities_are_numbers_for_whatever_text(panel: Panel):
    found = panel.probabilities(["", "\n\n", "。。。", "a" * 5_000, "病" * 5_000, "病。" * 2_000])
    assert np.isfinite(found).all()


def test_no_texts_are_no_trouble(panel: Panel):
    assert panel.probabilities([]).shape == (0, len(panel.heads))


def test_of_every_head_the_strongest_clause_comes_first_then_the_second_then_all_together():
    odds = np.zeros((3, len(NAMES)), dtype=np.float32)
    odds[:, 0] = [-2.0, 3.0, 1.0]
    clauses = tuple(Clause(place, place + 1, "x") for place in range(3))

    found = pooled([ClauseScores(clauses, odds), ClauseScores((), odds[:0])]).reshape(2, 3, len(NAMES))

    assert found[0, :, 0] == pytest.approx([3.0, 1.0, np.log(np.exp(-2) + np.exp(3) + np.exp(1))])
    assert (found[1] == -6.0).all()
    assert found.size == 2 * POOLED


def test_a_clause_is_read_beside_its_neighbours():
    clauses = list(units_of("老人病了，没钱看，路又远。求助政府"))

    assert [unit.clause.text for unit in clauses] == ["老人病了", "求助政府"]
    assert clauses[0].near == "^|求助政府"


def test_words_without_a_stop_are_cut_and_none_is_lost():
    content = "家里老人病了没钱看病" * 30
    pieces = [unit.clause for unit in units_of(content)]
    assert "".join(piece.text for piece in pieces) == content
    assert all(content[piece.start : piece.end] == piece.text for piece in pieces)
    assert max(len(piece.text) for piece in pieces) <= 20


def test_a_clause_that_was_cut_weighs_as_much_as_its_strongest_piece(panel: Panel):
    content = "路灯坏了没人修" * 5 + "我爱人尿毒症每周透析三次" + "公交车改线不方便" * 5
    scores = panel.score([content])
    [weight] = scores.clause_weights(0, [Clause(0, len(content), content)], "illness").tolist()
    assert len(scores.read[0].clauses) > 1
    assert weight == pytest.approx(scores.read[0].odds[:, 0].max())


@pytest.mark.parametrize("name", ["clauses.npz", "judge.npz"])
def test_a_changed_file_is_refused(tmp_path: Path, name: str):
    copytree(SHIPPED / PANEL, tmp_path / PANEL)
    path = tmp_path / PANEL / name
    path.write_bytes(path.read_bytes() + b"x")

    with pytest.raises(ModelError, match="校验值不符"):
        load_panel(tmp_path / PANEL, load_linear_model(SHIPPED / LINEAR))


def test_a_panel_around_another_linear_model_is_refused(tmp_path: Path):
    copytree(SHIPPED / PANEL, tmp_path / PANEL)
    path = tmp_path / PANEL / "manifest.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('linear = "', 'linear = "x'), encoding="utf-8")

    with pytest.raises(ModelError, match="不是同一次训练"):
        load_panel(tmp_path / PANEL, load_linear_model(SHIPPED / LINEAR))


def test_a_folder_without_a_manifest_is_refused(tmp_path: Path):
    with pytest.raises(ModelError, match="不完整"):
        load_panel(tmp_path, load_linear_model(SHIPPED / LINEAR))
