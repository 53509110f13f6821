"""Copies of a PostgreSQL database by PostgreSQL's own programs; the password goes through the environment."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryFile
from time import sleep
from typing import IO, Any

from sqlalchemy import Engine, inspect, make_url, text

from domain.failures.errors import AlreadyRunning, ConfigError, StorageError
from storage.columns import Base
from storage.copies.contents import KEYS, REVISIONS, SET_UP, CopyContents
from storage.copies.file_writing import NewFile
from storage.engine import make_engine, translated

_MARK = b"PGDMP"
_END = b"\\.\n"
_HELD = "held"
_LOCK_SECONDS = 30
_TRIES, _BETWEEN_TRIES = 10, 0.2
_NOT_SHOWN = {"password", "sslpassword", "context"}
"""What is said of a connection by no argument: secrets, and what only the driver knows."""
_OTHERS = text(
    "SELECT coalesce(host(client_addr), '本机'), application_name FROM pg_stat_activity "
    "WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
)


def write_copy(url: str, new: NewFile) -> None:
    """The database as it stands at this moment, in pg_dump's custom format; nobody waits for it.

    ConfigError when pg_dump is not installed, StorageError when it fails.
    """
    dump = [_program("pg_dump"), "--format=custom", "--no-password", f"--file={new.part}"]
    with TemporaryFile() as words:
        done = subprocess.run([*dump, *_address(url)], env=_environment(url), stderr=words, check=False)  # noqa: S603
        if done.returncode:
            raise StorageError(f"pg_dump 没有写成 {new.target}, 它的原话: {_said(words)}")


def examine(path: Path) -> CopyContents:
    """What stands in a copy; it is read to its end. ConfigError when it is no whole dump of pg_dump's custom format."""
    with path.open("rb") as opened:
        if opened.read(len(_MARK)) != _MARK:
            raise ConfigError(f"{path} 不是 pg_dump --format=custom 的备份(压缩的请先解开; 文本的用 psql 恢复)")
    reading = [_program("pg_restore"), "--file=-", str(path.resolve())]
    with TemporaryFile() as words, subprocess.Popen(reading, stdout=subprocess.PIPE, stderr=words) as running:  # noqa: S603
        found = _contents(running.stdout or BytesIO())
        if running.wait():
            raise ConfigError(f"{path} 不完整或已损坏, 不能用; pg_restore 的原话: {_said(words)}")
    return found


def refuse_when_in_use(url: str) -> None:
    """Nothing when nobody else is connected to the database; AlreadyRunning, naming who is."""
    engine = make_engine(url)
    try:
        for _ in range(_TRIES):
            with translated(engine), engine.connect() as connection:
                others = sorted({" ".join(part for part in row if part) for row in connection.execute(_OTHERS)})
            if not others:
                return
            # The server takes a moment to forget one that has just gone, such as our own.
            sleep(_BETWEEN_TRIES)
    finally:
        engine.dispose()
    raise AlreadyRunning(f"还有程序连着数据库({'、'.join(others)}): 请停下网页、定时任务和别的命令再恢复; 数据库没有动")


def put_in_place(url: str, path: Path, keep: Callable[[], None]) -> None:
    """The copy's content in the place of the database's, in one transaction: killed, the old content stays.

    `keep` is called when nobody else can write to the tables any more, which lasts until the copy is in place.

    Raises:
        StorageError: when PostgreSQL refuses; the database is as it was.
    """
    asked = [_program("psql"), "--no-psqlrc", "--quiet", "--no-password", "--set=ON_ERROR_STOP=1", "--output=/dev/null"]
    read = [_program("pg_restore"), "--clean", "--if-exists", "--no-owner", "--file=-", str(path.resolve())]
    hold, drop = _hold_and_drop(url)
    with (
        TemporaryFile() as words,
        subprocess.Popen(  # noqa: S603
            [*asked, *_address(url)],
            env=_environment(url),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=words,
        ) as psql,
    ):
        fed = _held(psql, hold) and _fed(psql, keep, read, drop, words)
        if psql.wait() or not fed:
            raise StorageError(f"恢复没有成功, 数据库还是原来的; PostgreSQL 的原话: {_said(words)}")


def is_empty(url: str) -> bool:
    """True when there is no table in the database: nothing to keep."""
    engine = make_engine(url)
    try:
        with translated(engine):
            return not inspect(engine).get_table_names()
    finally:
        engine.dispose()


def _held(psql: subprocess.Popen[bytes], hold: str) -> bool:
    """True once psql has the tables; False when it went without them, and its own words say why."""
    if psql.stdin is None or psql.stdout is None:
        return False
    with suppress(BrokenPipeError):
        psql.stdin.write(f"{hold}\n\\echo {_HELD}\n".encode())
        psql.stdin.flush()
    return psql.stdout.readline().strip() == _HELD.encode()


