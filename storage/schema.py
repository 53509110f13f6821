"""The schema's version, and how a database is brought to it."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, delete, insert, inspect, select

from domain.failures.errors import KeyMissing
from storage.encryption.cipher import FieldCipher
from storage.encryption.keyring import FIRST, FieldKey, Keyring
from storage.encryption.suites import keyed_digest
from storage.engine import make_engine, translated
from storage.tables.operation import KeyCheckRow

if TYPE_CHECKING:
    from alembic.config import Config

# Alembic is imported where it is used: commands that need no database would start later.
_MIGRATIONS = Path(__file__).parent / "migrations"
_KEY_NAME = "field"
_INDEXED = "indexed"
_CHECKED = b"QIANSHAO KEY CHECK"


def upgrade(url: str, keys: Keyring | bytes) -> None:
    """Create the schema or bring it to the code's version, all data kept; KeyMissing for a database of another key."""
    from alembic import command

    cipher = FieldCipher(keys)
    engine = make_engine(url)
    try:
        with translated(engine), engine.begin() as connection:
            configuration = _configuration()
            configuration.attributes["connection"] = connection
            configuration.attributes["cipher"] = cipher
            command.upgrade(configuration, "head")
            check_keys(connection, cipher.ring)
            remember_key(connection, cipher)
    finally:
        engine.dispose()


def is_sealed(url: str) -> bool:
    """True when the database is there and was sealed with some key."""
    engine = make_engine(url)
    try:
        with translated(engine), engine.connect() as connection:
            known = inspect(connection).has_table(KeyCheckRow.__tablename__)
            return known and connection.scalar(select(KeyCheckRow.name).limit(1)) is not None
    finally:
        engine.dispose()


def code_revision() -> str | None:
    """The schema version that the code needs."""
    from alembic.script import ScriptDirectory

    return ScriptDirectory.from_config(_configuration()).get_current_head()


def known_revisions() -> frozenset[str]:
    """Every schema version that this code can bring to its own."""
    from alembic.script import ScriptDirectory

    return frozenset(one.revision for one in ScriptDirectory.from_config(_configuration()).walk_revisions())


def database_revision(connection: Connection) -> str | None:
    """The schema version that the database has; None when it has none."""
    from alembic.runtime.migration import MigrationContext

    return MigrationContext.configure(connection).get_current_revision()


def check_keys(connection: Connection, ring: Keyring) -> None:
    """Nothing when the ring holds every key that the database was ever sealed with; KeyMissing when it does not."""
    known = select(KeyCheckRow.name, KeyCheckRow.fingerprint).order_by(KeyCheckRow.name)
    check_fingerprints([(name, fingerprint) for name, fingerprint in connection.execute(known)], ring)


def check_fingerprints(known: Iterable[tuple[str, str]], ring: Keyring) -> None:
    """Nothing when the ring holds every key that left such a row in a database; KeyMissing when it does not."""
    for name, fingerprint in known:
        if name == _INDEXED:
            continue
        number = _number_of(name)
        if number > len(ring.keys):
            raise KeyMissing(f"这个数据库用过编号为{number}的密钥, 密钥文件里没有: 请放回较新的密钥文件")
        key = ring.keys[number - FIRST]
        if fingerprint != _fingerprint(key):
            raise KeyMissing("密钥文件不是这个数据库的密钥, 请换回原来的密钥文件")
        if key.secret is None:
            raise KeyMissing(f"这个数据库里有用密钥{number}加密的内容, 而密钥{number}已停用: 请放回停用前的密钥文件")


def remember_key(connection: Connection, cipher: FieldCipher) -> None:
    """Write down that values are sealed with the current key; a second time changes nothing."""
    key = cipher.ring.current
    known = set(connection.scalars(select(KeyCheckRow.name)))
    if not known:
        remember_indexed(connection, key.number)
    if _name_of(key.number) not in known:
        connection.execute(insert(KeyCheckRow), {"name": _name_of(key.number), "fingerprint": _fingerprint(key)})


def indexed_from(connection: Connection) -> int:
    """The oldest key whose fingerprints this database may still hold."""
    found = connection.scalar(select(KeyCheckRow.fingerprint).where(KeyCheckRow.name == _INDEXED))
    return int(found) if found is not None else FIRST


def remember_indexed(connection: Connection, number: int) -> None:
    """Write down that no fingerprint of a key older than this one is left."""
    connection.execute(delete(KeyCheckRow).where(KeyCheckRow.name == _INDEXED))
    connection.execute(insert(KeyCheckRow), {"name": _INDEXED, "fingerprint": str(number)})


def forget_key(connection: Connection, number: int) -> None:
    """Nothing in the database is sealed with the key any more."""
    connection.execute(delete(KeyCheckRow).where(KeyCheckRow.name == _name_of(number)))


def _fingerprint(key: FieldKey) -> str:
    return keyed_digest(key.algorithm, key.index_key, _CHECKED).hex()


def _name_of(number: int) -> str:
    return _KEY_NAME if number == FIRST else f"{_KEY_NAME}:{number}"


def _number_of(name: str) -> int:
    return int(name.partition(":")[2] or FIRST)


def _configuration() -> "Config":
    from alembic.config import Config

    configuration = Config()
    configuration.set_main_option("script_location", str(_MIGRATIONS))
    return configuration
