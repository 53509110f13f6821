"""Numbers, receipts and confirmed headers belong to the office that gave them.

Revision: 0012, after 0011.
"""

import sqlalchemy as sa
from alembic import op

import storage.columns

revision = "0012"
down_revision = "0011"

_WITH_NUMBERS = ("raw_documents", "receipts")


def upgrade() -> None:
    """What is there belongs to the deployment itself: nobody wrote down which office it came from."""
    for table in _WITH_NUMBERS:
        op.add_column(table, sa.Column("office", sa.String(length=160), nullable=False, server_default=""))
    _make_profiles("header_profiles_by_office", by_office=True)
    op.execute(
        "INSERT INTO header_profiles_by_office (office, fingerprint, layout, columns, confirmed_by, confirmed_at) "
        "SELECT '', fingerprint, layout, columns, confirmed_by, confirmed_at FROM header_profiles"
    )
    op.drop_table("header_profiles")
    op.rename_table("header_profiles_by_office", "header_profiles")


def downgrade() -> None:
    """What offices other than the deployment's confirmed is forgotten and has to be confirmed anew."""
    _make_profiles("header_profiles_of_all", by_office=False)
    op.execute(
        "INSERT INTO header_profiles_of_all (fingerprint, layout, columns, confirmed_by, confirmed_at) "
        "SELECT fingerprint, layout, columns, confirmed_by, confirmed_at FROM header_profiles WHERE office = ''"
    )
    op.drop_table("header_profiles")
    op.rename_table("header_profiles_of_all", "header_profiles")
    for table in _WITH_NUMBERS:
        with op.batch_alter_table(table) as batch:
            batch.drop_column("office")


def _make_profiles(name: str, *, by_office: bool) -> None:
    office = [sa.Column("office", sa.String(length=160), nullable=False)] if by_office else []
    op.create_table(
        name,
        *office,
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("layout", sa.String(length=64), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("confirmed_by", sa.String(length=128), nullable=False),
        sa.Column("confirmed_at", storage.columns.Moment(), nullable=False),
        sa.PrimaryKeyConstraint(*(column.name for column in office), "fingerprint"),
    )
