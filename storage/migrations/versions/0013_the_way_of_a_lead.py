"""What a decision says of its step, who works on a lead, by when, and who was told; departments of accounts.

Revision: 0013, after 0012.
"""

import sqlalchemy as sa
from alembic import op

import storage.columns

revision = "0013"
down_revision = "0012"

_NEW_DAYS = ("measure", "report_back")
_KNOWN_BEFORE = {
    "taken_into_monitoring": "closed",
    "single_relief": "closed",
    "policy_explained": "closed",
    "to_department": "confirmed",
    "handled_above": "visiting",
    "to_discipline": "closed",
    "reported_back": "closed",
    "merged": "duplicate",
}


def upgrade() -> None:
    """Leads that are there owe the measure and the answer on the day of the decision, the last they were given."""
    for name in _NEW_DAYS:
        op.add_column("leads", sa.Column(name, sa.Date(), nullable=False, server_default="1970-01-01"))
    op.execute("UPDATE leads SET measure = decide, report_back = decide")
    for name in ("department", "measures", "not_taken_in"):
        kind = sa.String(length=64) if name == "department" else sa.String()
        op.add_column("decisions", sa.Column(name, kind, nullable=False, server_default=""))
    for name in ("step", "other_lead"):
        op.add_column("decisions", sa.Column(name, sa.String(length=64), nullable=True))
    op.add_column("decisions", sa.Column("signed", sa.Boolean(), nullable=True))
    op.add_column("accounts", sa.Column("department", sa.String(length=64), nullable=False, server_default=""))
    _make_assignments()
    _make_deadlines()
    _make_reminders()


def _make_assignments() -> None:
    op.create_table(
        "lead_assignments",
        sa.Column("sequence", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("lead_id", sa.String(length=64), nullable=False),
        sa.Column("holder", sa.String(length=64), nullable=False),
        sa.Column("assignee", sa.String(length=64), nullable=False),
        sa.Column("assigned_by", sa.String(length=64), nullable=False),
        sa.Column("assigned_at", storage.columns.Moment(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(["lead_id"], ["leads.id"]),
        sa.PrimaryKeyConstraint("sequence"),
    )
    op.create_index("lead_assignments_latest", "lead_assignments", ["lead_id", "sequence"])
    op.create_index(op.f("ix_lead_assignments_assignee"), "lead_assignments", ["assignee"])


def _make_deadlines() -> None:
    days = ("pass_on", "visit", "decide", *_NEW_DAYS)
    op.create_table(
        "lead_deadlines",
        sa.Column("sequence", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("lead_id", sa.String(length=64), nullable=False),
        *(sa.Column(name, sa.Date(), nullable=False) for name in days),
        sa.Column("set_at", storage.columns.Moment(), nullable=False),
        sa.ForeignKeyConstraint(["lead_id"], ["leads.id"]),
        sa.PrimaryKeyConstraint("sequence"),
    )
    op.create_index("lead_deadlines_latest", "lead_deadlines", ["lead_id", "sequence"])
    op.execute(
        "INSERT INTO lead_deadlines (lead_id, pass_on, visit, decide, measure, report_back, set_at) "
        "SELECT id, pass_on, visit, decide, measure, report_back, opened_at FROM leads ORDER BY id"
    )


def _make_reminders() -> None:
    op.create_table(
        "lead_reminders",
        sa.Column("sequence", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("lead_id", sa.String(length=64), nullable=False),
        sa.Column("region", sa.String(length=12), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("deadline", sa.String(length=64), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("role", sa.String(length=64), nullable=False),
        sa.Column("username", sa.String(length=64), nullable=False),
        sa.Column("department", sa.String(length=64), nullable=False),
        sa.Column("at", storage.columns.Moment(), nullable=False),
        sa.ForeignKeyConstraint(["lead_id"], ["leads.id"]),
        sa.PrimaryKeyConstraint("sequence"),
        sa.UniqueConstraint("lead_id", "deadline", "due_on", "kind"),
    )
    op.create_index(op.f("ix_lead_reminders_region"), "lead_reminders", ["region"])


def downgrade() -> None:
    """Later steps become the nearest that the older version knows; accounts of departments are shut."""
    for table in ("lead_reminders", "lead_deadlines", "lead_assignments"):
        op.drop_table(table)
    decisions = sa.table("decisions", sa.column("status"))
    for status, known in _KNOWN_BEFORE.items():
        op.execute(decisions.update().where(decisions.c.status == status).values(status=known))
    accounts = sa.table("accounts", sa.column("role"), sa.column("disabled", sa.Boolean()))
    op.execute(accounts.update().where(accounts.c.role == "department").values(role="auditor", disabled=True))
    _drop_columns("accounts", "department")
    _drop_columns("decisions", "department", "measures", "not_taken_in", "step", "other_lead", "signed")
    _drop_columns("leads", *_NEW_DAYS)


def _drop_columns(table: str, *names: str) -> None:
    for name in names:
        op.drop_column(table, name)
