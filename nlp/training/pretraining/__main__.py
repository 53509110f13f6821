"""`python -m nlp.training.pretraining CORPUS… --out DIR`: pretrain the encoder, or go on where it was left.

The first call reads the corpus and keeps it in DIR as numbers; later calls only need DIR. With `--from ENCODER` it does
not begin anew but with that encoder, which says how large it is and what its characters are.
"""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from domain.failures.errors import ConfigError
from nlp.network.vocabulary import FILE_NAME, Vocabulary, read_vocabulary
from nlp.normalise import normalise
from nlp.training.pretraining.corpus import (
    CHARACTER,
    Tokens,
    encode_corpus,
    most_alike,
    open_text,
    pieces,
    read_documents,
    vocabulary_of,
)
from nlp.training.pretraining.embeddings import neighbour_vectors
from nlp.training.pretraining.loop import Plan, pretrain
from nlp.training.pretraining.model import EncoderSize, size_of

_NUMBERS, _VECTORS = "corpus.npy", "vectors.npy"
_REPEATS = 3
"""How often the wanted texts stand beside those chosen for being like them."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the arguments and train."""
    given = _arguments().parse_args(arguments)
    given.out.mkdir(parents=True, exist_ok=True)
    if not (given.out / _NUMBERS).exists():
        _prepare(given)
    tokens: Tokens = np.load(given.out / _NUMBERS, mmap_mode="r")
    vocabulary = read_vocabulary(given.out)
    plan = Plan(tokens=given.tokens, batch=given.batch, rate=given.rate, seconds=given.minutes * 60)
    if given.source:
        if read_vocabulary(given.source) != vocabulary:
            raise ConfigError(f"{given.source} 的字表与 {given.out} 里语料的不同, 请换一个 --out")
        pretrain(tokens, given.source, vocabulary, size_of(given.source), plan, given.out)
    else:
        vectors = _vectors(tokens, vocabulary, given.width, given.out / _VECTORS)
        size = EncoderSize(layers=given.layers, width=given.width, heads=given.width // 64)
        pretrain(tokens, vectors, vocabulary, size, plan, given.out)


def _prepare(given: argparse.Namespace) -> None:
    out, like, characters = given.out, given.like, given.characters
    documents = list(pieces(read_documents(given.corpus)))
    vocabulary: Vocabulary = read_vocabulary(given.source) if given.source else vocabulary_of(documents)
    if like:
        wanted = list(pieces(_messages(like)))
        documents = most_alike(documents, wanted, characters=characters) + wanted * _REPEATS
        np.random.default_rng(0).shuffle(documents)
    vocabulary.write(out)
    part = out / f"part-{_NUMBERS}"
    np.save(part, encode_corpus(documents, vocabulary))
    part.replace(out / _NUMBERS)


def _vectors(tokens: Tokens, vocabulary: Vocabulary, width: int, kept: Path) -> NDArray[np.float32]:
    """What characters begin with; counted once."""
    if not kept.exists():
        np.save(kept, neighbour_vectors(tokens & CHARACTER, len(vocabulary), width))
    found: NDArray[np.float32] = np.load(kept)
    return found


def _messages(paths: Sequence[Path]) -> list[str]:
    """Titles and texts of JSON lines files, plain or .xz."""
    texts = []
    for path in paths:
        with open_text(path) as stream:
            records = [json.loads(line) for line in stream if line.strip()]
        texts += [normalise(f"{one.get('title', '')}\n{one['text']}") for one in records]
    return texts


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", nargs="*", type=Path, help="text files, documents parted by blank lines; .xz too")
    parser.add_argument("--out", type=Path, required=True, help=f"folder of {FILE_NAME}, {_NUMBERS}, state, encoder/")
    parser.add_argument("--from", dest="source", type=Path, help="folder of an encoder to begin with")
    parser.add_argument("--like", nargs="*", type=Path, default=[], help="messages (JSONL) the corpus should be like")
    parser.add_argument("--characters", type=int, default=40_000_000, help="how much of the corpus to keep")
    parser.add_argument("--tokens", type=int, default=60_000_000, help="characters to see in all")
    parser.add_argument("--minutes", type=float, default=float("inf"), help="stop after so many, to go on later")
    parser.add_argument("--layers", type=int, default=4)
    parser.add_argument("--width", type=int, default=256)
    parser.add_argument("--batch", type=int, default=64, help="windows of 128 characters in an update")
    parser.add_argument("--rate", type=float, default=7e-4)
    return parser


if __name__ == "__main__":
    main()
