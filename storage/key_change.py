"""Seals every value and makes every fingerprint anew with the current key, in transactions that a kill cannot hurt."""

import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Engine,
    LargeBinary,
    Row,
    and_,
    bindparam,
    case,
    delete,
    func,
    literal,
    select,
    text,
    tuple_,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from domain.failures.errors import DatabaseBusy, KeyMissing
from storage.encryption.cipher import HEADER_BYTES, FieldCipher, header
from storage.encryption.keyring import FIRST
from storage.encryption.sealed import INDEXED, SealedValues, sealed_columns
from storage.engine import translated
from storage.schema import forget_key, indexed_from, remember_indexed, remember_key

_CHUNK = 500
_PAUSE_SECONDS = 0.005
"""SQLite's writers ask again and again for their turn; without a pause they would hardly ever get one."""
_LOOKED_EVERY = 0.2
_UNDER_WAY = (
    "SELECT count(*) FROM pg_stat_activity "
    "WHERE datname = current_database() AND pid <> pg_backend_pid() AND xact_start < :moment"
)

Progress = Callable[[int], None]
"""Told how many values a transaction just finished."""


@dataclass(frozen=True, slots=True)
class Unopened:
    """Values of one column that no key opens: damaged, swapped between rows, or sealed with a key that is gone."""

    column: str
    count: int


