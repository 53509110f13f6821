"""Which receipts an office may read: of what it handed in, and for the house's own office of what came otherwise."""

from sqlalchemy import ColumnElement, or_, select

from domain.deliveries.receipt import ReceiptId, Way
from domain.places.region import RegionCode
from storage.session import Session
from storage.tables.receipts import ReceiptRow
from storage.tables.submissions import SubmissionRow

_OTHER_WAYS = (Way.COMMAND, Way.DROP_FOLDER, Way.MAILBOX)
"""These name no office: they belong to the one that this installation was set up for."""


class OfficeReceipts:
    """Receipts by office; the limit is in the query."""

    def __init__(self, session: Session) -> None:
        """Work in the session's transaction."""
        self._session = session

    def may_read(self, receipt_id: str, office: RegionCode, *, is_house: bool) -> bool:
        """True when the office may read this receipt."""
        query = select(ReceiptRow.id).where(ReceiptRow.id == receipt_id, of_office(office, is_house))
        return self._session.connection.scalar(query) is not None

    def recent(self, office: RegionCode, *, is_house: bool, limit: int, offset: int) -> list[ReceiptId]:
        """A page of the office's receipts, the latest first."""
        query = select(ReceiptRow.id).where(of_office(office, is_house)).order_by(ReceiptRow.sequence.desc())
        return [ReceiptId(one) for one in self._session.connection.scalars(query.limit(limit).offset(offset))]


def of_office(office: RegionCode, is_house: bool) -> ColumnElement[bool]:
    """True for receipts of the office, as a condition on `receipts`."""
    own = ReceiptRow.id.in_(select(SubmissionRow.receipt_id).where(SubmissionRow.region == office.digits))
    if not is_house:
        return own
    return or_(own, ReceiptRow.way.in_([way.value for way in _OTHER_WAYS]))
