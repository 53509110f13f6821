"""The network learns, reads long texts whole, and says the same as ONNX."""

from pathlib import Path

import numpy as np
import pytest
import torch
from transformers import ElectraConfig, ElectraModel

from domain.failures.errors import ModelError
from nlp.clause_model import NAMES
from nlp.network.folder import load_network
from nlp.network.vocabulary import alphabet
from nlp.network.words import Words
from nlp.training.heads import UNKNOWN, heads_for
from nlp.training.labelled_texts import LabelledText
from nlp.training.network.batches import Encoded, batches, encode_texts
from nlp.training.network.convolution import WordConvolution
from nlp.training.network.encoder import NearElectra
from nlp.training.network.loop import Plan, read, train_reader
from nlp.training.network.model import Encoder, Reader
from nlp.training.pretraining.words import VECTORS
from nlp.training.train_clauses import marked_clauses
from nlp.training.train_network import Recipe, Trained, heads_in_order

_ALPHABET = alphabet(tuple("病残水房工老人家无钱雨塌喝里，。"))
_WORDS = Words(("老人", "家里", "无钱"))
_ILLNESS, _WATER = (NAMES.index(name) for name in ("illness", "water"))


def _text(content: str, number: int = 0) -> LabelledText:
    labels = [label for sign, label in (("病", "illness"), ("水", "water")) if sign in content]
    evidence = {label: [sign] for sign, label in (("病", "illness"), ("水", "water")) if sign in content}
    scope = "household" if labels else "none"
    record = {"id": str(number), "text": content, "labels": labels, "evidence": evidence, "scope": scope}
    return LabelledText.model_validate(record)


def _texts() -> list[LabelledText]:
    """Illness (病), water (水) or neither, said in one of three clauses."""
    dice = np.random.default_rng(0)
    clauses = [["".join(dice.choice(list("老人家无钱里"), 7)) for _ in range(3)] for _ in range(240)]
    for number, own in enumerate(clauses):
        own[number % 2] += "病水房"[number % 3]
    return [_text("，".join(own), number) for number, own in enumerate(clauses)]


@pytest.fixture(scope="module")
def words(tmp_path_factory) -> Path:
    """Three words with vectors that say nothing."""
    folder = tmp_path_factory.mktemp("words")
    _WORDS.write(folder)
    vectors = np.random.default_rng(0).integers(-127, 128, (4, 16)).astype(np.int8)
    np.savez(folder / VECTORS, vectors=vectors, scale=np.full((4, 1), 0.01, dtype=np.float32))
    return folder


@pytest.fixture(scope="module")
def encoder(tmp_path_factory) -> Path:
    """A tiny encoder that has learned nothing."""
    torch.manual_seed(0)
    folder = tmp_path_factory.mktemp("encoder")
    NearElectra(_config()).save_pretrained(folder)
    _ALPHABET.write(folder)
    return folder


def _config() -> ElectraConfig:
    return ElectraConfig(
        vocab_size=len(_ALPHABET),
        embedding_size=32,
        hidden_size=32,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=512,
    )


def _fit(recipe: Recipe) -> Trained:
    texts = _texts()
    return recipe.fit(texts, heads_for(texts), marked_clauses(texts))


@pytest.fixture(scope="module")
def trained(words: Path) -> Trained:
    return _fit(Recipe(plan=Plan(epochs=12, rate=1e-2), words=words))


def test_the_network_learns_which_word_decides(trained: Trained):
    odds = trained.reader().read(["老人家里病，家里无钱", "家里无钱，老人家里水", "老人无钱家里，无钱房"]).odds
    assert [list(row > 0) for row in odds[:, [_ILLNESS, _WATER]]] == [[True, False], [False, True], [False, False]]


def test_the_clause_that_says_it_speaks_for_it(trained: Trained):
    [scores] = trained.reader().read(["老人家里无钱，家里老人病，家里无钱老人"]).read
    assert [clause.text for clause in scores.clauses] == ["老人家里无钱", "家里老人病", "家里无钱老人"]
    assert int(scores.odds[:, _ILLNESS].argmax()) == 1


def test_the_end_of_a_long_text_counts(trained: Trained):
    assert trained.reader().read(["老人家里无钱，" * 300 + "家里老人病"]).odds[0, _ILLNESS] > 0


def test_an_encoder_does_in_place_of_words(encoder: Path):
    plan = Plan(epochs=25, rate=1e-2, encoder_rate=5e-3)
    odds = _fit(Recipe(plan=plan, encoder=encoder)).reader().read(["老人家里病，家里无钱", "老人无钱家里，无钱房"]).odds
    assert [row > 0 for row in odds[:, _ILLNESS]] == [True, False]


@pytest.mark.parametrize("trunk", ["words", "encoder"])
def test_the_files_say_what_torch_says(trunk: str, words: Path, encoder: Path, monkeypatch):
    texts = ["老人病家里", "家里无水，家里无钱", "老人家里无钱，" * 100 + "水家里"]
    kept: list[Reader] = []

    def watched(reader: Reader, *given, **named) -> Reader:
        kept.append(train_reader(reader, *given, **named))
        return kept[-1]

    monkeypatch.setattr("nlp.training.train_network.train_reader", watched)
    plan = Plan(epochs=2, rate=1e-2)
    network = _fit(Recipe(plan=plan, words=words, encoder=encoder if trunk == "encoder" else None))
    marked = marked_clauses([_text(text) for text in texts])

    told = read(kept[0], encode_texts(texts, marked, network.vocabulary, network.words))

    assert np.allclose(network.reader().read(texts).odds, told, atol=0.3 if trunk == "encoder" else 1e-3)


