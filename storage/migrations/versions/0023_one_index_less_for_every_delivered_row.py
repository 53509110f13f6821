"""One index less of delivered texts: the fingerprint of an address or number alone finds them as well.

Revision: 0023, after 0022.
"""

from alembic import op

revision = "0023"
down_revision = "0022"

_INDEX = "raw_documents_key"


def upgrade() -> None:
    """Fingerprints are random: every row of an import writes a page of its own in each index of them."""
    op.drop_index(_INDEX, "raw_documents")


def downgrade() -> None:
    """As it was."""
    op.create_index(_INDEX, "raw_documents", ["source", "external_hash"])
