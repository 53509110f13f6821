"""The connection to the database, and its errors in our words."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, create_engine, event, make_url
from sqlalchemy.exc import DataError, DBAPIError, SQLAlchemyError

from domain.failures.errors import DatabaseBusy, DatabaseFull, StorageError, ValueNotStorable

BUSY_SECONDS = 5.0
"""How long a writer waits for another one before it gives up with DatabaseBusy."""
_BUSY = ("database is locked", "database table is locked", "could not obtain lock", "lock timeout", "deadlock detected")
_AWAY = ("connection failed", "connection refused", "could not connect", "failed to resolve host")
_FULL = ("database or disk is full", "disk full", "no space left", "could not extend file")


def make_engine(url: str) -> Engine:
    """An engine for SQLite (WAL, foreign keys, immediate write transactions) or PostgreSQL."""
    try:
        parsed = make_url(url)
        if parsed.get_backend_name() == "sqlite":
            engine = create_engine(parsed, connect_args={"timeout": BUSY_SECONDS}, hide_parameters=True)
            event.listen(engine, "connect", _prepare_sqlite)
            event.listen(engine, "begin", _begin_immediately)
            return engine
        return create_engine(parsed, pool_pre_ping=True, hide_parameters=True)
    except (SQLAlchemyError, ImportError, ValueError) as exc:
        raise StorageError(
            "数据库地址(database_url)不对: 应像 sqlite:///路径 或 postgresql+psycopg://用户:口令@主机/库"
        ) from exc


@contextmanager
def translated(engine: Engine) -> Iterator[None]:
    """Foreign database errors leave this block as StorageError or the one of its kinds that fits."""
    try:
        yield
    except DBAPIError as exc:
        raise _translate(engine, exc) from exc


def _translate(engine: Engine, exc: DBAPIError) -> StorageError:
    if isinstance(exc, DataError):
        return ValueNotStorable("文件里有一个值超出了能存的范围, 没有写入这一批, 请核对行数、日期和数字后重新提交")
    text = str(exc.orig).lower()
    name = engine.url.render_as_string(hide_password=True)
    if any(words in text for words in _BUSY):
        return DatabaseBusy(f"数据库正被占用({name}), 没有写入任何内容, 请稍后再试")
    if any(words in text for words in _FULL):
        return DatabaseFull(f"数据库所在的磁盘已满({name}), 这一批没有写入, 请腾出空间后再运行")
    if any(words in text for words in _AWAY):
        return StorageError(f"连不上数据库({name}): 请看数据库服务是否在运行, 地址、用户和口令对不对")
    return StorageError(f"数据库不能用({name}), 数据库的原话: {' '.join(_said(exc).split())[:200]}")


def _said(exc: DBAPIError) -> str:
    # PostgreSQL's whole message quotes the values of the row.
    return getattr(getattr(exc.orig, "diag", None), "message_primary", None) or str(exc.orig)


def _prepare_sqlite(connection: Any, _record: object) -> None:
    # The driver's own transaction handling would begin late and let two writers deadlock.
    connection.isolation_level = None
    cursor = connection.cursor()
    for statement in (
        "journal_mode=WAL",
        "foreign_keys=ON",
        "synchronous=FULL",
        "cache_size=-65536",
        "secure_delete=ON",
    ):
        cursor.execute(f"PRAGMA {statement}")
    cursor.close()


def _begin_immediately(connection: Any) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if not connection.get_execution_options().get("reading") else "BEGIN")
