"""The schema's version, and how a database is brought to it."""

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, insert, select

from domain.errors import KeyMissing
from storage.cipher import FieldCipher
from storage.engine import make_engine, translated
from storage.tables.operation import KeyCheckRow

if TYPE_CHECKING:
    from alembic.config import Config

# Alembic is imported where it is used: commands that need no database would start later.
_MIGRATIONS = Path(__file__).parent / "migrations"
_KEY_NAME = "field"


def upgrade(url: str, key: bytes) -> None:
    """Create the schema or bring it to the code's version, all data kept; KeyMissing for a database of another key."""
    from alembic import command

    engine = make_engine(url)
    try:
        with translated(engine), engine.begin() as connection:
            configuration = _configuration()
            configuration.attributes["connection"] = connection
            configuration.attributes["cipher"] = FieldCipher(key)
            command.upgrade(configuration, "head")
            _check_key(connection, FieldCipher(key))
    finally:
        engine.dispose()


def code_revision() -> str | None:
    """The schema version that the code needs."""
    from alembic.script import ScriptDirectory

    return ScriptDirectory.from_config(_configuration()).get_current_head()


def database_revision(connection: Connection) -> str | None:
    """The schema version that the database has; None when it has none."""
    from alembic.runtime.migration import MigrationContext

    return MigrationContext.configure(connection).get_current_revision()


def key_fingerprint(cipher: FieldCipher) -> str:
    """What is stored to recognise the right key by."""
    return cipher.blind_index("qianshao key check")


def _check_key(connection: Connection, cipher: FieldCipher) -> None:
    stored = connection.scalar(select(KeyCheckRow.fingerprint))
    if stored is None:
        connection.execute(insert(KeyCheckRow), {"name": _KEY_NAME, "fingerprint": key_fingerprint(cipher)})
    elif stored != key_fingerprint(cipher):
        raise KeyMissing("密钥文件不是这个数据库的密钥, 请换回原来的密钥文件")


def _configuration() -> "Config":
    from alembic.config import Config

    configuration = Config()
    configuration.set_main_option("script_location", str(_MIGRATIONS))
    return configuration
