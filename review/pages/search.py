"""Chinese full-text search among the leads that an account may see, in what it may read of them.

The database narrows by keyed signatures (`storage.leads.search_signatures`); what it finds is looked at as the
account's own page would show it, so that no word of a hidden letter, and no hidden name, is found by anybody who may
not read it. Nor does the time tell it: whoever may not read whole texts has about as many leads looked at for a word
that none may hold.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from domain.accounts.account import Account
from domain.leads.lead import LeadId, LeadView
from domain.places.region import RegionCode
from review.rights import access
from review.rights.lead_doors import reader_of
from review.shown.shown_text import preload_shown
from review.shown.views import text_cards
from storage.leads.filter import LeadFilter, SearchTerm
from storage.leads.search_signatures import SHORTEST_TERM, comparable
from storage.register.places import Places
from storage.unit_of_work import UnitOfWork

__all__ = ["SHORTEST_TERM", "Search", "search", "terms_of"]
_MOST_TERMS = 4
_AT_ONCE = 40
_MOST_LOOKED_AT = 400
"""Leads whose texts are opened for one page of results; beyond that the words are too common to wait for."""

_LOOKED_AT_LEAST = 20
"""For whoever may not read whole texts; one lead more or less among so many is lost in the noise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """One page of what was found."""

    views: tuple[LeadView, ...]
    more: bool
    """True when there is, or may be, a further page."""
    broken_off: bool
    """True when so many leads were looked at that the rest was left."""
    by_name: tuple[LeadId, ...]
    """Those of them whose household was found by the whole name of somebody who lives there."""


def terms_of(text: str) -> tuple[str, ...]:
    """The words asked for, separated by spaces; those too short to be looked up are left out."""
    words = (comparable(word) for word in text.split())
    return tuple(dict.fromkeys(word for word in words if len(word) >= SHORTEST_TERM))[:_MOST_TERMS]


def search(work: UnitOfWork, account: Account, wanted: LeadFilter, terms: tuple[str, ...]) -> Search:
    """The leads of the filter that hold every term, in the feed's order, `limit` at most."""
    meant = tuple(_term(work, account, term) for term in terms)
    asked = replace(wanted, terms=meant, limit=_AT_ONCE)
    others: list[LeadView] = []
    if not access.may_read_texts(account):
        others = work.leads.feed(replace(asked, terms=(), limit=_LOOKED_AT_LEAST))
        if len(others) < _LOOKED_AT_LEAST:
            # All that there are: nothing has to be narrowed.
            return _found(_holding(work, account, others, meant), wanted.limit, meant)
    found, looked_at = [], 0
    while looked_at < _MOST_LOOKED_AT:
        part = work.leads.feed(asked)
        beside = {view.lead.id: view for view in (*part, *others)}
        found += _holding(work, account, list(beside.values())[: max(len(part), _LOOKED_AT_LEAST)], meant)
        others = []
        looked_at += len(part)
        if len(found) > wanted.limit or len(part) < _AT_ONCE:
            return _found(found, wanted.limit, meant)
        asked = replace(asked, after=part[-1].lead.id)
    return _found(found, wanted.limit, meant, broken_off=True)


def _found(found: Sequence[LeadView], most: int, meant: Sequence[SearchTerm], *, broken_off: bool = False) -> Search:
    views = tuple(found[:most])
    named = {household for term in meant for household in term.households}
    return Search(
        views=views,
        more=len(found) > most,
        broken_off=broken_off,
        by_name=tuple(one.lead.id for one in views if one.lead.household_id in named),
    )


def _holding(
    work: UnitOfWork, account: Account, looked_at: Sequence[LeadView], meant: Sequence[SearchTerm]
) -> list[LeadView]:
    preload_shown(work, looked_at, account)
    return [view for view in looked_at if all(_holds(work, account, view, term) for term in meant)]


def _term(work: UnitOfWork, account: Account, term: str) -> SearchTerm:
    named = work.registry.by_names([term]).get(term, [])
    inside = work.registry.households(named, inside=account.scope) if named else {}
    return SearchTerm(text=term, households=tuple(inside), villages=_villages(work.places, account, term))


def _villages(places: Places, account: Account, term: str) -> tuple[RegionCode, ...]:
    return tuple(place.code for place in places.villages(account.region) if term in comparable(place.name))


def _holds(work: UnitOfWork, account: Account, view: LeadView, term: SearchTerm) -> bool:
    if view.lead.household_id in term.households or view.lead.region in term.villages:
        return True
    return view.lead.id.startswith(term.text) or _says(work, account, view, term.text)


def _says(work: UnitOfWork, account: Account, view: LeadView, words: str) -> bool:
    """True where the account's page has the words; whom the lead may touch is shown less there."""
    if words not in readable(work, account, view):
        return False
    # Asked only of what would be found: it takes a look at every name of the lead.
    reader = reader_of(work, account, view)
    return reader is account or words in readable(work, reader, view)


def readable(work: UnitOfWork, account: Account, view: LeadView) -> str:
    """Everything that the account's page of the lead shows of its texts, as it is compared."""
    shown = (
        card.title + "".join(segment.text for segment in card.segments) for card in text_cards(work, view, account)
    )
    return comparable("\n".join(shown))
