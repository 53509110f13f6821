"""Mail against a real SMTP server."""

import socket
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes, policy
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword

from domain.failures.errors import NoticeError
from domain.sending.notice import Notice, NoticeKind
from notices.mail import Mail, MailSecurity
from tests.fakes import NOON

NOTICE = Notice(
    key="alarm:7:ended", kind=NoticeKind.ENDED, subject="来源解除告警: 乡川要闻", body="现在正常\n", at=NOON
)


class Inbox:
    """Keeps what arrives; refuses recipients of one name."""

    def __init__(self) -> None:
        self.envelopes: list[Envelope] = []

    async def handle_RCPT(  # noqa: N802 - the names are the server library's
        self, server: Any, session: Any, envelope: Envelope, address: str, options: Any
    ) -> str:
        if address.startswith("nobody@"):
            return "550 not here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Envelope) -> str:  # noqa: N802
        self.envelopes.append(envelope)
        return "250 OK"


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
def server(inbox: Inbox) -> Iterator[Controller]:
    controller = Controller(inbox, hostname="127.0.0.1", port=free_port())
    controller.start()
    yield controller
    controller.stop()


def mail(port: int, **changes: object) -> Mail:
    values: dict[str, object] = {
        "host": "127.0.0.1",
        "port": port,
        "security": MailSecurity.NONE,
        "sender": "qianshao@county.example",
        "recipients": ("zhang@county.example", "li@county.example"),
        "timeout_seconds": 5.0,
        **changes,
    }
    return Mail(**values)  # type: ignore[arg-type]


def test_a_notice_arrives_at_every_recipient_in_chinese(server: Controller, inbox: Inbox):
    mail(server.port).send(NOTICE)

    [envelope] = inbox.envelopes
    assert isinstance(envelope.content, bytes)
    message = message_from_bytes(envelope.content, policy=policy.default)
    assert envelope.rcpt_tos == ["zhang@county.example", "li@county.example"]
    assert (message["Subject"], message["From"]) == (f"[前哨] {NOTICE.subject}", "qianshao@county.example")
    assert message.get_content().strip() == "现在正常"  # type: ignore[attr-defined]
    assert message["Message-ID"] == "<alarm.7.ended@qianshao>"


def test_a_recipient_that_is_refused_is_a_failure_without_an_address_in_its_words(server: Controller):
    with pytest.raises(NoticeError, match="拒收1个") as failure:
        mail(server.port, recipients=("zhang@county.example", "nobody@county.example")).send(NOTICE)

    assert "nobody" not in str(failure.value)


def test_a_server_that_is_not_there_or_offers_no_protection_is_a_failure(server: Controller):
    with pytest.raises(NoticeError, match="没有送到"):
        mail(free_port()).send(NOTICE)
    with pytest.raises(NoticeError, match="没有送到"):
        mail(server.port, security=MailSecurity.STARTTLS).send(NOTICE)


def test_a_subject_that_no_header_can_hold_is_a_failure(server: Controller):
    with pytest.raises(NoticeError, match="没有送到"):
        mail(server.port).send(replace(NOTICE, subject="来源告警: 乡川\n要闻"))


def test_a_wrong_password_is_a_failure_and_the_right_one_is_not(inbox: Inbox):
    def check(_server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any) -> AuthResult:
        known = isinstance(data, LoginPassword) and data.password == b"right"
        return AuthResult(success=known, handled=False)

    guarded = Controller(inbox, hostname="127.0.0.1", port=free_port(), authenticator=check, auth_require_tls=False)
    guarded.start()
    try:
        with pytest.raises(NoticeError, match="SMTPAuthenticationError"):
            mail(guarded.port, username="qianshao", password="wrong").send(NOTICE)
        mail(guarded.port, username="qianshao", password="right").send(NOTICE)
    finally:
        guarded.stop()

    assert len(inbox.envelopes) == 1
