"""Which pages a list page has inside it, so that an unchanged one need not be downloaded to learn them again.

Revision: 0011, after 0007.
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """What is known of list pages that have others inside is forgotten by nobody: their next answer says it anew."""
    op.add_column("seen_pages", sa.Column("inner", sa.JSON(), nullable=False, server_default="[]"))


def downgrade() -> None:
    """List pages with others inside are downloaded whole again, as before."""
    op.execute("DELETE FROM seen_pages WHERE kind = 'list'")
    op.drop_column("seen_pages", "inner")
