"""The network learns, reads long texts whole, and says the same as ONNX."""

from pathlib import Path

import numpy as np
import pytest
import torch
from transformers import ElectraConfig, ElectraModel

from nlp.network.reader import FILE_NAME, make_network_reader
from nlp.network.vocabulary import alphabet
from nlp.training.marking import Mark
from nlp.training.network.batches import batches, encode_texts
from nlp.training.network.encoder import NearElectra
from nlp.training.network.export import export
from nlp.training.network.loop import Plan, read, train_reader
from nlp.training.network.model import Encoder, Reader

_ALPHABET = alphabet(tuple("病残水房工老人家无钱雨塌喝里"))


@pytest.fixture(scope="module")
def encoder(tmp_path_factory) -> Path:
    """A tiny encoder that has learned nothing."""
    torch.manual_seed(0)
    folder = tmp_path_factory.mktemp("encoder")
    NearElectra(_config()).save_pretrained(folder)
    _ALPHABET.write(folder)
    return folder


def _examples() -> list[np.ndarray]:
    return [_ALPHABET.encode(text) for text in ("老人病家里", "家里无水家里", "老人无钱房家里" * 9)]


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


@pytest.fixture(scope="module")
def trained(encoder: Path):
    """A network that knows illness (病) from water (水)."""
    dice = np.random.default_rng(0)
    texts = ["".join(dice.choice(list("老人家无钱里"), 12)) + "病水房"[number % 3] + "家里" for number in range(240)]
    targets = np.array([[number % 3 == 0, number % 3 == 1] for number in range(240)], dtype=np.float32)
    plan = Plan(epochs=60, rate=1e-2, encoder_rate=5e-3)
    return train_reader(Reader(Encoder(encoder), 2), encode_texts(texts, _ALPHABET), targets, plan, mask=_ALPHABET.mask)


def test_the_network_learns_which_word_decides(trained):
    found = read(trained, encode_texts(["老人病家里", "家里无水家里", "老人无钱房家里"], _ALPHABET))
    assert [list(row > 0) for row in found] == [[True, False], [False, True], [False, False]]


def test_the_end_of_a_long_text_counts(trained):
    found = read(trained, encode_texts(["老人家里无钱" * 300 + "病"], _ALPHABET))
    assert found[0, 0] > 0


def test_the_file_says_what_torch_says(trained, tmp_path: Path):
    export(trained, tmp_path, _examples())
    _ALPHABET.write(tmp_path)
    texts = ["老人病家里", "家里无水家里", "老人家里无钱" * 200 + "水家里"]
    served = make_network_reader((tmp_path / FILE_NAME).read_bytes(), tmp_path).read(texts)
    assert np.allclose(served.log_odds, read(trained, encode_texts(texts, _ALPHABET)), rtol=0.1, atol=0.4)
    assert [list(row > 0) for row in served.log_odds][:2] == [[True, False], [False, True]]


def test_a_text_is_read_alike_whatever_stands_beside_it(trained, tmp_path: Path):
    export(trained, tmp_path, _examples())
    _ALPHABET.write(tmp_path)
    reader = make_network_reader((tmp_path / FILE_NAME).read_bytes(), tmp_path)
    texts = ["老人病家里", "家里无水", "老人家里无钱" * 30, "病"]

    together = reader.read(texts).log_odds

    assert np.allclose(together, np.concatenate([reader.read([text]).log_odds for text in texts]), atol=1e-3)


def test_an_empty_text_says_nothing(trained, tmp_path: Path):
    export(trained, tmp_path, _examples())
    _ALPHABET.write(tmp_path)

    found = make_network_reader((tmp_path / FILE_NAME).read_bytes(), tmp_path).read(["", "老人病家里"])

    assert (found.log_odds[0] < -20).all()
    assert found.given[0].shape == (0, 2)


def test_the_shares_of_the_characters_say_where_the_answer_stands(trained, tmp_path: Path):
    export(trained, tmp_path, _examples())
    _ALPHABET.write(tmp_path)
    text = "老人家里无钱" * 90 + "病" + "老人家里无钱" * 30

    [given] = make_network_reader((tmp_path / FILE_NAME).read_bytes(), tmp_path).read([text]).given

    assert given.shape == (len(text), 2)
    assert np.isfinite(given).all()
    assert abs(int(given[:, 0].argmax()) - text.index("病")) <= 1


def test_a_head_learns_to_look_where_people_marked(encoder: Path):
    dice = np.random.default_rng(0)
    texts = ["".join(dice.choice(list("老人家里钱"), 10)) + "病房"[number % 2] + "水" for number in range(200)]
    targets = np.array([[number % 2 == 0] for number in range(200)], dtype=np.float32)
    marks = [[Mark(0, len(text) - 1, len(text))] if target else [] for text, target in zip(texts, targets, strict=True)]
    plan = Plan(epochs=40, rate=1e-2, encoder_rate=5e-3, marking=1.0)

    reader = train_reader(
        Reader(Encoder(encoder), 1), encode_texts(texts, _ALPHABET, marks), targets, plan, mask=_ALPHABET.mask
    )

    with torch.inference_mode():
        attention = reader(torch.tensor(_ALPHABET.encode("老人家里病水").astype(np.int64))[None]).attention
    assert int(attention[0, :, 0].argmax()) == 5


def test_any_encoder_of_hugging_faces_form_will_do(tmp_path: Path):
    ElectraModel(_config()).save_pretrained(tmp_path)

    answers = Reader(Encoder(tmp_path), 3)(torch.full((2, 7), 5))

    assert answers.log_odds.shape == (2, 3)
    assert answers.given.shape == (2, 7, 3)


def test_what_nobody_knows_teaches_nothing(encoder: Path):
    encoded = encode_texts(["老人病家里", "家里无水"] * 20, _ALPHABET)
    targets = np.array([[1.0, -1.0], [0.0, -1.0]] * 20, dtype=np.float32)

    def trained_head(marked: np.ndarray) -> torch.Tensor:
        torch.manual_seed(0)
        reader = train_reader(Reader(Encoder(encoder), 2), encoded, marked, Plan(epochs=3), mask=_ALPHABET.mask)
        return reader.get_parameter("say.bias")

    unknown, other = trained_head(targets), trained_head(np.where(targets < 0, -7.0, targets).astype(np.float32))
    known = trained_head(np.abs(targets))
    assert torch.equal(unknown, other)
    assert not torch.equal(unknown, known)


def test_every_text_is_in_exactly_one_batch():
    texts = ["病" * length for length in (3, 900, 10, 1, 5_000, 40)]
    encoded = encode_texts(texts, _ALPHABET)
    shuffled = [int(index) for batch in batches(encoded, order=np.random.default_rng(3)) for index in batch.texts]
    assert sorted(shuffled) == list(range(len(texts)))
