"""Links texts of files, and documents as they were read, against the current register; nothing is stored."""

from collections.abc import Sequence
from typing import Protocol

from domain.failures.errors import ConfigError
from domain.links.link import Link
from domain.texts.document import Document, DocumentId, RawDocument, document_id
from domain.words.vocabulary import Channel
from nlp.documents import to_document
from pipeline.deployment import Deployment
from pipeline.linking.facts import Facts
from pipeline.stages.evaluate_linking import GoldLink
from pipeline.stages.link import facts_of


class Titled(Protocol):
    """A line of a file."""

    @property
    def id(self) -> str:
        """Its name."""

    @property
    def title(self) -> str:
        """Its title, empty where there is none."""

    @property
    def text(self) -> str:
        """Its body."""


class TextLinking:
    """One deployment with its register ready for linking."""

    def __init__(self, deployment: Deployment) -> None:
        """Load the register's index."""
        self._deployment, self._linker = deployment, deployment.linker()

    def texts(self, lines: Sequence[Titled]) -> list[Link]:
        """The links of texts that are read now."""
        return self._links(self._read([self._document(line.id, line.title, line.text) for line in lines]))

    def gold(self, lines: Sequence[GoldLink]) -> list[Link]:
        """The links of gold texts; ConfigError for one without a text that is no document of the database."""
        written = [self._document(line.id, line.title, line.text) for line in lines if line.text is not None]
        read = iter(self._read(written))
        return self._links([self._stored(line.id) if line.text is None else next(read) for line in lines])

    def _links(self, read: Sequence[Facts]) -> list[Link]:
        facts = [self._linker.read(one) for one in read]
        with self._deployment.store.reading() as work:
            found = self._linker.candidates(work, facts)
        return [self._linker.link(one, own) for one, own in zip(facts, found, strict=True)]

    def _read(self, documents: Sequence[Document]) -> list[Facts]:
        readings = self._deployment.classifier.read([(document.title, document.text) for document in documents])
        return [
            Facts(
                document=document,
                mentions=self._deployment.mention_finder.find(document.title, document.text),
                reading=reading,
            )
            for document, reading in zip(documents, readings, strict=True)
        ]

    def _stored(self, name: str) -> Facts:
        try:
            with self._deployment.store.reading() as work:
                [facts] = facts_of(work, [DocumentId(name)], self._deployment.gazetteer)
        except LookupError as exc:
            raise ConfigError(f"标注 {name} 没有正文(text), 本库中也没有这个编号的文本") from exc
        return facts

    def _document(self, name: str, title: str, text: str) -> Document:
        raw = RawDocument(
            id=document_id("file", name, title, text),
            channel=Channel.PETITION,
            source="file",
            external_key=name,
            title=title,
            text=text,
            published_at=None,
            received_at=self._deployment.clock.now(),
        )
        return to_document(raw, self._deployment.settings.register_region)
