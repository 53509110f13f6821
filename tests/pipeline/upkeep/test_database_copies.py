"""What is a copy of a database, by its content alone."""

import bz2
import gzip
import io
import lzma
import os
import sqlite3
import tarfile
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.upkeep.database_copies import CopyKind, copies_due, kind_of_copy
from tests.fakes import NOON

DUMP = (
    b"--\n-- PostgreSQL database dump\n--\n\nSET x = 0;\n\nCOPY public.audit (a) FROM stdin;\n1\n\\.\n\n"
    b"--\n-- PostgreSQL database dump complete\n--\n"
)
CUSTOM_DUMP = b"PGDMP\x01\x0e" + bytes(range(256)) * 8
CLUSTER = (
    b"--\n-- PostgreSQL database cluster dump\n--\n" + DUMP + b"--\n-- PostgreSQL database cluster dump complete\n--\n"
)


def tar_of(name: str, content: bytes) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as tar:
        member = tarfile.TarInfo(name)
        member.size = len(content)
        tar.addfile(member, io.BytesIO(content))
    return packed.getvalue()


def sqlite_file(folder: Path) -> bytes:
    path = folder / "made.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE audit (a TEXT)")
        connection.execute("INSERT INTO audit VALUES ('1')")
    connection.close()
    return path.read_bytes()


def kind(folder: Path, content: bytes) -> CopyKind | None:
    path = folder / "copy"
    path.write_bytes(content)
    return kind_of_copy(path)


@pytest.mark.parametrize("pack", [bytes, gzip.compress, bz2.compress, lzma.compress])
def test_every_kind_is_recognised_packed_or_not(tmp_path: Path, pack: object):
    embedded = sqlite_file(tmp_path)
    with sqlite3.connect(tmp_path / "made.db") as connection:
        text = "\n".join(connection.iterdump()).encode()
    connection.close()
    made = {
        CopyKind.SQLITE_FILE: embedded,
        CopyKind.SQLITE_TEXT: text,
        CopyKind.POSTGRES_CUSTOM: CUSTOM_DUMP,
        CopyKind.POSTGRES_TAR: tar_of("toc.dat", CUSTOM_DUMP),
        CopyKind.POSTGRES_TEXT: DUMP,
        CopyKind.POSTGRES_CLUSTER_TEXT: CLUSTER,
    }

    assert {one: kind(tmp_path, pack(content)) for one, content in made.items()} == {one: one for one in made}  # type: ignore[operator]


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="empty"),
        pytest.param(DUMP[:-30], id="cut off"),
        pytest.param(gzip.compress(DUMP)[:-9], id="packed and cut off"),
        pytest.param(DUMP.replace(b"COPY", b"-- COPY"), id="without rows"),
        pytest.param(CUSTOM_DUMP[:100], id="a head alone"),
        pytest.param(tar_of("field.key", b"key"), id="an archive of keys"),
        pytest.param(gzip.compress(tar_of("field.key", b"key")), id="a packed archive of keys"),
        pytest.param(tar_of("toc.dat", CUSTOM_DUMP)[:-9000], id="a tar that is cut off"),
    ],
)
def test_everything_else_is_no_copy(tmp_path: Path, content: bytes):
    assert kind(tmp_path, content) is None


def test_a_sqlite_file_that_is_cut_off_is_no_copy(tmp_path: Path):
    assert kind(tmp_path, sqlite_file(tmp_path)[:-1]) is None


def written(path: Path, content: bytes, days: int) -> Path:
    """A file of so many days before noon."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    moment = (NOON - timedelta(days=days)).timestamp()
    os.utime(path, (moment, moment))
    return path


def test_folders_below_are_looked_through_and_links_are_not_followed(tmp_path: Path):
    backups = tmp_path / "backups"
    old = written(backups / "pg" / "a.sql", DUMP, days=9)
    (backups / "pg" / "b.sql").symlink_to(written(tmp_path / "elsewhere.sql", DUMP, days=9))

    assert copies_due(backups, NOON) == []
    written(backups / "c.sql", DUMP, days=1)
    assert copies_due(backups, NOON) == [old]


def test_a_newer_copy_that_is_broken_lets_none_go(tmp_path: Path):
    written(tmp_path / "old.sql", DUMP, days=9)
    written(tmp_path / "new.sql", DUMP[:-30], days=1)

    assert copies_due(tmp_path, NOON) == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(
    start=st.sampled_from([b"", b"PGDMP", b"SQLite format 3\0", DUMP[:60], b"\x1f\x8b", b"BZh9", b"\xfd7zXZ\0"]),
    rest=st.binary(max_size=400),
)
def test_no_content_raises(tmp_path: Path, start: bytes, rest: bytes):
    assert kind(tmp_path, start + rest) is None
