"""What the feed is sorted, filtered, counted and searched by, and what an account keeps of its way of looking at it."""

from datetime import date

from sqlalchemy import BigInteger, Column, ForeignKey, Index, LargeBinary, String, Table
from sqlalchemy.orm import Mapped, mapped_column

from domain.counting.board import Stage
from storage.columns import At, Base, Id, Sequence, Slug

SIGNATURE_WORDS = 64
"""Columns of a search signature."""
PACE_COLUMNS = tuple(f"{stage.value}_{part}" for stage in Stage for part in ("days", "late"))
"""Columns of a feed entry that say how long the steps of a lead took."""


class FeedEntryRow(Base):
    """A lead as the feed sorts it and the boards count it; made anew in the transaction that appends to it."""

    __tablename__ = "feed_entries"
    __table_args__ = (
        Index("feed_entries_of_county", "county", "section", "rank", "opened_at", "lead_id"),
        Index("feed_entries_of_town", "town", "section", "rank", "opened_at", "lead_id"),
        Index("feed_entries_of_village", "village", "section", "rank", "opened_at", "lead_id"),
        Index("feed_entries_of_assignee", "assignee", "section", "rank", "opened_at", "lead_id"),
        Index("feed_entries_due", "next_due"),
        Index("feed_entries_standing", "county", "village", "status", "next_due", "risks"),
        Index("feed_entries_paces", "county", "opened_at", *PACE_COLUMNS),
    )
    lead_id: Mapped[str] = mapped_column(String(64), ForeignKey("leads.id"), primary_key=True)
    county: Mapped[str] = mapped_column(String(6))
    town: Mapped[str] = mapped_column(String(9))
    village: Mapped[str] = mapped_column(String(12))
    """The three hold the region's code, as far as it goes, at the width of their level."""
    status: Mapped[Slug]
    section: Mapped[int]
    """0 open, 1 with those above, 2 done so far: see `storage.leads.filter.section_of`."""
    rank: Mapped[int]
    """The priority below zero, so that every column of the order that is shown rises and one index holds it."""
    opened_at: Mapped[At]
    next_due: Mapped[date | None]
    """The day of the next step that is owed; none when nothing is."""
    assignee: Mapped[Slug]
    """The user name that has the lead; empty when nobody in particular has it."""
    holder: Mapped[Slug]
    """The level that has the lead; empty when nobody was given it."""
    risks: Mapped[str] = mapped_column(String(400))
    """Slugs of all categories in their order, with a comma between them, so that one count serves every category."""
    texts: Mapped[int]
    """Texts that support the lead and may be shown."""
    days_in_vain: Mapped[int]
    """On how many days somebody was at the door for nothing: see `domain.leads.lead.LeadView.days_in_vain`."""
    pass_on_days: Mapped[int | None]
    pass_on_late: Mapped[bool | None]
    visit_days: Mapped[int | None]
    visit_late: Mapped[bool | None]
    decide_days: Mapped[int | None]
    decide_late: Mapped[bool | None]
    report_back_days: Mapped[int | None]
    report_back_late: Mapped[bool | None]
    close_days: Mapped[int | None]
    close_late: Mapped[bool | None]
    """Days that each `domain.counting.board.Stage` took, and whether longer than was owed; none where nothing is."""


class SavedViewRow(Base):
    """A filter that an account gave a name; the name and the filter may hold a person's name."""

    __tablename__ = "saved_views"
    sequence: Mapped[Sequence]
    username: Mapped[str] = mapped_column(ForeignKey("accounts.username"), index=True)
    is_default: Mapped[bool]
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class SentFormRow(Base):
    """A form that was recorded, by the fingerprint of the key that its sender gave it."""

    __tablename__ = "sent_forms"
    key_hash: Mapped[Id]
    username: Mapped[Slug]
    lead_id: Mapped[Slug]
    at: Mapped[At]


search_signatures = Table(
    "search_signatures",
    Base.metadata,
    Column("lead_id", String(64), ForeignKey("leads.id"), primary_key=True),
    *(Column(f"w{number}", BigInteger, nullable=False) for number in range(SIGNATURE_WORDS)),
)
"""Which keyed bits the texts of a lead set; see `storage.leads.search_signatures`."""
