"""What an address of the feed may ask for beside its form: the numbers of the boards lead there."""

from collections.abc import Mapping
from datetime import date
from urllib.parse import urlencode

from domain.accounts.account import Account
from domain.clock import written_day
from domain.counting.board import Load, Span, Stage
from domain.counting.risk_point import RiskPoint
from domain.leads.workflow import LADDER
from domain.places.region import RegionCode
from domain.words.vocabulary import Role
from review.rights import access
from storage.leads.facets import Holding, LeadFacets

FACET_FIELDS = ("opened", "with", "repeat", "in_vain", "at", "taken")
_NOBODY, _LATE = "nobody", "late"
_LONGEST_NAME = 64
_LONGEST_NUMBER = 3


def facets_of(query: Mapping[str, str], account: Account) -> LeadFacets:
    """The facets of the address; what cannot be read is left out, as the feed does with its other fields.

    Who may not know the sources asks neither when leads came in nor which are told repeatedly.
    """
    if not access.may_know_sources(account):
        return LeadFacets()
    first, last = _days(query.get("opened", ""))
    taken, _, late = query.get("taken", "").partition(":")
    return LeadFacets(
        opened_from=first,
        opened_until=last,
        holding=_holding(query.get("with", "")),
        repeated=query.get("repeat", "") == "yes",
        days_in_vain=_number(query.get("in_vain", "")),
        at=_division(query.get("at", "")),
        taken=next((one for one in Stage if one.value == taken), None),
        taken_late=late == _LATE,
    )


def said_facets(facets: LeadFacets) -> list[str]:
    """The facets in words, for the page that shows the leads."""
    said = []
    if facets.opened_from or facets.opened_until:
        said.append(f"{facets.opened_from or ''}至{facets.opened_until or '今天'}收到")
    if facets.holding is not None:
        said.append(f"办理人: {holder_label(facets.holding.holder, facets.holding.assignee)}")
    if facets.repeated:
        said.append("反复反映(两份以上材料)")
    if facets.days_in_vain:
        said.append(f"上门未果{facets.days_in_vain}次以上")
    if facets.at is not None:
        said.append("还没有定到下一级的")
    if facets.taken is not None:
        said.append(f"{facets.taken.label}{'超过期限的' if facets.taken_late else '过的'}")
    return said


def feed_address(**fields: str) -> str:
    """The feed with exactly these fields; every status where none is named."""
    return "/?" + urlencode({"status": "all", **{name: value for name, value in fields.items() if value}})


def point_address(point: RiskPoint) -> str:
    """The feed with the leads of a risk point's place, category and days, whatever became of them."""
    opened = opened_field(Span(point.window_start, point.window_end))
    return feed_address(village=str(point.region), risk=point.risk.value, opened=opened)


def opened_field(span: Span) -> str:
    """How an address says when leads were opened."""
    return f"{span.first}..{span.last}"


def opened_since_field(day: date) -> str:
    """How an address says that leads were opened on this day or later."""
    return f"{day}.."


def taken_field(stage: Stage, *, late: bool = False) -> str:
    """How an address says that a step was taken, or taken later than was owed."""
    return f"{stage.value}:{_LATE}" if late else stage.value


def holder_field(load: Load) -> str:
    """How an address says who has the leads."""
    return _NOBODY if load.holder is None else f"{load.holder.value}:{load.assignee}"


def holder_label(holder: Role | None, assignee: str) -> str:
    """Who has leads, in words."""
    if holder is None:
        return "还没有派办"
    return f"{holder.label} {assignee}" if assignee else f"{holder.label}(未指定人)"


def _days(text: str) -> tuple[date | None, date | None]:
    first, _, last = text.partition("..")
    return _day(first), _day(last)


def _division(text: str) -> RegionCode | None:
    try:
        return RegionCode.parse(text) if text else None
    except ValueError:
        return None


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and text.isascii() and len(text) <= _LONGEST_NUMBER else 0


def _day(text: str) -> date | None:
    try:
        return written_day(text)
    except ValueError:
        return None


def _holding(text: str) -> Holding | None:
    if text == _NOBODY:
        return Holding(holder=None)
    level, _, name = text.partition(":")
    holder = next((one for one in LADDER if one.value == level), None)
    return Holding(holder=holder, assignee=name[:_LONGEST_NAME]) if holder is not None else None
