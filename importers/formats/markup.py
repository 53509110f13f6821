"""XML as it comes in office files: read by expat in pieces, without document types, so without entities of its own."""

from collections.abc import Callable, Iterator, Mapping
from typing import Protocol, TypeVar
from xml.parsers import expat

from importers.formats.source import Unreadable

_PIECE = 1 << 16
_Item = TypeVar("_Item")
_NO_DOCUMENT_TYPE = "文件里夹带了正常办公文件没有的内容, 为安全没有读取; 请用WPS打开, 另存后再提交"

_UNKNOWN_ENCODING = "文件里的字读不出来; 请用WPS打开, 看着正常后另存再提交"


class Readable(Protocol):
    """Bytes to read from."""

    def read(self, count: int, /) -> bytes:
        """The next bytes, none at the end."""


class Handler(Protocol):
    """What is told about elements; names come without their namespace prefix."""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element starts."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, text: str) -> None:
        """Some of the text of the element."""


class Silent:
    """The part of a handler that elements without text do not need."""

    def end(self, name: str) -> None:
        """See `Handler`."""

    def text(self, text: str) -> None:
        """See `Handler`."""


class Collector(Handler, Protocol[_Item]):
    """A handler that makes something of the elements."""

    finished: list[_Item]
    """What is complete and was not taken yet."""


def parse(stream: Readable, handler: Handler) -> Iterator[None]:
    """Feed the stream to the handler, a pause after every 64 KB; Unreadable when it is no well-formed XML.

    A document type is refused as a whole: no office file has one, and every entity bomb needs one.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_document_type
    parser.StartElementHandler = _first_element(parser, handler)
    parser.CharacterDataHandler = handler.text
    try:
        while piece := stream.read(_PIECE):
            parser.Parse(piece)
            yield
        parser.Parse(b"", True)
    except expat.ExpatError as exc:
        raise Unreadable("内容不完整或已损坏, 后面的读不出来; 请用WPS或Excel打开, 另存后再提交") from exc
    except (LookupError, ValueError) as exc:
        # Exactly these are thrown by expat for an encoding that it does not know; others are ours, and bugs.
        if type(exc) not in {LookupError, ValueError}:
            raise
        raise Unreadable(_UNKNOWN_ENCODING) from exc
    yield


def parse_whole(stream: Readable, handler: Handler) -> None:
    """Feed all of the stream to the handler."""
    for _ in parse(stream, handler):
        pass


def collected(stream: Readable, collector: Collector[_Item]) -> Iterator[_Item]:
    """What the collector finishes while the stream is read; where that breaks off, first all that was finished."""
    try:
        for _ in parse(stream, collector):
            yield from collector.finished
            collector.finished.clear()
    except Unreadable:
        yield from collector.finished
        raise


def attribute_of(attributes: Mapping[str, str], name: str) -> str:
    """The attribute whatever prefix the writer gave the namespace; "" without one."""
    return next((value for key, value in attributes.items() if key.rpartition(":")[2] == name), "")


def whole_number(text: str | None, otherwise: int) -> int:
    """The number of at most seven digits that the attribute says; `otherwise` for anything else."""
    return int(text) if text and text.isdecimal() and len(text) < 8 else otherwise


def _first_element(parser: expat.XMLParserType, handler: Handler) -> Callable[[str, dict[str, str]], None]:
    """Most writers use no prefix for the main namespace; without one to take off, expat calls the handler itself."""

    def start(name: str, attributes: dict[str, str]) -> None:
        if ":" in name:
            parser.StartElementHandler = lambda name, attributes: handler.start(name.rpartition(":")[2], attributes)
            parser.EndElementHandler = lambda name: handler.end(name.rpartition(":")[2])
        else:
            parser.StartElementHandler = handler.start
            parser.EndElementHandler = handler.end
        parser.StartElementHandler(name, attributes)

    return start


def _refuse_document_type(*_: object) -> None:
    raise Unreadable(_NO_DOCUMENT_TYPE)
