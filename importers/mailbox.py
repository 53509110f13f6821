"""A mailbox over IMAP and TLS: which mails wait, their bytes, and where they go once they were dealt with."""

import base64
import imaplib
import re
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import getaddresses
from pathlib import Path
from typing import Any, Self

from domain.failures.errors import MailboxError

_PIECE_BYTES = 1 << 20
_MOST_BEYOND = 16 << 20
"""Bytes by which a mail may be larger than its server states."""
_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")
_NOT_GIVEN = "邮箱服务器没有给出邮件的内容"
_NOT_ASCII = re.compile(r"[^\x20-\x7e]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class MailboxAccess:
    """Which mailbox, and how it is opened."""

    host: str
    port: int
    username: str
    password: str
    folder: str
    timeout_seconds: float
    certificates: Path | None = None
    """File of the certificate authority; the machine's own when none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingMail:
    """A mail that nobody has read yet."""

    uid: str
    mailbox_id: str
    """UIDVALIDITY of the folder: with another one the same `uid` is another mail; empty where the server says none."""
    message_id: str
    """As its header says; empty where it says none."""
    sender: str
    """The only address in From, in small letters; empty where there are none or several."""
    size: int
    """Bytes, as the server counts them."""


class Mailbox:
    """An open folder; reading a mail does not mark it."""

    def __init__(self, server: imaplib.IMAP4) -> None:
        """Over a connection that is signed in and has selected the folder."""
        self._server = server
        said = server.response("UIDVALIDITY")[1]
        self._id = said[0].decode(errors="replace") if said and isinstance(said[0], bytes) else ""

    @classmethod
    @contextmanager
    def opened(cls, access: MailboxAccess) -> Iterator[Self]:
        """The folder, closed at the end; MailboxError, here and inside, when the server does not do what is asked."""
        with _translated():
            context = ssl.create_default_context(cafile=str(access.certificates) if access.certificates else None)
            server = imaplib.IMAP4_SSL(access.host, access.port, ssl_context=context, timeout=access.timeout_seconds)
            try:
                server.login(access.username, access.password)
                _checked(server.select(_folder_name(access.folder)))
                yield cls(server)
            finally:
                server.shutdown()

    def waiting(self, senders: Sequence[str]) -> list[WaitingMail]:
        """Unread mails of these senders (exact addresses, small letters), in the order in which they came."""
        found: set[int] = set()
        for sender in senders:
            for line in _checked(self._server.uid("SEARCH", "UNSEEN", "FROM", f'"{sender}"')):
                found.update(int(number) for number in (line.split() if isinstance(line, bytes) else ()))
        mails = [self._header(str(number)) for number in sorted(found)]
        # Servers search for a part of the header; the address itself decides.
        return [mail for mail in mails if mail is not None and mail.sender in senders]

    def save(self, mail: WaitingMail, path: Path) -> None:
        """Write the mail's bytes to a new file, piece by piece; MailboxError when the server does not give them.

        Servers may state another size than the mail has: it ends where nothing more comes.
        """
        with path.open("xb") as output:
            written, ended = 0, False
            while piece := self._piece(mail, written, ended=ended):
                output.write(piece)
                written += len(piece)
                if written > mail.size + _MOST_BEYOND:
                    raise MailboxError(_NOT_GIVEN)
                short = len(piece) < _PIECE_BYTES
                ended = short or written >= mail.size
                if short and written >= mail.size:
                    break

    def put_away(self, mail: WaitingMail, *, folder: str = "", flagged: bool = False) -> None:
        """Mark the mail as read, with a flag where a person has to look, and move it where a folder is named."""
        flags = r"(\Seen \Flagged)" if flagged else r"(\Seen)"
        _checked(self._server.uid("STORE", mail.uid, "+FLAGS", flags))
        if not folder:
            return
        if "MOVE" in self._server.capabilities:
            _checked(self._server.uid("MOVE", mail.uid, _folder_name(folder)))
            return
        _checked(self._server.uid("COPY", mail.uid, _folder_name(folder)))
        # Without UIDPLUS an expunge would also remove what other people have marked; the mail then stays, read.
        if "UIDPLUS" in self._server.capabilities:
            _checked(self._server.uid("STORE", mail.uid, "+FLAGS", r"(\Deleted)"))
            _checked(self._server.uid("EXPUNGE", mail.uid))

    def _piece(self, mail: WaitingMail, start: int, *, ended: bool) -> bytes:
        """The bytes from `start` on; none where the mail seems to have `ended` and nothing more comes, however said."""
        try:
            answer = _checked(self._server.uid("FETCH", mail.uid, f"(BODY.PEEK[]<{start}.{_PIECE_BYTES}>)"))
        except imaplib.IMAP4.abort:
            raise
        except imaplib.IMAP4.error as exc:
            if ended:
                return b""
            raise MailboxError(_NOT_GIVEN) from exc
        piece = _literal(answer)
        if piece is None and not ended:
            raise MailboxError(_NOT_GIVEN)
        return piece or b""

    def _header(self, uid: str) -> WaitingMail | None:
        wanted = "(RFC822.SIZE BODY.PEEK[HEADER.FIELDS (FROM MESSAGE-ID)])"
        answer = _checked(self._server.uid("FETCH", uid, wanted))
        content, size = _literal(answer), _size(answer)
        if content is None or size is None:
            return None
        message = message_from_bytes(content, _class=EmailMessage, policy=policy.compat32)
        addresses = [address for _, address in getaddresses([str(one) for one in message.get_all("From", [])])]
        return WaitingMail(
            uid=uid,
            mailbox_id=self._id,
            message_id=str(message.get("Message-ID", "")).strip(),
            sender=addresses[0].lower() if len(addresses) == 1 else "",
            size=size,
        )


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except (OSError, imaplib.IMAP4.error) as exc:
        # The server's own words may name addresses or hold the password; the class says enough.
        raise MailboxError(f"邮箱连不上或不答应({type(exc).__name__}), 请检查地址、账号、口令和证书") from exc


_Answer = Sequence[bytes | tuple[bytes, ...] | None]


def _checked(answer: tuple[str, Sequence[Any]]) -> _Answer:
    state, lines = answer
    if state != "OK":
        raise imaplib.IMAP4.error(state)
    return lines


def _literal(answer: _Answer) -> bytes | None:
    return next((line[1] for line in answer if isinstance(line, tuple)), None)


def _size(answer: _Answer) -> int | None:
    heads = (line[0] if isinstance(line, tuple) else line or b"" for line in answer)
    found = next((match for head in heads if (match := _SIZE.search(head))), None)
    return int(found[1]) if found else None


def _folder_name(name: str) -> str:
    """The folder's name in the encoding of RFC 3501, section 5.1.3, quoted."""
    plain = name.replace("&", "&-")
    encoded = _NOT_ASCII.sub(
        lambda run: "&" + base64.b64encode(run[0].encode("utf-16-be")).rstrip(b"=").replace(b"/", b",").decode() + "-",
        plain,
    )
    quoted = encoded.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{quoted}"'
