"""The coverage ledger's facts: which places texts name, by source and month; every query carries its region."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import func, select

from domain.media.coverage import Spoken
from domain.places.region import RegionCode
from domain.texts.document import DocumentId
from domain.words.vocabulary import Channel, Route
from storage.columns import inside
from storage.session import Session
from storage.tables.documents import DocumentRow, RawDocumentRow, RouteRow
from storage.tables.leads import LeadRow
from storage.tables.receipts import ReceiptRow
from storage.tables.registry import PlaceRow
from storage.tables.watch import DocumentPlaceRow

_VILLAGE_DIGITS = 12
_OFFICE = (Channel.PETITION.value, Channel.HOTLINE.value)


class Coverage:
    """Who spoke of which place."""

    def __init__(self, session: Session) -> None:
        """Work in the session's transaction."""
        self._session = session

    def add(self, document_id: DocumentId, places: Iterable[RegionCode]) -> None:
        """Remember the places that the text names; a second time changes nothing."""
        codes = sorted({place.digits for place in places})
        self._session.insert_new(DocumentPlaceRow, [{"document_id": document_id, "region": code} for code in codes])

    def villages(self, region: RegionCode) -> list[tuple[RegionCode, str]]:
        """The gazetteer's villages inside the region with their names, by code."""
        query = select(PlaceRow.code, PlaceRow.name).where(
            inside(PlaceRow.code, region), func.length(PlaceRow.code) == _VILLAGE_DIGITS
        )
        found = self._session.connection.execute(query.order_by(PlaceRow.code))
        return [(RegionCode(row.code), row.name) for row in found]

    def spoken(
        self, region: RegionCode, *, start: datetime, end: datetime, channels: Iterable[Channel]
    ) -> dict[RegionCode, list[Spoken]]:
        """Texts from `start` until before `end` through these channels, by village and source.

        Restricted texts are left out: a number beside a village would tell that somebody complained.
        """
        moment = func.coalesce(DocumentRow.published_at, DocumentRow.received_at)
        of_text = select(RouteRow.route).where(RouteRow.document_id == DocumentRow.id).correlate(DocumentRow)
        latest = of_text.order_by(RouteRow.sequence.desc()).limit(1).scalar_subquery()
        query = (
            select(DocumentPlaceRow.region, DocumentRow.source, DocumentRow.channel, func.count().label("documents"))
            .join(DocumentRow, DocumentRow.id == DocumentPlaceRow.document_id)
            .where(
                inside(DocumentPlaceRow.region, region),
                func.length(DocumentPlaceRow.region) == _VILLAGE_DIGITS,
                moment >= start,
                moment < end,
                DocumentRow.channel.in_(sorted(channel.value for channel in channels)),
                func.coalesce(latest, Route.OPEN.value) != Route.RESTRICTED.value,
            )
            .group_by(DocumentPlaceRow.region, DocumentRow.source, DocumentRow.channel)
            .order_by(DocumentPlaceRow.region, DocumentRow.source)
        )
        found: dict[RegionCode, list[Spoken]] = defaultdict(list)
        for row in self._session.connection.execute(query):
            spoken = Spoken(source=row.source, channel=Channel(row.channel), documents=row.documents)
            found[RegionCode(row.region)].append(spoken)
        return found

    def leads(self, region: RegionCode, *, start: datetime, end: datetime) -> dict[RegionCode, int]:
        """How many leads were opened from `start` until before `end`, by division inside the region."""
        query = (
            select(LeadRow.region, func.count().label("leads"))
            .where(inside(LeadRow.region, region), LeadRow.opened_at >= start, LeadRow.opened_at < end)
            .group_by(LeadRow.region)
        )
        return {RegionCode(row.region): row.leads for row in self._session.connection.execute(query)}

    def deliveries(self, *, start: datetime, end: datetime) -> tuple[int, int]:
        """How many files came in from `start` until before `end` of which something was taken; how many petitions."""
        taken = ReceiptRow.accepted + ReceiptRow.duplicates > 0
        files = select(func.count()).where(ReceiptRow.received_at >= start, ReceiptRow.received_at < end, taken)
        petitions = select(func.count()).where(
            RawDocumentRow.received_at >= start, RawDocumentRow.received_at < end, RawDocumentRow.channel.in_(_OFFICE)
        )
        return self._session.connection.scalars(files).one(), self._session.connection.scalars(petitions).one()
