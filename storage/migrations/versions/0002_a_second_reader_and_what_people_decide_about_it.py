"""A second reader's opinions and requests, judgements of people, remarks in a lead's history.

Revision: 0002, after 0001.
"""

import sqlalchemy as sa
from alembic import op

import storage.columns

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "second_readings",
        sa.Column("sequence", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("document_id", sa.String(length=64), nullable=False),
        sa.Column("first_model", sa.String(length=128), nullable=False),
        sa.Column("version", sa.String(length=128), nullable=False),
        sa.Column("agrees", sa.Boolean(), nullable=False),
        sa.Column("at", storage.columns.Moment(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sequence"),
        sa.UniqueConstraint("document_id", "first_model", "version"),
    )
    op.create_index(op.f("ix_second_readings_document_id"), "second_readings", ["document_id"])
    op.create_table(
        "second_requests",
        sa.Column("sequence", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("document_id", sa.String(length=64), nullable=False),
        sa.Column("cluster_id", sa.String(length=64), nullable=False),
        sa.Column("version", sa.String(length=128), nullable=False),
        sa.Column("step", sa.String(length=64), nullable=False),
        sa.Column("at", storage.columns.Moment(), nullable=False),
        sa.PrimaryKeyConstraint("sequence"),
    )
    op.create_index(op.f("ix_second_requests_document_id"), "second_requests", ["document_id"])
    op.create_index("second_requests_by_cluster", "second_requests", ["cluster_id", "version"])
    op.create_table(
        "judgements",
        sa.Column("sequence", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("document_id", sa.String(length=64), nullable=False),
        sa.Column("verdict", sa.String(length=64), nullable=False),
        sa.Column("judged_by", sa.String(length=64), nullable=False),
        sa.Column("judged_at", storage.columns.Moment(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sequence"),
    )
    op.create_index(op.f("ix_judgements_document_id"), "judgements", ["document_id"])
    op.create_table(
        "judgement_endings",
        sa.Column("judgement", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("ending", sa.String(length=64), nullable=False),
        sa.Column("ended_by", sa.String(length=64), nullable=False),
        sa.Column("at", storage.columns.Moment(), nullable=False),
        sa.ForeignKeyConstraint(["judgement"], ["judgements.sequence"]),
        sa.PrimaryKeyConstraint("judgement"),
    )
    op.create_table(
        "lead_notes",
        sa.Column("sequence", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("lead_id", sa.String(length=64), nullable=False),
        sa.Column("document_id", sa.String(length=64), nullable=False),
        sa.Column("written_by", sa.String(length=64), nullable=False),
        sa.Column("written_at", storage.columns.Moment(), nullable=False),
        sa.Column("text", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["lead_id"], ["leads.id"]),
        sa.PrimaryKeyConstraint("sequence"),
        sa.UniqueConstraint("lead_id", "document_id", "written_by", "text"),
    )
    op.create_index(op.f("ix_lead_notes_lead_id"), "lead_notes", ["lead_id"])


def downgrade() -> None:
    for table in ("lead_notes", "judgement_endings", "judgements", "second_requests", "second_readings"):
        op.drop_table(table)
