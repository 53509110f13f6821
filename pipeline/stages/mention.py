"""Stage mention: whom and what places a text names."""

from collections.abc import Sequence
from datetime import datetime

from domain.links.mention import DocumentMentions
from domain.texts.document import Document, DocumentId
from domain.words.vocabulary import Channel
from nlp.mentions import MentionFinder
from pipeline.stages.stage import Stage, Step, done
from storage.unit_of_work import UnitOfWork


class Mention(Stage[Document]):
    """Finds persons and their relatives, places, phones, ID numbers, amounts, areas and dates."""

    name = "mention"

    def __init__(self, finder: MentionFinder) -> None:
        """Use `finder`, which knows the county's places."""
        self._finder = finder

    @property
    def version(self) -> str:
        """The finder's version."""
        return self._finder.version

    def load(self, work: UnitOfWork, ids: Sequence[DocumentId]) -> Sequence[tuple[DocumentId, Document]]:
        """The documents."""
        return list(zip(ids, work.documents.many(ids), strict=True))

    def process(self, work: UnitOfWork, item: Document, at: datetime) -> Step:
        """Append what was found; a text that names nobody goes on all the same."""
        # The division of a crawled text is its medium's, which tells of other places too.
        office = item.region if item.channel is not Channel.NEWS else None
        known = self._finder.places_of_address(item.petitioner.address, office)
        mentions = self._finder.find(
            item.title, item.text, petitioner_name=item.petitioner.name, known_places=known, day=item.day
        )
        work.mentions.add(DocumentMentions(document_id=item.id, mentions=mentions, version=self.version), at)
        return done("found" if mentions.persons or mentions.places or mentions.ambiguous_places else "nothing_named")
