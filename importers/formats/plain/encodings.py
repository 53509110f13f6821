"""The encoding of a text, found by reading all of it, whatever it declares of itself."""

import codecs
import io
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO

from importers.formats.plain.mixed_encodings import holds_other_letters, holds_utf8, mended_lines
from importers.formats.source import Source, Unreadable

_PIECE = 1 << 20
_SAMPLE = 1 << 16
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DAMAGED = {"utf-8": 0.2, "gb18030": 0.01, "big5": 0.01}
"""More of its characters than this that do not decode, and it is another encoding, not a damaged text: Chinese in
GB18030 read as UTF-8 gives two thirds and more, while GB18030 itself takes nearly everything."""
_MIXED = 0.5
"""UTF-8 with more damage than a damaged text and less than another encoding has: two exports put behind each other."""
_FEW_COMMON = 0.6
_MOST_COMMON = 0.8
"""Shares of common characters; Chinese text in its own encoding has 0.95 and more, in the other one about half."""
_ENOUGH = 100
"""Characters beyond ASCII from which on shares say something."""
_REPLACEMENT = "\ufffd"


@dataclass(frozen=True, slots=True)
class Encoding:
    """How the bytes become text."""

    name: str
    skip: int
    """Bytes of a byte order mark."""
    by_lines: bool = False
    """True where some lines may be of another encoding; `name` is then that of most."""


@dataclass(slots=True)
class _Damage:
    """What a text read in some encoding is like, in characters."""

    damaged: int = 0
    foreign: int = 0
    """Beyond ASCII."""
    other_letters: bool = False

    def add(self, text: str) -> None:
        self.damaged += text.count(_REPLACEMENT)
        self.foreign += _beyond_ascii(text)
        self.other_letters = self.other_letters or holds_other_letters(text)

    def is_below(self, share: float) -> bool:
        return self.damaged <= share * self.foreign


def encoding_of(source: Source) -> Encoding:
    """The encoding in which the whole text decodes, or nearly: single damaged characters become U+FFFD.

    UTF-8 refuses nearly every other encoding's bytes, so it comes first; GB18030 accepts nearly everything, so it
    comes late. A UTF-8 text with some damaged bytes is still UTF-8: read as GB18030 it would be all wrong words.
    Where lines of the other one may be among them, every line is read as what it is.
    """
    head = source.head(_SAMPLE)
    marked = next(((name, len(mark)) for mark, name in _MARKS if head.startswith(mark)), None)
    skip = marked[1] if marked else 0
    if marked and marked[0] != "utf-8":
        return Encoding(marked[0], skip)
    unmarked = _utf16_without_mark(head)
    if unmarked:
        return Encoding(unmarked, 0)
    utf8 = _damage(_behind_mark(source, skip), "utf-8")
    if utf8.is_below(_DAMAGED["utf-8"]):
        return Encoding("utf-8", skip, by_lines=utf8.damaged > 0 or utf8.other_letters)
    if _damage(_behind_mark(source, skip), "gb18030").is_below(_DAMAGED["gb18030"]):
        if _is_big5(head[skip:]):
            return Encoding("big5", skip)
        return Encoding("gb18030", skip, by_lines=holds_utf8(_behind_mark(source, skip)))
    for name in ("utf-8", "gb18030"):
        if _is_mended_by_lines(source, skip, name):
            return Encoding(name, skip, by_lines=True)
    if utf8.is_below(_MIXED) and utf8.foreign > _ENOUGH:
        raise Unreadable("文件里的字有一部分读出来是乱码, 多半是两次导出的拼在了一起; 请分别重新导出, 各交一个文件")
    if _damage(_behind_mark(source, skip), "big5").is_below(_DAMAGED["big5"]):
        return Encoding("big5", skip)
    raise Unreadable("文件里的字读出来是乱码; 请用WPS打开, 看着正常后另存为xlsx(信件存为docx)再提交")


@contextmanager
def text_of(source: Source, encoding: Encoding) -> Iterator[io.TextIOWrapper]:
    """The source's text from its first character, with its line ends; the source's stream stays open."""
    if encoding.by_lines:
        with tempfile.TemporaryFile("w+", encoding="utf-8", newline="", dir=source.folder) as mended:
            mended.writelines(_mended_lines(source, encoding.skip, encoding.name))
            mended.seek(0)
            yield mended
        return
    stream = _behind_mark(source, encoding.skip)
    text = io.TextIOWrapper(stream, encoding=encoding.name, errors="replace", newline="")
    try:
        yield text
    finally:
        text.detach()


def _mended_lines(source: Source, skip: int, name: str) -> Iterator[str]:
    return mended_lines(_behind_mark(source, skip), name)


def _behind_mark(source: Source, skip: int) -> BinaryIO:
    stream = source.start()
    stream.seek(skip)
    return stream


def _is_big5(head: bytes) -> bool:
    """True when the text's characters are common ones in Big5 and rare ones in GBK, which takes nearly all bytes.

    Both sets put their common characters first: GB 2312 level 1 at B0A1 to D7F9, Big5 level 1 at A440 to C67E.
    """
    as_gbk = _share_of_common(head, "gb18030", "gb2312", 0xB0A1, 0xD7F9)
    return as_gbk < _FEW_COMMON and _share_of_common(head, "big5", "big5", 0xA440, 0xC67E) > _MOST_COMMON


def _share_of_common(head: bytes, read: str, charset: str, first: int, last: int) -> float:
    """The share of common characters among the Chinese ones, 0 to 1; 0 without any."""
    # Punctuation says nothing about either.
    signs = [sign for sign in head.decode(read, errors="ignore") if "\u3040" <= sign < "\uff00"]
    codes = [int.from_bytes(sign.encode(charset, errors="ignore")) for sign in signs]
    return sum(first <= code <= last for code in codes) / len(codes) if codes else 0.0


def _utf16_without_mark(head: bytes) -> str | None:
    """Latin digits, commas and line ends of a table leave a null byte in each pair."""
    if len(head) < 4:
        return None
    even, odd = head[::2].count(0), head[1::2].count(0)
    if max(even, odd) * 10 < len(head) or min(even, odd) * 10 > max(even, odd):
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _is_mended_by_lines(source: Source, skip: int, name: str) -> bool:
    """True when hardly a character is damaged once each line is read as what it is."""
    damaged = foreign = 0
    for line in _mended_lines(source, skip, name):
        damaged += line.count(_REPLACEMENT)
        foreign += 0 if line.isascii() else _beyond_ascii(line)
    return damaged <= _DAMAGED["gb18030"] * foreign


def _damage(stream: BinaryIO, name: str) -> _Damage:
    decoder = codecs.getincrementaldecoder(name)(errors="replace")
    found = _Damage()
    while piece := stream.read(_PIECE):
        text = decoder.decode(piece)
        if not text.isascii():
            found.add(text)
    found.add(decoder.decode(b"", True))
    return found


def _beyond_ascii(text: str) -> int:
    return len(text) - len(text.encode("ascii", errors="ignore"))
