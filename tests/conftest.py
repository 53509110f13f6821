"""What every room's tests share: a store on each database, a clock that stands still."""

import uuid
import warnings
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from sqlalchemy import create_engine, make_url, text

from storage.schema import upgrade
from storage.store import Store, open_store
from tests.fakes import FakeClock

KEY = bytes(range(32))


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """A real PostgreSQL server of this session; the URL of its maintenance database."""
    with warnings.catch_warnings():
        # Where no desktop session has set a runtime directory the library falls back to one of its own, and says so.
        warnings.simplefilter("ignore")
        import pgserver

    with TemporaryDirectory(prefix="qianshao-pg-") as folder:
        server = pgserver.get_server(folder, cleanup_mode="stop")
        try:
            yield server.get_uri()
        finally:
            server.cleanup()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a fresh, empty database, once for each kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'test.db'}"
        return
    server = make_url(request.getfixturevalue("postgres")).set(drivername="postgresql+psycopg")
    name = f"test_{uuid.uuid4().hex}"
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield server.set(database=name).render_as_string(hide_password=False)
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    engine.dispose()


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    """A store at the current schema, once for each kind of database."""
    upgrade(database_url, KEY)
    opened = open_store(database_url, KEY)
    yield opened
    opened.close()


@pytest.fixture
def sqlite_store(tmp_path: Path) -> Iterator[Store]:
    """A store on the embedded database, for tests of other rooms."""
    url = f"sqlite:///{tmp_path / 'embedded.db'}"
    upgrade(url, KEY)
    opened = open_store(url, KEY)
    yield opened
    opened.close()


@pytest.fixture
def clock() -> FakeClock:
    """A clock that stands still."""
    return FakeClock()
