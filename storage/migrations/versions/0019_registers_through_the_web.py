"""What was handed in through the web may be a household register; until now everything was petitions.

Revision: 0019, after 0012.
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0012"


def upgrade() -> None:
    """Say of what is there that it is petitions."""
    op.add_column("submissions", sa.Column("kind", sa.String(length=64), nullable=False, server_default="petitions"))


def downgrade() -> None:
    """Registers that wait would be taken for petitions, so they go; their files are deleted by the next tidying."""
    op.execute("DELETE FROM submissions WHERE kind <> 'petitions'")
    with op.batch_alter_table("submissions") as batch:
        batch.drop_column("kind")
