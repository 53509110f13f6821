"""Copies of a database on both kinds: other versions, other programs' failures, and what command lines show."""

import errno
import os
import subprocess
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from domain.accounts.account import AuditEntry
from domain.failures.errors import AlreadyRunning, ConfigError, FileError, StorageError
from storage.copies import postgres as postgres_copy
from storage.copies.backup import back_up, check_copy, put_back
from storage.copies.file_writing import NewFile, drop_leftovers, new_file
from storage.encryption.keyring import Keyring
from storage.schema import code_revision, upgrade
from storage.store import open_store
from tests.databases import KEY, POSTGRES_PROGRAMS, PostgresServer
from tests.fakes import NOON
from tests.storage.steps import step_down

RING = Keyring.of_secret(KEY)


@pytest.fixture(autouse=True)
def _clients(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", f"{POSTGRES_PROGRAMS}{os.pathsep}{os.environ['PATH']}")


def quiet(left: int, total: int) -> None:
    assert 0 <= left <= total


def note(url: str, actor: str) -> None:
    store = open_store(url, KEY)
    with store.unit_of_work() as work:
        work.audit.append(AuditEntry(at=NOON, actor=actor, action="sign_in", subject="x", detail="\\.\tCOPY 张"))
        work.commit()
    store.close()


def actors(url: str) -> list[str]:
    store = open_store(url, KEY)
    store.check_schema()
    with store.reading() as work:
        found = [one.entry.actor for one in work.audit.acts({"sign_in"}, after=0)]
        assert work.audit.verify() is None
    store.close()
    return found


@pytest.mark.parametrize("revision", ["0028", "0024", "0017", "0012"])
def test_a_copy_of_an_earlier_version_takes_the_place_of_the_present_one_and_is_upgraded(
    database_url: str, tmp_path: Path, revision: str
):
    note(database_url, "before")
    step_down(database_url, revision)
    copy = back_up(database_url, tmp_path / "copy", quiet)
    assert copy.revision == revision
    upgrade(database_url, KEY)
    note(database_url, "after")

    assert check_copy(database_url, copy.path, RING) == revision
    kept = put_back(database_url, copy.path, tmp_path / "kept", quiet)
    upgrade(database_url, KEY)

    assert actors(database_url) == ["before"]
    assert kept == tmp_path / "kept"
    assert check_copy(database_url, kept, RING) == code_revision()


def test_an_empty_database_has_nothing_to_keep(database_url: str, tmp_path: Path):
    note(database_url, "before")
    copy = back_up(database_url, tmp_path / "copy", quiet)
    if database_url.startswith("sqlite"):
        (tmp_path / "test.db").write_bytes(b"")
    else:
        engine = create_engine(database_url)
        with engine.begin() as connection:
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
        engine.dispose()

    assert put_back(database_url, copy.path, tmp_path / "kept", quiet) is None

    assert actors(database_url) == ["before"]


def test_a_name_that_came_meanwhile_is_not_taken_from_its_owner(tmp_path: Path):
    target = tmp_path / "a*[1].db"

    def write() -> None:
        with new_file(target) as new:
            new.part.write_text("copy", encoding="utf-8")
            target.write_text("mine", encoding="utf-8")

    with pytest.raises(FileError, match="同名"):
        write()

    assert [one.read_text(encoding="utf-8") for one in tmp_path.iterdir()] == ["mine"]


@pytest.mark.parametrize("links", [True, False])
def test_two_that_write_one_name_at_a_time_both_get_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool
):
    def refuse(*_: object) -> None:
        raise PermissionError(errno.EPERM, "no links here")

    if not links:
        monkeypatch.setattr(os, "link", refuse)
    target, others = tmp_path / "a.db", [tmp_path / "a-2.db", tmp_path / "a-3.db"]

    with new_file(target, iter(others)) as two, new_file(target) as one:
        drop_leftovers(tmp_path)
        one.part.write_text("one", encoding="utf-8")
        two.part.write_text("two", encoding="utf-8")

    found = {path.name: path.read_text(encoding="utf-8") for path in tmp_path.iterdir()}
    assert found == {"a.db": "one", "a-2.db": "two"}
    assert (one.target.name, two.target.name) == ("a.db", "a-2.db")


