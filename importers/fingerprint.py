"""By what a delivered file is known again."""

import hashlib
from pathlib import Path

from importers.formats.regular_file import open_regular


def sha256_of(path: Path) -> str:
    """SHA-256 of the file's bytes in hexadecimal, read piece by piece; OSError when it cannot be read."""
    with open_regular(path) as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
