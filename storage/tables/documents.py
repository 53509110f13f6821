"""Texts and what each stage appended about them."""

from datetime import datetime

from sqlalchemy import BigInteger, Index, LargeBinary, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.columns import At, Base, Id, Key, Moment, Sequence, Slug


class RawDocumentRow(Base):
    """A text as found or delivered."""

    __tablename__ = "raw_documents"
    __table_args__ = (
        Index("raw_documents_order", "received_at", "id"),
        Index("raw_documents_address", "external_hash"),
        Index(
            "raw_documents_number",
            "number_hash",
            sqlite_where=text("number_hash IS NOT NULL"),
            postgresql_where=text("number_hash IS NOT NULL"),
        ),
    )
    id: Mapped[Id]
    channel: Mapped[Slug]
    source: Mapped[str] = mapped_column(String(128))
    external_hash: Mapped[Slug]
    number_hash: Mapped[str | None] = mapped_column(String(64))
    """Keyed fingerprint of the other key: of a record known by its content the number that it got later, of a numbered
    one that of person, day and matter, by which it is known without its number."""
    office: Mapped[str] = mapped_column(String(160), default="", server_default="")
    """Whose number it is; empty for the deployment's own, for crawled pages, and for what came before offices were."""
    received_at: Mapped[At]
    content_hash: Mapped[str | None] = mapped_column(String(64))
    """Keyed fingerprint of what a correction may change; None where nobody compares, as for crawled pages."""
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    anonymised_at: Mapped[datetime | None] = mapped_column(Moment)
    """When its content was taken away; what is left says only that it was here, so that it is not taken in twice."""


class DocumentRow(Base):
    """A normalised text."""

    __tablename__ = "documents"
    id: Mapped[Id]
    channel: Mapped[Slug]
    source: Mapped[str] = mapped_column(String(128))
    published_at: Mapped[datetime | None] = mapped_column(Moment)
    received_at: Mapped[At]
    region: Mapped[str | None] = mapped_column(String(12), index=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class BreadcrumbRow(Base):
    """What one stage did with one document."""

    __tablename__ = "breadcrumbs"
    __table_args__ = (
        UniqueConstraint("document_id", "stage", "version"),
        Index("breadcrumbs_by_stage", "stage", "version", "outcome", "received_at", "document_id"),
    )
    sequence: Mapped[Sequence]
    document_id: Mapped[Slug]
    stage: Mapped[Slug]
    version: Mapped[str] = mapped_column(String(128))
    outcome: Mapped[Slug]
    detail: Mapped[Slug]
    reason: Mapped[str] = mapped_column(String)
    at: Mapped[At]
    received_at: Mapped[At]
    """The document's own, so that what is pending can be read in order from one index."""


class DuplicateRow(Base):
    """The cluster of a document."""

    __tablename__ = "duplicates"
    document_id: Mapped[Id]
    cluster_id: Mapped[Key]
    similarity: Mapped[float]


class SignatureRow(Base):
    """The similarity signature of a document, and the number that its bands know it by."""

    __tablename__ = "signatures"
    number: Mapped[Sequence]
    document_id: Mapped[str] = mapped_column(String(64), unique=True)
    signature: Mapped[bytes] = mapped_column(LargeBinary)


class BandRow(Base):
    """One band of a signature; documents that share one are compared."""

    __tablename__ = "bands"
    # Only the key, in its own order: a second index would double what every document writes.
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 - SQLAlchemy's own declaration
    band: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)


class PackedBandsRow(Base):
    """The bands of some of the newest documents, until they are merged into the others."""

    __tablename__ = "packed_bands"
    sequence: Mapped[Sequence]
    first_number: Mapped[int]
    last_number: Mapped[int]
    pairs: Mapped[bytes] = mapped_column(LargeBinary)
    """Band and number after band and number, each four bytes, little-endian."""


class VersionRow(Base):
    """A document that replaces an earlier one of the same source."""

    __tablename__ = "document_versions"
    document_id: Mapped[Id]
    original_id: Mapped[Key]
    number: Mapped[int]


class PetitionerMarkRow(Base):
    """The keyed fingerprint of an ID number or a phone under which a petition came in."""

    __tablename__ = "petitioner_marks"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 - SQLAlchemy's own declaration
    mark: Mapped[str] = mapped_column(String(64), primary_key=True)
    document_id: Mapped[str] = mapped_column(String(64), primary_key=True, index=True)


class RouteRow(Base):
    """Who may read a document, and by which rule."""

    __tablename__ = "routes"
    __table_args__ = (UniqueConstraint("document_id", "version"), Index("routes_by_route", "route", "document_id"))
    sequence: Mapped[Sequence]
    document_id: Mapped[Key]
    route: Mapped[Slug]
    rule: Mapped[str] = mapped_column(String)
    version: Mapped[str] = mapped_column(String(128))
    at: Mapped[At]


class AnalysisRow(Base):
    """A reading of a document by one model version."""

    __tablename__ = "analyses"
    __table_args__ = (UniqueConstraint("document_id", "model"),)
    sequence: Mapped[Sequence]
    document_id: Mapped[Key]
    model: Mapped[str] = mapped_column(String(128))
    at: Mapped[At]
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class MentionsRow(Base):
    """What a text names, as one version of the finder saw it."""

    __tablename__ = "mentions"
    __table_args__ = (UniqueConstraint("document_id", "version"),)
    sequence: Mapped[Sequence]
    document_id: Mapped[Key]
    version: Mapped[str] = mapped_column(String(128))
    at: Mapped[At]
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class LinkRow(Base):
    """Which household a text speaks of, by one version of the linking."""

    __tablename__ = "links"
    __table_args__ = (UniqueConstraint("document_id", "version"),)
    sequence: Mapped[Sequence]
    document_id: Mapped[Key]
    version: Mapped[str] = mapped_column(String(128))
    decision: Mapped[Slug]
    village: Mapped[str | None] = mapped_column(String(12))
    at: Mapped[At]
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