def test_a_text_is_read_alike_whatever_stands_beside_it(trained: Trained):
    reader = trained.reader()
    texts = ["老人病家里", "家里无水", "老人家里无钱，" * 30, "病病病病", "", "。"]

    together = reader.read(texts).odds

    assert np.allclose(together, np.concatenate([reader.read([text]).odds for text in texts]), atol=1e-4)


def test_a_text_without_a_clause_says_nothing(trained: Trained):
    found = trained.reader().read(["", "好", "老人病家里"])

    assert (found.odds[:2] == -12).all()
    assert [len(one.clauses) for one in found.read] == [0, 0, 1]
    assert found.read[0].odds.shape == (0, len(NAMES))


def test_no_text_is_no_trouble(trained: Trained):
    found = trained.reader().read([])

    assert found.odds.shape == (0, len(heads_for(_texts())))
    assert found.read == []


def test_a_folder_is_read_again_and_a_changed_file_is_refused(trained: Trained, tmp_path: Path):
    trained.write(tmp_path)
    manifest, reader = load_network(tmp_path)
    assert manifest.version == trained.version
    assert np.array_equal(reader.read(["老人病家里"]).odds, trained.reader().read(["老人病家里"]).odds)

    (tmp_path / "words.txt").write_text("老人\n", encoding="utf-8")
    with pytest.raises(ModelError, match="校验值不符"):
        load_network(tmp_path)


def test_heads_that_clauses_speak_for_come_first():
    assert heads_in_order(("illness", "any_risk", "accusation", "area"))[: len(NAMES) + 2] == (
        *NAMES,
        "any_risk",
        "area",
    )


def test_any_encoder_of_hugging_faces_form_will_do(tmp_path: Path):
    ElectraModel(_config()).save_pretrained(tmp_path)
    [batch] = batches(_encoded(["老人病家里，家里无钱"]))

    answers = Reader(Encoder(tmp_path), 3)(batch.characters, batch.words, batch.owners, batch.sizes)

    assert answers.texts.shape == (1, 3)
    assert answers.clauses.shape == (2, 3)


def test_what_nobody_knows_teaches_nothing():
    encoded = _encoded(["老人病家里", "家里无水"] * 20)
    targets = np.array([[1.0, -1.0], [0.0, -1.0]] * 20, dtype=np.float32)

    def trained_bias(marked: np.ndarray) -> torch.Tensor:
        torch.manual_seed(0)
        silent = [Encoded(one.windows, one.clauses, np.full((1, 2), UNKNOWN, np.int8), one.text) for one in encoded]
        reader = Reader(WordConvolution(len(_ALPHABET), torch.zeros(4, 8), width=16), 2)
        return train_reader(reader, silent, marked, Plan(epochs=3), mask=_ALPHABET.mask).get_parameter("say.bias")

    unknown, other = trained_bias(targets), trained_bias(np.where(targets < 0, -7.0, targets).astype(np.float32))
    assert torch.equal(unknown, other)
    assert not torch.equal(unknown, trained_bias(np.abs(targets)))


def test_a_text_that_counts_for_nothing_teaches_nothing():
    encoded = _encoded(["老人病家里", "家里无水"] * 20)
    weights = np.array([2.0, 0.0] * 20, dtype=np.float32)

    def trained_bias(answer: float, weights: np.ndarray | None) -> torch.Tensor:
        torch.manual_seed(0)
        targets = np.array([[1.0, 0.0], [answer, 0.0]] * 20, dtype=np.float32)
        silent = [Encoded(one.windows, one.clauses, np.full((1, 2), UNKNOWN, np.int8), one.text) for one in encoded]
        reader = Reader(WordConvolution(len(_ALPHABET), torch.zeros(4, 8), width=16), 2)
        plan = Plan(epochs=3)
        return train_reader(reader, silent, targets, plan, mask=_ALPHABET.mask, weights=weights).get_parameter(
            "say.bias"
        )

    assert torch.equal(trained_bias(1.0, weights), trained_bias(0.0, weights))
    assert not torch.equal(trained_bias(1.0, None), trained_bias(0.0, None))


def test_every_text_with_a_clause_is_in_exactly_one_batch():
    texts = ["病，" * length + "老人家里" for length in (3, 900, 10, 1, 5_000, 40)] + ["好"]
    shuffled = [
        int(index) for batch in batches(_encoded(texts), order=np.random.default_rng(3)) for index in batch.texts
    ]
    assert sorted(shuffled) == list(range(6))


def test_every_character_of_a_clause_belongs_to_it():
    [batch] = batches(_encoded(["老人病家里，家里无钱", "家里无水"]))

    owned = [batch.owners[row, : len(text)].tolist() for row, text in ((1, "老人病家里，家里无钱"), (0, "家里无水"))]

    assert owned == [[2, 2, 2, 2, 2, 0, 3, 3, 3, 3], [1, 1, 1, 1]]
    assert batch.sizes.tolist() == [1, 2]


def _encoded(texts: list[str]) -> list[Encoded]:
    marked = marked_clauses([_text(text) for text in texts])
    return encode_texts(texts, marked, _ALPHABET, _WORDS)
