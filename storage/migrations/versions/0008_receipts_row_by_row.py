"""Receipts row by row, with who delivered by which way; mails that were dealt with; fingerprints of petitions.

Revision: 0008, after 0007.
"""

import secrets
from typing import Any

import sqlalchemy as sa
from alembic import context, op

from storage.codec import dump, load
from storage.encryption.cipher import FieldCipher, sealed_place

revision = "0008"
down_revision = "0007"

_FORGOTTEN_FILE = "(按保留期限清理)"
"""How revision 0007 marked a receipt that the retention policy had emptied."""


def upgrade() -> None:
    """The receipts that are there become entries; their values are sealed again one by one."""
    op.create_table(
        "mails",
        sa.Column("message_hash", sa.String(length=64), nullable=False),
        sa.Column("receipt_id", sa.String(length=16), nullable=True),
        sa.Column("taken_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("message_hash"),
    )
    with op.batch_alter_table("raw_documents") as batch:
        batch.add_column(sa.Column("content_hash", sa.String(length=64), nullable=True))
    op.rename_table("receipts", "old_receipts")
    op.drop_index("ix_receipts_file_sha256", "old_receipts")
    _create_receipts()
    old = sa.table(
        "old_receipts",
        *(sa.column(name) for name in ("sequence", "file", "file_sha256", "accepted", "duplicates", "rejected")),
        sa.column("received_at", sa.DateTime()),
        sa.column("sealed", sa.LargeBinary()),
    )
    if op.get_bind().scalar(sa.select(sa.func.count()).select_from(old)):
        _move(old, context.config.attributes["cipher"])
    op.drop_table("old_receipts")


def _create_receipts() -> None:
    op.create_table(
        "receipts",
        sa.Column("sequence", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("way", sa.String(length=64), nullable=False),
        sa.Column("who", sa.String(length=128), nullable=False),
        sa.Column("file_sha256", sa.String(length=64), nullable=False),
        sa.Column("received_at", sa.DateTime(), nullable=False),
        sa.Column("state", sa.String(length=64), nullable=False),
        sa.Column("finished_at", sa.DateTime(), nullable=True),
        *(
            sa.Column(name, sa.Integer(), nullable=False)
            for name in ("accepted", "corrected", "duplicates", "rejected", "warned")
        ),
        sa.Column("chain", sa.String(length=64), nullable=False),
        sa.Column("earlier_id", sa.String(length=16), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("sequence", name="pk_receipts"),
        sa.UniqueConstraint("id"),
    )
    op.create_index(op.f("ix_receipts_file_sha256"), "receipts", ["file_sha256"])
    op.create_index(op.f("ix_receipts_received_at"), "receipts", ["received_at"])
    op.create_table(
        "receipt_entries",
        sa.Column("receipt", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("table_number", sa.Integer(), nullable=False),
        sa.Column("row_number", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=64), nullable=False),
        sa.Column("document_id", sa.String(length=64), nullable=True),
        sa.Column("earlier_id", sa.String(length=64), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["receipt"], ["receipts.sequence"]),
        sa.PrimaryKeyConstraint("receipt", "position"),
        sqlite_with_rowid=False,
    )
    op.create_index("receipt_entries_by_outcome", "receipt_entries", ["receipt", "outcome", "position"])


def _move(old: sa.TableClause, cipher: FieldCipher) -> None:
    connection = op.get_bind()
    receipts = sa.Table("receipts", sa.MetaData(), autoload_with=connection)
    entries = sa.Table("receipt_entries", sa.MetaData(), autoload_with=connection, resolve_fks=False)
    for row in connection.execute(sa.select(old).order_by(old.c.sequence)).all():
        record = load(cipher.decrypt(row.sealed))
        found = [*record["rows"], *({"outcome": "warned", "problem": one, **one} for one in record["warnings"])]
        sheets = list(dict.fromkeys(one["sheet"] for one in found))
        named = {"file": row.file, "tables": [[sheet, []] for sheet in sheets], "failure": ""}
        receipt_id = secrets.token_hex(8)
        place = sealed_place("receipts", "sealed", receipt_id)
        kept = {
            "id": receipt_id,
            "way": "command",
            "who": "",
            "file_sha256": row.file_sha256,
            "received_at": row.received_at,
            "state": "finished",
            "finished_at": row.received_at,
            "accepted": row.accepted,
            "corrected": 0,
            "duplicates": row.duplicates,
            "rejected": row.rejected,
            "warned": len(record["warnings"]),
            "chain": "",
            "sealed": None if row.file == _FORGOTTEN_FILE else cipher.encrypt(dump(named), place),
        }
        sequence = connection.execute(receipts.insert(), kept).inserted_primary_key[0]  # type: ignore[index]
        lines = [
            {
                "receipt": sequence,
                "position": position,
                "table_number": sheets.index(one["sheet"]),
                "row_number": one["row"],
                "outcome": one["outcome"],
                "document_id": one.get("document_id"),
                "sealed": _sealed(cipher, one["problem"], sequence, position) if one["problem"] else None,
            }
            for position, one in enumerate(found)
        ]
        if lines:
            connection.execute(entries.insert(), lines)


def _sealed(cipher: FieldCipher, problem: dict[str, Any], receipt: int, position: int) -> bytes:
    return cipher.encrypt(dump(_said(problem)), sealed_place("receipt_entries", "sealed", receipt, position))


def _said(problem: dict[str, Any]) -> dict[str, Any]:
    return {"problem": {name: problem[name] for name in ("column", "reason", "value")}, "fields": {}}


def downgrade() -> None:
    """Receipts are lost, since revision 0007 seals them as a whole; what was taken in stays."""
    op.drop_table("receipt_entries")
    op.drop_table("receipts")
    op.drop_table("mails")
    with op.batch_alter_table("raw_documents") as batch:
        batch.drop_column("content_hash")
    op.create_table(
        "receipts",
        sa.Column("sequence", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("file", sa.String(), nullable=False),
        sa.Column("file_sha256", sa.String(length=64), nullable=False),
        sa.Column("received_at", sa.DateTime(), nullable=False),
        sa.Column("accepted", sa.Integer(), nullable=False),
        sa.Column("duplicates", sa.Integer(), nullable=False),
        sa.Column("rejected", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sequence"),
    )
    op.create_index(op.f("ix_receipts_file_sha256"), "receipts", ["file_sha256"])
