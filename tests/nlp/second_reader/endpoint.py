"""A loopback server that plays the second reader's endpoint, one scripted answer after the other."""

import json
import socket
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

Play = Callable[[BaseHTTPRequestHandler], None]


def completion(content: object, finish_reason: str = "stop") -> bytes:
    """What a server wraps around the model's words; an object is written as JSON."""
    said = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
    message = {"role": "assistant", "content": said}
    return json.dumps({"model": "m", "choices": [{"message": message, "finish_reason": finish_reason}]}).encode()


def said(*labels: tuple[str, str], **changes: object) -> dict[str, object]:
    """A whole answer with these (slug, quotation)."""
    return {
        "labels": [{"slug": slug, "quotations": [quotation]} for slug, quotation in labels],
        "scope": "household" if labels else "none",
        "relocation": False,
        "accusation": False,
        "urgent": False,
        "factuality": "current" if labels else "none",
        **changes,
    }


def answer(body: bytes, status: int = 200, **headers: str) -> Play:
    """An ordinary answer."""

    def play(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return play


def good(*labels: tuple[str, str], **changes: object) -> Play:
    """An answer that keeps the rules."""
    return answer(completion(said(*labels, **changes)))


def hang(handler: BaseHTTPRequestHandler) -> None:
    """No answer for longer than any test waits."""
    time.sleep(2)


def endless(handler: BaseHTTPRequestHandler) -> None:
    """A body that never ends."""
    handler.send_response(200)
    handler.end_headers()
    while True:
        handler.wfile.write(b" " * 65536)


def drip(handler: BaseHTTPRequestHandler) -> None:
    """A body that comes so slowly that no single wait is too long."""
    handler.send_response(200)
    handler.end_headers()
    for _ in range(100):
        handler.wfile.write(b" ")
        handler.wfile.flush()
        time.sleep(0.05)


def make_certificate(folder: Path, name: str) -> Path:
    """A file with a key and a certificate for this name, signed by itself."""
    folder.mkdir(exist_ok=True)
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    begins = datetime(2026, 1, 1, tzinfo=UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(begins)
        .not_valid_after(begins.replace(year=2126))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path = folder / "certificate.pem"
    path.write_bytes(private + certificate.public_bytes(pem))
    return path


@dataclass
class Endpoint:
    """The script and what was asked; the last play is repeated."""

    plays: list[Play] = field(default_factory=lambda: [good()])
    bodies: list[bytes] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    url: str = ""

    @property
    def texts(self) -> list[str]:
        """The user messages that arrived."""
        return [json.loads(body)["messages"][1]["content"] for body in self.bodies]

    def play(self, handler: BaseHTTPRequestHandler) -> None:
        """Note the request and answer it."""
        self.bodies.append(handler.rfile.read(int(handler.headers["Content-Length"])))
        self.headers.append(dict(handler.headers))
        self.paths.append(handler.path)
        play = self.plays.pop(0) if len(self.plays) > 1 else self.plays[0]
        try:
            play(handler)
        except (BrokenPipeError, ConnectionResetError):
            handler.close_connection = True


@contextmanager
def serve(host: str = "127.0.0.1", *, certificate: Path | None = None) -> Iterator[Endpoint]:
    """The endpoint on a free port of this machine; with a certificate it speaks https."""
    endpoint = Endpoint()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            endpoint.play(self)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    class Server(ThreadingHTTPServer):
        address_family = socket.AF_INET6 if ":" in host else socket.AF_INET

        def handle_error(self, request: object, client_address: object) -> None:
            """A client that hangs up is what some tests are about."""

    server = Server((host, 0), Handler)
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    endpoint.url = f"http://{host}:{server.server_address[1]}/v1"
    yield endpoint
    server.shutdown()
    server.server_close()
    thread.join()
