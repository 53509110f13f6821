"""What was handed in through the web, and keys of other offices' programs.

Revision: 0010, after 0009.
"""

import sqlalchemy as sa
from alembic import op

import storage.columns

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.create_table(
        "submissions",
        sa.Column("sequence", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("way", sa.String(length=64), nullable=False),
        sa.Column("actor", sa.String(length=64), nullable=False),
        sa.Column("region", sa.String(length=12), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=64), nullable=False),
        sa.Column("created_at", storage.columns.Moment(), nullable=False),
        sa.Column("changed_at", storage.columns.Moment(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("receipt_id", sa.String(length=64), nullable=True),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("claimed_until", storage.columns.Moment(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("sequence"),
        sa.UniqueConstraint("id"),
    )
    for column in ("actor", "region", "state", "created_at"):
        op.create_index(op.f(f"ix_submissions_{column}"), "submissions", [column])
    op.create_table(
        "api_keys",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=128), nullable=False),
        sa.Column("scopes", sa.JSON(), nullable=False),
        sa.Column("region", sa.String(length=12), nullable=False),
        sa.Column("secret_hash", sa.String(length=64), nullable=False),
        sa.Column("created_at", storage.columns.Moment(), nullable=False),
        sa.Column("created_by", sa.String(length=64), nullable=False),
        sa.Column("expires_at", storage.columns.Moment(), nullable=False),
        sa.Column("last_used_at", storage.columns.Moment(), nullable=True),
        sa.Column("revoked_at", storage.columns.Moment(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_api_keys_region"), "api_keys", ["region"])


def downgrade() -> None:
    """Keys are lost and have to be made anew; what waits in the folder of uploads is not imported."""
    op.drop_table("api_keys")
    op.drop_table("submissions")
