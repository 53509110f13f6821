"""The panel and the network answer together; the gate, the files and the evidence hold."""

from collections.abc import Sequence
from pathlib import Path
from shutil import copytree

import numpy as np
import pytest
import torch
from transformers import ElectraConfig

from domain.errors import ModelError
from nlp.classifier import Classifier
from nlp.clauses import split_clauses
from nlp.ensemble import (
    NETWORK,
    CombinedManifest,
    CombinedScores,
    Ensemble,
    load_scorer,
)
from nlp.manifests import MANIFEST
from nlp.network.vocabulary import alphabet
from nlp.panel import Panel
from nlp.rules import load_rules
from nlp.training.labelled_texts import LabelledText
from nlp.training.network.encoder import NearElectra
from nlp.training.network.loop import Plan
from nlp.training.train_ensemble import fit_all
from nlp.weighing import WeighedHead, log_odds, weigh

_NEED = ["家里老人病重没钱医治", "母亲住院欠了药费", "父亲患病卧床无人照料", "孩子生病没有钱看"]
_NONE = ["路灯坏了请修一修", "公交车改线不方便", "广场舞太吵影响休息", "停车位不够用"]


def _texts() -> list[LabelledText]:
    """Illness beside every other category, so that each head has something to learn."""
    from domain.risk import GUIDE_RISKS

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
    """A small model, trained the whole way."""
    torch.manual_seed(0)
    encoder, out = tmp_path_factory.mktemp("encoder"), tmp_path_factory.mktemp("model")
    characters = alphabet(tuple(sorted({one for text in _texts() for one in text.content if one != "\n"})))
    config = ElectraConfig(
        vocab_size=len(characters),
        embedding_size=32,
        hidden_size=32,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=64,
    )
    NearElectra(config).save_pretrained(encoder)
    characters.write(encoder)
    fit_all(_texts(), encoder, out, Plan(epochs=4, rate=1e-2, encoder_rate=5e-3))
    return out


def _loaded(folder: Path) -> Ensemble:
    scorer = load_scorer(folder)
    assert isinstance(scorer, Ensemble)
    return scorer


def test_what_was_trained_reads_what_it_learned(folder: Path):
    found = _loaded(folder).score([_NEED[0], _NONE[0]]).probabilities

    assert found[0, 0] > 0.6 > 0.3 > found[1, 0]


def test_only_texts_with_a_trace_are_asked_about_and_each_keeps_its_own_answer(folder: Path):
    ensemble = _loaded(folder)
    texts = [_NONE[0], _NEED[0], _NONE[1], _NEED[1]]
    alone = ensemble.panel.probabilities(texts)
    between = float(np.sort(alone[:, ensemble.heads["any_risk"]])[1:3].mean())
    manifest = ensemble.manifest.model_copy(update={"ask_from": between})

    found = Ensemble(manifest, ensemble.panel, ensemble.network).score(texts).probabilities

    asked = ensemble.network.read([_NEED[0], _NEED[1]]).log_odds
    assert np.array_equal(found[[0, 2]], alone[[0, 2]])
    assert np.allclose(found[[1, 3]], weigh(manifest.head, log_odds(alone[[1, 3]]), asked), atol=1e-5)


def test_no_text_is_no_trouble(folder: Path):
    assert _loaded(folder).score([]).probabilities.shape[0] == 0
    assert Classifier(_loaded(folder), load_rules()).read([("", ""), ("", "\n")])[0].labels == ()


def test_a_folder_without_a_network_is_read_by_the_panel(folder: Path, tmp_path: Path):
    copytree(folder / "linear", tmp_path / "linear")
    copytree(folder / "panel", tmp_path / "panel")

    assert isinstance(load_scorer(tmp_path), Panel)


@pytest.mark.parametrize(
    ("name", "change", "said"),
    [
        ("network.onnx", lambda content: content + b"x", "校验值不符"),
        (MANIFEST, lambda content: content.replace(b'panel = "panel-', b'panel = "other-'), "不是同一次训练"),
        ("vocab.txt", lambda content: content + "墙\n".encode(), "校验值不符"),
        (MANIFEST, lambda _: b"ask_from = 1", "不完整"),
    ],
)
def test_a_changed_file_is_refused(folder: Path, tmp_path: Path, name: str, change, said: str):
    copytree(folder, tmp_path / "model")
    path = tmp_path / "model" / NETWORK / name
    path.write_bytes(change(path.read_bytes()))

    with pytest.raises(ModelError, match=said):
        load_scorer(tmp_path / "model")


def test_a_clause_weighs_what_its_characters_gave():
    given = np.array([[0.5], [0.5], [0.0], [0.1], [-0.2]], dtype=np.float32)
    scores = CombinedScores(np.zeros((1, 1), dtype=np.float32), None, {0: given}, {"illness": 0})  # type: ignore[arg-type]

    weights: Sequence[float] = scores.clause_weights(0, split_clauses("病了，路远"), "illness").tolist()

    assert weights == pytest.approx([1.0, -0.1])


def test_a_manifest_with_an_unknown_key_is_refused():
    head = WeighedHead(name="illness", threshold=0.5, first=1, second=1, intercept=0)
    record = CombinedManifest(
        version="v", panel="p", network_sha256="", vocabulary_sha256="", ask_from=0.1, head=(head,)
    ).model_dump()

    with pytest.raises(ValueError, match="extra"):
        CombinedManifest.model_validate({**record, "speed": 1})
