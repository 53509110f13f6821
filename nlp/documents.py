"""From a raw text to the document that the language stages read."""

from domain.places.region import RegionCode
from domain.texts.document import Document, RawDocument
from nlp.normalise import normalise


def to_document(raw: RawDocument, register_region: RegionCode | None) -> Document:
    """The document of a raw text: normalised, with the register's division where the text itself has none."""
    return Document(
        id=raw.id,
        channel=raw.channel,
        source=raw.source,
        title=normalise(raw.title),
        text=normalise(raw.text),
        published_at=raw.published_at,
        received_at=raw.received_at,
        url=raw.url,
        origin=raw.origin,
        petitioner=raw.petitioner,
        category=raw.category,
        purpose=raw.purpose,
        region=raw.region or register_region,
    )
