"""Notices into a group chat by the robots of 企业微信, 钉钉 and 飞书: plain text, signed where the group asks for it.

Formats as the three publish them (developer.work.weixin.qq.com, open.dingtalk.com, open.feishu.cn: 群机器人). Their
addresses hold a key: they stand in files of their own and in no message.
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import quote

from domain.clock import Clock
from domain.failures.errors import NoticeError
from domain.sending.notice import Notice
from notices.address import Address
from notices.posting import Target, post

_JSON = {"Content-Type": "application/json; charset=utf-8"}


@dataclass(frozen=True)
class WeCom:
    """A group robot of 企业微信."""

    target: Target

    def send(self, notice: Notice) -> None:
        """Return when the robot took the message; NoticeError otherwise."""
        _say(self.target, {"msgtype": "text", "text": {"content": _text(notice)}}, "errcode")


@dataclass(frozen=True)
class DingTalk:
    """A group robot of 钉钉."""

    target: Target
    clock: Clock
    secret: str = ""
    """Of 加签; the group trusts a word or an address instead when empty."""

    def send(self, notice: Notice) -> None:
        """Return when the robot took the message; NoticeError otherwise."""
        _say(self._signed(), {"msgtype": "text", "text": {"content": _text(notice)}}, "errcode")

    def _signed(self) -> Target:
        if not self.secret:
            return self.target
        stamp = str(int(self.clock.now().timestamp() * 1000))
        sign = quote(_hmac(self.secret, f"{stamp}\n{self.secret}"), safe="")
        address = self.target.address
        joined = "&" if "?" in address.resource else "?"
        resource = f"{address.resource}{joined}timestamp={stamp}&sign={sign}"
        return replace(self.target, address=Address(address.scheme, address.host, address.port, resource))


@dataclass(frozen=True)
class Feishu:
    """A group robot of 飞书."""

    target: Target
    clock: Clock
    secret: str = ""
    """Of 签名校验; not signed when empty."""

    def send(self, notice: Notice) -> None:
        """Return when the robot took the message; NoticeError otherwise."""
        message: dict[str, object] = {"msg_type": "text", "content": {"text": _text(notice)}}
        if self.secret:
            stamp = str(int(self.clock.now().timestamp()))
            # Signed the other way round than one expects: the text is the key and nothing is signed.
            message |= {"timestamp": stamp, "sign": _hmac(f"{stamp}\n{self.secret}", "")}
        _say(self.target, message, "code")


def _say(target: Target, message: Mapping[str, object], code: str) -> None:
    """Post the message; the robots answer 200 also when they refuse it."""
    answer = post(target, json.dumps(message, ensure_ascii=False).encode(), _JSON)
    if not answer.taken:
        raise NoticeError(f"群机器人拒绝, 状态码{answer.status}")
    try:
        content = json.loads(answer.body)
        found = content[code]
    except (ValueError, KeyError, TypeError) as exc:
        raise NoticeError("群机器人的应答看不懂, 请核对地址") from exc
    if found != 0:
        raise NoticeError(f"群机器人拒绝, 错误码{str(found)[:20]}")


def _text(notice: Notice) -> str:
    return f"[前哨] {notice.subject}\n{notice.body}".strip()


def _hmac(key: str, text: str) -> str:
    return base64.b64encode(hmac.new(key.encode(), text.encode(), hashlib.sha256).digest()).decode("ascii")
