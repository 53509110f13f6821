"""Manifests: what a model's folder holds, which files belong together, and from where each head says yes."""

import hashlib
import tomllib
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Protocol, TypeVar

import numpy as np
from pydantic import BaseModel, ValidationError

from domain.failures.errors import ModelError
from domain.failures.invalid_value import invalid_value
from domain.failures.unreadable import why_unreadable
from nlp.scorer import Array

MANIFEST = "manifest.toml"


class _Head(Protocol):
    @property
    def name(self) -> str: ...
    @property
    def threshold(self) -> float: ...


class _HasHeads(Protocol):
    @property
    def head(self) -> Sequence[_Head]: ...


class Headed:
    """A model whose manifest names its heads."""

    manifest: _HasHeads

    @cached_property
    def heads(self) -> dict[str, int]:
        """Column of every head by name."""
        return {head.name: column for column, head in enumerate(self.manifest.head)}

    @cached_property
    def thresholds(self) -> Array:
        """Shape (heads,): the probability from which a head says yes."""
        return np.array([head.threshold for head in self.manifest.head], dtype=np.float32)


Kind = TypeVar("Kind", bound=BaseModel)


def read_manifest(folder: Path, kind: type[Kind], files: dict[str, str]) -> tuple[Kind, dict[str, bytes]]:
    """The manifest of a folder, and the content of its files by name.

    `files` says for each file which field of the manifest holds its checksum.

    Raises:
        ModelError: when a file is missing, or is not the one that the manifest names.
    """
    try:
        manifest = kind.model_validate(tomllib.loads((folder / MANIFEST).read_text(encoding="utf-8")))
        contents = {name: (folder / name).read_bytes() for name in files}
    except (OSError, tomllib.TOMLDecodeError, ValidationError) as exc:
        raise ModelError(f"分类模型 {folder} 不完整: {_why(exc)}") from exc
    for name, field in files.items():
        if hashlib.sha256(contents[name]).hexdigest() != getattr(manifest, field):
            raise ModelError(f"分类模型文件 {folder / name} 与清单的校验值不符, 请重新安装或重新训练")
    return manifest, contents


def _why(error: Exception) -> str:
    if isinstance(error, ValidationError):
        return f"{MANIFEST} 的 {invalid_value(error.errors())}"
    named = f"{Path(error.filename).name} " if isinstance(error, OSError) and error.filename else f"{MANIFEST} "
    return f"{named}{why_unreadable(error)}"


def digest_of(manifest: BaseModel) -> str:
    """Eight digits that change with anything in a manifest."""
    return hashlib.sha256(manifest.model_dump_json().encode()).hexdigest()[:8]
