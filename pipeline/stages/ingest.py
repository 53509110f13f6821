"""Stage ingest: a raw text becomes a normalised document, or says why it cannot be read."""

from collections.abc import Sequence
from datetime import datetime

from domain.failures.errors import QuarantineRecord
from domain.places.region import RegionCode
from domain.texts.document import Document, DocumentId, RawDocument
from domain.texts.set_aside import SetAside
from nlp.documents import to_document
from pipeline.stages.stage import Stage, Step, done, skipped
from storage.unit_of_work import UnitOfWork

_UNREADABLE_RATIO = 0.05
"""Above this share of replacement or control characters the text was decoded wrongly; clean texts have none."""
_REPLACED = "锟斤拷"
"""What replacement characters become when they are read as GBK in their turn."""
_CHINESE_RATIO = 0.1
"""Below this share of Chinese characters a text is code, a table of numbers or another language."""
_SHORTEST = 6
"""Fewer characters than this say nothing about anybody, such as 无 or 测试."""


class Ingest(Stage[RawDocument]):
    """Normalises raw texts and gives each a division it belongs to."""

    name = "ingest"
    version = "ingest-1"

    def __init__(self, register_region: RegionCode) -> None:
        """Use `register_region` for texts whose source declares no division."""
        self._register_region = register_region

    def load(self, work: UnitOfWork, ids: Sequence[DocumentId]) -> Sequence[tuple[DocumentId, RawDocument]]:
        """The raw texts."""
        return [(document_id, work.raw.get(document_id)) for document_id in ids]

    def process(self, work: UnitOfWork, item: RawDocument, at: datetime) -> Step:
        """Append the document; quarantines what was decoded wrongly, skips what says nothing."""
        document = to_document(item, self._register_region)
        _check_readable(document)
        if len(document.content) < _SHORTEST:
            return skipped("too_short", f"正文只有{len(document.content)}个字, 无法判断")
        if _chinese_ratio(document.content) < _CHINESE_RATIO:
            return skipped("not_chinese", "正文几乎没有汉字, 不在处理范围")
        work.documents.add(document)
        return done("ingested")


def _check_readable(document: Document) -> None:
    content = document.content
    if not content.strip():
        raise QuarantineRecord("没有正文, 请对照原件补录", reason=SetAside.NO_TEXT.value)
    unreadable = len(_REPLACED) * content.count(_REPLACED)
    unreadable += sum(character == "�" or (ord(character) < 32 and character not in "\n\t") for character in content)
    if unreadable / len(content) > _UNREADABLE_RATIO:
        raise QuarantineRecord("正文是乱码, 多为编码不对, 请用原文件重新导入", reason=SetAside.GARBLED.value)


def _chinese_ratio(content: str) -> float:
    return sum("一" <= character <= "鿿" for character in content) / len(content)
