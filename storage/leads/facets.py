"""Further conditions of the feed, which the numbers of the boards link to: when opened, who has it, what took long."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement

from domain.clock import CHINA
from domain.counting.board import Stage
from domain.places.region import RegionCode
from domain.words.vocabulary import Role
from storage.tables.feed import FeedEntryRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """With whom a lead is."""

    holder: Role | None
    """The level; None: nobody was given the lead yet."""
    assignee: str = ""
    """User name; empty: anybody of the level."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadFacets:
    """All of them have to hold; without any every lead passes."""

    opened_from: date | None = None
    opened_until: date | None = None
    """The last day, itself included; both are days in China."""
    holding: Holding | None = None
    repeated: bool = False
    days_in_vain: int = 0
    """Somebody was at the door for nothing on at least so many days."""
    at: RegionCode | None = None
    """Of exactly this division: what lies in one of its parts is left out."""
    taken: Stage | None = None
    """This step was taken."""
    taken_late: bool = False
    """And later than was owed."""


def facet_conditions(wanted: LeadFacets) -> Iterator[ColumnElement[bool]]:
    """The conditions on feed entries."""
    if wanted.opened_from is not None:
        yield FeedEntryRow.opened_at >= midnight(wanted.opened_from)
    if wanted.opened_until is not None:
        yield FeedEntryRow.opened_at < midnight(wanted.opened_until + timedelta(days=1))
    if wanted.holding is not None:
        yield FeedEntryRow.holder == (wanted.holding.holder.value if wanted.holding.holder else "")
        yield FeedEntryRow.assignee == wanted.holding.assignee
    if wanted.repeated:
        yield FeedEntryRow.texts > 1
    if wanted.days_in_vain:
        yield FeedEntryRow.days_in_vain >= wanted.days_in_vain
    if wanted.at is not None:
        yield FeedEntryRow.village == wanted.at.digits
    if wanted.taken is not None:
        yield days_taken(wanted.taken).is_not(None)
        if wanted.taken_late:
            yield taken_late(wanted.taken).is_(True)


def midnight(day: date) -> datetime:
    """When the day begins in China."""
    return datetime.combine(day, time.min, CHINA)


def days_taken(stage: Stage) -> ColumnElement[Any]:
    """The column of how many days the step took."""
    column: ColumnElement[Any] = getattr(FeedEntryRow, f"{stage.value}_days")
    return column


def taken_late(stage: Stage) -> ColumnElement[Any]:
    """The column of whether the step took longer than was owed."""
    column: ColumnElement[Any] = getattr(FeedEntryRow, f"{stage.value}_late")
    return column
