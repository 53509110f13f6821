"""The audit log refuses changes in the database itself; what a register is recognised by is keyed.

Revision: 0018, after 0017.
"""

import sqlalchemy as sa
from alembic import context, op

from storage.encryption.cipher import FieldCipher

revision = "0018"
down_revision = "0017"

_REFUSAL = "audit is append-only"
_FILTERS = ("actor", "action", "subject", "at")
_AT_ONCE = 1000


def upgrade() -> None:
    """Triggers on the log, indexes for its filters, keyed fingerprints in the place of plain ones."""
    if op.get_bind().dialect.name == "sqlite":
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER audit_no_{act.lower()} BEFORE {act} ON audit "
                f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
            )
    else:
        op.execute(
            f"CREATE FUNCTION audit_refuses() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{_REFUSAL}'; END $$"
        )
        op.execute(
            "CREATE TRIGGER audit_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON audit "
            "FOR EACH STATEMENT EXECUTE FUNCTION audit_refuses()"
        )
    for column in _FILTERS:
        op.create_index(f"audit_by_{column}", "audit", [column, "sequence"])
    _key_fingerprints(context.config.attributes["cipher"])


def downgrade() -> None:
    """The fingerprints stay keyed: at the next import of the register every household counts as changed, once."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER audit_no_update")
        op.execute("DROP TRIGGER audit_no_delete")
    else:
        op.execute("DROP TRIGGER audit_no_change ON audit")
        op.execute("DROP FUNCTION audit_refuses()")
    for column in _FILTERS:
        op.drop_index(f"audit_by_{column}", "audit")


def _key_fingerprints(cipher: FieldCipher) -> None:
    connection = op.get_bind()
    households = sa.table("households", sa.column("row_id", sa.Integer()), sa.column("content_sha256", sa.String()))
    changing = (
        sa.update(households)
        .where(households.c.row_id == sa.bindparam("number"))
        .values(content_sha256=sa.bindparam("keyed"))
    )
    last = -1
    while True:
        page = sa.select(households).where(households.c.row_id > last).order_by(households.c.row_id).limit(_AT_ONCE)
        rows = connection.execute(page).all()
        if not rows:
            return
        keyed = [{"number": row.row_id, "keyed": cipher.blind_index(row.content_sha256)} for row in rows]
        connection.execute(changing, keyed)
        last = rows[-1].row_id
