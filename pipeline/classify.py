"""Stage classify: what difficulty a text shows, with the words that show it."""

from collections.abc import Sequence
from datetime import datetime

from domain.analysis import Analysis, Reading
from domain.document import Document, DocumentId
from domain.judgement import JUDGED_ACCUSATION, Verdict
from domain.vocabulary import Route
from nlp.classifier import Classifier
from pipeline.stage import Stage, Step, done, skipped
from storage.unit_of_work import UnitOfWork

_ACCUSES = "分类时判断为检举控告"


class Classify(Stage[tuple[Document, Reading]]):
    """Reads a whole batch at once, appends one analysis per document."""

    name = "classify"

    def __init__(self, classifier: Classifier) -> None:
        """Use `classifier`; its version names the model and the lexicon."""
        self._classifier = classifier

    @property
    def version(self) -> str:
        """The classifier's version."""
        return self._classifier.version

    def load(
        self, work: UnitOfWork, ids: Sequence[DocumentId]
    ) -> Sequence[tuple[DocumentId, tuple[Document, Reading]]]:
        """The documents with their readings."""
        documents = work.documents.many(ids)
        readings = self._classifier.read([(document.title, document.text) for document in documents])
        return list(zip(ids, zip(documents, readings, strict=True), strict=True))

    def process(self, work: UnitOfWork, item: tuple[Document, Reading], at: datetime) -> Step:
        """Append the analysis; a text without any category ends here, and so does one that reads as an accusation.

        Where a person has judged the text, the person's word counts and the analysis is only kept beside it.
        """
        document, reading = item
        work.analyses.add(Analysis(document_id=document.id, reading=reading), at)
        judgement = work.judgements.standing(document.id)
        if judgement is not None and judgement.verdict is Verdict.HARDSHIP:
            return done("judged")
        if judgement is not None and judgement.verdict is Verdict.NO_LEAD:
            return skipped("judged", f"信访办判断{Verdict.NO_LEAD.label}")
        rule = _ACCUSES if judgement is None else JUDGED_ACCUSATION
        if reading.accusation or judgement is not None:
            work.routes.add(document.id, Route.RESTRICTED, rule, self.version, at)
            return skipped("restricted", rule)
        if not reading.labels:
            return skipped("no_risk", f"没有读出当前的困难({reading.factuality.label})")
        return done("tagged")
