"""Labelled texts and the groups that must never be split between training and testing."""

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from domain.errors import ConfigError
from domain.risk import Risk
from domain.vocabulary import Scope
from nlp.near_duplicates import signature, similarity
from nlp.normalise import normalise

_SIMILAR = 0.5
"""From this similarity of character bigrams on two texts stay on one side of a split."""
_NEIGHBOURS = 10
"""Invented texts were written in pairs of a positive and its mirror; this many in a row stay together."""


class LabelledText(BaseModel):
    """One text with its labels by the annotation guide."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    id: str
    title: str = ""
    text: str
    labels: tuple[Risk, ...]
    scope: Scope = Scope.NONE
    relocation: bool = False
    accusation: bool = False
    urgent: bool = False
    genre: str = ""
    """Set for invented texts only."""
    src: str = ""

    @property
    def content(self) -> str:
        """Normalised title and text as the classifier reads them."""
        title, text = normalise(self.title), normalise(self.text)
        return f"{title}\n{text}" if title else text


def read_labelled_texts(paths: Iterable[Path]) -> list[LabelledText]:
    """The texts of all files in their order; ConfigError names file, line and field."""
    texts = []
    for path in paths:
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1):
            if not line.strip():
                continue
            try:
                texts.append(LabelledText.model_validate_json(line))
            except ValidationError as exc:
                first = exc.errors()[0]
                field = ".".join(str(part) for part in first["loc"])
                raise ConfigError(f"{path} 第{number}行 {field}: {first['msg']}") from exc
    return texts


def groups(texts: Sequence[LabelledText]) -> list[int]:
    """A group number per text: near-duplicates share one, and so do neighbours among invented texts."""
    parents = list(range(len(texts)))
    by_band: dict[int, int] = {}
    signatures = [signature(text.content) for text in texts]
    for index, own in enumerate(signatures):
        for band in own.bands:
            other = by_band.setdefault(band, index)
            if other != index and similarity(own.values, signatures[other].values) >= _SIMILAR:
                _join(parents, index, other)
    invented = [index for index, text in enumerate(texts) if text.genre]
    for position, index in enumerate(invented):
        _join(parents, index, invented[position - position % _NEIGHBOURS])
    return [_root(parents, index) for index in range(len(texts))]


def fold_of(group: int, folds: int) -> int:
    """The fold of a group: fixed by its number, so that every run splits alike."""
    return int(hashlib.sha256(str(group).encode()).hexdigest(), 16) % folds


def _root(parents: list[int], index: int) -> int:
    while parents[index] != index:
        parents[index] = parents[parents[index]]
        index = parents[index]
    return index


def _join(parents: list[int], first: int, second: int) -> None:
    roots = sorted((_root(parents, first), _root(parents, second)))
    parents[roots[1]] = roots[0]
