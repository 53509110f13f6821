"""Texts pasted together from UTF-8 and GB18030: each line, or stretch of a line, is read as what it is.

GB18030 takes nearly all bytes of UTF-8 for rare characters, so that nothing fails where a name comes in as wrong words.
What may be either becomes U+FFFD, which is told to the clerk with its line, and is never guessed.
"""

import re
from collections.abc import Iterator
from typing import BinaryIO

_PIECE = 1 << 20
_LOST = "\ufffd"
_CHINESE_IN_UTF8 = rb"(?:(?:\xc2\xb7)?(?:[\xe2-\xef][\x80-\xbf]{2}|\xf0[\xa0-\xbf][\x80-\xbf]{2}))+(?![\x80-\xff])"
"""Up to a sign of ASCII, the dot within names of minorities (\u00b7) included."""
_UTF8_STRETCH = re.compile(rb"(?<![\x80-\xff])" + _CHINESE_IN_UTF8)
_BEHIND_ASCII = re.compile(rb"[\x00-\x7f](?=[\xc2\xe2-\xf0][\x80-\xbf])" + _CHINESE_IN_UTF8)
"""The same, found much faster: in a text of GB18030 hardly a place begins like it."""
_BEYOND = bytes(range(0x80, 0x100))
_LONGEST = 1 << 16
"""Bytes without a sign of ASCII that are looked at as a whole."""
_STRETCH = re.compile(rb"[\x80-\xff]+")
_BEYOND_ASCII = re.compile("[^\x00-\x7f]")
_OTHER_LETTERS = re.compile("[\u0100-\u07ff]{2}")
"""Two characters of GB18030 may be two letters of UTF-8 that no Chinese text has, and nothing fails."""
_LETTER = re.compile("[\u0080-\u07ff](?<![·×÷°±§])")
_CHINESE = re.compile("[\u2e80-\ud7ff\uf900-\uffef\U00020000-\U000323af]")
_NO_CHANCE = 4
"""Chinese characters that are UTF-8 throughout, or characters that are common ones in GB18030, not by chance."""
_COMMON = 0.8
"""Share of common characters of a text in GB18030; UTF-8 read as such has about half."""
_FIRST_COMMON, _LAST_COMMON = 0xA1A1, 0xD7F9
"""Punctuation and level 1 of GB 2312."""


def holds_utf8(stream: BinaryIO) -> bool:
    """True when a text in GB18030 has a stretch that may be UTF-8."""
    rest = b"\n"
    while piece := stream.read(_PIECE):
        whole = rest + piece
        if _BEHIND_ASCII.search(whole):
            return True
        last = whole[-_LONGEST:]
        rest = last[max(len(last.rstrip(_BEYOND)) - 1, 0) :]
    return False


def holds_other_letters(text: str) -> bool:
    """True when a text of UTF-8 has letters that may be Chinese in GB18030."""
    return _OTHER_LETTERS.search(text) is not None


def mended_lines(stream: BinaryIO, main: str) -> Iterator[str]:
    """The lines with their ends; `main` (utf-8 or gb18030) is what most of them are."""
    read = _line_among_utf8 if main == "utf-8" else _line_among_gb18030
    return (line.decode("ascii") if line.isascii() else read(line) for line in _lines(stream))


def _lines(stream: BinaryIO) -> Iterator[bytes]:
    rest = b""
    while piece := stream.read(_PIECE):
        # The last one is held back: its end may follow, or the second half of it.
        *lines, rest = (rest + piece).splitlines(keepends=True)
        yield from lines
    if rest:
        yield rest


def _line_among_gb18030(line: bytes) -> str:
    utf8 = _strictly(line, "utf-8")
    if utf8 is None:
        return _with_stretches_of_utf8(line)
    gb18030 = _strictly(line, "gb18030")
    chinese = _count_of_chinese(utf8)
    if chinese >= _NO_CHANCE or (chinese and gb18030 is None):
        return utf8
    if not chinese or gb18030 is None:
        return line.decode("gb18030", "replace")
    known = _is_known(utf8), _is_known(gb18030)
    if known[0] == known[1]:
        return _BEYOND_ASCII.sub(_LOST, utf8)
    return utf8 if known[0] else gb18030


def _with_stretches_of_utf8(line: bytes) -> str:
    """A line of GB18030 in which single cells may be UTF-8."""
    pieces, end = [], 0
    for found in _UTF8_STRETCH.finditer(line):
        utf8, gb18030 = _strictly(found[0], "utf-8"), _strictly(found[0], "gb18030")
        if utf8 is None:
            continue
        chinese = _count_of_chinese(utf8)
        if chinese < _NO_CHANCE and (chinese < 2 or not _is_known(utf8) or (gb18030 and _is_known(gb18030))):
            # What follows is ASCII, and the second half of a character may be.
            continue
        pieces += [line[end : found.start()].decode("gb18030", "replace"), utf8]
        end = found.end()
    return "".join([*pieces, line[end:].decode("gb18030", "replace")])


def _line_among_utf8(line: bytes) -> str:
    utf8, gb18030 = _strictly(line, "utf-8"), _strictly(line, "gb18030")
    if utf8 is not None:
        return _letters_or_chinese(utf8, gb18030)
    if gb18030 is not None and _is_common(gb18030):
        return gb18030
    return "".join(_stretches_among_utf8(line))


def _stretches_among_utf8(line: bytes) -> Iterator[str]:
    end = 0
    for found in _STRETCH.finditer(line):
        yield line[end : found.start()].decode("ascii")
        utf8, gb18030 = _strictly(found[0], "utf-8"), _strictly(found[0], "gb18030")
        if utf8 is not None:
            yield _letters_or_chinese(utf8, gb18030)
        else:
            yield gb18030 if gb18030 and _is_common(gb18030) else found[0].decode("utf-8", "replace")
        end = found.end()
    yield line[end:].decode("ascii")


def _letters_or_chinese(utf8: str, gb18030: str | None) -> str:
    if gb18030 is None or _count_of_chinese(utf8) or not _LETTER.search(utf8) or not _is_known(gb18030):
        return utf8
    return gb18030 if _is_common(gb18030) and not _is_known(utf8) else _BEYOND_ASCII.sub(_LOST, utf8)


def _strictly(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _count_of_chinese(text: str) -> int:
    return len(_CHINESE.findall(text))


def _is_known(text: str) -> bool:
    """Whether all of its characters are in GB 2312, as nearly all that offices write are."""
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def _is_common(text: str) -> bool:
    """Whether its characters are common ones: all of a few, most of many."""
    signs = [sign for sign in text if not sign.isascii()]
    codes = (int.from_bytes(sign.encode("gb2312", errors="ignore")) for sign in signs)
    common = sum(_FIRST_COMMON <= code <= _LAST_COMMON for code in codes)
    return common == len(signs) or (len(signs) >= _NO_CHANCE and common >= _COMMON * len(signs))
