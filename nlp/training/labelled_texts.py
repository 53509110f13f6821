"""Labelled texts and the groups that must never be split between training and testing."""

import hashlib
import json
import lzma
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal, TypeVar

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, ValidationError

from domain.failures.errors import ConfigError
from domain.failures.invalid_value import invalid_value
from domain.failures.unreadable import why_unreadable
from domain.risk import Risk
from domain.words.vocabulary import Factuality, Scope
from nlp.normalise import normalise
from nlp.training.bigram_signatures import signature, similarity

_SIMILAR = 0.5
"""From this similarity of character bigrams on two texts stay on one side of a split."""
_NEIGHBOURS = 10
"""Invented texts were written in pairs of a positive and its mirror; this many in a row stay together."""
_OF_THE_TEXT = ("title", "text", "src", "genre")
"""Fields that are the text's, whoever labels it."""
_REAL = 3.0
"""How often a real text counts beside an invented one: 2, 3 and 5 were tried (docs/performance.md)."""


Record = TypeVar("Record", bound=BaseModel)
EvidenceOf = Risk | Literal["accusation", "urgent", "relocation"]
"""What stretches of a text can carry."""


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
    factuality: Factuality | None = None
    """None where nobody was asked."""
    evidence: Mapping[EvidenceOf, tuple[str, ...]] = {}
    """Of a label or flag the stretches of title or text that carry it, word for word; only where they were marked."""
    genre: str = ""
    """Set for invented texts only."""
    src: str = ""

    @property
    def content(self) -> str:
        """Normalised title and text as the classifier reads them."""
        title, text = normalise(self.title), normalise(self.text)
        return f"{title}\n{text}" if title else text


def read_labelled_texts(paths: Iterable[Path], *, texts: Sequence[Path] = ()) -> list[LabelledText]:
    """The texts of all files in their order; a file may be plain or .xz.

    A line without `text` only refers to a text: one that was read before, whose labels it replaces, or one that is
    looked up by its id in the files `texts`.

    Raises:
        ConfigError: names file, line and field.
    """
    known = texts_by_id(texts)
    found: list[LabelledText] = []
    places: dict[str, int] = {}
    for path in paths:
        for number, record in _records(path):
            again = None if "text" in record else places.get(str(record.get("id")))
            if again is not None:
                known[found[again].id] = found[again].model_dump(include=set(_OF_THE_TEXT))
            text = _labelled(record, known, f"{path} 第{number}行")
            if again is not None:
                found[again] = text
            else:
                places[text.id] = len(found)
                found.append(text)
    return found


def texts_by_id(paths: Iterable[Path]) -> dict[str, dict[str, object]]:
    """The records of files of texts, plain or .xz, by their `id` or `pid`; ConfigError names file and line."""
    return {str(record.get("id", record.get("pid"))): record for path in paths for _, record in _records(path)}


def read_records(path: Path, kind: type[Record]) -> list[Record]:
    """The lines of a file, plain or .xz, each as one of its kind; ConfigError names file, line and field."""
    return [_checked(record, kind, f"{path} 第{number}行") for number, record in _records(path)]


def _labelled(record: dict[str, object], known: Mapping[str, dict[str, object]], place: str) -> LabelledText:
    if "text" not in record:
        found = known.get(str(record.get("id")))
        if found is None:
            raise ConfigError(f"{place}: 没有正文, 在所给的文本文件里也找不到编号 {record.get('id')}")
        record = {**{key: found[key] for key in _OF_THE_TEXT if key in found}, **record}
    return _checked(record, LabelledText, place)


def _checked(record: dict[str, object], kind: type[Record], place: str) -> Record:
    try:
        return kind.model_validate_json(json.dumps(record))
    except ValidationError as exc:
        found = invalid_value(exc.errors())
        raise ConfigError(f"{place} {found.field}: {found.reason}") from exc


def _records(path: Path) -> Iterator[tuple[int, dict[str, object]]]:
    for number, line in enumerate(text_of(path).split("\n"), start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except json.JSONDecodeError as exc:
            raise ConfigError(f"{path} 第{number}行: 第{exc.colno}个字符处不是合格的JSON") from exc
        if not isinstance(record, dict):
            raise ConfigError(f"{path} 第{number}行: 应是一个JSON对象")
        yield number, record


def text_of(path: Path) -> str:
    """The text of a file, plain or .xz, without a byte order mark; ConfigError names the file that cannot be read."""
    try:
        content = path.read_bytes()
        return (lzma.decompress(content) if path.suffix == ".xz" else content).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError, lzma.LZMAError) as exc:
        raise ConfigError(f"读不了 {path}: {why_unreadable(exc)}") from exc


def weights_of(texts: Sequence[LabelledText]) -> NDArray[np.float32]:
    """How much each teaches, shape (texts,), 1 in the mean: the invented ones outnumber what is met in use."""
    weights = np.array([1.0 if text.genre else _REAL for text in texts], dtype=np.float32)
    return np.asarray(weights / weights.mean(), dtype=np.float32)


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
