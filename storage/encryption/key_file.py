"""The file of the keys: for its owner alone, written whole or not at all, read again when somebody changed it."""

import json
import os
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from domain.failures.errors import ConfigError, KeyMissing
from domain.failures.unreadable import why_unreadable
from storage.encryption.keyring import FieldKey, Keyring
from storage.encryption.suites import ALGORITHMS, Algorithm

_LOST = "没有它, 已加密的内容谁也打不开, 程序的开发者也不能"
_OTHERS = 0o077


def load_keyring(path: Path) -> Keyring:
    """The keys of the file: JSON, or the one line of 64 hexadecimal digits of earlier versions.

    Raises:
        KeyMissing: when there is no such file, or it cannot be read.
    """
    try:
        return _parsed(path.read_text(encoding="ascii").strip())
    except FileNotFoundError as exc:
        raise KeyMissing(f"找不到密钥文件 {path}, 请先运行 qianshao init, 或从备份放回原来的密钥; {_LOST}") from exc
    except (OSError, ValueError, KeyError, TypeError) as exc:
        raise KeyMissing(f"密钥文件 {path} 读不出来({_why(exc)}), 请从备份放回原来的密钥; {_LOST}") from exc


def create_keyring(path: Path, ring: Keyring) -> Keyring:
    """The ring, in a new file that only its owner can read; ConfigError when the file is there already."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError as exc:
        raise ConfigError(f"密钥文件 {path} 已存在, 不会覆盖") from exc
    _write(descriptor, ring)
    return ring


def replace_keyring(path: Path, ring: Keyring) -> None:
    """Put the ring in the place of the file's; killed at any moment, the old one or the new one is there."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    part.unlink(missing_ok=True)
    _write(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), ring)
    part.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def readable_by_others(path: Path) -> bool:
    """True when accounts other than the owner may read the file."""
    return bool(path.stat().st_mode & _OTHERS)


class KeyFile:
    """The ring of a file as it stands now: a server takes up a new key without a restart."""

    def __init__(self, path: Path) -> None:
        """Read the file; KeyMissing when that is impossible."""
        self._path = path
        self._stamp = self._stamped()
        self._ring = load_keyring(path)

    def ring(self) -> Keyring:
        """The ring; the one known last when the file has just been taken away."""
        stamp = self._stamped()
        if stamp is not None and stamp != self._stamp:
            self._ring, self._stamp = load_keyring(self._path), stamp
        return self._ring

    def _stamped(self) -> tuple[int, int, int] | None:
        try:
            found = self._path.stat()
        except OSError:
            return None
        return found.st_ino, found.st_mtime_ns, found.st_size


def _write(descriptor: int, ring: Keyring) -> None:
    with os.fdopen(descriptor, "w", encoding="ascii") as output:
        json.dump({"keys": [_key_to(key) for key in ring.keys], "indexed_from": ring.indexed_from}, output, indent=1)
        output.write("\n")
        output.flush()
        os.fsync(output.fileno())


def _parsed(content: str) -> Keyring:
    if not content.startswith("{"):
        return Keyring.of_secret(bytes.fromhex(content))
    record = json.loads(content)
    return Keyring(tuple(_key_from(one) for one in record["keys"]), int(record["indexed_from"]))


def _key_to(key: FieldKey) -> dict[str, Any]:
    return {
        "number": key.number,
        "algorithm": key.algorithm.label,
        "made_at": key.made_at.isoformat() if key.made_at else None,
        "secret": key.secret.hex() if key.secret is not None else None,
        "index_key": None if key.secret is not None else key.index_key.hex(),
        "search_key": None if key.secret is not None else key.search_key.hex(),
    }


def _key_from(record: Mapping[str, Any]) -> FieldKey:
    number, algorithm = int(record["number"]), ALGORITHMS[record["algorithm"]]
    made_at = datetime.fromisoformat(record["made_at"]) if record["made_at"] else None
    if record["secret"] is not None:
        return FieldKey.of(number, Algorithm(algorithm), bytes.fromhex(record["secret"]), made_at)
    return FieldKey(
        number=number,
        algorithm=algorithm,
        secret=None,
        index_key=bytes.fromhex(record["index_key"]),
        search_key=bytes.fromhex(record["search_key"]),
        made_at=made_at,
    )


def _why(error: Exception) -> str:
    return why_unreadable(error) if isinstance(error, OSError | UnicodeError) else "不是密钥文件的样子"
