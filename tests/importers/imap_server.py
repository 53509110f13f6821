"""An IMAP server on loopback behind TLS that knows as much of RFC 3501 as a mailbox needs."""

import re
import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

PASSWORD = "invented password 7"


@dataclass
class Mail:
    content: bytes
    flags: set[str] = field(default_factory=set)


@dataclass
class MailServer:
    """What the server holds, by folder and number; tests look into it."""

    folders: dict[str, dict[int, Mail]]
    capabilities: str = "IMAP4rev1 MOVE UIDPLUS"
    port: int = 0
    certificates: Path = Path()
    commands: list[str] = field(default_factory=list)
    hang_up_at: str = ""
    """The connection ends before this command is carried out."""
    withheld: set[int] = field(default_factory=set)
    """Numbers of mails whose content is not given."""
    off_by: int = 0
    """By how many bytes more than it has a mail's size is stated."""
    behind_the_end: str = ""
    """Answered instead of an empty piece behind the end of a mail, `NUMBER` being the mail's; NO refuses."""

    def add(self, content: bytes, folder: str = "INBOX") -> int:
        mails = self.folders.setdefault(folder, {})
        number = max(mails, default=0) + 1
        mails[number] = Mail(content)
        return number


class _HangUp(Exception):
    pass


class _Handler(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        state: MailServer = self.server.state  # type: ignore[attr-defined]
        self._folder: dict[int, Mail] = {}
        try:
            self._send("* OK ready")
            while line := self.rfile.readline():
                tag, _, rest = line.decode().rstrip("\r\n").partition(" ")
                self._answer(state, tag, rest)
        except (_HangUp, OSError):
            return

    def _send(self, line: str, literal: bytes | None = None, end: str = "") -> None:
        self.wfile.write(line.encode())
        if literal is not None:
            self.wfile.write(f" {{{len(literal)}}}\r\n".encode() + literal + end.encode())
        self.wfile.write(b"\r\n")

    def _answer(self, state: MailServer, tag: str, rest: str) -> None:
        name, _, given = rest.partition(" ")
        command = f"{name} {given.split(' ')[0]}" if name == "UID" else name
        state.commands.append(command)
        if state.hang_up_at and command == state.hang_up_at:
            raise _HangUp
        if name == "CAPABILITY":
            self._send(f"* CAPABILITY {state.capabilities}")
        elif name == "LOGIN" and f'"{PASSWORD}"' not in given:
            self._send(f"{tag} NO wrong password {given}")
            return
        elif name == "SELECT":
            found = state.folders.get(given.strip('"'))
            if found is None:
                self._send(f"{tag} NO no such folder")
                return
            self._folder = found
            self._send(f"* {len(found)} EXISTS")
        elif name == "UID" and not self._uid(state, *given.split(" ", 1)):
            self._send(f"{tag} NO cannot")
            return
        self._send(f"{tag} OK done")

    def _uid(self, state: MailServer, verb: str, given: str) -> bool:
        if verb == "SEARCH":
            wanted = re.search(r'FROM "([^"]+)"', given)
            assert wanted is not None
            found = [
                str(number)
                for number, mail in self._folder.items()
                if "\\Seen" not in mail.flags and wanted[1] in mail.content.split(b"\r\n\r\n")[0].decode().lower()
            ]
            self._send(f"* SEARCH {' '.join(found)}")
            return True
        number, _, rest = given.partition(" ")
        mail = self._folder.get(int(number))
        if mail is None:
            return verb == "EXPUNGE"
        if verb == "FETCH":
            self._fetch(state, int(number), mail, rest)
        elif verb == "STORE":
            mail.flags |= set(re.findall(r"\\\w+", rest))
        elif verb in {"MOVE", "COPY"}:
            target = state.folders.get(rest.strip('"'))
            if target is None:
                return False
            target[max(target, default=0) + 1] = Mail(mail.content, set(mail.flags))
            if verb == "MOVE":
                del self._folder[int(number)]
        elif verb == "EXPUNGE" and "\\Deleted" in mail.flags:
            del self._folder[int(number)]
        return True

    def _fetch(self, state: MailServer, number: int, mail: Mail, wanted: str) -> None:
        if "HEADER.FIELDS" in wanted:
            head = b"\r\n".join(
                line
                for line in mail.content.split(b"\r\n\r\n")[0].split(b"\r\n")
                if line.lower().startswith((b"from:", b"message-id:"))
            )
            size = len(mail.content) + state.off_by
            line = f"* 1 FETCH (UID {number} RFC822.SIZE {size} BODY[HEADER.FIELDS (FROM MESSAGE-ID)]"
            self._send(line, head + b"\r\n\r\n", ")")
            return
        if number in state.withheld:
            self._send(f"* 1 FETCH (UID {number})")
            return
        place = re.search(r"<(\d+)\.(\d+)>", wanted)
        assert place is not None
        start, length = int(place[1]), int(place[2])
        piece = mail.content[start : start + length]
        if not piece and state.behind_the_end:
            self._send(state.behind_the_end.replace("NUMBER", str(number)))
            return
        self._send(f"* 1 FETCH (UID {number} BODY[]<{start}>", piece, ")")


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


@contextmanager
def serving(folder: Path, **given: object) -> Iterator[MailServer]:
    """The server, until the block is left; its certificate is made for it."""
    certificate, key = _certificate(folder)
    state = MailServer(folders={"INBOX": {}}, certificates=certificate, **given)  # type: ignore[arg-type]
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with _Server(("127.0.0.1", 0), _Handler, bind_and_activate=True) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        server.state = state  # type: ignore[attr-defined]
        state.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield state
        server.shutdown()
        thread.join()


def _certificate(folder: Path) -> tuple[Path, Path]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)  # noqa: TID251 - TLS asks the machine's clock too
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    paths = folder / "imap.pem", folder / "imap.key"
    paths[0].write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    paths[1].write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return paths
