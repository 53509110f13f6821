"""An office looks for a petition by its number or its petitioner among all that it ever handed in.

Revision: 0027, after 0026.
"""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"

_INDEX = "receipt_entries_by_document"
_NUMBERS = "raw_documents_number"
_NUMBERED = sa.text("number_hash IS NOT NULL")
"""Few have one; of an index full of nothing SQLite believes that it finds nothing faster than reading every row."""


def upgrade() -> None:
    """From a document to the rows that say of it, and from a number to the few documents that got it later."""
    op.create_index(_INDEX, "receipt_entries", ["document_id"])
    op.drop_index(_NUMBERS, "raw_documents")
    op.create_index(_NUMBERS, "raw_documents", ["number_hash"], sqlite_where=_NUMBERED, postgresql_where=_NUMBERED)


def downgrade() -> None:
    """Every row is read again."""
    op.drop_index(_NUMBERS, "raw_documents")
    op.create_index(_NUMBERS, "raw_documents", ["number_hash"])
    op.drop_index(_INDEX, "receipt_entries")
