"""By keyed fingerprints of ID numbers and phones: which petitions the same person brought in."""

from collections.abc import Sequence

from sqlalchemy import delete, select

from domain.document import DocumentId, Petitioner
from storage.session import Session, chunks
from storage.tables.documents import PetitionerMarkRow


class PetitionerMarks:
    """What is stored tells nobody who petitioned: only with the field key can a number be compared with it."""

    def __init__(self, session: Session) -> None:
        """Work in the session's transaction."""
        self._session = session

    def add(self, petitioners: Sequence[tuple[DocumentId, Petitioner]]) -> None:
        """Remember under which numbers the documents came in; a document without numbers leaves nothing."""
        rows = [
            {"mark": mark, "document_id": document_id}
            for document_id, petitioner in petitioners
            for mark in self._marks(petitioner)
        ]
        self._session.insert_new(PetitionerMarkRow, rows)

    def sharing(self, petitioners: Sequence[Petitioner]) -> list[DocumentId]:
        """The documents that came in under one of the petitioners' numbers."""
        found: set[DocumentId] = set()
        for part in chunks(sorted({mark for one in petitioners for mark in self._marks(one)})):
            query = select(PetitionerMarkRow.document_id).where(PetitionerMarkRow.mark.in_(part))
            found.update(DocumentId(one) for one in self._session.connection.scalars(query))
        return sorted(found)

    def forget(self, ids: Sequence[DocumentId]) -> None:
        """Take the marks of these documents out."""
        for part in chunks(ids):
            self._session.connection.execute(delete(PetitionerMarkRow).where(PetitionerMarkRow.document_id.in_(part)))

    def _marks(self, petitioner: Petitioner) -> list[str]:
        numbers = (("id", petitioner.id_number), ("phone", petitioner.phone))
        return [self._session.cipher.blind_index(f"petitioner {kind} {number}") for kind, number in numbers if number]
