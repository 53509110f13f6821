"""The outbox, its order, acknowledgements, outcomes, webhook deliveries, addresses of feed readers.

Revision: 0017, after 0016.
"""

import uuid

import sqlalchemy as sa
from alembic import op

import storage.columns

revision = "0017"
down_revision = "0016"

_VERIFIED = ("confirmed", "partly_confirmed", "not_confirmed", "already_known", "not_here", "duplicate")
"""What somebody may have found at the door, as it was named when this step was written."""
_TABLES = (
    "notice_positions",
    "reader_tokens",
    "webhook_deliveries",
    "webhook_positions",
    "lead_outcomes",
    "feed_acknowledgements",
    "outgoing_positions",
    "outgoing_waiting",
    "outgoing_events",
)


def upgrade() -> None:
    """What was decided before stands in the feed in the order in which it was decided."""
    _make_outbox()
    _make_answers()
    _make_deliveries()
    op.add_column("api_keys", sa.Column("department", sa.String(length=64), nullable=False, server_default=""))
    op.add_column("notices", sa.Column("receiver", sa.String(length=64), nullable=False, server_default=""))
    op.create_table(
        "notice_positions",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    _fill_outbox(op.get_bind())


def downgrade() -> None:
    """Receivers start again; what they reported is lost."""
    for table in _TABLES:
        op.drop_table(table)
    op.execute("DELETE FROM notices WHERE receiver <> ''")
    for table, column in (("api_keys", "department"), ("notices", "receiver")):
        with op.batch_alter_table(table) as batch:
            batch.drop_column(column)


def _make_outbox() -> None:
    op.create_table(
        "outgoing_events",
        sa.Column("sequence", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("lead_id", sa.String(length=64), nullable=False),
        sa.Column("decision", sa.Integer(), nullable=True),
        sa.Column("at", storage.columns.Moment(), nullable=False),
        sa.ForeignKeyConstraint(["lead_id"], ["leads.id"]),
        sa.PrimaryKeyConstraint("sequence"),
        sa.UniqueConstraint("id"),
    )
    op.create_index(op.f("ix_outgoing_events_lead_id"), "outgoing_events", ["lead_id"])
    op.create_table(
        "outgoing_waiting",
        sa.Column("event", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event"], ["outgoing_events.sequence"]),
        sa.PrimaryKeyConstraint("event"),
    )
    op.create_table(
        "outgoing_positions",
        sa.Column("position", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("event", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event"], ["outgoing_events.sequence"]),
        sa.PrimaryKeyConstraint("position"),
        sa.UniqueConstraint("event"),
    )


def _make_answers() -> None:
    op.create_table(
        "feed_acknowledgements",
        sa.Column("sequence", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("key_id", sa.String(length=64), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("at", storage.columns.Moment(), nullable=False),
        sa.PrimaryKeyConstraint("sequence"),
    )
    op.create_index("feed_acknowledgements_latest", "feed_acknowledgements", ["key_id", "sequence"])
    op.create_table(
        "lead_outcomes",
        sa.Column("sequence", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("lead_id", sa.String(length=64), nullable=False),
        sa.Column("outcome", sa.String(length=64), nullable=False),
        sa.Column("reported_by", sa.String(length=64), nullable=False),
        sa.Column("office", sa.String(length=128), nullable=False),
        sa.Column("reference", sa.String(length=100), nullable=False),
        sa.Column("occurred_on", sa.Date(), nullable=False),
        sa.Column("received_at", storage.columns.Moment(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["lead_id"], ["leads.id"]),
        sa.PrimaryKeyConstraint("sequence"),
        sa.UniqueConstraint("id"),
        sa.UniqueConstraint("reported_by", "reference"),
    )
    op.create_index(op.f("ix_lead_outcomes_lead_id"), "lead_outcomes", ["lead_id"])


def _make_deliveries() -> None:
    op.create_table(
        "webhook_positions",
        sa.Column("endpoint", sa.String(length=64), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("endpoint"),
    )
    op.create_table(
        "webhook_deliveries",
        sa.Column("sequence", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("endpoint", sa.String(length=64), nullable=False),
        sa.Column("event", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=64), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_try_at", storage.columns.Moment(), nullable=False),
        sa.Column("changed_at", storage.columns.Moment(), nullable=False),
        sa.Column("problem", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["event"], ["outgoing_events.sequence"]),
        sa.PrimaryKeyConstraint("sequence"),
        sa.UniqueConstraint("endpoint", "event"),
    )
    op.create_index("webhook_deliveries_due", "webhook_deliveries", ["state", "next_try_at"])
    op.create_table(
        "reader_tokens",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("username", sa.String(length=64), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("created_at", storage.columns.Moment(), nullable=False),
        sa.Column("last_used_at", storage.columns.Moment(), nullable=True),
        sa.Column("revoked_at", storage.columns.Moment(), nullable=True),
        sa.ForeignKeyConstraint(["username"], ["accounts.username"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("token_hash"),
    )
    op.create_index(op.f("ix_reader_tokens_username"), "reader_tokens", ["username"])


def _fill_outbox(connection: sa.Connection) -> None:
    decisions = sa.table(
        "decisions",
        sa.column("sequence", sa.Integer()),
        sa.column("lead_id", sa.String()),
        sa.column("status", sa.String()),
        sa.column("decided_at", storage.columns.Moment()),
    )
    events, verified = [], set()
    for row in connection.execute(sa.select(decisions).order_by(decisions.c.sequence)):
        if row.status in _VERIFIED:
            verified.add(row.lead_id)
        if row.lead_id in verified:
            event = {"id": uuid.uuid4().hex, "kind": "lead.decided", "lead_id": row.lead_id}
            events.append({**event, "decision": row.sequence, "at": row.decided_at})
    if events:
        columns: list[sa.ColumnClause[object]] = [sa.column(name) for name in ("id", "kind", "lead_id", "decision")]
        outbox = sa.table("outgoing_events", *columns, sa.column("at", storage.columns.Moment()))
        connection.execute(sa.insert(outbox), events)
        op.execute("INSERT INTO outgoing_waiting (event) SELECT sequence FROM outgoing_events")
