"""Stage classify: what difficulty a text shows, with the words that show it.

Where a county has it on, a gate stands before the articles of the media: what it finds not worth a reading gets a
reading without a category, made by the gate and named after it. Petitions, hotline tickets, messages on boards, posts
that people pasted, texts that a person has judged and those in which something was found before are always read.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.texts.analysis import Analysis, Reading
from domain.texts.document import Document, DocumentId
from domain.texts.judgement import JUDGED_ACCUSATION, Judgement, Verdict
from domain.words.vocabulary import Channel, Route
from nlp.classifying.classifier import Classifier
from nlp.classifying.gate import Gate
from pipeline.stages.stage import Stage, Step, done, skipped
from storage.unit_of_work import UnitOfWork

PASSED_BY = "passed_by"
"""How the stage leaves a text that the gate found not worth a reading."""
_ACCUSES = "分类时判断为检举控告"


@dataclass(frozen=True, slots=True)
class Classified:
    """A document with its reading, and what a person had judged of it before."""

    document: Document
    reading: Reading
    judgement: Judgement | None
    """In force: what can still be withdrawn must leave no trace."""
    accused: bool
    """A person called it or a repeat of it an accusation; that counts at once."""
    released: bool
    """The petition office found that it is no accusation; what it tells is still read."""
    passed_by: bool = False
    """The reading is the gate's: nobody read the text."""


class Classify(Stage[Classified]):
    """Reads a whole batch at once, appends one analysis per document."""

    name = "classify"

    def __init__(self, classifier: Classifier, gate: Gate | None = None, media: frozenset[str] = frozenset()) -> None:
        """Use `classifier`, whose version names the model and the lexicon.

        The articles of `media`, names of sources, meet `gate` first where there is one.
        """
        self._classifier = classifier
        self._gate = gate
        self._media = media

    @property
    def version(self) -> str:
        """The classifier's version, and that of the gate: when either changes the texts are read again."""
        return f"{self._classifier.version}+{self._gate.version}" if self._gate else self._classifier.version

    def load(self, work: UnitOfWork, ids: Sequence[DocumentId]) -> Sequence[tuple[DocumentId, Classified]]:
        """The documents with their readings."""
        documents = work.documents.many(ids)
        judgements, accused = work.judgements.in_force(ids), work.judgements.accused(ids)
        judged, released = judgements.keys() | accused, work.accusations.released(ids)
        passed_by = self._passed_by(work, [one for one in documents if one.id not in judged])
        whole = [document for document in documents if document.id not in passed_by]
        readings = self._classifier.read([(document.title, document.text) for document in whole])
        found = passed_by | {document.id: reading for document, reading in zip(whole, readings, strict=True)}
        return [
            (
                one.id,
                Classified(
                    document=one,
                    reading=found[one.id],
                    judgement=judgements.get(one.id),
                    accused=one.id in accused,
                    released=one.id in released,
                    passed_by=one.id in passed_by,
                ),
            )
            for one in documents
        ]

    def _passed_by(self, work: UnitOfWork, documents: Sequence[Document]) -> dict[DocumentId, Reading]:
        """Of the texts that need not be read the gate's reading.

        A text in which something was found once is read, and so is a changed article: leads show it beside the old one.
        """
        if self._gate is None:
            return {}
        news = [one for one in documents if one.channel is Channel.NEWS and one.source in self._media]
        work.analyses.preload([document.id for document in news])
        changed = work.versions.known([document.id for document in news])
        new = [one for one in news if one.id not in changed and not _found_something(work.analyses.latest(one.id))]
        readings = self._gate.passed_by([document.content for document in new])
        return {one.id: reading for one, reading in zip(new, readings, strict=True) if reading is not None}

    def process(self, work: UnitOfWork, item: Classified, at: datetime) -> Step:
        """Append the analysis; a text without any category ends here, and so does one that reads as an accusation.

        Where a person has judged the text, the person's word counts and the analysis is only kept beside it.
        """
        work.analyses.add(Analysis(document_id=item.document.id, reading=item.reading), at)
        if item.accused:
            return self._restrict(
                work, item.document.id, _ACCUSES if item.reading.accusation else JUDGED_ACCUSATION, at
            )
        if item.judgement is not None and item.judgement.verdict is Verdict.HARDSHIP:
            return done("judged")
        if item.judgement is not None:
            return skipped("judged", f"信访办判断{item.judgement.verdict.label}")
        if item.passed_by:
            return skipped(PASSED_BY, f"初筛没有见到困难, 未细读({item.reading.model})")
        if item.reading.accusation and not item.released:
            return self._restrict(work, item.document.id, _ACCUSES, at)
        if not item.reading.labels:
            return skipped("no_risk", f"没有读出当前的困难({item.reading.factuality.label})")
        return done("tagged")

    def _restrict(self, work: UnitOfWork, document_id: DocumentId, rule: str, at: datetime) -> Step:
        work.routes.add(document_id, Route.RESTRICTED, rule, self.version, at)
        return skipped("restricted", rule)


def _found_something(earlier: Analysis | None) -> bool:
    return earlier is not None and (bool(earlier.reading.labels) or earlier.reading.accusation)
