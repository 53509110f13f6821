"""What a stage is: it reads pending documents, appends its own record for each, and leaves a breadcrumb."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Generic, TypeVar

from domain.texts.document import Breadcrumb, DocumentId, Outcome
from storage.unit_of_work import UnitOfWork

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Step:
    """How a stage left one document: a slug for counts, a Chinese sentence for people."""

    outcome: Outcome
    detail: str
    reason: str = ""

    def crumb(self, document_id: DocumentId, stage: str, version: str, at: datetime) -> Breadcrumb:
        """What the stage of this version leaves behind for the document."""
        return Breadcrumb(
            document_id=document_id,
            stage=stage,
            outcome=self.outcome,
            detail=self.detail,
            version=version,
            at=at,
            reason=self.reason,
        )


def done(detail: str) -> Step:
    """The document goes on to the next stage."""
    return Step(Outcome.DONE, detail)


def skipped(detail: str, reason: str) -> Step:
    """The document is understood and ends here."""
    return Step(Outcome.SKIPPED, detail, reason)


class Stage(ABC, Generic[Item]):
    """One stage of the way; `load` may work on the whole batch, `process` on one document at a time."""

    name: ClassVar[str]

    @property
    @abstractmethod
    def version(self) -> str:
        """Version of the code, model or policy that makes this stage's records."""

    @abstractmethod
    def load(self, work: UnitOfWork, ids: Sequence[DocumentId]) -> Sequence[tuple[DocumentId, Item]]:
        """What `process` needs for each document, in the order of `ids`."""

    @abstractmethod
    def process(self, work: UnitOfWork, item: Item, at: datetime) -> Step:
        """Append this stage's record; SkipRecord and QuarantineRecord stop this document only."""
