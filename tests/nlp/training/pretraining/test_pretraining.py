"""Pretraining learns from plain text, stops and goes on, and leaves an encoder that loads."""

import json
import lzma
import shutil
from pathlib import Path

import numpy as np
import pytest
import torch
from transformers import ElectraConfig, ElectraModel

from domain.failures.errors import ConfigError
from nlp.network.vocabulary import make_vocabulary, read_vocabulary
from nlp.training.network.encoder import load_encoder
from nlp.training.pretraining.__main__ import main
from nlp.training.pretraining.corpus import CHARACTER, WORD_START, encode_corpus, most_alike, pieces, read_documents
from nlp.training.pretraining.model import hide_words, size_of

_SIZE = ["--layers", "1", "--width", "64", "--batch", "8", "--rate", "5e-3"]


def _corpus(folder: Path) -> Path:
    path = folder / "corpus.txt.xz"
    documents = [f"村里第{number}户的老人病了，家里没有钱看病。\n请求镇里给予救助。" for number in range(400)]
    with lzma.open(path, "wt", encoding="utf-8") as stream:
        stream.write("\n\n".join(documents))
    return path


def _steps(out: Path) -> list[int]:
    return [json.loads(line)["step"] for line in (out / "progress.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def stopped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which a short run was stopped at once."""
    folder = tmp_path_factory.mktemp("trained")
    main([str(_corpus(folder)), "--out", str(folder), "--tokens", "204800", "--minutes", "0", *_SIZE])
    assert torch.load(folder / "state.pt", weights_only=True)["step"] == 1
    return folder


@pytest.fixture(scope="module")
def trained(stopped: Path) -> Path:
    """The same folder after the run went on to its end."""
    main(["--out", str(stopped), "--tokens", "204800", *_SIZE])
    return stopped


def test_a_stopped_run_goes_on_where_it_was_and_leaves_an_encoder(trained: Path):
    assert torch.load(trained / "state.pt", weights_only=True)["step"] == 200
    assert _steps(trained) == [50, 100, 150, 200]
    assert load_encoder(trained / "encoder").config.hidden_size == 64
    assert read_vocabulary(trained / "encoder") == read_vocabulary(trained)


def _losses(out: Path, name: str) -> list[float]:
    lines = (out / "progress.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line)[name] for line in lines]


def _further(encoder: Path, out: Path) -> list[float]:
    """How well the generator guesses in 50 updates that begin with an encoder."""
    main([str(_corpus(encoder)), "--out", str(out), "--tokens", "51200", "--batch", "8", "--from", str(encoder)])
    return _losses(out, "guessing")


def test_the_guesses_get_better(trained: Path):
    losses = _losses(trained, "guessing")
    assert losses[-1] < 0.7 * losses[0], losses


def test_a_further_run_begins_with_what_an_encoder_and_its_generator_know(trained: Path, tmp_path: Path):
    first, then = _losses(trained, "guessing"), _further(trained / "encoder", tmp_path)
    assert then[0] < 0.5 * first[0]
    assert _losses(tmp_path, "detecting")[0] < _losses(trained, "detecting")[0]
    assert load_encoder(tmp_path / "encoder").config.hidden_size == 64


def test_a_new_generator_learns_first(trained: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    alone = tmp_path / "encoder"
    shutil.copytree(trained / "encoder", alone, ignore=shutil.ignore_patterns("generator.pt"))
    losses = {}
    for share in (0.0, 1.0):
        monkeypatch.setattr("nlp.training.pretraining.loop._ALONE", share)
        losses[share] = _further(alone, tmp_path / str(share))[0]
    assert losses[1.0] < 0.8 * losses[0.0], losses


def test_an_encoder_of_another_vocabulary_is_refused(trained: Path, tmp_path: Path):
    make_vocabulary(["老人病了"], least=1).write(tmp_path)
    with pytest.raises(ConfigError, match="字表"):
        main(["--out", str(trained), "--from", str(tmp_path)])


def test_only_an_encoder_of_ours_can_be_pretrained_further(tmp_path: Path):
    with pytest.raises(ConfigError, match="没有编码器"):
        size_of(tmp_path)
    ElectraModel(ElectraConfig(hidden_size=64, num_hidden_layers=1, num_attention_heads=1)).save_pretrained(tmp_path)
    with pytest.raises(ConfigError, match="本项目"):
        size_of(tmp_path)


def test_documents_are_parted_by_blank_lines(tmp_path: Path):
    path = tmp_path / "corpus.txt"
    path.write_text("一\n二\n\n\n三\n", encoding="utf-8")
    assert [document.strip() for document in read_documents([path])] == ["一\n二", "三"]


def test_long_documents_are_cut_at_ends_of_sentences_and_nothing_is_lost():
    document = "老人病了没有钱看。" * 200
    parts = list(pieces([document]))
    assert "".join(parts) == document
    assert all(part.endswith("。") for part in parts)


def test_the_pieces_most_like_petitions_are_chosen():
    news, plea = "会议强调深入贯彻落实精神部署工作。" * 5, "我家老人病重无钱医治请求救助帮助。" * 5
    assert most_alike([news, plea, news], ["家里老人病重，请求救助。"] * 3, characters=len(plea)) == [plea]


def test_words_are_hidden_whole():
    starts = torch.tensor([[True, False, True, False, False, True] * 50])
    hidden = hide_words(starts, torch.Generator().manual_seed(0))[0]
    words = starts[0].cumsum(0)
    assert 0 < int(hidden.sum()) < len(hidden)
    assert all(len(set(hidden[words == word].tolist())) == 1 for word in words.unique())


def test_the_corpus_marks_where_words_begin(tmp_path: Path):
    vocabulary = make_vocabulary(["老人病了"], least=1)
    numbers = encode_corpus(["老人病了"], vocabulary)
    assert [bool(number & WORD_START) for number in numbers] == [True, False, True, True, True]
    assert list((numbers & CHARACTER)[:4]) == list(vocabulary.encode("老人病了"))
    assert numbers.dtype == np.uint16
