"""Compressed answers: a bomb, a damaged and a cut-off stream each end under their own name."""

import zlib

from scrapy import Request
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from crawlers.middlewares.named_problem import NamedProblem
from domain.media.crawl import FetchProblem

_ANY_HEADER = zlib.MAX_WBITS | 32
_LONGEST_STEP = 1 << 20
_MOST_MEMBERS = 100
"""Parts of one gzip stream; servers send one, and what follows a part is copied each time."""


class Compression(HttpCompressionMiddleware):
    """Scrapy's middleware, whose gzip reader takes a cut-off stream for a whole one."""

    def process_response(self, request: Request, response: Response, spider: object = None) -> Request | Response:
        """The answer unpacked; NamedProblem when it cannot be, or would be larger than the limit."""
        try:
            return super().process_response(request, response)
        except NamedProblem:
            raise
        except IgnoreRequest as exc:
            raise NamedProblem(FetchProblem.COMPRESSION_BOMB) from exc
        except Exception as exc:
            # Each codec has errors of its own; whichever it is, the body is no page.
            raise NamedProblem(FetchProblem.BAD_COMPRESSION, f"压缩内容损坏({type(exc).__name__})") from exc

    @staticmethod
    def _decode(body: bytes, encoding: bytes, max_size: int) -> bytes:
        if encoding in {b"gzip", b"x-gzip"}:
            return _gunzip(body, max_size)
        return HttpCompressionMiddleware._decode(body, encoding, max_size)


def _gunzip(body: bytes, limit: int) -> bytes:
    parts: list[bytes] = []
    size, members, rest = 0, 0, body
    while rest:
        members += 1
        if members > _MOST_MEMBERS:
            raise NamedProblem(FetchProblem.COMPRESSION_BOMB, f"压缩内容超过{_MOST_MEMBERS}段")
        unpacker = zlib.decompressobj(_ANY_HEADER)
        while not unpacker.eof:
            part = unpacker.decompress(rest, _LONGEST_STEP)
            rest = unpacker.unconsumed_tail
            size += len(part)
            parts.append(part)
            if size > limit:
                raise NamedProblem(FetchProblem.COMPRESSION_BOMB, f"解压后超过{limit}字节")
            if not part and not rest and not unpacker.eof:
                raise NamedProblem(FetchProblem.INCOMPLETE, "压缩内容没有传完")
        # Some servers append zeros after the last member; they are no further member.
        rest = unpacker.unused_data.lstrip(b"\0")
    return b"".join(parts)
