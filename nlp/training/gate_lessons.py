"""What the gate learns from: labelled texts and texts of the media, with what the reader said of each.

Reading tens of thousands of texts takes long, so the answers are kept in a file, by a fingerprint of the text and no
word of it; what was broken off goes on there.
"""

import hashlib
import logging
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from pydantic import BaseModel, ConfigDict

from domain.risk import GUIDE_RISKS
from nlp.classifying.classifier import Classifier
from nlp.classifying.rules import load_rules
from nlp.scorer import Array, Scorer, Scores
from nlp.training.heads import ACCUSATION
from nlp.training.labelled_texts import LabelledText, groups, read_records, text_of
from nlp.weighing import log_odds

_LOG = logging.getLogger(__name__)
PARTS = 5
TEST, THRESHOLD = 0, 1
"""Of the parts one tests the gate and one sets its threshold; the others teach it."""
ARTICLE, LEGAL, PLAIN = "article", "legal", "plain"
"""A text with a headline, a law or judgement, and any other, from a file of plain text."""
_LEGAL = re.compile("第[一二三四五六七八九十百]+条|被告|原告|上诉人|检察院指控")
BOARDS = ("dongguan", "beijing", "teddy_att3", "teddy_att4", "teddy_labelled")
PETITIONS = frozenset({"letter", "hotline", "petition_summary", "law_consult", *BOARDS})
"""Kinds that never meet the gate, for they come by the petition office or from boards; they teach it all the same."""
_HEADLINE = 45
"""Characters that a headline may have."""
_SHORTEST = 120
"""Characters of an article with its headline."""
LONGEST = 20_000
"""Characters of a text that are read."""
_BATCH = 64


