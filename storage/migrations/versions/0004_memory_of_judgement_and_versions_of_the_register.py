"""Verdicts of cadres on households, reports of register versions, where leads and their texts moved.

Revision: 0004, after 0002.
"""

import sqlalchemy as sa
from alembic import op

import storage.columns

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.add_column("registry_versions", sa.Column("gone", sa.Integer(), nullable=False, server_default="0"))
    _judgements()
    _register()
    _leads()


def _judgements() -> None:
    op.create_table(
        "household_judgements",
        sa.Column("sequence", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("document_id", sa.String(length=64), nullable=False),
        sa.Column("cluster_id", sa.String(length=64), nullable=False),
        sa.Column("household_id", sa.String(length=64), nullable=False),
        sa.Column("verdict", sa.String(length=64), nullable=False),
        sa.Column("judged_by", sa.String(length=64), nullable=False),
        sa.Column("division", sa.String(length=64), nullable=False),
        sa.Column("register_version", sa.Integer(), nullable=False),
        sa.Column("judged_at", storage.columns.Moment(), nullable=False),
        sa.PrimaryKeyConstraint("sequence"),
    )
    op.create_index(op.f("ix_household_judgements_document_id"), "household_judgements", ["document_id"])
    op.create_index(op.f("ix_household_judgements_cluster_id"), "household_judgements", ["cluster_id"])
    op.create_table(
        "household_judgement_undoings",
        sa.Column("judgement", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("undone_by", sa.String(length=64), nullable=False),
        sa.Column("at", storage.columns.Moment(), nullable=False),
        sa.ForeignKeyConstraint(["judgement"], ["household_judgements.sequence"]),
        sa.PrimaryKeyConstraint("judgement"),
    )


def _register() -> None:
    op.create_table(
        "household_changes",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("household_id", sa.String(length=64), nullable=False),
        sa.Column("village", sa.String(length=12), nullable=False),
        sa.Column("related", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["version"], ["registry_versions.version"]),
        sa.PrimaryKeyConstraint("version", "position"),
    )
    op.create_table(
        "person_changes",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("masked_name", sa.String(length=64), nullable=False),
        sa.Column("before", sa.String(length=64), nullable=True),
        sa.Column("after", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(["version"], ["registry_versions.version"]),
        sa.PrimaryKeyConstraint("version", "position"),
    )
    op.create_table(
        "household_successions",
        sa.Column("household_id", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("successors", sa.JSON(), nullable=False),
        sa.Column("clear", sa.Boolean(), nullable=False),
        sa.Column("same_people", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["version"], ["registry_versions.version"]),
        sa.PrimaryKeyConstraint("household_id", "version"),
    )


def _leads() -> None:
    op.create_table(
        "lead_moves",
        sa.Column("sequence", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("lead_id", sa.String(length=64), nullable=False),
        sa.Column("household_before", sa.String(length=64), nullable=True),
        sa.Column("household_after", sa.String(length=64), nullable=True),
        sa.Column("region_before", sa.String(length=12), nullable=False),
        sa.Column("region_after", sa.String(length=12), nullable=False),
        sa.Column("matter_before", sa.String(length=128), nullable=False),
        sa.Column("matter_after", sa.String(length=128), nullable=False),
        sa.Column("moved_at", storage.columns.Moment(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["lead_id"], ["leads.id"]),
        sa.PrimaryKeyConstraint("sequence"),
    )
    op.create_index(op.f("ix_lead_moves_lead_id"), "lead_moves", ["lead_id"])
    op.create_table(
        "lead_evidence_moves",
        sa.Column("sequence", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("lead_id", sa.String(length=64), nullable=False),
        sa.Column("document_id", sa.String(length=64), nullable=False),
        sa.Column("departed", sa.Boolean(), nullable=False),
        sa.Column("at", storage.columns.Moment(), nullable=False),
        sa.ForeignKeyConstraint(["lead_id"], ["leads.id"]),
        sa.PrimaryKeyConstraint("sequence"),
    )
    op.create_index(op.f("ix_lead_evidence_moves_document_id"), "lead_evidence_moves", ["document_id"])
    op.create_index("lead_evidence_moves_latest", "lead_evidence_moves", ["lead_id", "document_id", "sequence"])


def downgrade() -> None:
    """Leads stay where they point; who judged what, and where leads came from, is lost."""
    for table in (
        "lead_evidence_moves",
        "lead_moves",
        "household_successions",
        "person_changes",
        "household_changes",
        "household_judgement_undoings",
        "household_judgements",
    ):
        op.drop_table(table)
    op.drop_column("registry_versions", "gone")
