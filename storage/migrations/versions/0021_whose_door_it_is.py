"""Failures at the doors of one account are found together: from every address, on every device.

Revision: 0021, after 0020.
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"

_INDEX = "ix_sign_in_failures_owner"


def upgrade() -> None:
    """What was counted until now is at doors whose names are known without their owner."""
    op.add_column("sign_in_failures", sa.Column("owner", sa.String(length=64), nullable=True))
    op.create_index(_INDEX, "sign_in_failures", ["owner"])


def downgrade() -> None:
    """Counts of doors that the code of before does not know stay until they are forgotten."""
    op.drop_index(_INDEX, "sign_in_failures")
    with op.batch_alter_table("sign_in_failures") as batch:
        batch.drop_column("owner")
