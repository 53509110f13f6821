"""The media that a deployment declares: those that can be used, and those whose declaration is wrong.

What is wrong with one file costs that medium only; the others are crawled, and everything else goes on.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from crawlers.declaring.source import SourceSpec, declaration_files, load_source
from domain.failures.errors import ConfigError


@dataclass(frozen=True, slots=True)
class UnusableSource:
    """A medium whose declaration cannot be used as it stands."""

    name: str
    path: Path
    problem: str
    """What is wrong, in Chinese, with file, key and value."""


@dataclass(frozen=True, slots=True)
class DeclaredSources:
    """Every declared medium by name; one name is in one of the two."""

    usable: dict[str, tuple[Path, SourceSpec]]
    unusable: dict[str, UnusableSource]


def read_declared(directories: Iterable[Path]) -> DeclaredSources:
    """The declarations below the directories; a name that stands twice is used from neither file."""
    files: dict[str, list[Path]] = {}
    for directory in directories:
        for path in declaration_files(directory):
            files.setdefault(path.stem, []).append(path)
    declared = DeclaredSources({}, {})
    for name, paths in files.items():
        try:
            declared.usable[name] = (paths[0], _only(name, paths))
        except ConfigError as exc:
            declared.unusable[name] = UnusableSource(name, paths[0], str(exc))
    return declared


def _only(name: str, paths: list[Path]) -> SourceSpec:
    if len(paths) > 1:
        raise ConfigError(f"来源 {name} 声明了两次: {' 和 '.join(map(str, paths))}, 请删去一个")
    return load_source(paths[0])
