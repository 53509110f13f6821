"""E-mails (eml) and web archives (mht): the body as a letter, tables in it as tables, attachments as members."""

import email
import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC
from email.errors import MessageError
from email.header import Header, decode_header
from email.message import Message
from email.policy import Compat32
from email.utils import parsedate_to_datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from importers.formats.packages.members import Members
from importers.formats.packages.pasted import SMALLEST
from importers.formats.sink import Sink
from importers.formats.source import Source, Unreadable
from importers.formats.webs.html_tables import send_html, words_in_html
from importers.formats.webs.mail_bodies import said_of_other, tells_more

_BODY = "正文"
_CHINA = ZoneInfo("Asia/Shanghai")
_DEEPEST = 30
_DEEPEST_FORWARDED = 10
"""Mails in each other as attachments; each is written out and read anew with all that is in it."""
_TOO_DEEP = "邮件里的层数太多, 请把正文和附件另存后分别提交"
_MOST_NESTED = 200
"""Parts of a mail that hold others; every line is compared with the ends of all that it may stand in."""
_LONGEST_HEADER = 4_000
"""Characters of a header that are read: the standard library takes the square of them."""
_DAMAGE = (ValueError, LookupError, TypeError, AttributeError, MessageError)
"""What the standard library throws of damaged headers."""
_NAMING = frozenset({"content-disposition", "content-type"})
_FILE_NAME = re.compile(rb'(?:file)?name\s*=\s*(?:"([^"]*)"|([^;\s]+))', re.IGNORECASE)
_HEAD = ("From", "发件人"), ("To", "收件人")


class _Bounded(Compat32):
    """Bounds what the parser would take too long for."""

    nested: Iterator[int]
    """As many items as parts may hold others."""

    def __init__(self) -> None:
        super().__init__()
        # Policies of the standard library refuse to be changed in any other way.
        object.__setattr__(self, "nested", iter(range(_MOST_NESTED)))

    def header_source_parse(self, sourcelines: Sequence[str]) -> tuple[str, str]:
        """Name and value of a header, cut; Unreadable when too many parts hold others."""
        name, value = super().header_source_parse(list(sourcelines))
        holds_others = name.lower() == "content-type" and value.lower().startswith(("multipart/", "message/"))
        if holds_others and next(self.nested, None) is None:
            raise Unreadable(_TOO_DEEP)
        return name, value[:_LONGEST_HEADER]


def read_mail(source: Source, sink: Sink, read: Callable[[Source, Sink], None]) -> None:
    """Send the body, then let `read` read the attachments."""
    if source.depth > _DEEPEST_FORWARDED:
        raise Unreadable(_TOO_DEEP)
    try:
        message = email.message_from_binary_file(source.start(), policy=_Bounded())
        leaves = list(_leaves(message, 0))
    except _DAMAGE as exc:
        raise Unreadable("邮件读不出来, 请把正文和附件另存后分别提交") from exc
    body, other, attachments = _sorted(leaves)
    # A mail that only carries its attachments says nothing itself.
    speaks = body is not None and (bool(_payload(body).strip()) or not attachments)
    if body is not None and speaks and sink.begins(f"{source.part}/{_BODY}".lstrip("/")):
        _send_body(message, body, source, sink)
        if other:
            sink.left_out(source.part, other)
    members = Members(replace(source, sent=_day_sent(message)), sink, read)
    for number, leaf in enumerate(attachments, start=1):
        content = _payload(leaf)
        source.budget.take(1, len(content))
        name = _name_of(leaf) or f"附件{number}"
        members.read(name, io.BytesIO(content), len(content))


def _leaves(message: Message, depth: int) -> Iterator[Message]:
    if depth > _DEEPEST:
        raise Unreadable(_TOO_DEEP)
    if message.is_multipart() and message.get_content_maintype() == "multipart":
        for part in message.get_payload():
            yield from _leaves(part, depth + 1)  # type: ignore[arg-type]  # parts of a multipart are messages
    else:
        yield message


def _sorted(leaves: list[Message]) -> tuple[Message | None, str, list[Message]]:
    """The body, what is to be said of another one, and what was attached."""
    plain = _first(leaves, "text/plain")
    rich = _first(leaves, "text/html")
    left = [leaf for leaf in leaves if leaf is not plain and leaf is not rich and _is_attachment(leaf)]
    body, said = _body_of(plain, rich)
    return body, said, left


