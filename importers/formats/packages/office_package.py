"""An office file as a package of parts that point to each other (ECMA-376 part 2)."""

import posixpath
import zipfile
from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field

from importers.formats.markup import Handler, Silent, parse_whole
from importers.formats.packages.packages import Member, open_member
from importers.formats.source import Unreadable

_DAMAGED = "文件里缺少必要的内容, 已损坏; 请用WPS或Office打开, 另存后再提交"
_USUAL = ("xl/workbook.xml", "xl/workbook.bin", "word/document.xml", "ppt/presentation.xml")


@dataclass(slots=True)
class Relations(Silent):
    """Where a part points to; targets outside the package lead nowhere."""

    folder: str
    paths: dict[str, str] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)

    def of_kind(self, kind: str) -> str:
        """Path of the first part of this kind, "" when there is none."""
        return next((self.paths[relation] for relation, found in self.kinds.items() if found == kind), "")

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """See `markup.Handler`."""
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            target = attributes.get("Target", "").replace("\\", "/")
            relation = attributes.get("Id", "")
            self.paths[relation] = posixpath.normpath(posixpath.join("/", self.folder, target)).lstrip("/")
            self.kinds[relation] = attributes.get("Type", "").rpartition("/")[2]


class OfficePackage:
    """The parts of one office file, found whatever the case and slashes of their names."""

    def __init__(self, package: zipfile.ZipFile) -> None:
        self._package = package
        self._names = {name.replace("\\", "/").lstrip("/").lower(): name for name in package.namelist()}

    def main(self) -> str:
        """Path of the workbook, document or presentation, in small letters; "" when the package is no office file.

        Usually it has its usual name; Office on the web writes `workbook2.xml` and `document2.xml`.
        """
        usual = next((path for path in _USUAL if self.has(path)), "")
        if usual or not self.has("_rels/.rels"):
            return usual
        pointed = self.relations("").of_kind("officeDocument").lower()
        return pointed if self.has(pointed) else ""

    def has(self, path: str) -> bool:
        """Whether there is such a part."""
        return path.lower() in self._names

    def has_relations(self, path: str) -> bool:
        """Whether the part points to others."""
        return self.has(_relations_of(path))

    def size(self, path: str) -> int:
        """Bytes of a part that is there, unpacked, as the package claims."""
        return self._package.getinfo(self._names[path.lower()]).file_size

    def open(self, path: str) -> AbstractContextManager[Member]:
        """The bytes of a part that is there."""
        return open_member(self._package, self._names[path.lower()])

    def parse(self, path: str, handler: Handler) -> None:
        """Feed the XML of a part to the handler; Unreadable when it is missing or damaged."""
        if not self.has(path):
            raise Unreadable(_DAMAGED)
        with self.open(path) as stream:
            parse_whole(stream, handler)

    def relations(self, path: str) -> Relations:
        """Where the part points to; "" stands for the package itself."""
        relations = Relations(posixpath.dirname(path))
        self.parse(_relations_of(path), relations)
        return relations


def _relations_of(path: str) -> str:
    folder, name = posixpath.split(path)
    return posixpath.join(folder, "_rels", f"{name}.rels")
