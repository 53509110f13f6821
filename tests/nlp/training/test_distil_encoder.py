"""A large encoder teaches a small one."""

from pathlib import Path

import numpy as np
import pytest
import torch
from transformers import ElectraConfig

from nlp.network.vocabulary import alphabet
from nlp.network.words import Words
from nlp.training.distil_encoder import Lesson, distil, mixed_texts
from nlp.training.heads import UNKNOWN
from nlp.training.labelled_texts import LabelledText
from nlp.training.network.batches import BatchSize, Encoded, encode_texts
from nlp.training.network.distil import taught
from nlp.training.network.encoder import NearElectra, load_encoder
from nlp.training.network.loop import Plan, read_clauses
from nlp.training.network.model import Encoder, Reader
from nlp.training.train_clauses import marked_clauses

_ALPHABET = alphabet(tuple("病残水房工老人家无钱雨塌，。"))
_HEADS = 17


def _encoder(folder: Path, width: int) -> Path:
    torch.manual_seed(width)
    config = ElectraConfig(
        vocab_size=len(_ALPHABET),
        embedding_size=width,
        hidden_size=width,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=width,
        max_position_embeddings=512,
    )
    NearElectra(config).save_pretrained(folder)
    _ALPHABET.write(folder)
    return folder


def _texts() -> list[LabelledText]:
    dice = np.random.default_rng(0)
    said = ["，".join("".join(dice.choice(list("老人家无钱"), 6)) for _ in range(3)) for _ in range(30)]
    return [
        LabelledText.model_validate(
            {
                "id": str(number),
                "text": f"{text}，病" if number % 2 else text,
                "labels": ["illness"] if number % 2 else [],
                "evidence": {"illness": ["病"]} if number % 2 else {},
                "scope": "household" if number % 2 else "none",
            }
        )
        for number, text in enumerate(said)
    ]


def _encoded() -> list[Encoded]:
    texts = _texts()
    return encode_texts([text.content for text in texts], marked_clauses(texts), _ALPHABET, Words(()))


@pytest.fixture(scope="module")
def reader(tmp_path_factory) -> Reader:
    """One that has learned nothing."""
    torch.manual_seed(1)
    return Reader(Encoder(_encoder(tmp_path_factory.mktemp("reader"), 16)), _HEADS).eval()


def test_the_teacher_counts_alone_where_nobody_knows_and_half_where_a_label_stands(reader: Reader):
    texts = _encoded()[:4]
    targets = np.full((4, _HEADS), UNKNOWN, dtype=np.float32)
    targets[1, 0] = 1
    odds = np.stack([own for own, _ in read_clauses(reader, texts)])
    softened, told = taught(reader, texts, targets, share=0.5, size=BatchSize())
    probable = 1 / (1 + np.exp(-odds))
    assert np.allclose(told[1, 0], (probable[1, 0] + 1) / 2, atol=1e-3)
    assert np.allclose(told[0], probable[0], atol=1e-3)
    assert all(((one.targets >= 0) & (one.targets <= 1)).all() for one in softened)


def test_mixed_texts_are_made_of_whole_clauses_of_others():
    known = _encoded()
    clauses = {
        tuple(window.characters[begin:end]) for one in known for window in one.windows for begin, end in window.spans
    }
    mixed = mixed_texts(known, 25)
    found = [
        tuple(window.characters[begin:end]) for one in mixed for window in one.windows for begin, end in window.spans
    ]
    assert len(mixed) == 25
    assert set(found) <= clauses
    assert all((one.targets == UNKNOWN).all() for one in mixed)


def test_the_small_encoder_comes_out_changed_and_as_large_as_it_was(tmp_path: Path):
    plan = Plan(epochs=2, rate=1e-2, encoder_rate=1e-2, batch=BatchSize(characters=2_000, texts=16))
    teacher, student = _encoder(tmp_path / "large", 32), _encoder(tmp_path / "small", 16)
    lesson = Lesson(labelled=_texts(), unlabelled=["老人家无水，水无", "钱"], mixed=8, teacher=plan, student=plan)
    distil(teacher, student, lesson, tmp_path / "out")
    before, after = load_encoder(student), load_encoder(tmp_path / "out")
    weights = "electra.encoder.layer.0.output.dense.weight"
    assert after.config.hidden_size == 16
    assert not torch.allclose(before.state_dict()[weights], after.state_dict()[weights], atol=1e-3)


def test_the_same_texts_are_mixed_again():
    known = _encoded()
    assert [one.clauses for one in mixed_texts(known, 9)] == [one.clauses for one in mixed_texts(known, 9)]
