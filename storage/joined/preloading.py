"""Reads what a page needs of its texts in a few queries instead of a few for each text."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from domain.accounts.access_scope import AccessScope
from domain.leads.lead import LeadView
from domain.register.household import HouseholdId

if TYPE_CHECKING:
    from storage.unit_of_work import UnitOfWork


def preload_texts(work: "UnitOfWork", views: Iterable[LeadView]) -> None:
    """Documents, routes, readings and links of the leads' evidence, and the names of their places.

    For a transaction that reads: it sees one state of the database from its beginning to its end.
    """
    shown = list(views)
    ids = list(dict.fromkeys(one.document_id for view in shown for one in view.evidence))
    work.routes.preload(ids)
    work.documents.preload(ids)
    work.analyses.preload(ids)
    work.links.preload(ids)
    work.places.names_of(view.lead.region for view in shown)


def preload_households(work: "UnitOfWork", view: LeadView, scope: AccessScope) -> None:
    """The households that the lead points at or may mean: those inside the scope to be shown, and all to be counted.

    After `preload_texts`, and for a transaction that reads, like it.
    """
    ids = households_meant(work, view)
    work.registry.preload(ids, inside=scope)
    work.registry.preload(ids)
    work.register_history.preload(ids)


def households_meant(work: "UnitOfWork", view: LeadView) -> list[HouseholdId]:
    """The household that the lead points at, then every candidate of its texts, each once."""
    links = [work.links.latest(one.document_id) for one in view.evidence]
    candidates = [candidate.household_id for link in links if link for candidate in link.candidates]
    return list(dict.fromkeys([*([view.lead.household_id] if view.lead.household_id else []), *candidates]))
