"""The years in which the official list had a place's other name.

Revision: 0003, after 0002.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("place_aliases", sa.Column("first_year", sa.Integer(), nullable=True))
    op.add_column("place_aliases", sa.Column("last_year", sa.Integer(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("place_aliases") as batch_op:
        batch_op.drop_column("last_year")
        batch_op.drop_column("first_year")
