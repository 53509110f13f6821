"""A site of raw sockets that goes wrong in every way a site can, one way per address."""

import gzip
import socket
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread

ARTICLE = (
    "<html><head><title>{0}</title></head><body><h1>{0}</h1><p>2026-09-03 08:15 来源：乡村报</p><div id=c><p>{0}"
    + "今年枣子熟了没有人来收，家里等着卖枣的钱交学费。" * 4
    + "</p></div></body></html>"
)
_GIGABYTE = 1 << 30
_BLOCK = b"x" * 65536

Answer = Callable[[socket.socket, "FaultySite"], None]


def page(title: str) -> bytes:
    """An article's page."""
    return ARTICLE.format(title).encode()


def head(status: str = "200 OK", length: int | None = None, **headers: str) -> bytes:
    """A response's head; underscores in names become hyphens."""
    lines = [f"HTTP/1.1 {status}", "Connection: close"]
    given = {"Content_Type": "text/html; charset=utf-8", **headers}
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in given.items()]
    lines += [] if length is None else [f"Content-Length: {length}"]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def answer(body: bytes, status: str = "200 OK", **headers: str) -> Answer:
    """A plain answer."""
    return lambda connection, _: connection.sendall(head(status, len(body), **headers) + body)


def redirect(target: str) -> Answer:
    """A redirect; `{site}` in the target is the site itself."""
    return lambda connection, site: connection.sendall(
        head("302 Found", 0, Location=target.format(site=site.address, port=site.port))
    )


def hang(_: socket.socket, site: "FaultySite") -> None:
    site.closing.wait(20)


def reset(connection: socket.socket, _: "FaultySite") -> None:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")


def promise_more(connection: socket.socket, _: "FaultySite") -> None:
    connection.sendall(head(length=len(page("短")) + 5000) + page("短"))


def promise_less(connection: socket.socket, _: "FaultySite") -> None:
    connection.sendall(head(length=len(page("长")) - 61) + page("长"))


def gigabyte(connection: socket.socket, _: "FaultySite") -> None:
    connection.sendall(head(length=_GIGABYTE))
    for _number in range(_GIGABYTE // len(_BLOCK)):
        connection.sendall(_BLOCK)


def gigabyte_unannounced(connection: socket.socket, _: "FaultySite") -> None:
    connection.sendall(head())
    for _number in range(_GIGABYTE // len(_BLOCK)):
        connection.sendall(_BLOCK)


def drip(connection: socket.socket, site: "FaultySite") -> None:
    connection.sendall(head(length=5000))
    for byte in page("慢"):
        connection.sendall(bytes([byte]))
        if site.closing.wait(0.2):
            return


def bomb(connection: socket.socket, _: "FaultySite") -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    body = b"".join(packer.compress(b"\0" * (1 << 20)) for _number in range(60)) + packer.flush()
    connection.sendall(head(length=len(body), Content_Encoding="gzip") + body)


def huge_headers(connection: socket.socket, _: "FaultySite") -> None:
    connection.sendall(head(length=2, X_Filler="y" * 500_000) + b"ok")


def nonsense(connection: socket.socket, _: "FaultySite") -> None:
    connection.sendall(b"\x16\x03\x01 this is no HTTP\r\n\r\n")


class FaultySite:
    """The site; `asked` holds the paths in the order in which they were asked for."""

    def __init__(self, answers: dict[str, Answer]) -> None:
        self._answers = answers
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port: int = self._listener.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        self.asked: list[str] = []
        self.moments: list[float] = []
        self.headers: list[str] = []
        self.closing = Event()
        self._threads: list[Thread] = []

    def serve(self) -> None:
        with suppress(OSError):
            while not self.closing.is_set():
                connection, _ = self._listener.accept()
                thread = Thread(target=self._answer, args=(connection,), daemon=True)
                self._threads.append(thread)
                thread.start()

    def _answer(self, connection: socket.socket) -> None:
        with connection, suppress(OSError):
            request = b""
            while b"\r\n\r\n" not in request and (part := connection.recv(65536)):
                request += part
            if not request:
                return
            path = request.split(b" ")[1].decode()
            self.asked.append(path)
            self.moments.append(time.perf_counter())
            self.headers.append(request.decode("latin-1"))
            self._answers.get(path, answer(b"", "404 Not Found"))(connection, self)

    def close(self) -> None:
        self.closing.set()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for thread in self._threads:
            thread.join(5)


@contextmanager
def faulty_site(answers: dict[str, Answer]) -> Iterator[FaultySite]:
    """The site while it is up."""
    site = FaultySite(answers)
    thread = Thread(target=site.serve, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        site.close()
        thread.join(5)


def packed(body: bytes) -> bytes:
    """The body as gzip."""
    return gzip.compress(body)
