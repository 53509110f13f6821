"""What the feed is sorted and searched by, saved views, sent forms, and where places lie.

Revision: 0016, after 0015.
"""

from collections.abc import Iterable, Iterator

import sqlalchemy as sa
from alembic import context, op

import storage.columns
from storage.codec import load
from storage.encryption.cipher import FieldCipher
from storage.encryption.sealed import DOCUMENT
from storage.leads.search_signatures import SearchSignatures
from storage.session import Session

revision = "0016"
down_revision = "0015"

_WORDS = 64
_OPEN = ("new", "assigned", "visiting")
_ABOVE = ("handled_above", "to_discipline")
_TRUE = ("confirmed", "partly_confirmed")
_TO_CARRY_OUT = ("taken_into_monitoring", "to_department")
_OWES_NOTHING = ("reported_back", "merged", "closed")


def upgrade() -> None:
    """Entries and signatures of the leads that are there are made at once; places lie nowhere until they are told."""
    op.create_table(
        "feed_entries",
        sa.Column("lead_id", sa.String(length=64), sa.ForeignKey("leads.id"), nullable=False),
        sa.Column("county", sa.String(length=6), nullable=False),
        sa.Column("town", sa.String(length=9), nullable=False),
        sa.Column("village", sa.String(length=12), nullable=False),
        sa.Column("status", sa.String(length=64), nullable=False),
        sa.Column("section", sa.Integer(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("opened_at", storage.columns.Moment(), nullable=False),
        sa.Column("next_due", sa.Date(), nullable=True),
        sa.Column("assignee", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("lead_id"),
    )
    _fill_entries()
    for level in ("county", "town", "village", "assignee"):
        columns = [level, "section", "rank", "opened_at", "lead_id"]
        op.create_index(f"feed_entries_of_{level}", "feed_entries", columns)
    op.create_index("feed_entries_due", "feed_entries", ["next_due"])
    op.create_table(
        "search_signatures",
        sa.Column("lead_id", sa.String(length=64), sa.ForeignKey("leads.id"), nullable=False),
        *(sa.Column(f"w{number}", sa.BigInteger(), nullable=False) for number in range(_WORDS)),
        sa.PrimaryKeyConstraint("lead_id"),
    )
    op.create_table(
        "saved_views",
        sa.Column("sequence", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("username", sa.String(length=64), sa.ForeignKey("accounts.username"), nullable=False),
        sa.Column("is_default", sa.Boolean(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sequence"),
    )
    op.create_index(op.f("ix_saved_views_username"), "saved_views", ["username"])
    op.create_table(
        "sent_forms",
        sa.Column("key_hash", sa.String(length=64), nullable=False),
        sa.Column("username", sa.String(length=64), nullable=False),
        sa.Column("lead_id", sa.String(length=64), nullable=False),
        sa.Column("at", storage.columns.Moment(), nullable=False),
        sa.PrimaryKeyConstraint("key_hash"),
    )
    op.add_column("places", sa.Column("longitude", sa.Float(), nullable=True))
    op.add_column("places", sa.Column("latitude", sa.Float(), nullable=True))
    op.add_column("places", sa.Column("located_by", sa.String(length=200), nullable=False, server_default=""))
    op.create_index(op.f("ix_household_changes_household_id"), "household_changes", ["household_id"])
    _fill_signatures(context.config.attributes["cipher"])


def downgrade() -> None:
    """Everything here but saved views and where places lie can be made again."""
    op.drop_index(op.f("ix_household_changes_household_id"), "household_changes")
    for column in ("located_by", "latitude", "longitude"):
        with op.batch_alter_table("places") as batch:
            batch.drop_column(column)
    for table in ("sent_forms", "saved_views", "search_signatures", "feed_entries"):
        op.drop_table(table)


def _fill_entries() -> None:
    op.execute(f"""
        INSERT INTO feed_entries
        SELECT id, substr(region, 1, 6), substr(region, 1, 9), region, status,
            CASE WHEN status IN ({_words(_OPEN)}) THEN 0 WHEN status IN ({_words(_ABOVE)}) THEN 1 ELSE 2 END,
            -priority, opened_at,
            CASE
                WHEN status = 'new' THEN pass_on
                WHEN status IN ({_words((*_OPEN, "handled_above"))}) THEN visit
                WHEN status IN ({_words(_TRUE)}) THEN decide
                WHEN status IN ({_words(_TO_CARRY_OUT)}) AND measures = '' THEN measure
                WHEN status NOT IN ({_words(_OWES_NOTHING)}) THEN report_back
            END,
            assignee
        FROM (
            SELECT id, region, opened_at, pass_on, visit, decide, measure, report_back,
                coalesce({_latest("status", "decisions")}, 'new') AS status,
                coalesce({_latest("measures", "decisions")}, '') AS measures,
                coalesce({_latest("assignee", "lead_assignments")}, '') AS assignee,
                {_latest("priority", "lead_assessments")} AS priority
            FROM leads
        ) AS standing
        """)  # noqa: S608 - only our own words stand in it


def _words(statuses: Iterable[str]) -> str:
    return ", ".join(f"'{status}'" for status in statuses)


def _latest(column: str, table: str) -> str:
    return f"(SELECT {column} FROM {table} WHERE lead_id = leads.id ORDER BY sequence DESC LIMIT 1)"  # noqa: S608


def _fill_signatures(cipher: FieldCipher) -> None:
    signatures = SearchSignatures(Session(op.get_bind(), cipher))
    for lead_id, text in _texts(cipher):
        signatures.add(lead_id, [text])


def _texts(cipher: FieldCipher) -> Iterator[tuple[str, str]]:
    query = "SELECT e.lead_id, d.id, d.sealed FROM lead_evidence e JOIN documents d ON d.id = e.document_id"
    for row in op.get_bind().execute(sa.text(query)).all():
        record = load(cipher.decrypt(bytes(row.sealed), DOCUMENT.of(row.id)))
        yield row.lead_id, f"{record['title']}\n{record['text']}"
