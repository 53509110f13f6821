"""How accounts sign in: second factor, sessions that their owner sees, waits after failures, the first start.

Revision: 0014, after 0013.
"""

import sqlalchemy as sa
from alembic import op

import storage.columns

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Sessions that were open are over: nobody knows from where they came, everybody signs in again."""
    op.drop_table("sessions")
    op.create_table(
        "sessions",
        sa.Column("token_hash", sa.String(length=64), primary_key=True),
        sa.Column("id", sa.String(length=32), nullable=False, unique=True),
        _account(primary_key=False),
        sa.Column("stage", sa.String(length=64), nullable=False),
        sa.Column("opened_at", storage.columns.Moment(), nullable=False),
        sa.Column("last_seen", storage.columns.Moment(), nullable=False),
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.Column("device", sa.String(length=128), nullable=False),
        sa.Column("by_single_sign_on", sa.Boolean(), nullable=False),
    )
    op.create_index("ix_sessions_username", "sessions", ["username"])
    op.create_table(
        "credentials",
        _account(primary_key=True),
        sa.Column("must_change_password", sa.Boolean(), nullable=False),
        sa.Column("offered_secret", sa.LargeBinary()),
        sa.Column("secret", sa.LargeBinary()),
        sa.Column("second_factor_since", storage.columns.Moment()),
        sa.Column("last_step", sa.BigInteger()),
        sa.Column("last_sign_in_at", storage.columns.Moment()),
    )
    op.create_table(
        "recovery_codes",
        _account(primary_key=True),
        sa.Column("code_hash", sa.String(length=64), primary_key=True),
        sa.Column("used_at", storage.columns.Moment()),
    )
    op.create_table(
        "sign_in_failures",
        sa.Column("door", sa.String(length=64), primary_key=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_at", storage.columns.Moment(), nullable=False),
        sa.Column("closed_until", storage.columns.Moment()),
    )
    op.create_index("ix_sign_in_failures_last_at", "sign_in_failures", ["last_at"])
    op.create_table(
        "set_up_codes",
        sa.Column("code_hash", sa.String(length=64), primary_key=True),
        sa.Column("region", sa.String(length=12), nullable=False),
        sa.Column("expires_at", storage.columns.Moment(), nullable=False),
        sa.Column("used_at", storage.columns.Moment()),
    )


def downgrade() -> None:
    """Authenticators and recovery codes are forgotten, sessions are over."""
    for table in ("set_up_codes", "sign_in_failures", "recovery_codes", "credentials", "sessions"):
        op.drop_table(table)
    op.create_table(
        "sessions",
        sa.Column("token_hash", sa.String(length=64), primary_key=True),
        _account(primary_key=False),
        sa.Column("opened_at", storage.columns.Moment(), nullable=False),
        sa.Column("last_seen", storage.columns.Moment(), nullable=False),
    )


def _account(*, primary_key: bool) -> sa.Column[str]:
    return sa.Column(
        "username", sa.String(length=64), sa.ForeignKey("accounts.username"), primary_key=primary_key, nullable=False
    )
