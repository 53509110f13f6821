"""What people decided about texts on which two readers disagree."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Exists, Row, Select, exists, insert, select, text

from domain.places.region import RegionCode
from domain.texts.document import DocumentId
from domain.texts.judgement import Ending, Judgement, NumberedJudgement, Verdict
from storage.codec import judged_from, judged_to
from storage.columns import inside
from storage.encryption.sealed import JUDGEMENT
from storage.session import Session, chunks
from storage.tables.documents import DocumentRow, DuplicateRow
from storage.tables.second_reading import JudgementEndingRow, JudgementRow


class Judgements:
    """Appended, never changed; a withdrawn one counts no more."""

    def __init__(self, session: Session) -> None:
        """Work in the session's transaction."""
        self._session = session

    def add(self, judgement: Judgement) -> int:
        """Append the judgement; its number."""
        row = {
            "document_id": judgement.document_id,
            "verdict": judgement.verdict.value,
            "judged_by": judgement.judged_by,
            "judged_at": judgement.judged_at,
            "sealed": self._session.seal(
                judged_to(judgement),
                JUDGEMENT.of(judgement.document_id, judgement.verdict.value, judgement.judged_by),
            ),
        }
        adding = insert(JudgementRow).values(row).returning(JudgementRow.sequence)
        return int(self._session.connection.execute(adding).scalar_one())

    def end(self, number: int, ending: Ending, by: str, at: datetime) -> bool:
        """True when the judgement ended thus, False when it had ended before."""
        row = {"judgement": number, "ending": ending.value, "ended_by": by, "at": at}
        return self._session.insert_new(JudgementEndingRow, [row]) == 1

    def get(self, number: int, region: RegionCode) -> Judgement | None:
        """The judgement of this number about a text inside the region."""
        query = select(JudgementRow.__table__).join(DocumentRow, DocumentRow.id == JudgementRow.document_id)
        wanted = query.where(JudgementRow.sequence == number, inside(DocumentRow.region, region))
        row = self._session.connection.execute(wanted).one_or_none()
        return self._numbered(row).judgement if row else None

    def standing(self, ids: Sequence[DocumentId]) -> dict[DocumentId, Judgement]:
        """The judgements about these texts that were not withdrawn."""
        return self._by_document(_standing(), ids)

    def in_force(self, ids: Sequence[DocumentId]) -> dict[DocumentId, Judgement]:
        """The judgements about these texts that took effect: nobody can withdraw them any more."""
        applied = select(JudgementRow.__table__).where(ended(Ending.APPLIED)).order_by(JudgementRow.sequence)
        return self._by_document(applied, ids)

    def hold(self) -> None:
        """Make whoever judges wait for the end of this transaction; SQLite lets one write at a time anyway."""
        if self._session.connection.dialect.name == "postgresql":
            self._session.connection.execute(text("LOCK TABLE judgements IN SHARE MODE"))

    def accused(self, ids: Sequence[DocumentId]) -> frozenset[DocumentId]:
        """Those of the texts that a person judged to be an accusation, or a near-duplicate of one."""
        judged = _standing().where(JudgementRow.verdict == Verdict.ACCUSATION.value)
        texts = judged.with_only_columns(JudgementRow.document_id)
        clusters = select(DuplicateRow.cluster_id).where(DuplicateRow.document_id.in_(texts))
        found: set[str] = set()
        for part in chunks(ids):
            found.update(self._session.connection.scalars(texts.where(JudgementRow.document_id.in_(part))))
            alike = select(DuplicateRow.document_id).where(
                DuplicateRow.document_id.in_(part), DuplicateRow.cluster_id.in_(clusters)
            )
            found.update(self._session.connection.scalars(alike))
        return frozenset(DocumentId(one) for one in found)

    def waiting(self, region: RegionCode | None = None) -> list[NumberedJudgement]:
        """Judgements that neither took effect nor were withdrawn, oldest first."""
        over = exists().where(JudgementEndingRow.judgement == JudgementRow.sequence)
        query = select(JudgementRow.__table__).where(~over).order_by(JudgementRow.sequence)
        if region is not None:
            query = query.join(DocumentRow, DocumentRow.id == JudgementRow.document_id).where(
                inside(DocumentRow.region, region)
            )
        return [self._numbered(row) for row in self._session.connection.execute(query)]

    def _by_document(self, query: Select[Any], ids: Sequence[DocumentId]) -> dict[DocumentId, Judgement]:
        found: dict[DocumentId, Judgement] = {}
        for part in chunks(ids):
            for row in self._session.connection.execute(query.where(JudgementRow.document_id.in_(part))):
                found[DocumentId(row.document_id)] = self._numbered(row).judgement
        return found

    def _numbered(self, row: Row[Any]) -> NumberedJudgement:
        place = JUDGEMENT.of(row.document_id, row.verdict, row.judged_by)
        judgement = Judgement(
            document_id=DocumentId(row.document_id),
            verdict=Verdict(row.verdict),
            judged_by=row.judged_by,
            judged_at=row.judged_at,
            **judged_from(self._session.unseal(row.sealed, place)),
        )
        return NumberedJudgement(number=row.sequence, judgement=judgement)


def ended(ending: Ending) -> Exists:
    """True for judgements that ended thus."""
    return exists().where(
        JudgementEndingRow.judgement == JudgementRow.sequence, JudgementEndingRow.ending == ending.value
    )


def _standing() -> Select[Any]:
    return select(JudgementRow.__table__).where(~ended(Ending.WITHDRAWN)).order_by(JudgementRow.sequence)
