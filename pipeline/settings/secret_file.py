"""Secrets that stand in files of their own, which nobody but their owner may read."""

from pathlib import Path

from domain.failures.errors import ConfigError

_READABLE_BY_OTHERS = 0o077


def read_secret(path: Path, setting: str) -> str:
    """The secret of the file, spaces around it left out; ConfigError naming the setting when it cannot be used."""
    try:
        mode, secret = path.stat().st_mode, path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as exc:
        raise ConfigError(f"密钥文件 {path.absolute()} 读不出来, 请核对 {setting}") from exc
    if mode & _READABLE_BY_OTHERS:
        raise ConfigError(f"密钥文件 {path} 别人也能读, 请先运行 chmod 600 {path}")
    if not secret:
        raise ConfigError(f"密钥文件 {path} 是空的, 请核对 {setting}")
    return secret
