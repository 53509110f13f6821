"""Deliveries: a receipt for each file, an entry for each of its rows, and which mails were taken in."""

from datetime import datetime

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.columns import At, Base, Key, Moment, Sequence, Slug


class ReceiptRow(Base):
    """The receipt of one delivered file."""

    __tablename__ = "receipts"
    sequence: Mapped[Sequence]
    id: Mapped[str] = mapped_column(String(16), unique=True)
    way: Mapped[Slug]
    who: Mapped[str] = mapped_column(String(128))
    office: Mapped[str] = mapped_column(String(160), default="", server_default="")
    """Whose numbers the records carry."""
    file_sha256: Mapped[Key]
    received_at: Mapped[At] = mapped_column(index=True)
    state: Mapped[Slug]
    finished_at: Mapped[datetime | None] = mapped_column(Moment)
    accepted: Mapped[int]
    """Corrections among them."""
    corrected: Mapped[int]
    duplicates: Mapped[int]
    rejected: Mapped[int]
    warned: Mapped[int]
    chain: Mapped[Slug]
    """SHA-256 chained over the entries committed so far: a second reading goes on only where it says the same."""
    earlier_id: Mapped[str | None] = mapped_column(String(16))
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    """Name of the file, its tables and their columns, why it failed; nothing once the retention policy emptied it."""


class ReceiptEntryRow(Base):
    """What became of one row of a file, or a remark about it."""

    __tablename__ = "receipt_entries"
    __table_args__ = (
        Index("receipt_entries_by_outcome", "receipt", "outcome", "position"),
        Index("receipt_entries_by_document", "document_id"),
        {"sqlite_with_rowid": False},
    )
    receipt: Mapped[int] = mapped_column(ForeignKey("receipts.sequence"), primary_key=True, autoincrement=False)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    table_number: Mapped[int]
    """Index into the tables of the receipt."""
    row_number: Mapped[int]
    outcome: Mapped[Slug]
    document_id: Mapped[str | None] = mapped_column(String(64))
    earlier_id: Mapped[str | None] = mapped_column(String(64))
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    """Column, reason and value of a refusal or remark, and the cells of a row that was refused or is a repeat."""


class MendedRow(Base):
    """A refused row, or one whose change was refused, come back: refused once more, or what was made of it."""

    __tablename__ = "mended_rows"
    __table_args__ = (
        ForeignKeyConstraint(["receipt", "position"], ["receipt_entries.receipt", "receipt_entries.position"]),
        ForeignKeyConstraint(
            ["first_receipt", "first_position"], ["receipt_entries.receipt", "receipt_entries.position"]
        ),
        Index("mended_rows_by_first", "first_receipt", "first_position"),
        {"sqlite_with_rowid": False},
    )
    receipt: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    first_receipt: Mapped[int]
    """Where the row came for the first time, however often it was refused since."""
    first_position: Mapped[int]


class MailRow(Base):
    """A mail that was dealt with; only a keyed fingerprint of its Message-ID is kept."""

    __tablename__ = "mails"
    message_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    taken_at: Mapped[At]
