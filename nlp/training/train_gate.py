"""Finds the words of the gate: `python -m nlp.training.train_gate --data FILE… --texts FILE… --news FILE --out FILE`.

The words are those that tell news and posts with a difficulty best from ordinary news, taken in the order of how well
they tell, until nearly every one of them holds two that do not overlap: one may be missing in the next text.
"""

import argparse
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path

import numpy as np

from nlp.training.labelled_texts import read_labelled_texts
from nlp.training.pretraining.corpus import pieces, read_documents

_LENGTHS = (2, 3, 4)
_CHINESE = re.compile(r"[\u4e00-\u9fff]+")
_FEWEST = 5
"""A word in fewer texts with a difficulty is a name or a slip."""
_TWICE = 0.998
"""Share of the texts with a difficulty that must hold two words."""
_CRAWLED = ("news", "epaper", "official_account", "forum", "microblog")
"""Genres that the crawlers bring; in letters and calls every 我家 would be a telling word."""
_NEWS = 20_000
"""Pieces of news that are compared with."""


def gate_words(needy: Sequence[str], ordinary: Sequence[str]) -> list[str]:
    """The fewest of the most telling words of which nearly every needy text holds two; none contains another."""
    held = [_words(text) for text in needy]
    counts, common = Counter(word for words in held for word in words), _counts(ordinary)
    told = {
        word: np.log(count / len(needy)) - np.log((common[word] + 1) / (len(ordinary) + 1))
        for word, count in counts.items()
        if count >= _FEWEST
    }
    chosen: list[str] = []
    missing = [2] * len(needy)
    for word in sorted(told, key=lambda word: -told[word]):
        if sum(count > 0 for count in missing) <= len(needy) * (1 - _TWICE):
            break
        if any(part in word for part in chosen if len(part) < len(word)):
            continue
        chosen.append(word)
        missing = [count - (word in words) for count, words in zip(missing, held, strict=True)]
    return chosen


def _words(text: str) -> set[str]:
    return {
        run[begin : begin + length]
        for run in _CHINESE.findall(text)
        for length in _LENGTHS
        for begin in range(len(run) - length + 1)
    }


def _counts(texts: Iterable[str]) -> Counter[str]:
    return Counter(word for text in texts for word in _words(text))


def main() -> None:
    """Read the arguments and write the file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", nargs="+", type=Path, required=True, help="labelled texts (JSONL)")
    parser.add_argument("--texts", nargs="*", type=Path, default=[], help="where labels that only have an id look")
    parser.add_argument(
        "--news", type=Path, required=True, help="ordinary news, documents parted by blank lines; .xz too"
    )
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    labelled = read_labelled_texts(given.data, texts=given.texts)
    needy = [text.content for text in labelled if text.labels and text.genre in _CRAWLED]
    words = gate_words(needy, list(islice(pieces(read_documents([given.news])), _NEWS)))
    remark = (
        "# Words that let a news text through to the classifier, most telling first; made by nlp/training/train_gate.py"
    )
    given.out.write_text("\n".join([remark, *words]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
