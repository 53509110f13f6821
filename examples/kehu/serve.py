"""Serves the example's news site on loopback, with conditional requests as real servers have them."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread


class _QuietHandler(SimpleHTTPRequestHandler):
    """Files with Last-Modified and 304, no log lines, no charset header: pages say their own."""

    extensions_map = {  # noqa: RUF012 - the library declares it without ClassVar
        ".html": "text/html",
        ".xml": "application/xml",
        ".txt": "text/plain",
        "": "application/octet-stream",
    }

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def serve_site(folder: Path) -> Iterator[str]:
    """The address of the site while the block runs."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_QuietHandler, directory=str(folder)))
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
