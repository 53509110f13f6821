"""What running the system leaves behind: crawl runs, stage runs, accounts, audit, leases."""

from sqlalchemy import JSON, Boolean, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.columns import At, Base, Sequence, Slug


class CrawlRunRow(Base):
    """One run of one source."""

    __tablename__ = "crawl_runs"
    sequence: Mapped[Sequence]
    source: Mapped[str] = mapped_column(String(128), index=True)
    started_at: Mapped[At] = mapped_column(index=True)
    finished_at: Mapped[At]
    outcome: Mapped[Slug]
    counts: Mapped[dict[str, int]] = mapped_column(JSON)
    messages: Mapped[list[str]] = mapped_column(JSON)
    problems: Mapped[dict[str, int]] = mapped_column(JSON)
    hits: Mapped[dict[str, int]] = mapped_column(JSON)


class SeenPageRow(Base):
    """A page asked for before."""

    __tablename__ = "seen_pages"
    source: Mapped[str] = mapped_column(String(128), primary_key=True)
    url: Mapped[str] = mapped_column(String, primary_key=True)
    etag: Mapped[str] = mapped_column(String)
    last_modified: Mapped[str] = mapped_column(String)
    content_sha256: Mapped[Slug]
    seen_at: Mapped[At]
    kind: Mapped[Slug]
    published_at: Mapped[At | None]
    first_seen_at: Mapped[At | None]
    problem: Mapped[Slug | None]
    failures: Mapped[int]
    inner: Mapped[list[str]] = mapped_column(JSON)


class SitePauseRow(Base):
    """A site that wants to be left alone until a moment."""

    __tablename__ = "site_pauses"
    host: Mapped[str] = mapped_column(String(256), primary_key=True)
    until: Mapped[At]
    times: Mapped[int]


class SpoolFileRow(Base):
    """How many lines of a spool file have been taken in."""

    __tablename__ = "spool_files"
    name: Mapped[str] = mapped_column(String, primary_key=True)
    lines: Mapped[int]


class StageRunRow(Base):
    """The counts of one run of one stage."""

    __tablename__ = "stage_runs"
    sequence: Mapped[Sequence]
    stage: Mapped[Slug]
    version: Mapped[str] = mapped_column(String(128))
    started_at: Mapped[At]
    seconds: Mapped[float]
    seen: Mapped[int]
    done: Mapped[int]
    skipped: Mapped[int]
    quarantined: Mapped[int]
    details: Mapped[dict[str, int]] = mapped_column(JSON)


class AccountRow(Base):
    """One person's account."""

    __tablename__ = "accounts"
    username: Mapped[str] = mapped_column(String(64), primary_key=True)
    display_name: Mapped[str] = mapped_column(String(128))
    role: Mapped[Slug]
    region: Mapped[str] = mapped_column(String(12))
    password_hash: Mapped[str] = mapped_column(String(256))
    created_at: Mapped[At]
    disabled: Mapped[bool] = mapped_column(Boolean)
    department: Mapped[Slug]


class AuditRow(Base):
    """One act, chained to the one before by hash."""

    __tablename__ = "audit"
    __table_args__ = tuple(
        Index(f"audit_by_{column}", column, "sequence") for column in ("actor", "action", "subject", "at")
    )
    sequence: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[At]
    actor: Mapped[Slug]
    action: Mapped[Slug]
    subject: Mapped[str] = mapped_column(String(128))
    detail: Mapped[str] = mapped_column(String)
    previous_hash: Mapped[Slug]
    hash: Mapped[Slug]


class LeaseRow(Base):
    """Who owns something until when."""

    __tablename__ = "leases"
    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    owner: Mapped[str] = mapped_column(String(128))
    until: Mapped[At]


class KeyCheckRow(Base):
    """A fingerprint by which the right field key is recognised."""

    __tablename__ = "key_check"
    name: Mapped[str] = mapped_column(String(16), primary_key=True)
    fingerprint: Mapped[Slug]
