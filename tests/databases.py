"""Fresh databases at the current schema: the migrations run once a session for each kind, every test gets a copy."""

import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text

from storage.encryption.cipher import FieldCipher
from storage.encryption.file_seals import FileSeals
from storage.schema import upgrade

KEY = bytes(range(32))
OPEN_FILE = FileSeals(FieldCipher(KEY)).open_file
"""Opens what crawls of such a database sealed."""
_TEMPLATE = "qianshao_template"
_SERVER = find_spec("pgserver")
POSTGRES_PROGRAMS = Path(_SERVER.origin).parent / "pginstall" / "bin" if _SERVER and _SERVER.origin else Path()
"""PostgreSQL's own programs, of the version of the server of the tests."""


@dataclass(frozen=True)
class SqliteTemplate:
    """A migrated SQLite file that is copied, never opened again."""

    path: Path

    @classmethod
    def made_in(cls, folder: Path) -> "SqliteTemplate":
        """A new template in the folder."""
        made = cls(folder / "template.db")
        upgrade(f"sqlite:///{made.path}", KEY)
        left = {one.name for one in folder.iterdir()}
        assert left == {made.path.name}, f"the template's log was not merged into it: {left}"
        return made

    def copy_to(self, path: Path) -> str:
        """The URL of a migrated database at that path."""
        shutil.copyfile(self.path, path)
        return f"sqlite:///{path}"


@dataclass(frozen=True)
class PostgresServer:
    """A running server; its databases live as long as a test."""

    engine: Engine

    @classmethod
    def at(cls, uri: str) -> "PostgresServer":
        """The server at that address, told not to wait for the disk: what it holds need not outlive a power cut."""
        url = make_url(uri).set(drivername="postgresql+psycopg")
        server = cls(create_engine(url, isolation_level="AUTOCOMMIT"))
        with server.engine.connect() as connection:
            for setting in ("fsync", "synchronous_commit", "full_page_writes"):
                connection.execute(text(f"ALTER SYSTEM SET {setting} = off"))
            connection.execute(text("SELECT pg_reload_conf()"))
        return server

    @contextmanager
    def database(self, *, empty: bool = False) -> Iterator[str]:
        """The URL of a new database at the current schema, or of an empty one; it is dropped afterwards."""
        name = f"test_{uuid.uuid4().hex}"
        with self.engine.connect() as connection:
            source = "template1" if empty else self._template(connection)
            connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {source}"))
        yield self._url(name)
        with self.engine.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))

    def _template(self, connection: Connection) -> str:
        made = connection.scalar(text("SELECT count(*) FROM pg_database WHERE datname = :name"), {"name": _TEMPLATE})
        if not made:
            connection.execute(text(f"CREATE DATABASE {_TEMPLATE}"))
            upgrade(self._url(_TEMPLATE), KEY)
        return _TEMPLATE

    def _url(self, database: str) -> str:
        return self.engine.url.set(database=database).render_as_string(hide_password=False)


@contextmanager
def statements_asked() -> Iterator[list[str]]:
    """Every statement that any database is asked while the block runs."""
    asked: list[str] = []
    event.listen(Engine, "before_cursor_execute", note := (lambda *given: asked.append(given[2])))
    try:
        yield asked
    finally:
        event.remove(Engine, "before_cursor_execute", note)
