"""The opened database."""

import hashlib
import hmac
from contextlib import AbstractContextManager
from pathlib import Path

from sqlalchemy import Engine, inspect, select

from domain.failures.errors import MigrationNeeded
from storage.claims import claim
from storage.deliveries.row_marks import RowMarks
from storage.encryption.address_words import AddressWords
from storage.encryption.cipher import FieldCipher
from storage.encryption.file_seals import FileSeals
from storage.encryption.kept_arrays import KeptArrays
from storage.encryption.key_file import KeyFile
from storage.encryption.keyring import Keyring
from storage.engine import make_engine, translated
from storage.key_change import KeyChange
from storage.schema import check_keys, code_revision, database_revision, indexed_from
from storage.tables.operation import KeyCheckRow
from storage.unit_of_work import UnitOfWork


class Store:
    """A database and the cipher of its fields."""

    def __init__(self, engine: Engine, keys: Keyring | KeyFile | bytes) -> None:
        """Work on an engine that somebody else made; keys of a file are those that it holds at the moment."""
        self._engine = engine
        self._file = keys if isinstance(keys, KeyFile) else None
        self._known = FieldCipher(keys.ring(), keys.ring) if isinstance(keys, KeyFile) else FieldCipher(keys)

    @property
    def _cipher(self) -> FieldCipher:
        if self._file is not None and (ring := self._file.ring()) is not self._known.ring:
            self._known = FieldCipher(ring, self._file.ring)
        return self._known

    def unit_of_work(self) -> UnitOfWork:
        """A new transaction, begun on entering."""
        return UnitOfWork(self._engine, self._cipher)

    def reading(self) -> UnitOfWork:
        """A transaction that only reads: it sees one state of the database and makes no writer wait."""
        return UnitOfWork(self._engine, self._cipher, reading=True)

    def check_schema(self, *, keys_change: bool = False) -> None:
        """Nothing, when the database fits the code and the keys; with `keys_change` also one that is to be changed.

        Raises:
            MigrationNeeded: when the schema is absent, older or newer than the code.
            KeyMissing: when the database was made with another key.
        """
        with translated(self._engine), self._engine.connect() as connection:
            found, wanted = database_revision(connection), code_revision()
            if found is None:
                raise MigrationNeeded("数据库还没有建立, 请先运行 qianshao init")
            if found != wanted:
                raise MigrationNeeded(f"数据库结构是{found}, 程序需要{wanted}: 请先备份, 再运行 qianshao db upgrade")
            if not inspect(connection).has_table(KeyCheckRow.__tablename__):
                raise MigrationNeeded("数据库结构不完整, 需要升级, 请运行 qianshao db upgrade")
            if connection.scalar(select(KeyCheckRow.name).limit(1)) is None:
                raise MigrationNeeded("数据库没有登记密钥, 请运行 qianshao db upgrade")
            check_keys(connection, self._cipher.ring)
            if not keys_change and indexed_from(connection) < self._cipher.ring.indexed_from:
                # A backup put back: what it holds would not be found, and be taken in a second time.
                raise MigrationNeeded("数据库的检索指纹还是旧密钥的(可能是恢复的备份), 请先运行 qianshao key rotate")

    def claim(self, name: str) -> AbstractContextManager[bool]:
        """Entered with True when nobody else holds this name, and then held until left or until the process dies."""
        return claim(self._engine, name)

    def key_change(self) -> KeyChange:
        """What seals the database anew with the current key."""
        return KeyChange(self._engine, self._cipher)

    def kept_arrays(self, folder: Path) -> KeptArrays:
        """Arrays kept in `folder`, encrypted like the fields of the database."""
        return KeptArrays(folder, self._cipher)

    def file_seals(self) -> FileSeals:
        """Keys of the files that crawls leave, sealed with those of the fields."""
        return FileSeals(self._cipher)

    def address_words(self) -> AddressWords:
        """What seals the words that addresses carry."""
        return AddressWords(self._cipher)

    def row_marks(self) -> RowMarks:
        """What marks the rows of receipts that are handed out."""
        return RowMarks(self._cipher)

    def keyed_hash(self, purpose: str, token: str) -> str:
        """A fingerprint of a random token that only holders of the key can make; the same after a restart."""
        return self._cipher.blind_index(_of_token(purpose, token))

    def is_keyed_hash(self, purpose: str, token: str, given: str) -> bool:
        """True for the token's fingerprint under any key: what was given out before a change of keys is good after."""
        known = self._cipher.every_index(_of_token(purpose, token))
        return any(hmac.compare_digest(one.encode(), given.encode(errors="replace")) for one in known)

    def drop_old_pages(self) -> None:
        """Take what was deleted out of SQLite's write-ahead log too; PostgreSQL's vacuum does it by itself."""
        if self._engine.dialect.name == "sqlite":
            with translated(self._engine), self._engine.connect() as connection:
                # Outside a transaction, where the engine would begin one.
                raw = connection.connection.dbapi_connection
                if raw is not None:
                    raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()


def _of_token(purpose: str, token: str) -> str:
    return f"{purpose} {hashlib.sha256(token.encode()).hexdigest()}"


def open_store(url: str, keys: Keyring | KeyFile | bytes) -> Store:
    """The store at a database URL, its fields opened by the keys, or by the one secret of an AES-256-GCM key."""
    return Store(make_engine(url), keys)
