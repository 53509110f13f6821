"""Versions of documents, marks of petitioners; the signatures of texts in a smaller form.

Revision: 0007, after 0006.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Signatures are made anew by the next run: the stage that makes them has a new version."""
    op.drop_table("bands")
    op.drop_table("signatures")
    op.create_table(
        "signatures",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("document_id", sa.String(length=64), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
        sa.UniqueConstraint("document_id"),
    )
    for table in ("bands", "recent_bands"):
        op.create_table(
            table,
            sa.Column("band", sa.BigInteger(), nullable=False),
            sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
            sa.PrimaryKeyConstraint("band", "number"),
            sqlite_with_rowid=False,
        )
    op.create_table(
        "document_versions",
        sa.Column("document_id", sa.String(length=64), nullable=False),
        sa.Column("original_id", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("document_id"),
    )
    op.create_index(op.f("ix_document_versions_original_id"), "document_versions", ["original_id"])
    op.create_table(
        "petitioner_marks",
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.Column("document_id", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("mark", "document_id"),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_petitioner_marks_document_id"), "petitioner_marks", ["document_id"])
    op.create_index("raw_documents_address", "raw_documents", ["external_hash"])


def downgrade() -> None:
    """Clusters stay; which texts are versions of one, and who petitioned again, is lost.

    The crumbs of the stage go with its signatures: a text that has one would never be signed again.
    """
    op.execute("DELETE FROM breadcrumbs WHERE stage = 'deduplicate' AND version = 'minhash-2'")
    op.drop_index("raw_documents_address", "raw_documents")
    for table in ("petitioner_marks", "document_versions", "recent_bands", "bands", "signatures"):
        op.drop_table(table)
    op.create_table(
        "signatures",
        sa.Column("document_id", sa.String(length=64), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("document_id"),
    )
    op.create_table(
        "bands",
        sa.Column("band", sa.BigInteger(), nullable=False),
        sa.Column("document_id", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("band", "document_id"),
    )
