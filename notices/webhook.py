"""Signed webhooks in the form of the Standard Webhooks specification 1.0 (https://www.standardwebhooks.com).

The receiver recomputes `v1,` + base64(HMAC-SHA256(secret, "id.timestamp.body")) and compares it with the header
`webhook-signature`; `webhook-id` is the same for every try, so that what came twice is known as one.
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass

from domain.clock import Clock
from domain.failures.errors import NoticeError
from domain.sending.notice import Notice
from notices.posting import Target, post

GONE = "gone"
"""Reason of an error after which a receiver wants to hear nothing more of this."""


@dataclass(frozen=True)
class Webhook:
    """Posts signed JSON to one address."""

    target: Target
    secret: bytes
    clock: Clock

    def send(self, notice: Notice) -> None:
        """Return when the receiver answered with 2xx; NoticeError otherwise."""
        self.post(notice.key, _record(notice))

    def post(self, message_id: str, record: Mapping[str, object]) -> None:
        """Return when the receiver answered the record with 2xx; NoticeError otherwise, reason `gone` for 410."""
        body = json.dumps(record, ensure_ascii=False, sort_keys=True).encode()
        timestamp = str(int(self.clock.now().timestamp()))
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "webhook-id": message_id,
            "webhook-timestamp": timestamp,
            "webhook-signature": signature(self.secret, message_id, timestamp, body),
        }
        answer = post(self.target, body, headers)
        if not answer.taken:
            reason = GONE if answer.status == 410 else None
            raise NoticeError(f"推送被对方拒绝, 状态码{answer.status}", reason=reason)


def signature(secret: bytes, message_id: str, timestamp: str, body: bytes) -> str:
    """The value of `webhook-signature`."""
    digest = hmac.new(secret, f"{message_id}.{timestamp}.".encode() + body, hashlib.sha256).digest()
    return "v1," + base64.b64encode(digest).decode("ascii")


def _record(notice: Notice) -> dict[str, str]:
    return {
        "id": notice.key,
        "type": f"source.{notice.kind.value}",
        "timestamp": notice.at.isoformat(timespec="seconds"),
        "subject": notice.subject,
        "body": notice.body,
    }
