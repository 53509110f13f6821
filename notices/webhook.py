"""Signed webhooks in the form of the Standard Webhooks specification 1.0 (https://www.standardwebhooks.com).

The receiver recomputes `v1,` + base64(HMAC-SHA256(secret, "id.timestamp.body")) and compares it with the header
`webhook-signature`; `webhook-id` is the same for every try, so that a notice that came twice is known as one.
"""

import base64
import hashlib
import hmac
import json
from dataclasses import dataclass
from pathlib import Path

import urllib3
from urllib3.exceptions import HTTPError

from domain.clock import Clock
from domain.errors import NoticeError
from domain.notice import Notice

_ACCEPTED = range(200, 300)


@dataclass(frozen=True)
class Webhook:
    """Posts JSON to one address: no redirect, one try, bounded in time."""

    url: str
    secret: bytes
    timeout_seconds: float
    clock: Clock
    certificates: Path | None = None
    """File of the certificate authority for https; the machine's own when none."""

    def send(self, notice: Notice) -> None:
        """Return when the receiver answered with 2xx; NoticeError otherwise."""
        body = json.dumps(_record(notice), ensure_ascii=False, sort_keys=True).encode()
        timestamp = str(int(self.clock.now().timestamp()))
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "User-Agent": "qianshao",
            "webhook-id": notice.key,
            "webhook-timestamp": timestamp,
            "webhook-signature": signature(self.secret, notice.key, timestamp, body),
        }
        try:
            with urllib3.PoolManager(ca_certs=str(self.certificates) if self.certificates else None) as pool:
                answer = pool.request(
                    "POST",
                    self.url,
                    body=body,
                    headers=headers,
                    timeout=urllib3.Timeout(total=self.timeout_seconds),
                    retries=False,
                    redirect=False,
                    preload_content=False,
                )
                answer.release_conn()
        except HTTPError as exc:
            raise NoticeError(f"推送没有送到({type(exc).__name__})") from exc
        if answer.status not in _ACCEPTED:
            raise NoticeError(f"推送被对方拒绝, 状态码{answer.status}")


def signature(secret: bytes, notice_id: str, timestamp: str, body: bytes) -> str:
    """The value of `webhook-signature`."""
    digest = hmac.new(secret, f"{notice_id}.{timestamp}.".encode() + body, hashlib.sha256).digest()
    return "v1," + base64.b64encode(digest).decode("ascii")


def _record(notice: Notice) -> dict[str, str]:
    return {
        "id": notice.key,
        "type": f"source.{notice.kind.value}",
        "timestamp": notice.at.isoformat(timespec="seconds"),
        "subject": notice.subject,
        "body": notice.body,
    }
