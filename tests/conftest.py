"""What every room's tests share: a place for files, a store on each database, a clock that stands still."""

import gc
import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, settings

from domain.accounts.account import AuditEntry
from domain.auditing.audit_act import AuditAct
from storage.accounts.audit import Audit
from storage.store import Store, open_store
from tests.databases import KEY, PostgresServer, SqliteTemplate
from tests.fakes import FakeClock

_MEMORY = Path("/dev/shm")
_ROOM_NEEDED = 2 * 1024**3
# How fast examples are made tells of the machine and of what else it does, not of the code.
settings.register_profile("whatever the machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("whatever the machine")
_KINDS = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]


def pytest_addoption(parser: pytest.Parser) -> None:
    """How thorough the tests are that kill a process."""
    parser.addoption("--kills", type=int, default=6, help="how often a crawl is killed")


def pytest_configure() -> None:
    """Keep the files of the tests in memory where there is room, and every process to one thread of arithmetic.

    Every commit waits for the disk otherwise, and threads of small sums mostly wait for each other. What somebody set
    stands; a container with 64 MB of shared memory keeps to its disk.
    """
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    if "TMPDIR" not in os.environ and _MEMORY.is_dir() and shutil.disk_usage(_MEMORY).free >= _ROOM_NEEDED:
        os.environ["TMPDIR"] = tempfile.tempdir = str(_MEMORY)


def pytest_collection_finish() -> None:
    """Rarely look through memory for what nothing holds, never through what was loaded to begin with.

    A sixth of the time went into that: there are always thousands of tests in memory.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(5_000, 20, 20)


@pytest.fixture(autouse=True)
def _every_act_has_a_chinese_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test writes an act into the audit log that the auditor's page has no word for."""
    append = Audit.append

    def named(audit: Audit, entry: AuditEntry) -> None:
        assert entry.action in set(AuditAct), f"give {entry.action!r} a label in domain/auditing/audit_act.py"
        append(audit, entry)

    monkeypatch.setattr(Audit, "append", named)


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A real PostgreSQL server of this session."""
    with warnings.catch_warnings():
        # Where no desktop session has set a runtime directory the library falls back to one of its own, and says so.
        warnings.simplefilter("ignore")
        import pgserver

    with TemporaryDirectory(prefix="qianshao-pg-") as folder:
        server = pgserver.get_server(folder, cleanup_mode="stop")
        databases = PostgresServer.at(server.get_uri())
        try:
            yield databases
        finally:
            databases.engine.dispose()
            server.cleanup()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> SqliteTemplate:
    """A migrated SQLite database to copy."""
    return SqliteTemplate.made_in(tmp_path_factory.mktemp("template"))


@pytest.fixture(params=_KINDS)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a fresh database at the current schema, under KEY, once for each kind."""
    if request.param == "sqlite":
        yield request.getfixturevalue("sqlite_template").copy_to(tmp_path / "test.db")
        return
    with request.getfixturevalue("postgres").database() as url:
        yield url


@pytest.fixture(params=_KINDS)
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database without a schema, once for each kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
        return
    with request.getfixturevalue("postgres").database(empty=True) as url:
        yield url


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    """A store at the current schema, once for each kind of database."""
    opened = open_store(database_url, KEY)
    yield opened
    opened.close()


@pytest.fixture
def stores(store: Store, database_url: str) -> Iterator[list[Store]]:
    """Two processes' ways to one database."""
    other = open_store(database_url, KEY)
    yield [store, other]
    other.close()


@pytest.fixture
def sqlite_store(tmp_path: Path, sqlite_template: SqliteTemplate) -> Iterator[Store]:
    """A store on the embedded database, for tests of other rooms."""
    opened = open_store(sqlite_template.copy_to(tmp_path / "embedded.db"), KEY)
    yield opened
    opened.close()


@pytest.fixture
def clock() -> FakeClock:
    """A clock that stands still."""
    return FakeClock()
