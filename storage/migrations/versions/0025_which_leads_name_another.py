"""Which leads name another one is found without reading all decisions.

Revision: 0025, after 0024.
"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"

_INDEX = "decisions_naming"
_NAMED = sa.text("other_lead IS NOT NULL")


def upgrade() -> None:
    """Duplicates that were decided before name nothing and stay as they are."""
    op.create_index(_INDEX, "decisions", ["other_lead"], sqlite_where=_NAMED, postgresql_where=_NAMED)


def downgrade() -> None:
    """What was named stays in the decisions."""
    op.drop_index(_INDEX, "decisions")
