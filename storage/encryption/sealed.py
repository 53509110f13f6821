"""Which columns are sealed or hold keyed fingerprints, and what binds a sealed value to its row."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, LargeBinary, Table
from sqlalchemy.orm import InstrumentedAttribute

from storage.columns import Base
from storage.encryption.cipher import UNBOUND, place_behind, place_start, sealed_place
from storage.tables.documents import (
    AnalysisRow,
    DocumentRow,
    LinkRow,
    MentionsRow,
    PetitionerMarkRow,
    RawDocumentRow,
)
from storage.tables.feed import SavedViewRow
from storage.tables.outgoing import LeadOutcomeRow
from storage.tables.protection import AccusationStepRow, PlannedLeadRow, RevealRow
from storage.tables.receipts import MailRow, ReceiptEntryRow, ReceiptRow
from storage.tables.registry import HouseholdRow, PersonRow
from storage.tables.second_reading import JudgementRow, SecondReadingRow
from storage.tables.sign_in import CredentialsRow, RecoveryCodeRow, SetUpCodeRow, SignInFailureRow
from storage.tables.submissions import SubmissionRow

PLAIN = frozenset({("signatures", "signature"), ("packed_bands", "pairs")})
"""Columns of bytes that are not sealed."""


class SealedColumn:
    """A sealed column of a table and the columns of the same row that its values are bound to."""

    def __init__(self, sealed: InstrumentedAttribute[Any], *bound_to: InstrumentedAttribute[Any]) -> None:
        """`bound_to` are known before a row is written, never change, and tell it from others."""
        self.table: Table = sealed.property.columns[0].table
        self.column: Column[Any] = self.table.columns[sealed.key]
        self.bound_to = tuple(self.table.columns[one.key] for one in bound_to)
        self._start = place_start(self.table.name, self.column.name)

    def of(self, *row: str | int | datetime) -> bytes:
        """The place of the row with these values of `bound_to`."""
        if len(row) != len(self.bound_to):
            raise ValueError(f"{self.column} is bound to {len(self.bound_to)} values, not {len(row)}")
        return place_behind(self._start, *row)


RAW_DOCUMENT = SealedColumn(RawDocumentRow.sealed, RawDocumentRow.id)
DOCUMENT = SealedColumn(DocumentRow.sealed, DocumentRow.id)
ANALYSIS = SealedColumn(AnalysisRow.sealed, AnalysisRow.document_id, AnalysisRow.model)
MENTIONS = SealedColumn(MentionsRow.sealed, MentionsRow.document_id, MentionsRow.version)
LINK = SealedColumn(LinkRow.sealed, LinkRow.document_id, LinkRow.version)
RECEIPT = SealedColumn(ReceiptRow.sealed, ReceiptRow.id)
RECEIPT_ENTRY = SealedColumn(ReceiptEntryRow.sealed, ReceiptEntryRow.receipt, ReceiptEntryRow.position)
ADDRESS = SealedColumn(HouseholdRow.address_sealed, HouseholdRow.household_id, HouseholdRow.valid_from)
PERSON = SealedColumn(PersonRow.sealed, PersonRow.row_id, PersonRow.position)
SECOND_READING = SealedColumn(
    SecondReadingRow.sealed, SecondReadingRow.document_id, SecondReadingRow.first_model, SecondReadingRow.version
)
JUDGEMENT = SealedColumn(JudgementRow.sealed, JudgementRow.document_id, JudgementRow.verdict, JudgementRow.judged_by)
SUBMISSION = SealedColumn(SubmissionRow.sealed, SubmissionRow.id)
OFFERED_SECRET = SealedColumn(CredentialsRow.offered_secret, CredentialsRow.username)
SECRET = SealedColumn(CredentialsRow.secret, CredentialsRow.username)
REVEAL = SealedColumn(RevealRow.sealed, RevealRow.id)
ACCUSATION_STEP = SealedColumn(
    AccusationStepRow.sealed,
    AccusationStepRow.document_id,
    AccusationStepRow.step,
    AccusationStepRow.made_by,
    AccusationStepRow.at,
)
PLANNED_LEAD = SealedColumn(PlannedLeadRow.sealed, PlannedLeadRow.id)
LEAD_OUTCOME = SealedColumn(LeadOutcomeRow.sealed, LeadOutcomeRow.id)
SAVED_VIEW = SealedColumn(SavedViewRow.sealed, SavedViewRow.username)

BOUND = (
    RAW_DOCUMENT,
    DOCUMENT,
    ANALYSIS,
    MENTIONS,
    LINK,
    RECEIPT,
    RECEIPT_ENTRY,
    ADDRESS,
    PERSON,
    SECOND_READING,
    JUDGEMENT,
    SUBMISSION,
    OFFERED_SECRET,
    SECRET,
    REVEAL,
    ACCUSATION_STEP,
    PLANNED_LEAD,
    LEAD_OUTCOME,
    SAVED_VIEW,
)
"""Every sealed column; a test finds one that is missing here."""

INDEXED = tuple(
    one.property.columns[0]
    for one in (
        RawDocumentRow.external_hash,
        RawDocumentRow.number_hash,
        RawDocumentRow.content_hash,
        PersonRow.id_index,
        PersonRow.phone_index,
        HouseholdRow.content_sha256,
        PetitionerMarkRow.mark,
        MailRow.message_hash,
        RecoveryCodeRow.code_hash,
        SignInFailureRow.door,
        SignInFailureRow.owner,
        SetUpCodeRow.code_hash,
    )
)
"""Every column of keyed fingerprints."""


@dataclass(frozen=True, slots=True)
class SealedValues:
    """A sealed column as the change of keys walks over it."""

    column: Column[Any]
    bound_to: tuple[Column[Any], ...]

    def place(self, row: Any) -> bytes:
        """The place of a fetched row; unbound where the column is bound to nothing."""
        if not self.bound_to:
            return UNBOUND
        table = self.column.table
        return sealed_place(table.name, self.column.name, *(row._mapping[one.name] for one in self.bound_to))


def sealed_columns() -> list[SealedValues]:
    """Every column of bytes but those of `PLAIN`, bound or not, so that a change of keys forgets none."""
    bound = {one.column: one.bound_to for one in BOUND}
    return [
        SealedValues(column, bound.get(column, ()))
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, LargeBinary) and (table.name, column.name) not in PLAIN
    ]
