"""Encrypts single fields and makes keyed fingerprints of them for equality look-ups."""

import os
import secrets
from hmac import digest
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from domain.errors import ConfigError, KeyMissing
from domain.unreadable import why_unreadable

KEY_BYTES = 32
_NONCE_BYTES = 12


class FieldCipher:
    """AES-256-GCM with a random nonce per field, HMAC-SHA256 for the blind index, three sub-keys of one key."""

    def __init__(self, key: bytes) -> None:
        """Derive the sub-keys from `key` (32 bytes) by HKDF-SHA256."""
        if len(key) != KEY_BYTES:
            raise KeyMissing(f"密钥应为{KEY_BYTES}字节, 现有{len(key)}字节, 请换回原来的密钥文件")
        self._aead = AESGCM(_derive(key, b"qianshao field encryption 1"))
        self._index_key = _derive(key, b"qianshao blind index 1")
        self._search_key = _derive(key, b"qianshao search signature 1")

    def encrypt(self, text: str) -> bytes:
        """Nonce and ciphertext of the text."""
        return self.encrypt_bytes(text.encode())

    def encrypt_bytes(self, content: bytes) -> bytes:
        """Nonce and ciphertext of the content."""
        nonce = os.urandom(_NONCE_BYTES)
        return nonce + self._aead.encrypt(nonce, content, None)

    def decrypt(self, blob: bytes) -> str:
        """The text; KeyMissing when it was encrypted with another key or was changed."""
        return self.decrypt_bytes(blob).decode()

    def decrypt_bytes(self, blob: bytes) -> bytes:
        """The content; KeyMissing when it was encrypted with another key or was changed."""
        try:
            return self._aead.decrypt(blob[:_NONCE_BYTES], blob[_NONCE_BYTES:], None)
        except InvalidTag as exc:
            raise KeyMissing("密钥不对或数据被改动, 加密的内容打不开, 请换回原来的密钥文件") from exc

    def blind_index(self, value: str) -> str:
        """A keyed fingerprint, equal for equal values; spaces around and letter case make no difference."""
        fingerprint = hmac.HMAC(self._index_key, hashes.SHA256())
        fingerprint.update(value.strip().upper().encode())
        return fingerprint.finalize().hex()

    def search_digest(self, value: str) -> bytes:
        """Keyed bytes (32) that tell where a search signature has the value's bits; under a key of their own."""
        return digest(self._search_key, value.encode(), "sha256")


def load_key(path: Path) -> bytes:
    """The key of the file; KeyMissing when there is none."""
    try:
        return bytes.fromhex(path.read_text(encoding="ascii").strip())
    except FileNotFoundError as exc:
        raise KeyMissing(f"找不到密钥文件 {path}, 请先运行 qianshao init, 或从备份放回原来的密钥") from exc
    except (OSError, ValueError) as exc:
        raise KeyMissing(f"密钥文件 {path} 读不出来({_why(exc)}), 请从备份放回原来的密钥") from exc


def _why(error: Exception) -> str:
    return why_unreadable(error) if isinstance(error, OSError | UnicodeError) else "不是十六进制的密钥"


def create_key(path: Path) -> bytes:
    """A new random key in a new file that only its owner can read; ConfigError when the file is there already."""
    key = secrets.token_bytes(KEY_BYTES)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError as exc:
        raise ConfigError(f"密钥文件 {path} 已存在, 不会覆盖") from exc
    with os.fdopen(descriptor, "w", encoding="ascii") as output:
        output.write(key.hex() + "\n")
        output.flush()
        os.fsync(output.fileno())
    return key


def _derive(key: bytes, purpose: bytes) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=KEY_BYTES, salt=None, info=purpose).derive(key)
