"""Stage classify: what difficulty a text shows, with the words that show it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.analysis import Analysis, Reading
from domain.document import Document, DocumentId
from domain.judgement import JUDGED_ACCUSATION, Judgement, Verdict
from domain.vocabulary import Route
from nlp.classifier import Classifier
from pipeline.stage import Stage, Step, done, skipped
from storage.unit_of_work import UnitOfWork

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


class Classify(Stage[Classified]):
    """Reads a whole batch at once, appends one analysis per document."""

    name = "classify"

    def __init__(self, classifier: Classifier) -> None:
        """Use `classifier`; its version names the model and the lexicon."""
        self._classifier = classifier

    @property
    def version(self) -> str:
        """The classifier's version."""
        return self._classifier.version

    def load(self, work: UnitOfWork, ids: Sequence[DocumentId]) -> Sequence[tuple[DocumentId, Classified]]:
        """The documents with their readings."""
        documents = work.documents.many(ids)
        readings = self._classifier.read([(document.title, document.text) for document in documents])
        judgements, accused = work.judgements.in_force(ids), work.judgements.accused(ids)
        return [
            (document.id, Classified(document, reading, judgements.get(document.id), document.id in accused))
            for document, reading in zip(documents, readings, strict=True)
        ]

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
        if item.reading.accusation:
            return self._restrict(work, item.document.id, _ACCUSES, at)
        if not item.reading.labels:
            return skipped("no_risk", f"没有读出当前的困难({item.reading.factuality.label})")
        return done("tagged")

    def _restrict(self, work: UnitOfWork, document_id: DocumentId, rule: str, at: datetime) -> Step:
        work.routes.add(document_id, Route.RESTRICTED, rule, self.version, at)
        return skipped("restricted", rule)
