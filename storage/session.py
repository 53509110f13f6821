"""What every repository works with: the transaction's connection and the field cipher."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import ARRAY, Connection, Executable, Row, Select, String, any_, bindparam, literal, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import InstrumentedAttribute

from storage.codec import dump, load
from storage.columns import Base
from storage.encryption.cipher import UNBOUND, FieldCipher

_T = TypeVar("_T")
_CHUNK = 400
"""Values in one IN list; SQLite's default limit of bound values is far higher, query plans stay small."""


@dataclass(frozen=True, slots=True)
class Session:
    """One transaction."""

    connection: Connection
    cipher: FieldCipher

    def seal(self, record: object, place: bytes = UNBOUND) -> bytes:
        """The record as encrypted JSON that opens in this place only; see `storage.encryption.sealed`."""
        return self.cipher.encrypt(dump(record), place)

    def unseal(self, blob: bytes, place: bytes = UNBOUND) -> dict[str, Any]:
        """The record of encrypted JSON; KeyMissing when it was sealed for another place."""
        return load(self.cipher.decrypt(blob, place))

    def indexes(self, values: Iterable[str]) -> dict[str, str]:
        """Every fingerprint under which one of the values may be stored, and the value."""
        return {fingerprint: value for value in values for fingerprint in self.cipher.blind_indexes(value)}

    def rows_among(
        self, query: Select[Any], key: InstrumentedAttribute[Any], wanted: Sequence[str]
    ) -> Sequence[Row[Any]]:
        """The rows of the query whose key is among those wanted.

        They are handed over as one value: binding them one by one takes longer than finding the rows.
        """
        if self.connection.dialect.name == "sqlite":
            column = key.property.columns[0]
            is_wanted = text(f"{column} IN (SELECT value FROM json_each(:wanted))")  # noqa: S608 - a column's name
            return self.connection.execute(query.where(is_wanted), {"wanted": json.dumps(wanted)}).all()
        among = query.where(key == any_(bindparam("wanted", type_=ARRAY(String))))
        return self.connection.execute(among, {"wanted": list(wanted)}).all()

    def insert_new(self, table: type[Base], rows: Sequence[Mapping[str, Any]]) -> int:
        """Insert the rows whose keys are not there yet; how many were."""
        if not rows:
            return 0
        statement, telling = _insertions(self.connection.dialect.name, table)
        if len(rows) == 1:
            return len(self.connection.execute(telling, rows[0]).all())
        self.connection.execute(statement, list(rows))
        return len(rows)

    def upsert(
        self, table: type[Base], keys: Sequence[InstrumentedAttribute[Any]], rows: Sequence[Mapping[str, Any]]
    ) -> None:
        """Insert the rows, or replace the other columns of those whose keys are there."""
        if not rows:
            return
        names = tuple(key.key for key in keys)
        others = tuple(name for name in rows[0] if name not in names)
        self.connection.execute(_replacement(self.connection.dialect.name, table, names, others), list(rows))


@cache
def _insertions(dialect: str, table: type[Base]) -> tuple[Executable, Executable]:
    """The statement that inserts new rows, and the one that tells of one row whether it was new.

    Made once for each table: making one takes longer than running it.
    """
    statement = _insertion(dialect, table).on_conflict_do_nothing()
    return statement, statement.returning(literal(1))


@cache
def _replacement(dialect: str, table: type[Base], keys: tuple[str, ...], others: tuple[str, ...]) -> Executable:
    """The statement that inserts rows or replaces their other columns; made once, like those of new rows."""
    statement = _insertion(dialect, table)
    replacing = {name: statement.excluded[name] for name in others}
    return statement.on_conflict_do_update(index_elements=keys, set_=replacing)


def _insertion(dialect: str, table: type[Base]) -> sqlite.Insert | postgresql.Insert:
    return sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)


def chunks(values: Sequence[_T]) -> list[Sequence[_T]]:
    """The values in lists short enough for one query."""
    return [values[start : start + _CHUNK] for start in range(0, len(values), _CHUNK)]
