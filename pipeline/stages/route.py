"""Stage route: accusations leave the flow before any local role could read them.

Authority: Regulations on Petition Work (信访工作条例) article 30: accusations and the matters in them must not be
disclosed or passed to the accused persons or units. The stage stands before classification; a test proves the order.
"""

from collections.abc import Sequence
from datetime import datetime

from domain.texts.accusation import RELEASED_BY_OFFICE
from domain.texts.document import Document, DocumentId
from domain.texts.judgement import JUDGED_ACCUSATION
from domain.words.vocabulary import Route
from nlp.classifying.accusation import AccusationReader
from pipeline.stages.stage import Stage, Step, done, skipped
from storage.unit_of_work import UnitOfWork

_Item = tuple[Document, bool, bool]


class RouteStage(Stage[_Item]):
    """Decides for each document whether cadres may ever see it."""

    name = "route"

    def __init__(self, reader: AccusationReader) -> None:
        """Use `reader` to recognise accusations."""
        self._reader = reader

    @property
    def version(self) -> str:
        """The reader's version."""
        return self._reader.version

    def load(self, work: UnitOfWork, ids: Sequence[DocumentId]) -> Sequence[tuple[DocumentId, _Item]]:
        """The documents, each with whether a person called it or a repeat an accusation, and whether one said no."""
        # Held, or a judgement made while this batch runs would lie below the batch's newer route and count no more.
        work.judgements.hold()
        accused, released = work.judgements.accused(ids), work.accusations.released(ids)
        return [
            (document.id, (document, document.id in accused, document.id in released))
            for document in work.documents.many(ids)
        ]

    def process(self, work: UnitOfWork, item: _Item, at: datetime) -> Step:
        """Append the route; a restricted document ends here and waits for the petition office."""
        document, accused, released = item
        # Where one person said accusation and another said none, it stays hidden.
        open_again = released and not accused
        restricted, rule = (False, RELEASED_BY_OFFICE) if open_again else self._judge(document, accused=accused)
        route = Route.RESTRICTED if restricted else Route.OPEN
        work.routes.add(document.id, route, rule, self.version, at)
        if restricted:
            return skipped("restricted", f"{Route.RESTRICTED.label}: {rule}, 只由信访办处理")
        return done("open")

    def _judge(self, document: Document, *, accused: bool) -> tuple[bool, str]:
        restricted, rule = self._reader.is_accusation(
            document.title, document.text, purpose=document.purpose, category=document.category
        )
        # What a person called an accusation stays one, and so do its repeats, whatever a later reader thinks; where the
        # reader thinks so too its own rule is kept, for that one does not end when the judgement is withdrawn.
        if accused and not restricted:
            return True, JUDGED_ACCUSATION
        return restricted, rule
