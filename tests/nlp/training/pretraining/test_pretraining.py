"""Pretraining learns from plain text, stops and goes on, and leaves an encoder that loads."""

import json
import lzma
from pathlib import Path

import numpy as np
import torch

from nlp.network.vocabulary import make_vocabulary, read_vocabulary
from nlp.training.network.encoder import load_encoder
from nlp.training.pretraining.__main__ import main
from nlp.training.pretraining.corpus import CHARACTER, WORD_START, encode_corpus, most_alike, pieces, read_documents
from nlp.training.pretraining.model import hide_words

_SIZE = ["--layers", "1", "--width", "64", "--batch", "8", "--rate", "5e-3"]


def _corpus(folder: Path) -> Path:
    path = folder / "corpus.txt.xz"
    documents = [f"村里第{number}户的老人病了，家里没有钱看病。\n请求镇里给予救助。" for number in range(400)]
    with lzma.open(path, "wt", encoding="utf-8") as stream:
        stream.write("\n\n".join(documents))
    return path


def _steps(out: Path) -> list[int]:
    return [json.loads(line)["step"] for line in (out / "progress.jsonl").read_text(encoding="utf-8").splitlines()]


def test_a_stopped_run_goes_on_where_it_was_and_leaves_an_encoder(tmp_path: Path):
    corpus, out = _corpus(tmp_path), tmp_path / "out"
    main([str(corpus), "--out", str(out), "--tokens", "204800", "--minutes", "0", *_SIZE])
    first = torch.load(out / "state.pt", weights_only=True)["step"]
    main(["--out", str(out), "--tokens", "204800", *_SIZE])
    assert first == 1
    assert torch.load(out / "state.pt", weights_only=True)["step"] == 200
    assert _steps(out) == [50, 100, 150, 200]
    assert load_encoder(out / "encoder").config.hidden_size == 64
    assert read_vocabulary(out / "encoder") == read_vocabulary(out)


def test_the_guesses_get_better(tmp_path: Path):
    out = tmp_path / "out"
    main([str(_corpus(tmp_path)), "--out", str(out), "--tokens", "204800", *_SIZE])
    records = (json.loads(line) for line in (out / "progress.jsonl").read_text(encoding="utf-8").splitlines())
    losses = [record["guessing"] for record in records]
    assert losses[-1] < 0.7 * losses[0], losses


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
