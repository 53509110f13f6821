"""What an office document holds beside its words and cells: pictures, files, remarks, notes, boxes of text.

A document of little else than pictures is a scan; otherwise they are named, and so is the rest.
"""

import io
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import chain

from importers.formats.packages.office_package import OfficePackage
from importers.formats.scans.images import read_pictures
from importers.formats.sink import Sink
from importers.formats.source import Source, Unreadable

_PICTURES = "里面有{count}张图片, 图片里的字没有读; 图片是信访件的, 请把图片另存出来单独提交"
_ONLY_PICTURES = "这个工作表里只有图片, 没有读; 图片是信访件的, 请把图片另存出来单独提交"
_FILES = "里面嵌有{count}个别的文件, 没有读; 它们是登记表或信件的, 请打开后另存, 单独提交"
_ASIDE = "旁边的批注、脚注或文本框里还有字, 没有读; 是信访内容的, 请写进表格或正文里后重新提交"
_MEMBER = "图片"
SMALLEST = 4_000
"""Bytes of a picture that can hold a page of writing; a logo or a line has fewer."""
FEW_WORDS = 80
"""Characters that a document of pictures says beside them; as much as a mail's covering note."""
_DRAWN = (".png", ".jpg", ".jpeg", ".bmp", ".gif", ".tif", ".tiff", ".webp")
_FILE_KINDS = frozenset({"package", "oleObject"})
_ASIDE_KINDS = frozenset({"comments", "threadedComment", "footnotes", "endnotes", "drawing"})
_WRITTEN = frozenset({"t", "text"})
_BINARY = ".bin"


@dataclass(frozen=True, slots=True)
class Pasted:
    """What one part of an office file shows beside its words."""

    pictures: Sequence[str] = ()
    """Paths of the pictures that are large enough for writing; numbers where they have none."""
    files: int = 0
    words_aside: bool = False
    """Whether remarks, notes or boxes of text say something."""

    def say(self, sink: Sink, part: str, sheet: str = "", *, alone: bool = False) -> None:
        """Name what is not read; refused where nothing else stands on the sheet, nothing where there is nothing."""
        if self.pictures and alone:
            sink.refused(part, _ONLY_PICTURES, sheet=sheet)
        elif self.pictures:
            sink.left_out(part, _PICTURES.format(count=len(self.pictures)), sheet=sheet)
        if self.files:
            sink.left_out(part, _FILES.format(count=self.files), sheet=sheet)
        if self.words_aside:
            sink.left_out(part, _ASIDE, sheet=sheet)


def pasted_in(office: OfficePackage, path: str) -> Pasted:
    """What a document or a sheet of a workbook points to, by way of its drawings too; nothing where that is damaged."""
    pointed = _pointed_to(office, path)
    drawings = [target for kind, target in pointed if kind == "drawing"]
    images = [
        target for kind, target in chain(pointed, *(_pointed_to(office, one) for one in drawings)) if kind == "image"
    ]
    pictures = dict.fromkeys(target for target in images if office.has(target) and office.size(target) >= SMALLEST)
    aside = any(_says_something(office, target) for kind, target in pointed if kind in _ASIDE_KINDS)
    return Pasted(tuple(pictures), sum(kind in _FILE_KINDS for kind, _ in pointed), aside)


def _says_something(office: OfficePackage, path: str) -> bool:
    """Whether a part holds words; of a binary one nobody can tell, and there is one where somebody wrote."""
    if not office.has(path) or path.lower().endswith(_BINARY):
        return office.has(path)
    found = _Words()
    with suppress(Unreadable):
        office.parse(path, found)
    return found.any


@dataclass(slots=True)
class _Words:
    """Whether the elements for words hold any."""

    any: bool = False
    _in_words: bool = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        self._in_words = name in _WRITTEN

    def end(self, name: str) -> None:
        self._in_words = False

    def text(self, text: str) -> None:
        self.any = self.any or (self._in_words and not text.isspace())


def _pointed_to(office: OfficePackage, path: str) -> list[tuple[str, str]]:
    """Kind and path of what the part points to."""
    if not office.has_relations(path):
        return []
    try:
        relations = office.relations(path)
    except Unreadable:
        # The words and cells are there all the same.
        return []
    return [(kind, relations.paths[relation]) for relation, kind in relations.kinds.items()]


def read_scanned_document(office: OfficePackage, pasted: Pasted, words: str, source: Source, sink: Sink) -> bool:
    """Send what the pictures of a document say that has hardly a word beside them; False for any other document."""
    drawn = [path for path in pasted.pictures if path.lower().endswith(_DRAWN)]
    if not drawn or len(drawn) < len(pasted.pictures) or len(words) > FEW_WORDS:
        return False
    member = replace(source.member(_MEMBER, source.stream, source.size), name=source.name)
    if sink.begins(member.part):
        read_pictures(_opened(office, drawn, member), len(drawn), member, sink)
    return True


def _opened(office: OfficePackage, paths: Sequence[str], member: Source) -> Iterator[Source]:
    for path in paths:
        with office.open(path) as stream:
            content = stream.read()
        yield replace(member, stream=io.BytesIO(content), size=len(content))