class KeyChange:
    """The change of one database to the current key of a ring; begin it again as often as you like."""

    def __init__(self, engine: Engine, cipher: FieldCipher, *, chunk: int = _CHUNK) -> None:
        """Work in transactions of `chunk` values."""
        self._engine, self._cipher, self._chunk = engine, cipher, chunk

    def remember(self) -> None:
        """Write down that values of this database are sealed with the current key."""
        with self._transaction() as connection:
            remember_key(connection, self._cipher)

    def is_finished(self) -> bool:
        """True when no fingerprint of an older key is left, as this database remembers."""
        with self._reading() as connection:
            return indexed_from(connection) == self._cipher.ring.current.number

    def finish(self) -> None:
        """Write down that no fingerprint of an older key is left."""
        with self._transaction() as connection:
            remember_indexed(connection, self._cipher.ring.current.number)

    def forget(self, number: int) -> None:
        """Write down that nothing in this database is sealed with a key any more."""
        with self._transaction() as connection:
            forget_key(connection, number)

    def values_by_key(self) -> dict[int, int]:
        """How many sealed values there are of each key; those without a header are the first key's."""
        heads = {header(key.number, key.algorithm): key.number for key in self._cipher.ring.keys}
        counts: Counter[int] = Counter(dict.fromkeys(heads.values(), 0))
        with self._reading() as connection:
            for values in sealed_columns():
                known = case((_head(values.column).in_(list(heads)), _head(values.column)), else_=literal(b""))
                query = select(known, func.count()).where(values.column.is_not(None)).group_by(known)
                for head, count in connection.execute(query):
                    counts[heads.get(bytes(head), FIRST)] += count
        return dict(counts)

    def remaining(self) -> int:
        """How many values and fingerprints are not the current key's."""
        with self._reading() as connection:
            sealed = [connection.scalar(_counted(one.column, self._stale(one.column))) for one in sealed_columns()]
            indexed = [connection.scalar(_counted(one, self._outdated(one))) for one in INDEXED]
        return sum(count or 0 for count in (*sealed, *indexed))

    def reseal(self, progress: Progress) -> list[Unopened]:
        """Seal with the current key what is not; the values that cannot be opened stay as they are."""
        unopened: Counter[str] = Counter()
        for values in sealed_columns():
            key = list(values.column.table.primary_key)
            after: Row[Any] | None = None
            while True:
                with self._transaction() as connection:
                    rows = self._page(connection, [*key, *values.bound_to, values.column], after, values.column)
                    unopened[str(values.column)] += self._reseal(connection, values, rows)
                if not rows:
                    break
                progress(len(rows))
                after = rows[-1]
                time.sleep(_PAUSE_SECONDS)
        return [Unopened(column, count) for column, count in unopened.items() if count]

    def reindex(self, progress: Progress) -> None:
        """Lead every fingerprint on to the current key; what was fingerprinted is not needed for it."""
        for column in INDEXED:
            while True:
                with self._transaction() as connection:
                    count = self._lead_on(connection, column)
                if not count:
                    break
                progress(count)
                time.sleep(_PAUSE_SECONDS)

    def moment(self) -> datetime | None:
        """The time on the database's own clock; None for SQLite, where nobody has to wait."""
        if self._engine.dialect.name != "postgresql":
            return None
        with self._reading() as connection:
            found: datetime | None = connection.scalar(text("SELECT clock_timestamp()"))
        return found

    def wait_for_older(self, began: datetime | None, *, patience: float) -> None:
        """Return when no transaction is under way that began before a `moment`, and may know older keys only.

        SQLite needs no waiting: it lets one write at a time, and whoever reads sees the state of before.

        Raises:
            DatabaseBusy: one is still under way after so many seconds.
        """
        if began is None:
            return
        until = time.monotonic() + patience
        while True:
            with self._reading() as connection:
                if not connection.scalar(text(_UNDER_WAY), {"moment": began}):
                    return
            if time.monotonic() > until:
                raise DatabaseBusy("数据库里还有更换密钥之前开始的操作没有结束, 请稍后再运行 qianshao key rotate 继续")
            time.sleep(_LOOKED_EVERY)

    def _page(
        self, connection: Connection, columns: Sequence[Column[Any]], after: Row[Any] | None, sealed: Column[Any]
    ) -> list[Row[Any]]:
        key = list(sealed.table.primary_key)
        query = select(*dict.fromkeys(columns)).where(self._stale(sealed)).order_by(*key).limit(self._chunk)
        if after is not None:
            last = [after._mapping[one.name] for one in key]
            query = query.where(tuple_(*key) > tuple_(*(literal(one) for one in last)))
        return list(connection.execute(query))

    def _reseal(self, connection: Connection, values: SealedValues, rows: Sequence[Row[Any]]) -> int:
        changes, unopened = [], 0
        for row in rows:
            old = row._mapping[values.column.name]
            try:
                new = self._cipher.encrypt_bytes(self._cipher.decrypt_bytes(old, values.place(row)), values.place(row))
            except KeyMissing:
                unopened += 1
                continue
            changes.append({**_key_of(row, values.column), "old_value": old, "new_value": new})
        if changes:
            # Whoever wrote the row meanwhile has written it with the current key.
            matched = and_(_is_row(values.column), values.column == bindparam("old_value"))
            changing = update(values.column.table).where(matched)
            connection.execute(changing.values({values.column.name: bindparam("new_value")}), changes)
        return unopened

    def _lead_on(self, connection: Connection, column: Column[Any]) -> int:
        table = column.table
        # Locked: a code that is used up or a failure that is counted meanwhile must not be led on as it was before.
        query = select(table).where(self._outdated(column)).limit(self._chunk)
        rows = list(connection.execute(query.with_for_update()))
        if not rows:
            return 0
        keys = [_key_of(row, column) for row in rows]
        led = [self._cipher.lead_on(row._mapping[column.name]) for row in rows]
        if not column.primary_key:
            changes = [{**key, "new_value": new} for key, new in zip(keys, led, strict=True)]
            changing = update(table).where(_is_row(column))
            connection.execute(changing.values({column.name: bindparam("new_value")}), changes)
            return len(rows)
        # The same fingerprint may have been written under the current key already: then the older row just goes.
        build = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
        moved = [{**row._mapping, column.name: new} for row, new in zip(rows, led, strict=True)]
        connection.execute(build(table).on_conflict_do_nothing(), moved)
        connection.execute(delete(table).where(_is_row(column)), keys)
        return len(rows)

    def _stale(self, column: Column[Any]) -> ColumnElement[bool]:
        current = self._cipher.ring.current
        return and_(column.is_not(None), _head(column) != literal(header(current.number, current.algorithm)))

    def _outdated(self, column: Column[Any]) -> ColumnElement[bool]:
        number = self._cipher.ring.current.number
        if number == FIRST:
            return and_(column.is_not(None), column.like("%.%"))
        return and_(column.is_not(None), column.not_like(f"{number}.%"))

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        with translated(self._engine), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with translated(self._engine), self._engine.execution_options(reading=True).connect() as connection:
            yield connection


def _head(column: Column[Any]) -> ColumnElement[bytes]:
    return func.substr(column, 1, HEADER_BYTES, type_=LargeBinary())


def _counted(column: Column[Any], condition: ColumnElement[bool]) -> Any:
    return select(func.count()).select_from(column.table).where(condition)


def _is_row(column: Column[Any]) -> ColumnElement[bool]:
    return and_(*(one == bindparam(f"key_{one.name}") for one in column.table.primary_key))


def _key_of(row: Row[Any], column: Column[Any]) -> dict[str, Any]:
    return {f"key_{one.name}": row._mapping[one.name] for one in column.table.primary_key}