def test_only_what_a_kill_left_is_deleted(tmp_path: Path):
    left = tmp_path / ".qianshao-0123456789abcdef.part"
    for name in (left.name, f"{left.name}-journal", ".a.db.part", f"{left.name}s.zip", ".a.db.parts.zip"):
        (tmp_path / name).write_text("x", encoding="utf-8")

    drop_leftovers(tmp_path)
    with new_file(tmp_path / "a.db"):
        pass

    assert sorted(one.name for one in tmp_path.iterdir()) == [
        ".a.db.part",
        ".a.db.parts.zip",
        f"{left.name}s.zip",
        "a.db",
    ]


def test_the_names_that_sqlite_uses_itself_are_refused(tmp_path: Path, sqlite_template):
    url = sqlite_template.copy_to(tmp_path / "own.db")

    for name in ("own.db-wal", "own.db-journal"):
        with pytest.raises(ConfigError):
            back_up(url, tmp_path / name, quiet)


@pytest.fixture
def copied(postgres: PostgresServer, tmp_path: Path):
    """A PostgreSQL database with an entry more than its copy has."""
    with postgres.database() as url:
        note(url, "before")
        copy = back_up(url, tmp_path / "copy.dump", quiet).path
        note(url, "after")
        yield url, copy


@pytest.mark.postgres
@pytest.mark.parametrize("end", ["exit 1", "kill -9 $$"])
def test_a_restore_that_breaks_off_leaves_the_old_content(
    copied: tuple[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, end: str
):
    url, copy = copied
    whole = subprocess.run(
        [POSTGRES_PROGRAMS / "pg_restore", "--clean", "--if-exists", "--no-owner", "--file=-", copy],
        capture_output=True,
        check=True,
    ).stdout
    (tmp_path / "half.sql").write_bytes(whole[: whole.index(b"before") + 3])
    (tmp_path / "bin").mkdir()
    broken = tmp_path / "bin" / "pg_restore"
    broken.write_text(f"#!/bin/sh\n/bin/cat {tmp_path / 'half.sql'}\n{end}\n", encoding="utf-8")
    broken.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}")

    with pytest.raises(StorageError, match="还是原来的"):
        postgres_copy.put_in_place(url, copy, lambda: None)

    assert actors(url) == ["before", "after"]


@pytest.mark.postgres
def test_a_copy_that_postgres_refuses_changes_nothing(copied: tuple[str, Path]):
    url, copy = copied
    engine = create_engine(url)
    with engine.begin() as connection:
        # A table that the copy wants to make, held by something the program does not know.
        connection.execute(text("CREATE VIEW alembic_version_seen AS SELECT 1 AS one"))
        connection.execute(text("ALTER TABLE leads RENAME TO leads_of_before"))
        connection.execute(text("CREATE VIEW leads AS SELECT 1 AS one"))
    engine.dispose()

    with pytest.raises(StorageError, match="还是原来的"):
        postgres_copy.put_in_place(url, copy, lambda: None)

    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM audit")) == 2
    engine.dispose()


@pytest.mark.postgres
def test_whoever_is_connected_is_named_and_nothing_changes(copied: tuple[str, Path], tmp_path: Path):
    url, copy = copied
    engine = create_engine(url, connect_args={"application_name": "reports"})
    with engine.connect(), pytest.raises(AlreadyRunning, match="reports"):
        put_back(url, copy, tmp_path / "kept", quiet)
    engine.dispose()

    assert not (tmp_path / "kept").exists()
    put_back(url, copy, tmp_path / "kept", quiet)
    assert actors(url) == ["before"]


def test_no_command_line_shows_the_password(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    asked = {}

    def run(arguments: list[str], **given: object) -> subprocess.CompletedProcess[bytes]:
        asked.update(arguments=arguments, environment=given["env"])
        return subprocess.CompletedProcess(arguments, 0)

    monkeypatch.setattr(postgres_copy.subprocess, "run", run)

    url = "postgresql+psycopg://u:p%40ss%20word@db.county:5433/qianshao?sslmode=require&sslpassword=p%40ss%20word"
    postgres_copy.write_copy(url, NewFile(tmp_path / "part", tmp_path / "x"))

    assert "p@ss" not in " ".join(asked["arguments"])
    assert "p%40ss" not in " ".join(asked["arguments"])
    assert {"host=db.county", "port=5433", "sslmode=require"} <= set(
        asked["arguments"][-1].removeprefix("--dbname=").split()
    )
    assert asked["environment"]["PGPASSWORD"] == "p@ss word"
