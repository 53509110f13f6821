"""Alarms of media, notices, the places that texts name, and when a text was anonymised.

Revision: 0006, after 0005.
"""

import sqlalchemy as sa
from alembic import op

import storage.columns

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.add_column("raw_documents", sa.Column("anonymised_at", storage.columns.Moment(), nullable=True))
    op.create_index(op.f("ix_crawl_runs_started_at"), "crawl_runs", ["started_at"])
    op.create_table(
        "source_alarms",
        sa.Column("sequence", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("source", sa.String(length=128), nullable=False),
        sa.Column("verdict", sa.String(length=64), nullable=False),
        sa.Column("began_at", storage.columns.Moment(), nullable=False),
        sa.Column("since", storage.columns.Moment(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("ended_at", storage.columns.Moment(), nullable=True),
        sa.PrimaryKeyConstraint("sequence"),
    )
    op.create_index(op.f("ix_source_alarms_source"), "source_alarms", ["source"])
    op.create_table(
        "notices",
        sa.Column("sequence", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("key", sa.String(length=128), nullable=False),
        sa.Column("way", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("at", storage.columns.Moment(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_try_at", storage.columns.Moment(), nullable=False),
        sa.Column("sent_at", storage.columns.Moment(), nullable=True),
        sa.Column("problem", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("sequence"),
        sa.UniqueConstraint("key", "way"),
    )
    op.create_index("notices_waiting", "notices", ["sent_at", "next_try_at"])
    op.create_table(
        "document_places",
        sa.Column("document_id", sa.String(length=64), nullable=False),
        sa.Column("region", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"]),
        sa.PrimaryKeyConstraint("document_id", "region"),
    )
    op.create_index(op.f("ix_document_places_region"), "document_places", ["region"])


def downgrade() -> None:
    """Anonymised texts stay so, but are no longer known as such; alarms and the ledger are lost."""
    for table in ("document_places", "notices", "source_alarms"):
        op.drop_table(table)
    op.drop_index(op.f("ix_crawl_runs_started_at"), "crawl_runs")
    op.drop_column("raw_documents", "anonymised_at")
