"""A row that was refused and mended is known again, also by whoever mends it once more in the first workbook.

Revision: 0030, after 0029.
"""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"

_TABLE = "mended_rows"
_ENTRY = ["receipt_entries.receipt", "receipt_entries.position"]


def upgrade() -> None:
    """Of what was mended before nobody knows: mended once more it is read as any row."""
    op.create_table(
        _TABLE,
        sa.Column("receipt", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("position", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("first_receipt", sa.Integer(), nullable=False),
        sa.Column("first_position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("receipt", "position"),
        sa.ForeignKeyConstraint(["receipt", "position"], _ENTRY),
        sa.ForeignKeyConstraint(["first_receipt", "first_position"], _ENTRY),
        sqlite_with_rowid=False,
    )
    op.create_index("mended_rows_by_first", _TABLE, ["first_receipt", "first_position"])


def downgrade() -> None:
    """What was mended stays taken in."""
    op.drop_table(_TABLE)
