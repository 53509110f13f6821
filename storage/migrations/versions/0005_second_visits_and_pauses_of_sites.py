"""When pages are asked for again, which sites want to be left alone, what went wrong in each crawl.

Revision: 0005, after 0004.
"""

import sqlalchemy as sa
from alembic import op

import storage.columns

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.add_column("seen_pages", sa.Column("kind", sa.String(length=64), nullable=False, server_default="article"))
    op.add_column("seen_pages", sa.Column("published_at", storage.columns.Moment(), nullable=True))
    op.add_column("seen_pages", sa.Column("first_seen_at", storage.columns.Moment(), nullable=True))
    op.add_column("seen_pages", sa.Column("problem", sa.String(length=64), nullable=True))
    op.add_column("seen_pages", sa.Column("failures", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("crawl_runs", sa.Column("problems", sa.JSON(), nullable=False, server_default="{}"))
    op.add_column("crawl_runs", sa.Column("hits", sa.JSON(), nullable=False, server_default="{}"))
    op.create_table(
        "site_pauses",
        sa.Column("host", sa.String(length=256), nullable=False),
        sa.Column("until", storage.columns.Moment(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("host"),
    )


def downgrade() -> None:
    """List pages are forgotten, and which pages did not come: they are asked for anew."""
    op.drop_table("site_pauses")
    op.execute(sa.text("DELETE FROM seen_pages WHERE kind <> 'article' OR problem IS NOT NULL"))
    for column in ("hits", "problems"):
        op.drop_column("crawl_runs", column)
    for column in ("failures", "problem", "first_seen_at", "published_at", "kind"):
        op.drop_column("seen_pages", column)
