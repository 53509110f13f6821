"""What the boards count stands beside what the feed is sorted by.

Revision: 0022, after 0021.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from alembic import op

import storage.columns

revision = "0022"
down_revision = "0021"

_STAGES = ("pass_on", "visit", "decide", "report_back", "close")
_PASSED_ON = ("assigned", "visiting")
_VERIFIED = ("confirmed", "partly_confirmed", "not_confirmed", "already_known", "not_here", "duplicate")
_DECIDED = ("taken_into_monitoring", "single_relief", "policy_explained", "to_department")
_CHINA = timedelta(hours=8)
_ENTRIES = sa.table(
    "feed_entries",
    sa.column("lead_id", sa.String),
    sa.column("holder", sa.String),
    sa.column("risks", sa.String),
    sa.column("texts", sa.Integer),
    *(sa.column(f"{stage}_days", sa.Integer) for stage in _STAGES),
    *(sa.column(f"{stage}_late", sa.Boolean) for stage in _STAGES),
)
_LEADS = sa.table(
    "leads",
    sa.column("id", sa.String),
    sa.column("opened_at", storage.columns.Moment()),
    *(sa.column(stage, sa.Date) for stage in _STAGES[:-1]),
)
_DECISIONS = sa.table(
    "decisions",
    sa.column("lead_id", sa.String),
    sa.column("sequence", sa.Integer),
    sa.column("status", sa.String),
    sa.column("step", sa.String),
    sa.column("decided_at", storage.columns.Moment()),
    sa.column("visited_on", sa.Date),
)


def upgrade() -> None:
    """Columns and indexes, and what they say of the leads that are there."""
    with op.batch_alter_table("feed_entries") as batch:
        batch.add_column(sa.Column("holder", sa.String(length=64), nullable=False, server_default=""))
        batch.add_column(sa.Column("risks", sa.String(length=400), nullable=False, server_default=""))
        batch.add_column(sa.Column("texts", sa.Integer(), nullable=False, server_default="0"))
        for stage in _STAGES:
            batch.add_column(sa.Column(f"{stage}_days", sa.Integer(), nullable=True))
            batch.add_column(sa.Column(f"{stage}_late", sa.Boolean(), nullable=True))
    _fill()
    op.create_index("feed_entries_standing", "feed_entries", ["county", "village", "status", "next_due", "risks"])
    paces = [f"{stage}_{part}" for stage in _STAGES for part in ("days", "late")]
    op.create_index("feed_entries_paces", "feed_entries", ["county", "opened_at", *paces])


def downgrade() -> None:
    """All of it can be made again."""
    for name in ("feed_entries_standing", "feed_entries_paces"):
        op.drop_index(name, "feed_entries")
    with op.batch_alter_table("feed_entries") as batch:
        for stage in _STAGES:
            batch.drop_column(f"{stage}_days")
            batch.drop_column(f"{stage}_late")
        for column in ("holder", "risks", "texts"):
            batch.drop_column(column)


def _fill() -> None:
    op.execute(f"UPDATE feed_entries SET holder = coalesce({_HOLDER}, ''), texts = {_TEXTS}")  # noqa: S608 - our own words
    _update(["risks"], _risks())
    _update([f"{stage}_{part}" for stage in _STAGES for part in ("days", "late")], _paces())


_HOLDER = (
    "(SELECT holder FROM lead_assignments a WHERE a.lead_id = feed_entries.lead_id ORDER BY sequence DESC LIMIT 1)"
)
_TEXTS = """(
    SELECT count(*) FROM lead_evidence e
    WHERE e.lead_id = feed_entries.lead_id
        AND NOT coalesce((
            SELECT m.departed FROM lead_evidence_moves m
            WHERE m.lead_id = e.lead_id AND m.document_id = e.document_id ORDER BY m.sequence DESC LIMIT 1
        ), false)
        AND coalesce((
            SELECT r.route FROM routes r WHERE r.document_id = e.document_id ORDER BY r.sequence DESC LIMIT 1
        ), 'open') <> 'restricted'
)"""


def _update(columns: Iterable[str], rows: Iterable[dict[str, Any]]) -> None:
    changed = list(rows)
    if changed:
        values: dict[str, Any] = {column: sa.bindparam(f"new_{column}") for column in columns}
        op.get_bind().execute(
            sa.update(_ENTRIES).where(_ENTRIES.c.lead_id == sa.bindparam("of")).values(values), changed
        )


def _risks() -> Iterator[dict[str, Any]]:
    query = sa.text("SELECT lead_id, risk FROM lead_risks ORDER BY lead_id")
    for lead_id, rows in groupby(op.get_bind().execute(query), key=lambda row: row.lead_id):
        yield {"of": lead_id, "new_risks": ",".join(sorted(row.risk for row in rows))}


def _paces() -> Iterator[dict[str, Any]]:
    joined = sa.join(_LEADS, _DECISIONS, _DECISIONS.c.lead_id == _LEADS.c.id)
    query = sa.select(_LEADS, _DECISIONS).select_from(joined).order_by(_LEADS.c.id, _DECISIONS.c.sequence)
    for lead_id, rows in groupby(op.get_bind().execute(query), key=lambda row: row.id):
        yield {"of": lead_id, **_taken(list(rows))}


def _taken(rows: list[Any]) -> dict[str, Any]:
    """Days and lateness of the first step of each kind; a step that was taken back is none."""
    stood = [
        row
        for at, row in enumerate(rows)
        if row.step != "undo" and not (at + 1 < len(rows) and rows[at + 1].step == "undo")
    ]
    visits = [row.visited_on for row in stood if row.status in _VERIFIED and row.visited_on]
    days = {
        "pass_on": _first(stood, (*_PASSED_ON, *_VERIFIED)),
        "visit": min(visits) if visits else _first(stood, _VERIFIED),
        "decide": _first(stood, _DECIDED),
        "report_back": _first(stood, ("reported_back",)),
        "close": _first(stood, ("closed",)),
    }
    found: dict[str, Any] = {}
    for stage, day in days.items():
        due = getattr(rows[0], stage, None)
        found[f"new_{stage}_days"] = None if day is None else max(0, (day - _day(rows[0].opened_at)).days)
        found[f"new_{stage}_late"] = None if day is None or due is None else day > due
    return found


def _first(rows: list[Any], statuses: tuple[str, ...]) -> date | None:
    moments = [row.decided_at for row in rows if row.status in statuses]
    return _day(min(moments)) if moments else None


def _day(moment: datetime) -> date:
    return (moment.astimezone(UTC) + _CHINA).date()
