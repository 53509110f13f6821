"""Everybody whom a lead may touch, from its texts and the register; who works on it is checked against them."""

from domain.leads.lead import LeadView
from domain.leads.recusal import NamesOfLead
from domain.links.mention import PersonRole
from domain.register.household import HouseholdId
from domain.texts.document import Document, DocumentId
from storage.unit_of_work import UnitOfWork


def names_of(work: UnitOfWork, view: LeadView) -> NamesOfLead:
    """The names in every text of the lead, whoever may read it, and of its household or those it may mean."""
    ids = [one.document_id for one in view.evidence]
    documents = work.documents.found(ids)
    found = [record.mentions for record in work.mentions.latest_of(ids)]
    persons = [person for mentions in found for person in mentions.persons]
    petitioners = {one.petitioner.name for one in documents.values() if one.petitioner.name}
    return NamesOfLead(
        texts=tuple("".join(one.content.split()) for one in documents.values()),
        persons=frozenset(name for one in persons for name in (one.name, one.relation_to) if name) | petitioners,
        officials=frozenset(one.name for one in persons if one.role is PersonRole.OFFICIAL),
        household=_members(work, view, ids),
    )


def names_in_letter(document: Document) -> NamesOfLead:
    """The names of one text that nobody has searched for persons: whoever is written out in it, and who petitioned."""
    return NamesOfLead(
        texts=("".join(document.content.split()),),
        persons=frozenset({document.petitioner.name} - {""}),
        officials=frozenset(),
        household=frozenset(),
    )


def _members(work: UnitOfWork, view: LeadView, ids: list[DocumentId]) -> frozenset[str]:
    chosen = view.lead.household_id
    links = [] if chosen else [work.links.latest(one) for one in ids]
    candidates = {candidate.household_id for link in links if link for candidate in link.candidates}
    households = work.registry.households([chosen] if chosen else sorted(candidates, key=HouseholdId))
    return frozenset(person.name for one in households.values() for person in one.persons if person.name)
