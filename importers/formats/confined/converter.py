"""Names and places of LibreOffice, which alone reads some old documents; known to both sides of the confinement."""

import hashlib
import os
from pathlib import Path

CONVERTER = "soffice"
"""The one program that the reading process may start."""
SOCKETS = Path("/tmp")  # noqa: S108 - LibreOffice's choice, whatever it is told
"""Where it makes a socket for each profile, and removes it when it starts anew: a fresh profile makes it do so."""


def profile_address(folder: Path) -> str:
    """Where a conversion keeps its settings: a profile of its own, so that two conversions do not meet."""
    return (folder / "profile").as_uri()


def converter_socket(folder: Path) -> Path:
    """The socket that LibreOffice leaves behind when it is killed; its name hashes the profile's."""
    digest = hashlib.md5(profile_address(folder).encode("utf-16-le"), usedforsecurity=False).digest()
    name = "".join(f"{byte:x}" for byte in digest)
    return SOCKETS / f"OSL_PIPE_{os.getuid()}_SingleOfficeIPC_{name}"
