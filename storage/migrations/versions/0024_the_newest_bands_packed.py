"""The bands of the newest documents lie packed in few rows, not in one row each.

Revision: 0024, after 0023.
"""

import struct

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"

_PAIR = "<II"


def upgrade() -> None:
    """What was new until now is merged."""
    op.execute("INSERT INTO bands (band, number) SELECT band, number FROM recent_bands ORDER BY band, number")
    op.drop_table("recent_bands")
    op.create_table(
        "packed_bands",
        sa.Column("sequence", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("first_number", sa.Integer, nullable=False),
        sa.Column("last_number", sa.Integer, nullable=False),
        sa.Column("pairs", sa.LargeBinary, nullable=False),
    )


def downgrade() -> None:
    """What is new is merged."""
    connection = op.get_bind()
    bands = sa.table("bands", sa.column("band", sa.BigInteger), sa.column("number", sa.Integer))
    for (packed,) in connection.execute(sa.text("SELECT pairs FROM packed_bands")).all():
        pairs = struct.iter_unpack(_PAIR, packed)
        connection.execute(sa.insert(bands), [{"band": band, "number": number} for band, number in pairs])
    op.drop_table("packed_bands")
    op.create_table(
        "recent_bands",
        sa.Column("band", sa.BigInteger, primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sqlite_with_rowid=False,
    )
