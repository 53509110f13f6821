"""Arrays that were computed once and can be computed again, kept in encrypted files beside the database."""

import logging
import os
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from domain.failures.errors import KeyMissing
from storage.encryption.cipher import FieldCipher, sealed_place

_LOG = logging.getLogger(__name__)
_SUFFIX = ".arrays"


class KeptArrays:
    """A folder of such files, the newest of which counts."""

    def __init__(self, folder: Path, cipher: FieldCipher) -> None:
        """Keep files in `folder`, which is created when it is needed."""
        self._folder, self._cipher = folder, cipher

    def read(self, name: str) -> dict[str, NDArray[Any]] | None:
        """The arrays, or None when they were not kept or cannot be opened: they have to be computed again."""
        try:
            content = self._cipher.decrypt_bytes((self._folder / f"{name}{_SUFFIX}").read_bytes(), _place(name))
            with np.load(BytesIO(content), allow_pickle=False) as arrays:
                return dict(arrays)
        except (OSError, KeyMissing, ValueError):
            return None

    def write(self, name: str, arrays: Mapping[str, NDArray[Any]]) -> None:
        """Keep the arrays and drop all others; a file is there whole or not at all.

        Where the disk is full or closed nothing is kept, and they are computed again the next time.
        """
        try:
            self._write(name, arrays)
        except OSError as exc:
            _LOG.warning("nothing kept in %s: %s", self._folder, exc)

    def _write(self, name: str, arrays: Mapping[str, NDArray[Any]]) -> None:
        content = BytesIO()
        np.savez(content, allow_pickle=False, **arrays)
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = self._folder / f"{name}{_SUFFIX}"
        part = path.with_suffix(f".{os.getpid()}.part")
        part.write_bytes(self._cipher.encrypt_bytes(content.getvalue(), _place(name)))
        part.chmod(0o600)
        part.replace(path)
        for other in self._folder.iterdir():
            if other != path:
                other.unlink(missing_ok=True)


def _place(name: str) -> bytes:
    return sealed_place("files", "arrays", name)
