"""What of a document is compared with others, and when two documents are one text."""

from collections.abc import Sequence

from domain.texts.document import Document, DocumentId
from domain.words.vocabulary import Channel
from nlp.repeats.near_duplicates import Compared, similarities_of_pairs
from nlp.repeats.notices import is_another_notice
from nlp.repeats.overlap import Overlap, body_of
from nlp.repeats.series import same_person

_WORTH_READING = 0.25
"""Estimated similarity from which both texts are read; far below what a text that is half cut still has."""
_READ = 3
"""Earlier texts read for one text, the most similar ones first."""


def is_same_text(document: Document, earlier: Document, found: Overlap) -> bool:
    """True for a reprint or a repeated petition.

    A form filled in for somebody else is none. What one person brings in again, known by name, ID number or phone, is
    forgiven its slips of the pen: who writes down a call writes it down differently each time. Two that nobody signed
    may be two people.
    """
    if not found.is_one_text:
        return False
    channels = {document.channel, earlier.channel}
    if Channel.NEWS not in channels and same_person(document.petitioner, earlier.petitioner):
        return True
    if found.is_one_form:
        return False
    return channels != {Channel.NEWS} or not is_another_notice(document, earlier, found.differences)


def compared(document: Document) -> Compared:
    """What of a document is compared: its body, for a medium sets its own headline; title and text of a short one."""
    body = Compared.of(body_of(document.text))
    return Compared.of(document.content) if body.is_very_short else body


def worth_reading(values: bytes, sharing: Sequence[tuple[DocumentId, bytes]]) -> list[DocumentId]:
    """Of the documents that share a band with a signature, the few to be read beside its text, nearest first."""
    return worth_reading_each([(values, sharing)])[0]


def worth_reading_each(asked: Sequence[tuple[bytes, Sequence[tuple[DocumentId, bytes]]]]) -> list[list[DocumentId]]:
    """The same of many signatures at once."""
    scores = iter(similarities_of_pairs([(values, other) for values, sharing in asked for _, other in sharing]))
    scored = ([(next(scores), document_id) for document_id, _ in sharing] for _, sharing in asked)
    return [_nearest([one for one in found if one[0] >= _WORTH_READING]) for found in scored]


def _nearest(scored: Sequence[tuple[float, DocumentId]]) -> list[DocumentId]:
    return [document_id for _, document_id in sorted(scored, reverse=True)[:_READ]]
