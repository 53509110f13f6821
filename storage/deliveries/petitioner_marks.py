"""By keyed fingerprints of ID numbers, phones and names: which petitions the same person may have brought in."""

from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import Select, delete, select

from domain.texts.document import DocumentId, Petitioner
from storage.session import Session, chunks
from storage.tables.documents import PetitionerMarkRow


class PetitionerMarks:
    """What is stored tells nobody who petitioned: only with the field key can anything be compared with it."""

    def __init__(self, session: Session) -> None:
        """Work in the session's transaction."""
        self._session = session

    def add(self, petitioners: Sequence[tuple[DocumentId, Petitioner]]) -> None:
        """Remember under which numbers the documents came in; a document without numbers leaves nothing."""
        rows = [
            {"mark": mark, "document_id": document_id}
            for document_id, petitioner in petitioners
            for mark in map(self._session.cipher.blind_index, _numbers(petitioner))
        ]
        self._session.insert_new(PetitionerMarkRow, rows)

    def sharing(self, petitioners: Sequence[Petitioner]) -> list[DocumentId]:
        """The documents that came in under one of the petitioners' numbers."""
        return self._under(value for one in petitioners for value in _numbers(one))

    def add_names(self, named: Sequence[tuple[DocumentId, Collection[str]]]) -> None:
        """Remember under which names the documents came in."""
        rows = [
            {"mark": self._session.cipher.blind_index(_kept("name", name)), "document_id": one}
            for one, names in named
            for name in sorted(names)
        ]
        self._session.insert_new(PetitionerMarkRow, rows)

    def under_names(self, names: Collection[str]) -> list[DocumentId]:
        """The documents that came in under one of the names; a name may be a namesake's."""
        return self._under(_kept("name", name) for name in names)

    def brought_in_by(self, petitioner: Petitioner) -> Select[str]:
        """The documents that came in under any of the petitioner's numbers or the name, as a query."""
        names = [_kept("name", petitioner.name)] if petitioner.name else []
        marks = list(self._session.indexes([*_numbers(petitioner), *names]))
        return select(PetitionerMarkRow.document_id).where(PetitionerMarkRow.mark.in_(marks))

    def forget(self, ids: Sequence[DocumentId]) -> None:
        """Take the marks of these documents out."""
        for part in chunks(ids):
            self._session.connection.execute(delete(PetitionerMarkRow).where(PetitionerMarkRow.document_id.in_(part)))

    def _under(self, values: Iterable[str]) -> list[DocumentId]:
        found: set[DocumentId] = set()
        for part in chunks(sorted(self._session.indexes(values))):
            query = select(PetitionerMarkRow.document_id).where(PetitionerMarkRow.mark.in_(part))
            found.update(DocumentId(one) for one in self._session.connection.scalars(query))
        return sorted(found)


def _numbers(petitioner: Petitioner) -> list[str]:
    numbers = (("id", petitioner.id_number), ("phone", petitioner.phone))
    return [_kept(kind, number) for kind, number in numbers if number]


def _kept(kind: str, value: str) -> str:
    return f"petitioner {kind} {value}"
