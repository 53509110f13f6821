"""Which leads rely on one that goes on is remembered, so that a run reads only those of which something is new.

Revision: 0026, after 0025.
"""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"

_TABLE = "settled_successions"


def upgrade() -> None:
    """The first run looks at all of them once more."""
    op.create_table(
        _TABLE,
        sa.Column("lead_id", sa.String(length=64), sa.ForeignKey("leads.id"), primary_key=True),
        sa.Column("mark", sa.String(length=200), nullable=False),
    )


def downgrade() -> None:
    """Nothing is lost: every run looks at all of them."""
    op.drop_table(_TABLE)
