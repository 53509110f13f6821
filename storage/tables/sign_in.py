"""What signing in leaves behind: credentials, sessions, recovery codes, failures, codes of the first start."""

from sqlalchemy import BigInteger, Boolean, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.columns import At, Base, Id, Slug


class CredentialsRow(Base):
    """How one account signs in; both secrets are encrypted."""

    __tablename__ = "credentials"
    username: Mapped[str] = mapped_column(ForeignKey("accounts.username"), primary_key=True)
    must_change_password: Mapped[bool] = mapped_column(Boolean)
    offered_secret: Mapped[bytes | None] = mapped_column(LargeBinary)
    """Shown for an authenticator to read, not yet confirmed by a code."""
    secret: Mapped[bytes | None] = mapped_column(LargeBinary)
    second_factor_since: Mapped[At | None]
    last_step: Mapped[int | None] = mapped_column(BigInteger)
    """The time step of the last code that was accepted."""
    last_sign_in_at: Mapped[At | None]


class SessionRow(Base):
    """A session; only a hash of its token is kept."""

    __tablename__ = "sessions"
    token_hash: Mapped[Id]
    id: Mapped[str] = mapped_column(String(32), unique=True)
    username: Mapped[str] = mapped_column(ForeignKey("accounts.username"), index=True)
    stage: Mapped[Slug]
    opened_at: Mapped[At]
    last_seen: Mapped[At]
    address: Mapped[Slug]
    device: Mapped[str] = mapped_column(String(128))
    by_single_sign_on: Mapped[bool] = mapped_column(Boolean)


class RecoveryCodeRow(Base):
    """A code that stands in once for an authenticator that was lost; only its keyed hash is kept."""

    __tablename__ = "recovery_codes"
    username: Mapped[str] = mapped_column(ForeignKey("accounts.username"), primary_key=True)
    code_hash: Mapped[Id]
    used_at: Mapped[At | None]


class SignInFailureRow(Base):
    """Failures in a row at one door: an account, an account from one address or device, an address, by keyed hash."""

    __tablename__ = "sign_in_failures"
    door: Mapped[Id]
    owner: Mapped[str | None] = mapped_column(String(64), index=True)
    """Keyed hash of the user name whose door it is; none for an address."""
    failures: Mapped[int]
    last_at: Mapped[At] = mapped_column(index=True)
    closed_until: Mapped[At | None]


class SetUpCodeRow(Base):
    """A code printed at a start without accounts; only its keyed hash is kept."""

    __tablename__ = "set_up_codes"
    code_hash: Mapped[Id]
    region: Mapped[str] = mapped_column(String(12))
    expires_at: Mapped[At]
    used_at: Mapped[At | None]
