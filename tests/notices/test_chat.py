"""Group robots against a real HTTP server that answers as they do."""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Iterator
from urllib.parse import parse_qs, urlsplit

import pytest

from domain.failures.errors import NoticeError
from domain.sending.notice import Notice, NoticeKind
from notices.address import Address
from notices.chat import DingTalk, Feishu, WeCom
from notices.posting import Target
from notices.sender import Sender
from tests.fakes import NOON, FakeClock
from tests.notices.receiver import Receiver, receiving

NOTICE = Notice(
    key="people:town:1",
    kind=NoticeKind.LEADS,
    subject="有3条线索要办",
    body="已超期3条\n最近的期限: 2026-11-24\n",
    at=NOON,
)
SAID = "[前哨] 有3条线索要办\n已超期3条\n最近的期限: 2026-11-24"
SECRET = "SECinvented"
ROBOTS: dict[str, tuple[Callable[[Target], Sender], str]] = {
    "wecom": (WeCom, "errcode"),
    "dingtalk": (lambda target: DingTalk(target, FakeClock(), SECRET), "errcode"),
    "feishu": (lambda target: Feishu(target, FakeClock(), SECRET), "code"),
}


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as found:
        found.status = 200
        yield found


def target(receiver: Receiver) -> Target:
    return Target(address=Address.parse(f"{receiver.url}send?key=k"), timeout_seconds=5, intranet=True)


def sign(key: str, text: str) -> str:
    return base64.b64encode(hmac.new(key.encode(), text.encode(), hashlib.sha256).digest()).decode()


def test_wecom_gets_plain_text(receiver: Receiver):
    receiver.answer = b'{"errcode":0,"errmsg":"ok"}'

    WeCom(target(receiver)).send(NOTICE)

    [(_, body)] = receiver.requests
    assert json.loads(body) == {"msgtype": "text", "text": {"content": SAID}}
    assert receiver.paths == ["/send?key=k"]


def test_dingtalk_is_signed_in_the_address(receiver: Receiver):
    receiver.answer = b'{"errcode":0}'

    DingTalk(target(receiver), FakeClock(), SECRET).send(NOTICE)

    query = parse_qs(urlsplit(receiver.paths[0]).query)
    stamp = str(int(NOON.timestamp() * 1000))
    assert query == {"key": ["k"], "timestamp": [stamp], "sign": [sign(SECRET, f"{stamp}\n{SECRET}")]}


def test_feishu_is_signed_in_the_message(receiver: Receiver):
    receiver.answer = b'{"code":0}'

    Feishu(target(receiver), FakeClock(), SECRET).send(NOTICE)

    message = json.loads(receiver.requests[0][1])
    stamp = str(int(NOON.timestamp()))
    assert message == {
        "msg_type": "text",
        "content": {"text": SAID},
        "timestamp": stamp,
        "sign": sign(f"{stamp}\n{SECRET}", ""),
    }


@pytest.mark.parametrize("name", ROBOTS)
@pytest.mark.parametrize("answer", [b'{"%s":310000}', b"<html>", b"[]", b"{}", b""])
def test_a_robot_that_says_no_with_a_good_status_has_not_taken_it(receiver: Receiver, name: str, answer: bytes):
    make, code = ROBOTS[name]
    receiver.answer = answer.replace(b"%s", code.encode())

    with pytest.raises(NoticeError, match="群机器人") as caught:
        make(target(receiver)).send(NOTICE)
    assert "key=k" not in str(caught.value)
