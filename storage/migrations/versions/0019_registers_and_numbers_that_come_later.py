"""Household registers may be handed in through the web; a petition without a number may get one later.

Revision: 0019, after 0018.
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"

_INDEX = "raw_documents_number"


def upgrade() -> None:
    """What was handed in until now was petitions, and nobody's number was told later.

    Which receipt a mail led to was asked by nobody, and told who wrote to the office.
    """
    op.add_column("submissions", sa.Column("kind", sa.String(length=64), nullable=False, server_default="petitions"))
    op.add_column("raw_documents", sa.Column("number_hash", sa.String(length=64), nullable=True))
    op.create_index(_INDEX, "raw_documents", ["number_hash"])
    with op.batch_alter_table("mails") as batch:
        batch.drop_column("receipt_id")


def downgrade() -> None:
    """Registers that wait would be taken for petitions, so they go; their files are deleted by the next tidying."""
    op.add_column("mails", sa.Column("receipt_id", sa.String(length=16), nullable=True))
    op.drop_index(_INDEX, "raw_documents")
    with op.batch_alter_table("raw_documents") as batch:
        batch.drop_column("number_hash")
    op.execute("DELETE FROM submissions WHERE kind <> 'petitions'")
    with op.batch_alter_table("submissions") as batch:
        batch.drop_column("kind")
