"""Evidence that readers marked, as places in the text that models read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from domain.failures.errors import ConfigError
from nlp.normalise import normalise
from nlp.training.labelled_texts import EvidenceOf, LabelledText, read_records


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a text that carries the answer of a head; end is exclusive."""

    head: int
    start: int
    end: int


def marks_of(text: LabelledText, names: Sequence[str]) -> list[Mark]:
    """Every marked stretch at its first place in the text; one that the text does not have is passed over."""
    content = text.content
    found = []
    for name, stretches in text.evidence.items():
        if name not in names:
            continue
        for stretch in stretches:
            words = normalise(stretch)
            start = content.find(words)
            if words and start >= 0:
                found.append(Mark(names.index(name), start, start + len(words)))
    return found


class Marks(BaseModel):
    """Where the evidence stands in a text that is not in the same file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    evidence: Mapping[EvidenceOf, tuple[tuple[int, int], ...]]
    """Of a label or flag the stretches that carry it, as begin and end in characters of `LabelledText.content`."""


def with_marks(texts: Sequence[LabelledText], paths: Sequence[Path]) -> list[LabelledText]:
    """The texts, with the evidence that the files mark in them beside what they have.

    Raises:
        ConfigError: names file, line and field; or the text in which no such stretch is.
    """
    marks = {one.id: one for path in paths for one in read_records(path, Marks)}
    return [_with_evidence(text, marks[text.id]) if text.id in marks else text for text in texts]


def _with_evidence(text: LabelledText, marks: Marks) -> LabelledText:
    content = text.content
    found = {
        name: tuple(content[begin:end] for begin, end in stretches)
        for name, stretches in marks.evidence.items()
        if name in text.labels or getattr(text, name, False)
    }
    if not all(words for stretches in found.values() for words in stretches):
        raise ConfigError(f"标注 {text.id}: 依据的位置不在正文之内, 正文与标注时不同")
    return text.model_copy(update={"evidence": {**found, **text.evidence}})
