"""Signed webhooks against a real HTTP server."""

import base64
import hashlib
import hmac
import json
import socket
from collections.abc import Iterator

import pytest

from domain.failures.errors import NoticeError
from domain.sending.notice import Notice, NoticeKind
from notices.address import Address
from notices.posting import Target
from notices.webhook import Webhook
from tests.fakes import NOON, FakeClock
from tests.notices.receiver import Receiver, receiving

SECRET = b"invented-secret-of-a-test-0001"
NOTICE = Notice(
    key="alarm:7:began", kind=NoticeKind.BEGAN, subject="来源告警: 乡川要闻 静默", body="来源: 乡川要闻\n", at=NOON
)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as found:
        yield found


def webhook(url: str, timeout: float = 5.0) -> Webhook:
    target = Target(address=Address.parse(url), timeout_seconds=timeout, intranet=True)
    return Webhook(target, SECRET, FakeClock())


def test_a_receiver_can_check_who_sent_what_and_when(receiver: Receiver):
    webhook(receiver.url).send(NOTICE)

    [(headers, body)] = receiver.requests
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    digest = base64.b64encode(hmac.new(SECRET, signed, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{digest}"
    assert (headers["webhook-id"], int(headers["webhook-timestamp"])) == ("alarm:7:began", int(NOON.timestamp()))
    assert json.loads(body) == {
        "id": "alarm:7:began",
        "type": "source.began",
        "timestamp": NOON.isoformat(),
        "subject": NOTICE.subject,
        "body": NOTICE.body,
    }


@pytest.mark.parametrize("status", [302, 400, 500, 503])
def test_an_answer_that_is_not_yes_is_a_failure_and_a_redirect_is_not_followed(receiver: Receiver, status: int):
    receiver.status = status

    with pytest.raises(NoticeError, match=str(status)):
        webhook(receiver.url).send(NOTICE)

    assert len(receiver.requests) == 1


def test_a_receiver_that_is_not_there_is_a_failure():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

    with pytest.raises(NoticeError, match="没有送到"):
        webhook(f"http://127.0.0.1:{port}/").send(NOTICE)


def test_a_receiver_that_never_answers_is_given_up():
    with socket.create_server(("127.0.0.1", 0)) as silent, pytest.raises(NoticeError, match="没有送到"):
        webhook(f"http://127.0.0.1:{silent.getsockname()[1]}/", timeout=0.3).send(NOTICE)
