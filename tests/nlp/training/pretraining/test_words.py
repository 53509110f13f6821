"""Words that stand in like places get like vectors."""

from pathlib import Path

import numpy as np

from nlp.network.words import Words
from nlp.training.pretraining.embeddings import neighbour_vectors
from nlp.training.pretraining.words import main, read_word_vectors, words_of


def _corpus(folder: Path) -> Path:
    """Two illnesses said in one way, two crops in another."""
    dice = np.random.default_rng(0)
    lines = []
    for _ in range(400):
        lines.append(f"母亲{dice.choice(['癌症', '中风'])}住院没钱手术")
        lines.append(f"今年{dice.choice(['苹果', '红枣'])}丰收没人收购")
    path = folder / "corpus.txt"
    path.write_text("\n\n".join(lines), encoding="utf-8")
    return path


def _likeness(words: Words, vectors: np.ndarray, one: str, other: str) -> float:
    first, second = (vectors[words.words.index(word) + 1] for word in (one, other))
    return float(first @ second / np.linalg.norm(first) / np.linalg.norm(second))


def test_words_of_like_neighbours_are_alike_and_others_are_not(tmp_path: Path):
    main([str(_corpus(tmp_path)), "--out", str(tmp_path / "out"), "--words", "30", "--dimensions", "6"])

    words, vectors = read_word_vectors(tmp_path / "out")

    assert vectors.shape == (len(words.words) + 1, 6)
    assert not vectors[0].any()
    assert _likeness(words, vectors, "癌症", "中风") > 0.9
    assert _likeness(words, vectors, "苹果", "红枣") > 0.9
    assert _likeness(words, vectors, "癌症", "苹果") < 0.5


def test_only_chinese_words_are_kept_the_commonest_first():
    found = words_of(["低保金2024年abc，低保金，老人", "低保金"], most=2)

    assert len(found.words) == 2
    assert all("\u4e00" <= one <= "\u9fff" for word in found.words for one in word)
    assert "低保" in found.words[0]


def test_counting_in_parts_gives_what_counting_at_once_gives(monkeypatch):
    numbers = np.random.default_rng(1).integers(0, 12, 500).astype(np.uint16)
    whole = neighbour_vectors(numbers, 12, 4)

    monkeypatch.setattr("nlp.training.pretraining.embeddings._AT_ONCE", 60)

    assert np.allclose(np.abs(neighbour_vectors(numbers, 12, 4)), np.abs(whole), atol=1e-3)