class Answer(BaseModel):
    """What the reader said of one text."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    text: str
    """Fingerprint of the text."""
    reader: str
    tagged: bool
    """It found a category or an accusation."""
    margin: float
    """By how much, in log-odds, the likeliest of these passed its threshold; below nought where none did."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """A text with what is known of it."""

    content: str
    kind: str
    """Its genre or source."""
    part: int
    labelled: bool
    """Its labels name a category or an accusation."""
    answer: Answer

    @property
    def of_media(self) -> bool:
        """True for what may meet the gate."""
        return self.kind not in PETITIONS

    @property
    def wanted(self) -> bool:
        """True where the gate has to let the text through."""
        return self.labelled or self.answer.tagged


def plain_texts(path: Path) -> Iterator[LabelledText]:
    """The texts of a file, plain or .xz: JSON lines (id or pid, src, title, text), or documents between blank lines.

    A document whose first line is short and ends no sentence has it as its headline; what cites articles of a law or
    names the parties of a case is no article. Repeats come once.

    Raises:
        ConfigError: names the file, and the line where one is wrong.
    """
    if ".jsonl" in path.suffixes:
        for record in read_records(path, _PlainRecord):
            yield LabelledText(
                id=record.pid or record.id, title=record.title, text=record.text, labels=(), src=record.src
            )
        return
    for number, document in enumerate(dict.fromkeys(_documents(path))):
        title, _, text = document.partition("\n")
        if text and len(title) <= _HEADLINE and len(document) >= _SHORTEST and title[-1] not in "。；;":
            kind = LEGAL if _LEGAL.search(text) else ARTICLE
            yield LabelledText(id=f"{path.stem}-{number}", title=title, text=text, labels=(), src=kind)
        else:
            yield LabelledText(id=f"{path.stem}-{number}", text=document, labels=(), src=PLAIN)


class _PlainRecord(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)

    id: str = ""
    pid: str = ""
    src: str = PLAIN
    title: str = ""
    text: str


def lessons_of(
    labelled: Sequence[LabelledText], plain: Sequence[LabelledText], answers: "Answers", *, most: int, seed: int = 0
) -> list[Lesson]:
    """All labelled texts, and `most` plain ones: those that the reader has answered about, the rest drawn at random.

    Near-duplicates are in one part. A text comes once: with its labels, or as the first of the plain files has it.
    """
    own = {fingerprint(text) for text in labelled}
    drawn = [text for name, text in {fingerprint(text): text for text in reversed(plain)}.items() if name not in own]
    random.Random(seed).shuffle(drawn)  # noqa: S311 - a sample, no secret
    drawn.sort(key=answers.knows, reverse=True)
    texts = [*labelled, *drawn[:most]]
    parts = _parts(texts)
    return [
        Lesson(
            content=text.content[:LONGEST],
            kind=text.genre or text.src,
            part=part,
            labelled=bool(text.labels) or text.accusation,
            answer=answer,
        )
        for text, part, answer in zip(texts, parts, answers.of(texts), strict=True)
    ]


def _parts(texts: Sequence[LabelledText]) -> list[int]:
    """By a fingerprint in each group, not by its place: with other texts beside it a text stays in its part."""
    owned, names = groups(texts), [fingerprint(text) for text in texts]
    least: dict[int, str] = {}
    for group, name in zip(owned, names, strict=True):
        least[group] = min(name, least.get(group, name))
    return [int(least[group], 16) % PARTS for group in owned]


class Answers:
    """The reader's answers, kept in a file between runs."""

    def __init__(self, classifier: Classifier, path: Path) -> None:
        """Answers of `classifier`; those in the file by another version count no more."""
        self._heard = _Heard(classifier.model)
        self._reader = Classifier(self._heard, load_rules())
        self._path = path
        found = read_records(path, Answer) if path.exists() else []
        self._known = {answer.text: answer for answer in found if answer.reader == classifier.version}

    def knows(self, text: LabelledText) -> bool:
        """True where the text need not be read any more."""
        return fingerprint(text) in self._known

    def of(self, texts: Sequence[LabelledText]) -> list[Answer]:
        """One answer per text, in order; what was not read before is read now."""
        names = [fingerprint(text) for text in texts]
        waiting = [
            (name, text) for name, text in dict(zip(names, texts, strict=True)).items() if name not in self._known
        ]
        for begin in range(0, len(waiting), _BATCH):
            self._read(waiting[begin : begin + _BATCH])
            _LOG.info("read %d of %d texts", min(begin + _BATCH, len(waiting)), len(waiting))
        return [self._known[name] for name in names]

    def _read(self, texts: Sequence[tuple[str, LabelledText]]) -> None:
        self._heard.rows.clear()
        readings = self._reader.read([("", text.content[:LONGEST]) for _, text in texts])
        margins = self._margins(np.concatenate(self._heard.rows))
        for (name, _), reading, margin in zip(texts, readings, margins, strict=True):
            tagged = bool(reading.labels) or reading.accusation
            self._known[name] = Answer(text=name, reader=reading.model, tagged=tagged, margin=round(float(margin), 2))
        with self._path.open("a", encoding="utf-8") as file:
            file.writelines(self._known[name].model_dump_json() + "\n" for name, _ in texts)

    def _margins(self, probabilities: Array) -> Array:
        columns = [self._heard.heads[name] for name in (*(risk.value for risk in GUIDE_RISKS), ACCUSATION)]
        passed = log_odds(probabilities[:, columns]) - log_odds(self._heard.thresholds[columns])
        return np.asarray(passed.max(axis=1), dtype=np.float32)


class _Heard:
    """A model that remembers what it answered."""

    def __init__(self, model: Scorer) -> None:
        self._model = model
        self.rows: list[Array] = []

    @property
    def version(self) -> str:
        return self._model.version

    @property
    def heads(self) -> dict[str, int]:
        return self._model.heads

    @property
    def thresholds(self) -> Array:
        return self._model.thresholds

    def score(self, contents: Sequence[str]) -> Scores:
        scores = self._model.score(contents)
        self.rows.append(scores.probabilities)
        return scores


def fingerprint(text: LabelledText) -> str:
    """By which an answer is found again."""
    written = f"{text.title}\n{text.text}" if text.title else text.text
    return hashlib.sha256(written.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _documents(path: Path) -> Iterator[str]:
    return (document.strip() for document in text_of(path).split("\n\n") if document.strip())
