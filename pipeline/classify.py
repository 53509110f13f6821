"""Stage classify: what difficulty a text shows, with the words that show it."""

from collections.abc import Sequence
from datetime import datetime

from domain.analysis import Analysis, Reading
from domain.document import Document, DocumentId
from domain.vocabulary import Channel, Route
from nlp.classifier import Classifier
from nlp.gate import Gate
from pipeline.stage import Stage, Step, done, skipped
from storage.unit_of_work import UnitOfWork

_ACCUSES = "分类时判断为检举控告"


class Classify(Stage[tuple[Document, Reading | None]]):
    """Reads a whole batch at once, appends one analysis per document that was read."""

    name = "classify"

    def __init__(self, classifier: Classifier, gate: Gate) -> None:
        """Use `classifier` on petitions and calls, and on the news that `gate` lets through."""
        self._classifier = classifier
        self._gate = gate

    @property
    def version(self) -> str:
        """The classifier's and the gate's version."""
        return f"{self._classifier.version}+{self._gate.version}"

    def load(
        self, work: UnitOfWork, ids: Sequence[DocumentId]
    ) -> Sequence[tuple[DocumentId, tuple[Document, Reading | None]]]:
        """The documents with their readings; None for news that the gate stopped."""
        documents = work.documents.many(ids)
        read = [document for document in documents if self._passes(document)]
        readings = self._classifier.read([(document.title, document.text) for document in read])
        found = dict(zip((document.id for document in read), readings, strict=True))
        return [
            (document_id, (document, found.get(document.id)))
            for document_id, document in zip(ids, documents, strict=True)
        ]

    def process(self, work: UnitOfWork, item: tuple[Document, Reading | None], at: datetime) -> Step:
        """Append the analysis; a text without any category ends here."""
        document, reading = item
        if reading is None:
            return skipped("no_telling_word", "新闻里没有一个说到困难的词")
        work.analyses.add(Analysis(document_id=document.id, reading=reading), at)
        if reading.accusation:
            work.routes.add(document.id, Route.RESTRICTED, _ACCUSES, self.version, at)
            return skipped("restricted", _ACCUSES)
        if not reading.labels:
            return skipped("no_risk", f"没有读出当前的困难({reading.factuality.label})")
        return done("tagged")

    def _passes(self, document: Document) -> bool:
        """Only news has to pass the gate: who writes to an office is read in full."""
        return document.channel is not Channel.NEWS or self._gate.lets_through(document.content)
