"""Texts on their way: as found, as normalised, and the breadcrumbs that say where each one went."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NewType

from domain.clock import china_date
from domain.labelled import Labelled
from domain.places.region import RegionCode
from domain.words.vocabulary import Channel

DocumentId = NewType("DocumentId", str)

PASTED = "人工录入"
"""The source of texts that people pasted; under one address they may be posts of several people."""

CONTENT_KEY = "content:"
"""What the key of a record without a number begins with; a mark of its content follows."""

_MARK_OF_A_PERSON = re.compile(r"/[0-9a-f]{24}$")
"""What stands behind the number in the key of a further person's record."""

BY_PERSON = "person"
"""Who made a record that came from a person's decision; for the next stage it counts whatever the models' versions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Petitioner:
    """Who brought a matter in, as the register says; any part may be empty."""

    name: str = ""
    phone: str = ""
    id_number: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RawDocument:
    """One text as it was found or delivered, before anybody interprets it."""

    id: DocumentId
    channel: Channel
    source: str
    """Name of the medium (the stem of its YAML) or of the register's layout."""
    external_key: str
    """What identifies the record at its source: a URL, a petition number, or file and row."""
    title: str
    text: str
    published_at: datetime | None
    received_at: datetime
    unnumbered_key: str = ""
    """The key that a numbered record would have without its number; empty where nobody is named, and for all others."""
    former_key: str = ""
    """The key under which earlier releases kept the same letter, with the file's name in it; empty for all others."""
    corrects_key: str = ""
    """The key of the record that it is a version of, where a receipt says so and its own number is another."""
    titled_by_file: bool = False
    """True where the title is the name of the file: it is read, and is no content that a correction may change."""
    url: str = ""
    origin: str = ""
    """The medium named as the article's origin (来源), for reprints."""
    petitioner: Petitioner = field(default_factory=Petitioner)
    category: str = ""
    """The registering office's own content category, a weak hint only."""
    purpose: str = ""
    """Purpose of the petition (信访目的), such as 求决 or 揭发控告."""
    region: RegionCode | None = None
    """The division the source or the register declares, if any."""
    fields: Mapping[str, str] = field(default_factory=dict)
    """The row as delivered, by header text; of a crawled page its author, editor, captions and attachments, and the
    original of a text in traditional characters, as far as it had them."""

    @property
    def has_no_number(self) -> bool:
        """True for a record that is known by its content alone."""
        return self.external_key.startswith(CONTENT_KEY)

    @property
    def number(self) -> str:
        """The number that an office gave, without the mark of a further person under it; "" for none."""
        return "" if self.has_no_number else _MARK_OF_A_PERSON.sub("", self.external_key)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A normalised text, ready to be read by the language stages."""

    id: DocumentId
    channel: Channel
    source: str
    title: str
    text: str
    published_at: datetime | None
    received_at: datetime
    url: str
    origin: str
    petitioner: Petitioner
    category: str
    purpose: str
    region: RegionCode | None

    @property
    def content(self) -> str:
        """Title and text as one string; every evidence offset counts characters of this string."""
        return f"{self.title}\n{self.text}" if self.title else self.text

    @property
    def day(self) -> date:
        """The day in China on which it was published or, where nobody says, came in."""
        return china_date(self.published_at or self.received_at)


class Outcome(Labelled):
    """How a stage left a document; the three add up to what the stage saw."""

    DONE = "done", "完成"
    SKIPPED = "skipped", "略过"
    QUARANTINED = "quarantined", "隔离待查"


@dataclass(frozen=True, slots=True, kw_only=True)
class Breadcrumb:
    """What one stage did with one document, when, by which version, and why it stopped there."""

    document_id: DocumentId
    stage: str
    outcome: Outcome
    detail: str
    """Slug of what happened, such as `ingested`, `member_of`, `restricted`, `no_risk`, `linked`."""
    version: str
    at: datetime
    reason: str = ""
    """For people: the Chinese sentence that explains a skip or a quarantine."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Duplicate:
    """The near-duplicate cluster a document belongs to; the first document is its own cluster."""

    document_id: DocumentId
    cluster_id: DocumentId
    similarity: float
    """Share of the longer text that the nearest earlier document of the cluster holds, 0 to 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentVersion:
    """A document that replaces an earlier one: an article its medium changed, a record its office corrected."""

    document_id: DocumentId
    original_id: DocumentId
    """The first version, which is not itself recorded as a version."""
    number: int
    """2 for the first change; the first version is 1."""


def document_id(source: str, external_key: str, title: str, text: str) -> DocumentId:
    """The content-addressed id: the same text under the same key is the same document, wherever it comes from."""
    material = "\x1f".join((source, external_key, title, text))
    return DocumentId(hashlib.sha256(material.encode()).hexdigest()[:32])
