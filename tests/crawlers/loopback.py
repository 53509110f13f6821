"""A site on loopback: given pages as bytes, and what was asked for."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

KINDS = {"xml": "application/xml", "json": "application/json", "gz": "application/octet-stream", "txt": "text/plain"}


@dataclass
class Site:
    """The address of the site and the paths that were asked for."""

    address: str
    asked: list[str] = field(default_factory=list)


@contextmanager
def serving(pages: Mapping[str, bytes]) -> Iterator[Site]:
    """Serve the pages; every other path is not found. HTML is sent without a character set, as old sites do."""
    site = Site("")

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append(self.path)
            body = pages.get(self.path)
            self.send_response(200 if body is not None else 404)
            self.send_header("Content-Type", KINDS.get(self.path.rsplit(".", 1)[-1], "text/html"))
            self.send_header("Content-Length", str(len(body or b"")))
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, format: str, *args: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    site.address = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield site
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
