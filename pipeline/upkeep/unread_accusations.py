"""Accusations that nobody of the petition office may read: they may mean each account there, or there is none."""

from domain.accounts.account import Account
from domain.places.region import RegionCode
from domain.texts.document import DocumentId
from domain.words.vocabulary import Role
from nlp.hiding.recusal import is_accused
from storage.joined.lead_names import names_in_letter
from storage.texts.accusations import OfficeScope
from storage.unit_of_work import UnitOfWork


def accusations_without_reader(work: UnitOfWork, county: RegionCode, house: RegionCode) -> int:
    """How many of those that wait in the county have no account that finds them in its queue."""
    everything = OfficeScope(county, is_house=True)
    waiting = {one.document_id for one in work.accusations.queue(everything) if one.state.open}
    for account in work.accounts.all():
        if account.role is Role.CLERK and not account.disabled and waiting:
            waiting -= _read_by(work, account, house, waiting)
    return len(waiting)


def _read_by(work: UnitOfWork, account: Account, house: RegionCode, waiting: set[DocumentId]) -> set[DocumentId]:
    own = OfficeScope(account.region, is_house=account.region.contains(house))
    there = [one.document_id for one in work.accusations.queue(own) if one.document_id in waiting]
    letters = work.documents.many(there)
    return {one.id for one in letters if not is_accused(account.display_name, names_in_letter(one))}
