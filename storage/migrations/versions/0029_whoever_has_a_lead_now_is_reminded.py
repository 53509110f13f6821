"""Whoever has a lead now is reminded of its days, whoever was told of them before.

Revision: 0029, after 0028.
"""

from alembic import op

revision = "0029"
down_revision = "0028"

_TABLE = "lead_reminders"
_BEFORE = ("lead_id", "deadline", "due_on", "kind")
_NAMES = {"uq": "%(table_name)s_%(column_0_N_name)s_key"}
"""What PostgreSQL calls a constraint that was given no name; SQLite does not call it anything."""
_NAME_BEFORE = "lead_reminders_lead_id_deadline_due_on_kind_key"


def upgrade() -> None:
    """What was told before stays told to those who were told."""
    with op.batch_alter_table(_TABLE, naming_convention=_NAMES) as batch:
        batch.drop_constraint(_NAME_BEFORE, type_="unique")
        batch.create_unique_constraint("lead_reminders_once", [*_BEFORE, "role", "region", "department", "username"])


def downgrade() -> None:
    """Of two reminders that differ only in who was told the code of before knows one: the newer."""
    same = " AND ".join(f"newer.{column} = {_TABLE}.{column}" for column in _BEFORE)
    op.execute(
        f"DELETE FROM {_TABLE} WHERE EXISTS "  # noqa: S608 - our own words
        f"(SELECT 1 FROM {_TABLE} AS newer WHERE {same} AND newer.sequence > {_TABLE}.sequence)"
    )
    with op.batch_alter_table(_TABLE) as batch:
        batch.drop_constraint("lead_reminders_once", type_="unique")
        batch.create_unique_constraint(_NAME_BEFORE, list(_BEFORE))