def _body_of(plain: Message | None, rich: Message | None) -> tuple[Message | None, str]:
    """The plain body, HTML only where that is missing, empty or says far less; and what is said of the other."""
    if plain is None or rich is None or not _payload(plain).strip():
        return rich or plain, ""
    words, shown = _decoded(plain), words_in_html(_decoded(rich))
    is_html = tells_more(shown, words)
    return rich if is_html else plain, said_of_other(shown, words, is_html=is_html)


def _first(leaves: list[Message], kind: str) -> Message | None:
    return next((leaf for leaf in leaves if leaf.get_content_type() == kind and not _filename(leaf)), None)


def _filename(leaf: Message) -> str:
    try:
        return str(leaf.get_filename() or "")
    except _DAMAGE:
        return ""


def _name_of(leaf: Message) -> str:
    """The name of an attached file; one in raw bytes that the parser gave up is read as GB18030."""
    name = _text_of_header(_filename(leaf))
    if "\ufffd" not in name:
        return name
    raws = (_raw_name(value) for key, value in leaf.raw_items() if key.lower() in _NAMING)
    return _undamaged(next(filter(None, raws), b""), None) or name


def _raw_name(header: object) -> bytes:
    found = _FILE_NAME.search(str(header).encode("ascii", errors="surrogateescape"))
    return (found[1] or found[2]) if found is not None else b""


def _is_attachment(leaf: Message) -> bool:
    """Pictures that a letter paper or signature shows within the body are none, named or too small for writing."""
    content = _payload(leaf)
    within_body = leaf.get_content_maintype() == "image" and bool(leaf.get("Content-ID"))
    is_decoration = within_body and (not _filename(leaf) or len(content) < SMALLEST)
    return not is_decoration and bool(content.strip())


def _send_body(message: Message, body: Message, source: Source, sink: Sink) -> None:
    subject = _text_of_header(message.get("Subject", ""))
    title = subject or Path(source.name).stem
    text = _decoded(body)
    if body.get_content_type() == "text/html":
        send_html(text, source.part, title, sink, list(_heads(message)), titled=bool(subject))
    else:
        sink.letter(source.part, title, "\n".join([*_heads(message), text.strip() or title]), titled=bool(subject))


def _heads(message: Message) -> Iterator[str]:
    for name, label in _HEAD:
        if value := _text_of_header(message.get(name, "")):
            yield f"{label}: {value}"
    if sent := _day_sent(message):
        yield f"日期: {sent}"


def _day_sent(message: Message) -> str:
    """Day and time in China at which the mail was sent; "" where it does not say."""
    try:
        sent = parsedate_to_datetime(str(message.get("Date", "")))
        sent = sent if sent.tzinfo else sent.replace(tzinfo=UTC)
        return f"{sent.astimezone(_CHINA):%Y-%m-%d %H:%M}"
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""


def _payload(leaf: Message) -> bytes:
    """The bytes; an attached mail as it was sent."""
    if leaf.is_multipart():
        return b"".join(part.as_bytes() for part in leaf.get_payload() if isinstance(part, Message))
    content = leaf.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _decoded(leaf: Message) -> str:
    """The words, by the declared encoding where it fits, else by those that mails here are written in."""
    content = _payload(leaf)
    try:
        declared = str(leaf.get_content_charset("utf-8"))
    except _DAMAGE:
        declared = "utf-8"
    text = _undamaged(content, declared)
    return content.decode("gb18030", errors="replace") if text is None else text


def _text_of_header(header: Header | str) -> str:
    """The header decoded; raw bytes of GBK or UTF-8 that older programs put there are understood."""
    words = []
    try:
        for content, charset in decode_header(header):
            words.append(_word(content, charset))
    except (ValueError, LookupError, MessageError):
        return ""
    return " ".join("".join(words).split())


def _word(content: bytes | str, charset: str | None) -> str:
    try:
        raw = content.encode("ascii", errors="surrogateescape") if isinstance(content, str) else content
    except UnicodeEncodeError:
        return str(content)
    text = _undamaged(raw, charset)
    return raw.decode("utf-8", errors="replace") if text is None else text


def _undamaged(content: bytes, declared: str | None) -> str | None:
    """The text in the first encoding that takes all of it: the declared one, else those that mails here are in."""
    for name in ("gb18030" if declared in {"gb2312", "gbk"} else declared, "utf-8", "gb18030"):
        try:
            if name:
                return content.decode(name)
        except (ValueError, LookupError):
            continue
    return None
