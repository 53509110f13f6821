"""A department is told what was taken back from it, so transfers are looked up by department.

Revision: 0020, after 0019.
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"

_INDEX = "decisions_of_department"
_TRANSFERS = sa.text("department <> ''")


def upgrade() -> None:
    """Few decisions are transfers: the index holds these alone."""
    op.create_index(_INDEX, "decisions", ["department"], sqlite_where=_TRANSFERS, postgresql_where=_TRANSFERS)


def downgrade() -> None:
    """The index alone goes."""
    op.drop_index(_INDEX, "decisions")
