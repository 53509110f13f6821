"""Everybody whose name what is shown of a lead may hold, from its texts and the register."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from domain.leads.lead import LeadView
from domain.leads.named_persons import NamedPersons
from storage.joined.preloading import households_meant

if TYPE_CHECKING:
    from storage.unit_of_work import UnitOfWork


def named_in(work: "UnitOfWork", view: LeadView) -> NamedPersons:
    """Whom any of the lead's texts names, who petitioned, and who lives in a household that it points at or may mean.

    The register counts whatever the account may see of it: a name that only it knows is masked too. For a transaction
    that reads.
    """
    ids = [one.document_id for one in view.evidence]
    written = work.mentions.names_of(ids).values()
    registered = work.registry.names_in(households_meant(work, view)).values()
    documents = work.documents.found(ids).values()
    return NamedPersons(
        persons=frozenset().union(*written, *registered),
        petitioners=frozenset(one.petitioner.name for one in documents if one.petitioner.name),
    )


def preload_names(work: "UnitOfWork", views: Iterable[LeadView]) -> None:
    """Read in two queries what `named_in` asks for each of the leads; after `preload_texts`."""
    shown = list(views)
    work.mentions.names_of(list(dict.fromkeys(one.document_id for view in shown for one in view.evidence)))
    work.registry.names_in(list(dict.fromkeys(one for view in shown for one in households_meant(work, view))))
