"""`python -m nlp.training.distil_encoder --teacher DIR --student DIR …`: a large encoder teaches a small one to read.

The large one, too slow to serve, is trained on the labelled texts; the small one then learns from its answers to these
texts, to texts that nobody labelled, and to texts put together from clauses of the labelled ones. What comes out is
the small encoder, ready for `qianshao train classifier --encoder DIR`.
"""

import argparse
import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from nlp.network.reader import Window
from nlp.network.vocabulary import read_vocabulary
from nlp.network.windows import LENGTH
from nlp.network.words import Words
from nlp.training.heads import UNKNOWN, heads_for, targets_of
from nlp.training.labelled_texts import LabelledText, read_labelled_texts
from nlp.training.marking import with_marks
from nlp.training.network.batches import BatchSize, Encoded, encode_texts
from nlp.training.network.distil import taught
from nlp.training.network.loop import Plan, train_reader
from nlp.training.network.model import Encoder, Reader
from nlp.training.train_clauses import marked_clauses
from nlp.training.train_network import heads_in_order

_LOG = logging.getLogger(__name__)
_TEACHER = Plan(epochs=4, rate=1e-3, encoder_rate=2e-4, hidden=0.1, batch=BatchSize(characters=20_000, texts=80))
_STUDENT = Plan(epochs=2, rate=2e-3, encoder_rate=5e-4, hidden=0.1, batch=BatchSize(characters=36_000, texts=144))
_READ = BatchSize(characters=100_000, texts=500)
_TAUGHT_SHARE = 0.5
"""How far the teacher's word counts where a label is known."""
_MOST_CLAUSES = 8
"""That a text put together takes from each of the texts it is made of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """What is taught with, and how."""

    labelled: Sequence[LabelledText]
    unlabelled: Sequence[str]
    mixed: int
    """How many texts are put together from clauses of the labelled ones."""
    teacher: Plan = _TEACHER
    student: Plan = _STUDENT


def distil(teacher: Path, student: Path, lesson: Lesson, out: Path) -> None:
    """Write the small encoder of `student`, taught by the large one of `teacher`, in Hugging Face's form.

    Both encoders have one vocabulary.
    """
    vocabulary, names = read_vocabulary(student), heads_in_order(heads_for(lesson.labelled))
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    contents = [text.content for text in lesson.labelled]
    known = encode_texts(contents, marked_clauses(lesson.labelled), vocabulary, Words(()))
    targets = targets_of(lesson.labelled, names).astype(np.float32)
    large = Reader(Encoder(teacher), len(names)).to(device)
    large = train_reader(large, known, targets, lesson.teacher, mask=vocabulary.mask)
    plain = [LabelledText(id="", text=text, labels=()) for text in lesson.unlabelled]
    others = encode_texts([text.content for text in plain], marked_clauses(plain), vocabulary, Words(()))
    others = [_nobody_knows(one) for one in others] + mixed_texts(known, lesson.mixed)
    _LOG.info("the teacher reads %d texts", len(known) + len(others))
    seen, told = taught(large, _numbered(known), targets[[one.text for one in known]], share=_TAUGHT_SHARE, size=_READ)
    unknown = np.full((len(others), len(names)), UNKNOWN, dtype=np.float32)
    more, said = taught(large, _numbered(others), unknown, share=1.0, size=_READ)
    small = Reader(Encoder(student), len(names)).to(device)
    every = _numbered([*seen, *more])
    small = train_reader(small, every, np.concatenate([told, said]), lesson.student, mask=vocabulary.mask)
    assert isinstance(small.trunk, Encoder)  # noqa: S101 - it was made so
    nn.Module.half(small.trunk.encoder)
    small.trunk.encoder.save_pretrained(out)
    vocabulary.write(out)


def mixed_texts(known: Sequence[Encoded], count: int, *, seed: int = 0) -> list[Encoded]:
    """So many texts, each a few clauses of two or three others, one after the other; nobody labelled them."""
    dice = np.random.default_rng(seed)
    mixed: list[Encoded] = []
    while len(mixed) < count:
        chosen = dice.integers(0, len(known), int(dice.integers(2, 4)))
        parts = [_stretch(known[int(number)], dice) for number in chosen]
        characters = np.concatenate([part for part, _ in parts])[:LENGTH]
        begins = np.cumsum([0, *(len(part) for part, _ in parts)])
        spans = np.concatenate([spans + begin for begin, (_, spans) in zip(begins, parts, strict=False)])
        spans = spans[spans[:, 1] <= len(characters)]
        if not len(spans):
            continue
        window = Window(characters, np.zeros_like(characters), tuple(range(len(spans))), spans)
        targets = np.zeros((len(spans), known[0].targets.shape[1]), dtype=np.int8)
        mixed.append(_nobody_knows(Encoded((window,), len(spans), targets, len(mixed))))
    return mixed


def _stretch(text: Encoded, dice: np.random.Generator) -> tuple[NDArray[np.uint16], NDArray[np.intp]]:
    """Some clauses of a window, and where they stand in what was cut out."""
    window = text.windows[int(dice.integers(len(text.windows)))]
    first = int(dice.integers(len(window.spans)))
    spans = window.spans[first : first + int(dice.integers(1, _MOST_CLAUSES + 1))]
    begin, end = int(spans[0, 0]), int(spans[-1, 1])
    return window.characters[begin : end + 1], spans - begin


def _nobody_knows(text: Encoded) -> Encoded:
    return replace(text, targets=np.full_like(text.targets, UNKNOWN))


def _numbered(encoded: Sequence[Encoded]) -> list[Encoded]:
    return [replace(one, text=number) for number, one in enumerate(encoded)]


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the arguments and teach."""
    given = _arguments().parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    labelled = with_marks(read_labelled_texts(given.data, texts=given.texts), given.marks)
    have = {text.content for text in labelled}
    unlabelled = [line for path in given.unlabelled for line in path.read_text(encoding="utf-8").split("\n") if line]
    lesson = Lesson(labelled=labelled, unlabelled=[text for text in unlabelled if text not in have], mixed=given.mixed)
    distil(given.teacher, given.student, lesson, given.out)


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--teacher", type=Path, required=True, help="folder of the large encoder")
    parser.add_argument("--student", type=Path, required=True, help="folder of the small one, of the same vocabulary")
    parser.add_argument("--data", nargs="+", type=Path, required=True, help="labelled texts (JSONL)")
    parser.add_argument("--texts", nargs="*", type=Path, default=[], help="files of texts that labels only name")
    parser.add_argument("--marks", nargs="*", type=Path, default=[])
    parser.add_argument("--unlabelled", nargs="*", type=Path, default=[], help="plain texts, one a line")
    parser.add_argument("--mixed", type=int, default=40_000)
    parser.add_argument("--out", type=Path, required=True)
    return parser


if __name__ == "__main__":
    main()
