"""A panel with a network is trained the whole way, written, and read again."""

from pathlib import Path
from shutil import copytree, rmtree

import numpy as np
import pytest

from domain.failures.errors import ModelError
from domain.risk import GUIDE_RISKS
from nlp.classifying.classifier import Classifier
from nlp.classifying.rules import load_rules
from nlp.classifying.weights import NETWORK, PANEL, load_weights
from nlp.clause_model import NAMES
from nlp.clauses import split_clauses
from nlp.manifests import MANIFEST
from nlp.network.words import FILE_NAME
from nlp.training.heads import heads_for
from nlp.training.labelled_texts import LabelledText
from nlp.training.network.loop import Plan
from nlp.training.pretraining.words import VECTORS
from nlp.training.telling import Told, tell
from nlp.training.train_network import Recipe
from nlp.training.train_panel import fit_judge, write

_NEED = ["家里老人病重没钱医治", "母亲住院欠了药费", "父亲患病卧床无人照料", "孩子生病没有钱看"]
_NONE = ["路灯坏了请修一修", "公交车改线不方便", "广场舞太吵影响休息", "停车位不够用"]


def _texts() -> list[LabelledText]:
    """Illness beside every other category, so that each head has something to learn."""
    dice = np.random.default_rng(0)
    texts = []
    for number in range(600):
        positive = number % 2 == 0
        words = _NEED if positive else _NONE
        filling = ["".join(map(chr, dice.integers(0x4E00, 0x4F00, 12))) for _ in range(2)]
        content = "，".join(dice.permutation([words[number // 2 % 4], *filling]))
        labels = ["illness", GUIDE_RISKS[number // 2 % 13].value] if positive else []
        evidence = {label: [words[number // 2 % 4]] for label in labels}
        flags = dict.fromkeys(("relocation", "accusation", "urgent"), positive and number % 4 == 0)
        evidence.update({flag: [words[number // 2 % 4]] for flag, holds in flags.items() if holds})
        scope = ("area" if number % 4 == 0 else "household") if positive else "none"
        record = {
            "id": str(number),
            "text": content,
            "labels": sorted(set(labels)),
            "scope": scope,
            **flags,
            "evidence": evidence,
        }
        texts.append(LabelledText.model_validate(record))
    return texts


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """A small model."""
    words, out = tmp_path_factory.mktemp("words"), tmp_path_factory.mktemp("model")
    (words / FILE_NAME).write_text("老人\n母亲\n", encoding="utf-8")
    vectors = np.random.default_rng(0).integers(-127, 128, (3, 8)).astype(np.int8)
    np.savez(words / VECTORS, vectors=vectors, scale=np.full((3, 1), 0.01, dtype=np.float32))
    recipe = Recipe(plan=Plan(epochs=2, rate=5e-3), words=words)
    write(tell(_texts(), heads_for(_texts()), network=recipe), out)
    return out


def test_what_was_trained_reads_what_it_learned(folder: Path):
    found = load_weights(folder).probabilities([_NEED[0], _NONE[0]])

    assert found[0, 0] > 0.6 > 0.3 > found[1, 0]


def test_the_judge_hears_the_network(folder: Path):
    panel = load_weights(folder)

    assert len(panel.judge.mean) == 2 * len(panel.heads) + 2 * 3 * len(NAMES)


def test_a_clause_weighs_what_clause_model_and_network_say_in_the_middle(folder: Path):
    panel, content = load_weights(folder), f"{_NONE[0]}，{_NEED[0]}"
    assert panel.network is not None

    weights = panel.score([content]).clause_weights(0, split_clauses(content), "illness")

    one, other = panel.clauses.read([content])[0], panel.network.read([content]).read[0]
    assert np.allclose(weights, (one.odds[:, 0] + other.odds[:, 0]) / 2, atol=1e-4)
    assert weights[1] > weights[0]


def test_the_judge_believes_the_texts_that_count():
    said = np.array([[1.0, 0.0], [0.0, 1.0]] * 200, dtype=np.float32)
    told = Told(said, said[:, :1], said[:, :0])
    targets = np.repeat(said[:, :1], 2, axis=1).astype(np.int8)
    targets[200:] = 1 - targets[200:]
    counted = np.where(np.arange(400) < 200, 1.9, 0.1).astype(np.float32)

    judge, other = fit_judge(told, targets, counted), fit_judge(told, targets, 2 - counted)

    assert (judge.odds(told.features)[:2, 0] > 0).tolist() == [True, False]
    assert (other.odds(told.features)[:2, 0] > 0).tolist() == [False, True]


def test_no_text_is_no_trouble(folder: Path):
    panel = load_weights(folder)

    assert panel.score([]).probabilities.shape[0] == 0
    assert Classifier(panel, load_rules()).read([("", ""), ("", "\n")])[0].labels == ()


def test_without_its_network_a_panel_is_refused(folder: Path, tmp_path: Path):
    copytree(folder, tmp_path / "model")
    rmtree(tmp_path / "model" / NETWORK)

    with pytest.raises(ModelError, match="神经网络不是同一次训练的"):
        load_weights(tmp_path / "model")


@pytest.mark.parametrize(
    ("name", "change", "said"),
    [
        (f"{NETWORK}/trunk.onnx", lambda content: content + b"x", "校验值不符"),
        (f"{NETWORK}/head.npz", lambda content: content + b"x", "校验值不符"),
        (f"{NETWORK}/vocab.txt", lambda content: content + "墙\n".encode(), "校验值不符"),
        (f"{NETWORK}/{MANIFEST}", lambda content: content.replace(b'"network-', b'"other-'), "不是同一次训练"),
        (f"{PANEL}/{MANIFEST}", lambda content: content.replace(b'linear = "', b'linear = "x'), "不是同一次训练"),
        (f"{NETWORK}/{MANIFEST}", lambda content: content + b"speed = 1\n", "不完整"),
    ],
)
def test_a_changed_file_is_refused(folder: Path, tmp_path: Path, name: str, change, said: str):
    copytree(folder, tmp_path / "model")
    path = tmp_path / "model" / name
    path.write_bytes(change(path.read_bytes()))

    with pytest.raises(ModelError, match=said):
        load_weights(tmp_path / "model")
