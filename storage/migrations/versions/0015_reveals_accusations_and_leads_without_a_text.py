"""What was revealed to whom, what became of accusations, and leads that are opened without a text.

Revision: 0015, after 0014.
"""

import sqlalchemy as sa
from alembic import op

import storage.columns

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Every lead that is there has a text."""
    op.add_column("leads", sa.Column("unsourced", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_index("routes_by_route", "routes", ["route", "document_id"])
    op.create_table(
        "reveals",
        sa.Column("id", sa.String(length=64), primary_key=True),
        sa.Column("account", sa.String(length=64), nullable=False),
        sa.Column("field", sa.String(length=64), nullable=False),
        sa.Column("lead_id", sa.String(length=64), sa.ForeignKey("leads.id"), nullable=False),
        sa.Column("document_id", sa.String(length=64), nullable=True),
        sa.Column("household_id", sa.String(length=64), nullable=True),
        sa.Column("at", storage.columns.Moment(), nullable=False),
        sa.Column("until", storage.columns.Moment(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
    )
    op.create_index("reveals_by_account", "reveals", ["account", "at"])
    op.create_index("ix_reveals_lead_id", "reveals", ["lead_id"])
    op.create_table(
        "accusation_steps",
        sa.Column("sequence", sa.Integer(), primary_key=True, autoincrement=True),
        sa.Column("document_id", sa.String(length=64), nullable=False),
        sa.Column("step", sa.String(length=64), nullable=False),
        sa.Column("made_by", sa.String(length=64), nullable=False),
        sa.Column("at", storage.columns.Moment(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
    )
    op.create_index("ix_accusation_steps_document_id", "accusation_steps", ["document_id"])
    op.create_table(
        "planned_leads",
        sa.Column("id", sa.String(length=64), primary_key=True),
        sa.Column("document_id", sa.String(length=64), nullable=True),
        sa.Column("opens_at", storage.columns.Moment(), nullable=False),
        sa.Column("opened_at", storage.columns.Moment(), nullable=True),
        sa.Column("planned_by", sa.String(length=64), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
    )
    op.create_index("ix_planned_leads_document_id", "planned_leads", ["document_id"])


def downgrade() -> None:
    """What was revealed stays in the audit log; what became of accusations is forgotten."""
    for table in ("planned_leads", "accusation_steps", "reveals"):
        op.drop_table(table)
    op.drop_index("routes_by_route", "routes")
    with op.batch_alter_table("leads") as batch:
        batch.drop_column("unsourced")