def _fed(
    psql: subprocess.Popen[bytes], keep: Callable[[], None], reading: list[str], drop: str, words: IO[bytes]
) -> bool:
    """Feed psql the whole restore; True when it was told to keep it. Without its end it is undone when psql goes."""
    feed = psql.stdin or BytesIO()
    try:
        keep()
        feed.write(f"{drop}\n".encode())
        feed.flush()
        whole = subprocess.run(reading, stdout=feed, stderr=words, check=False).returncode == 0  # noqa: S603
        if whole:
            feed.write(b"\nCOMMIT;\n")
            feed.flush()
    except BrokenPipeError:
        # psql has gone; its own words say why.
        return False
    finally:
        with suppress(BrokenPipeError):
            feed.close()
    return whole


def _hold_and_drop(url: str) -> tuple[str, str]:
    """How the transaction begins, reading still allowed, and what goes before the copy comes.

    Tables of this program that a copy of before may not know would stay.
    """
    engine = make_engine(url)
    try:
        with translated(engine):
            known = {*Base.metadata.tables, "scheduler_jobs", REVISIONS}
            own = [_quoted(engine, one) for one in sorted(known & set(inspect(engine).get_table_names()))]
    finally:
        engine.dispose()
    hold = ["BEGIN;", "SET client_min_messages = warning;", f"SET lock_timeout = '{_LOCK_SECONDS}s';"]
    # The copy that is kept meanwhile may take long.
    hold += ["SET idle_in_transaction_session_timeout = 0;", "SET statement_timeout = 0;"]
    if own:
        hold.append(f"LOCK TABLE {', '.join(own)} IN EXCLUSIVE MODE;")
    drops = [f"DROP TABLE IF EXISTS {one} CASCADE;" for one in own]
    return "\n".join(hold), "\n".join([*drops, "DROP FUNCTION IF EXISTS audit_refuses() CASCADE;"])


def _quoted(engine: Engine, name: str) -> str:
    return engine.dialect.identifier_preparer.quote(name)


def _contents(lines: IO[bytes]) -> CopyContents:
    tables: dict[str, bool] = {}
    kept: dict[str, list[tuple[str, ...]]] = {REVISIONS: [], KEYS: []}
    for line in lines:
        if not line.startswith(b"COPY ") or not line.endswith(b" FROM stdin;\n"):
            continue
        name, columns = _copied(line)
        rows = _rows(lines)
        first = next(rows, None)
        tables[name] = first is not None
        if name in kept and first is not None:
            wanted = [
                columns.index(one) for one in (("version_num",) if name == REVISIONS else ("name", "fingerprint"))
            ]
            for row in (first, *rows):
                values = row.decode().rstrip("\n").split("\t")
                kept[name].append(tuple(values[one] for one in wanted))
        for _ in rows:
            pass
    return CopyContents(
        tables=frozenset(tables),
        holds=any(tables[name] for name in tables.keys() - SET_UP),
        revision=next((row[0] for row in kept[REVISIONS]), None),
        keys=tuple((row[0], row[1]) for row in kept[KEYS]),
    )


def _copied(line: bytes) -> tuple[str, list[str]]:
    """Table and columns of `COPY public.audit (a, b) FROM stdin;`."""
    name, _, columns = line.decode().removeprefix("COPY ").partition(" (")
    listed = columns.rpartition(")")[0].split(", ")
    return name.rpartition(".")[2].strip('"'), [one.strip('"') for one in listed]


def _rows(lines: IO[bytes]) -> Iterator[bytes]:
    for line in lines:
        if line == _END:
            return
        yield line


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise ConfigError(
            f"本机没有 {name}: 请安装 PostgreSQL 客户端, 版本不低于数据库服务器(Debian: apt install postgresql-client)"
        )
    return found


def _connection(url: str) -> dict[str, Any]:
    parsed = make_url(url)
    _, given = parsed.get_dialect()().create_connect_args(parsed)
    return dict(given)


def _address(url: str) -> list[str]:
    """Where the database is, without the password: other accounts of the machine can read command lines."""
    from psycopg.conninfo import make_conninfo

    given = {name: value for name, value in _connection(url).items() if name not in _NOT_SHOWN}
    return [f"--dbname={make_conninfo('', **given)}"]


def _environment(url: str) -> dict[str, str]:
    password = _connection(url).get("password")
    return {**os.environ, "LC_ALL": "C.UTF-8", **({"PGPASSWORD": str(password)} if password else {})}


def _said(words: IO[bytes]) -> str:
    """The first complaint; lines after it may quote rows."""
    words.seek(0)
    lines = [line for line in words.read().decode(errors="replace").splitlines() if line.strip()]
    told = next((line for line in lines if "error" in line.lower()), lines[0] if lines else "没有说明")
    return " ".join(told.split())[:200]
