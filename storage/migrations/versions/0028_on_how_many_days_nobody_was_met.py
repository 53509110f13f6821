"""The feed and the boards say at which doors somebody was in vain, and on how many days.

Revision: 0028, after 0027.
"""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"


def upgrade() -> None:
    """Nobody could record such a visit before: every lead begins with none."""
    with op.batch_alter_table("feed_entries") as batch:
        batch.add_column(sa.Column("days_in_vain", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    """The code of before knows neither the step nor the reminders: a visit in vain reads as one that was begun."""
    op.execute("UPDATE decisions SET step = 'visit' WHERE step = 'visit_in_vain'")
    for table in ("decisions", "feed_entries"):
        op.execute(f"UPDATE {table} SET status = 'visiting' WHERE status = 'visited_in_vain'")  # noqa: S608 - our own words
    op.execute("DELETE FROM lead_reminders WHERE kind LIKE 'in_vain%'")
    with op.batch_alter_table("feed_entries") as batch:
        batch.drop_column("days_in_vain")
