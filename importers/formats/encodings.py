"""The encoding of a text, found by reading all of it, whatever it declares of itself."""

import codecs
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import BinaryIO

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
_ESCAPED = re.compile("[\udc80-\udcff]")
"""Bytes that are no GB18030."""
_FIRST_CHINESE = "\u3000"
_NO_CHANCE = 4
"""Chinese characters of a line that is UTF-8 throughout."""


@dataclass(frozen=True, slots=True)
class Encoding:
    """How the bytes become text."""

    name: str
    skip: int
    """Bytes of a byte order mark."""


def encoding_of(source: Source, *, by_lines: bool = False) -> Encoding:
    """The encoding in which the whole text decodes, or nearly: single damaged characters become U+FFFD.

    UTF-8 refuses nearly every other encoding's bytes, so it comes first; GB18030 accepts nearly everything, so it
    comes late. A UTF-8 text with some damaged bytes is still UTF-8: read as GB18030 it would be all wrong words.
    `by_lines` where the text will be read by `lines_of`, which understands lines of UTF-8 within GB18030.
    """
    head = source.head(_SAMPLE)
    marked = next(((name, len(mark)) for mark, name in _MARKS if head.startswith(mark)), None)
    skip = marked[1] if marked else 0
    if marked and marked[0] != "utf-8":
        return Encoding(marked[0], skip)
    unmarked = _utf16_without_mark(head)
    if unmarked:
        return Encoding(unmarked, 0)
    for name, most in _DAMAGED.items():
        damaged, foreign = _damage(source.start(), skip, name)
        if damaged <= most * foreign:
            return Encoding("big5" if name == "gb18030" and _is_big5(head[skip:]) else name, skip)
        if name == "utf-8" and damaged < _MIXED * foreign and foreign > _ENOUGH:
            raise Unreadable("文件里混有两种文字编码(UTF-8和GBK), 请分别重新导出, 或另存为xlsx后再提交")
        if name == "gb18030" and by_lines and _damaged_lines(source, skip) <= most:
            return Encoding(name, skip)
    raise Unreadable("文字编码认不出来, 请另存为UTF-8或xlsx后再提交")


@contextmanager
def text_of(
    source: Source, encoding: Encoding, *, newline: str | None = "", errors: str = "replace"
) -> Iterator[io.TextIOWrapper]:
    """The source's text from its first character; the source's stream stays open."""
    stream = source.start()
    stream.seek(encoding.skip)
    text = io.TextIOWrapper(stream, encoding=encoding.name, errors=errors, newline=newline)
    try:
        yield text
    finally:
        text.detach()


@contextmanager
def lines_of(source: Source, encoding: Encoding) -> Iterator[Iterator[str]]:
    """The source's lines with their ends; those of UTF-8 behind an export in GB18030 are read as what they are.

    GB18030 takes the bytes of UTF-8 for rare characters, so that such a line would come in as wrong words. Four Chinese
    characters and nothing that is no UTF-8 do not come about by chance.
    """
    if encoding.name != "gb18030":
        with text_of(source, encoding) as text:
            yield text
        return
    with text_of(source, encoding, errors="surrogateescape") as text:
        yield map(_as_meant, text)


def _as_meant(line: str) -> str:
    if line.isascii():
        return line
    with suppress(UnicodeError):
        meant = line.encode("gb18030", "surrogateescape").decode("utf-8")
        if sum(sign >= _FIRST_CHINESE for sign in meant) >= _NO_CHANCE:
            return meant
    return _ESCAPED.sub(_REPLACEMENT, line)


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


def _damaged_lines(source: Source, skip: int) -> float:
    """The share of lines that hold a damaged character when each is read as what it is."""
    lines = damaged = 0
    with lines_of(source, Encoding("gb18030", skip)) as found:
        for line in found:
            lines, damaged = lines + 1, damaged + (_REPLACEMENT in line)
    return damaged / max(lines, 1)


def _damage(stream: BinaryIO, skip: int, name: str) -> tuple[int, int]:
    """How many characters are damaged, and how many lie beyond ASCII."""
    stream.seek(skip)
    decoder = codecs.getincrementaldecoder(name)(errors="replace")
    damaged = foreign = 0
    while piece := stream.read(_PIECE):
        text = decoder.decode(piece)
        if not text.isascii():
            damaged += text.count(_REPLACEMENT)
            foreign += len(text) - len(text.encode("ascii", errors="ignore"))
    rest = decoder.decode(b"", True).count(_REPLACEMENT)
    damaged, foreign = damaged + rest, foreign + rest
    return damaged, foreign
