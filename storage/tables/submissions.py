"""Ways in through the web: what was handed in and is not yet a receipt, and the keys of other offices' programs."""

from sqlalchemy import JSON, BigInteger, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.columns import At, Base, Id, Key, Region, Sequence, Slug


class SubmissionRow(Base):
    """One file, form or batch; the name of the file is sealed, for offices write people's names into it."""

    __tablename__ = "submissions"
    sequence: Mapped[Sequence]
    id: Mapped[str] = mapped_column(String(64), unique=True)
    way: Mapped[Slug]
    actor: Mapped[str] = mapped_column(String(64), index=True)
    region: Mapped[Region]
    size: Mapped[int] = mapped_column(BigInteger)
    state: Mapped[Key]
    kind: Mapped[Slug] = mapped_column(server_default="petitions")
    created_at: Mapped[At] = mapped_column(index=True)
    changed_at: Mapped[At]
    rows: Mapped[int]
    receipt_id: Mapped[str | None] = mapped_column(String(64))
    fingerprint: Mapped[Slug]
    claimed_until: Mapped[At | None]
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)


class ApiKeyRow(Base):
    """One key; of its secret only a hash."""

    __tablename__ = "api_keys"
    id: Mapped[Id]
    name: Mapped[str] = mapped_column(String(128))
    scopes: Mapped[list[str]] = mapped_column(JSON)
    region: Mapped[Region]
    department: Mapped[Slug]
    secret_hash: Mapped[Slug]
    created_at: Mapped[At]
    created_by: Mapped[Slug]
    expires_at: Mapped[At]
    last_used_at: Mapped[At | None]
    revoked_at: Mapped[At | None]
