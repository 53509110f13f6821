"""What became of delivered records."""

from dataclasses import dataclass
from datetime import datetime

from domain.deliveries.receipt import RowOutcome
from domain.texts.document import DocumentId


@dataclass(frozen=True, slots=True)
class InEffect:
    """The latest version of a record."""

    id: DocumentId
    received_at: datetime
    has_number: bool
    """True when it is known by a number: whatever else comes under it is a version of it."""
    of_another: bool = False
    """True when it names another petitioner."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one record."""

    outcome: RowOutcome
    """ACCEPTED, CORRECTED or DUPLICATE."""
    document_id: DocumentId | None
    """The record taken in, or the one that it repeats; None where that is another office's."""
    earlier_id: DocumentId | None = None
    """The record that it corrects."""
    number_used_elsewhere: bool = False
    """True when another office has given the same number to something else."""
    replaces_another: datetime | None = None
    """When the corrected record came in, if it names another petitioner and says something else."""
    like_numbered: bool = False
    """True when it has no number, and several numbers stand for exactly what it says."""
    in_effect: InEffect | None = None
    """Of a repeat of a version that was corrected since: the correction."""
    as_number: str = ""
    """Of a repeat that came without a number: the number of the record that says the same."""


@dataclass(frozen=True, slots=True)
class Repeat:
    """A row of a receipt that came back as it was given."""

    document_id: DocumentId | None
    """What became of it then; None for a repeat of another office's record."""
