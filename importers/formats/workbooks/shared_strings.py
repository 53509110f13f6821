"""The shared strings of an xlsx workbook, kept on disk: a register of a million rows has several million."""

import re
from array import array
from collections import OrderedDict
from collections.abc import Mapping
from typing import BinaryIO

from importers.formats.markup import Readable, parse_whole

_BLOCK = 1 << 16
_BLOCKS = 64
_KEPT = 20_000
"""Excel numbers strings in the order of their first use: those that come again and again have low numbers."""
_KEPT_CHARACTERS = 40
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


def unescape(text: str) -> str:
    """The text with `_x000D_` and the like as characters (ECMA-376 part 1, 22.9.2.19)."""
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


class SharedStrings:
    """The strings by number; about ten bytes of memory for each."""

    def __init__(self, storage: BinaryIO, longest: int) -> None:
        """`storage` is an empty file for them; a string is cut a little above `longest` characters."""
        self._storage = storage
        self._longest = longest
        self._starts = array("Q", [0])
        self._kept: dict[int, str] = {}
        self._blocks: OrderedDict[int, bytes] = OrderedDict()
        self._in_text = self._in_phonetic = False
        self._pieces: list[str] = []
        self._characters = 0

    def fill(self, stream: Readable) -> None:
        """Take in `sharedStrings.xml`."""
        parse_whole(stream, self)
        self._storage.flush()

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """See `markup.Handler`."""
        if name == "t":
            self._in_text = not self._in_phonetic
        elif name == "rPh":
            self._in_phonetic = True

    def end(self, name: str) -> None:
        """See `markup.Handler`."""
        if name == "t":
            self._in_text = False
        elif name == "rPh":
            self._in_phonetic = False
        elif name == "si":
            packed = unescape("".join(self._pieces)).encode("utf-8", errors="replace")
            self._storage.write(packed)
            self._starts.append(self._starts[-1] + len(packed))
            self._pieces.clear()
            self._characters = 0

    def text(self, text: str) -> None:
        """See `markup.Handler`."""
        if self._in_text and self._characters <= self._longest:
            self._pieces.append(text)
            self._characters += len(text)

    def __getitem__(self, number: int) -> str:
        """The string; IndexError when there is none of this number."""
        kept = self._kept.get(number)
        if kept is not None:
            return kept
        if number < 0:
            raise IndexError(number)
        text = self._read(self._starts[number], self._starts[number + 1]).decode()
        if number < _KEPT and len(text) <= _KEPT_CHARACTERS:
            self._kept[number] = text
        return text

    def _read(self, start: int, end: int) -> bytes:
        first, last = start // _BLOCK, max(end - 1, start) // _BLOCK
        if first == last:
            return self._block(first)[start - first * _BLOCK : end - first * _BLOCK]
        joined = b"".join(self._block(number) for number in range(first, last + 1))
        return joined[start - first * _BLOCK : end - first * _BLOCK]

    def _block(self, number: int) -> bytes:
        """A piece of the storage; those read last are at hand."""
        block = self._blocks.get(number)
        if block is None:
            self._storage.seek(number * _BLOCK)
            block = self._blocks[number] = self._storage.read(_BLOCK)
            if len(self._blocks) > _BLOCKS:
                self._blocks.popitem(last=False)
        return block
