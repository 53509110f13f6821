"""The files that a command line names."""

from collections.abc import Sequence
from pathlib import Path

from domain.failures.errors import ConfigError


def must_name_a_file(paths: Sequence[Path]) -> None:
    """ConfigError when none of the files is there: the command line is wrong, and no part of the work has been done."""
    if paths and not any(path.exists() for path in paths):
        named = "、".join(map(str, paths[:3])) + (" 等" if len(paths) > 3 else "")
        raise ConfigError(f"没有这个文件: {named}")
