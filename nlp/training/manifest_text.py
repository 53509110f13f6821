"""A model's files: arrays packed, and manifests that people may review."""

import hashlib
import json
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel


def manifest_text(comment: str, manifest: BaseModel) -> str:
    """The TOML of a manifest: its own fields in their order, then its heads, if it has any."""
    record = manifest.model_dump()
    heads = record.pop("head", ())
    lines = [f"# {comment}", *map(_line, record.items())]
    for head in heads:
        lines += ["", "[[head]]", *map(_line, head.items())]
    return "\n".join(lines) + "\n"


def packed(arrays: Mapping[str, NDArray[np.generic]]) -> bytes:
    """The content of a compressed file of arrays, which holds nothing that could run."""
    stream = BytesIO()
    np.savez_compressed(stream, allow_pickle=False, **arrays)
    return stream.getvalue()


def sha256_of(path: Path) -> str:
    """The checksum that manifests name files by."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _line(field: tuple[str, str | float | tuple[str, ...]]) -> str:
    name, value = field
    return f"{name} = {json.dumps(value, ensure_ascii=False)}"
