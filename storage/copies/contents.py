"""What a copy of a database says of itself, and whether this program with these keys can go on from it."""

from dataclasses import dataclass

from domain.failures.errors import ConfigError, KeyMissing
from storage.encryption.keyring import Keyring
from storage.schema import check_fingerprints, known_revisions

REVISIONS, KEYS = "alembic_version", "key_check"
_OWN = frozenset({"audit", "documents", "leads"})
"""Tables that every version had."""
SET_UP = frozenset({REVISIONS, KEYS, "leases", "scheduler_jobs"})
"""Tables in which rows stand before anything was taken in."""


@dataclass(frozen=True, slots=True)
class CopyContents:
    """What stands in a copy that was read to its end and found whole."""

    tables: frozenset[str]
    holds: bool
    """True when anything was ever taken in."""
    revision: str | None
    keys: tuple[tuple[str, str], ...]
    """Names and fingerprints of the keys it was sealed with."""

    @property
    def is_set_up(self) -> bool:
        """True for a database of this program, whatever is in it."""
        return self.revision is not None and self.tables >= _OWN


def check_contents(name: str, found: CopyContents, ring: Keyring) -> None:
    """Nothing, when the copy can be put in the place of the database.

    Raises:
        ConfigError: when it is of another program, of a newer version of this one, or empty.
        KeyMissing: when it was sealed with a key that the ring lacks.
    """
    if not found.is_set_up:
        raise ConfigError(f"{name} 不是前哨的数据库备份, 数据库没有动")
    if found.revision not in known_revisions():
        raise ConfigError(f"{name} 的数据库结构是{found.revision}, 比这个程序新: 请先升级程序再恢复; 数据库没有动")
    if not found.holds:
        raise ConfigError(f"{name} 里还没有任何内容, 不恢复; 数据库没有动")
    try:
        check_fingerprints(found.keys, ring)
    except KeyMissing as exc:
        raise KeyMissing(f"{name} 打不开, 数据库没有动: {exc}") from exc
