"""`python -m benchmarks.crawl.server --pages N --seed S`: serves the loopback sites until killed; prints its port.

Answers carry an ETag and conditional requests get 304. `/__asked__` tells how many answers of each status were given.
"""

import argparse
import asyncio
import hashlib
import json
from collections import Counter

from benchmarks.crawl.sites import loopback_sites

_KINDS = {"xml": b"text/xml", "json": b"application/json"}


class Site:
    """Pages in memory, each with its tag."""

    def __init__(self, pages: dict[str, bytes]) -> None:
        """Serve these pages."""
        self.address = b""
        self._pages = {path: (body, hashlib.sha256(body).hexdigest()[:16].encode()) for path, body in pages.items()}
        self._given: Counter[str] = Counter()

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer the requests of one connection."""
        try:
            while True:
                request = await reader.readuntil(b"\r\n\r\n")
                writer.write(self._answer(request))
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    def _answer(self, request: bytes) -> bytes:
        path = request.split(b" ", 2)[1].decode()
        if path == "/__asked__":
            return _message(b"200 OK", json.dumps(self._given).encode(), b"application/json", b"none")
        if path not in self._pages:
            self._given["404"] += 1
            return _message(b"404 Not Found", b"", b"text/plain", b"none")
        body, tag = self._pages[path]
        if tag in request:
            self._given["304"] += 1
            return b'HTTP/1.1 304 Not Modified\r\nETag: "' + tag + b'"\r\n\r\n'
        self._given["200"] += 1
        kind = _KINDS.get(path.rpartition(".")[2], b"text/html; charset=utf-8")
        return _message(b"200 OK", body.replace(b"{site}", self.address), kind, tag)


def _message(status: bytes, body: bytes, kind: bytes, tag: bytes) -> bytes:
    length = str(len(body)).encode()
    return b'HTTP/1.1 %s\r\nContent-Type: %s\r\nContent-Length: %s\r\nETag: "%s"\r\n\r\n%s' % (
        status,
        kind,
        length,
        tag,
        body,
    )


async def _serve(pages: dict[str, bytes]) -> None:
    site = Site(pages)
    server = await asyncio.start_server(site.talk, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    site.address = f"http://127.0.0.1:{port}".encode()
    print(port, flush=True)
    await server.serve_forever()


def main() -> None:
    """Serve the sites that the arguments describe."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--pages", type=int, required=True)
    parser.add_argument("--seed", type=int, required=True)
    given = parser.parse_args()
    pages = {path: body for site in loopback_sites(given.pages, given.seed) for path, body in site.pages.items()}
    asyncio.run(_serve(pages))


if __name__ == "__main__":
    main()
