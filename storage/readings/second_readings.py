"""What a second reader said of texts, which of it waits for a person, and how asking went."""

from collections import Counter
from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, exists, func, select

from domain.places.region import RegionCode
from domain.texts.document import DocumentId
from domain.texts.judgement import Ending
from domain.texts.second_reading import RequestStep, SecondReading
from domain.words.vocabulary import Route
from storage.codec import opinion_from, opinion_to
from storage.columns import inside
from storage.encryption.sealed import SECOND_READING
from storage.readings.judgements import ended
from storage.session import Session
from storage.tables.documents import DocumentRow, RouteRow
from storage.tables.second_reading import JudgementRow, SecondReadingRow, SecondRequestRow


class SecondReadings:
    """One per document, first reading and version of the second reader; appended, never changed."""

    def __init__(self, session: Session) -> None:
        """Work in the session's transaction."""
        self._session = session

    def add(self, reading: SecondReading) -> bool:
        """True when it was new."""
        row = {
            "document_id": reading.document_id,
            "first_model": reading.first_model,
            "version": reading.version,
            "agrees": reading.agrees,
            "at": reading.at,
            "sealed": self._session.seal(
                opinion_to(reading.opinion),
                SECOND_READING.of(reading.document_id, reading.first_model, reading.version),
            ),
        }
        return self._session.insert_new(SecondReadingRow, [row]) == 1

    def latest(self, document_id: DocumentId, *, version: str | None = None) -> SecondReading | None:
        """The newest one of a document, or the newest of one version."""
        query = select(SecondReadingRow.__table__).where(SecondReadingRow.document_id == document_id)
        if version is not None:
            query = query.where(SecondReadingRow.version == version)
        row = self._session.connection.execute(query.order_by(SecondReadingRow.sequence.desc()).limit(1)).one_or_none()
        return self._reading(row) if row else None

    def waiting(self, region: RegionCode) -> list[DocumentId]:
        """The texts inside a region that wait for a person, the newest reading first."""
        query = _open(region).with_only_columns(SecondReadingRow.document_id)
        found = self._session.connection.scalars(query.order_by(SecondReadingRow.sequence.desc()))
        return [DocumentId(one) for one in found]

    def disagreements(self, region: RegionCode, document_ids: Collection[DocumentId]) -> list[SecondReading]:
        """Those of these texts that wait for a person inside a region, the newest first."""
        query = _open(region).where(SecondReadingRow.document_id.in_(document_ids))
        rows = self._session.connection.execute(query.order_by(SecondReadingRow.sequence.desc()))
        return [self._reading(row) for row in rows]

    def claim(self, document_id: DocumentId) -> None:
        """Make a colleague who decides about the same document wait for the end of this transaction."""
        query = select(SecondReadingRow.sequence).where(SecondReadingRow.document_id == document_id)
        self._session.connection.execute(query.with_for_update())

    def disagreement(self, region: RegionCode, document_id: DocumentId) -> SecondReading | None:
        """The disagreement about a document, while it waits for a person and lies inside the region."""
        return next(iter(self.disagreements(region, [document_id])), None)

    def _reading(self, row: Row[Any]) -> SecondReading:
        place = SECOND_READING.of(row.document_id, row.first_model, row.version)
        return SecondReading(
            document_id=DocumentId(row.document_id),
            first_model=row.first_model,
            version=row.version,
            opinion=opinion_from(self._session.unseal(row.sealed, place)),
            agrees=row.agrees,
            at=row.at,
        )


def _open(region: RegionCode) -> Select[Any]:
    """Latest readings that disagree, of texts that nobody judged and that are not restricted; inside the region."""
    latest = select(func.max(SecondReadingRow.sequence)).group_by(SecondReadingRow.document_id)
    judged = exists().where(JudgementRow.document_id == SecondReadingRow.document_id, ~ended(Ending.WITHDRAWN))
    route = (
        select(RouteRow.route)
        .where(RouteRow.document_id == SecondReadingRow.document_id)
        .order_by(RouteRow.sequence.desc())
        .limit(1)
        .scalar_subquery()
    )
    return (
        select(SecondReadingRow.__table__)
        .join(DocumentRow, DocumentRow.id == SecondReadingRow.document_id)
        .where(
            SecondReadingRow.sequence.in_(latest),
            SecondReadingRow.agrees.is_(False),
            ~judged,
            func.coalesce(route, Route.OPEN.value) == Route.OPEN.value,
            inside(DocumentRow.region, region),
        )
    )


class SecondRequests:
    """Every request with its end; near-duplicates are counted together, for only one of them is sent."""

    def __init__(self, session: Session) -> None:
        """Work in the session's transaction."""
        self._session = session

    def add(
        self, document_id: DocumentId, cluster_id: DocumentId, version: str, step: RequestStep, at: datetime
    ) -> None:
        """Append a step."""
        row = {
            "document_id": document_id,
            "cluster_id": cluster_id,
            "version": version,
            "step": step.value,
            "at": at,
        }
        self._session.insert_new(SecondRequestRow, [row])

    def steps(self, cluster_id: DocumentId, version: str) -> Counter[RequestStep]:
        """How often each step was noted for the texts of a cluster."""
        query = (
            select(SecondRequestRow.step, func.count().label("times"))
            .where(SecondRequestRow.cluster_id == cluster_id, SecondRequestRow.version == version)
            .group_by(SecondRequestRow.step)
        )
        return Counter({RequestStep(row.step): row.times for row in self._session.connection.execute(query)})

    def first_sent(self, cluster_id: DocumentId, version: str) -> DocumentId | None:
        """The text of a cluster that was sent first."""
        query = select(SecondRequestRow.document_id).where(
            SecondRequestRow.cluster_id == cluster_id, SecondRequestRow.version == version
        )
        found = self._session.connection.execute(query.order_by(SecondRequestRow.sequence).limit(1)).one_or_none()
        return DocumentId(found.document_id) if found else None
