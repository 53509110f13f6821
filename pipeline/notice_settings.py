"""The settings of notices to the operator: none are sent unless a way is given."""

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, field_validator

from domain.clock import Clock
from domain.errors import ConfigError
from domain.notice import NoticeWay
from notices.mail import Mail, MailSecurity
from pipeline.secret_file import read_secret

if TYPE_CHECKING:
    from notices.sender import Sender

_ADDRESS = r"^[^@\s,;<>]+@[^@\s,;<>]+$"
_SHORTEST_SECRET = 24


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class WebhookSettings(_Part):
    """Where notices are posted to."""

    url: str
    secret_file: Path
    """File with the secret that signs; readable by its owner only."""
    certificates: Path | None = None
    timeout_seconds: float = Field(default=10, gt=0, le=60)

    @field_validator("url")
    @classmethod
    def _is_an_address(cls, value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username:
            raise ValueError("url 应是 http:// 或 https:// 开头的地址, 不带用户名")
        return value


class MailSettings(_Part):
    """By which server mail leaves, and to whom."""

    host: str = Field(min_length=1)
    port: int = Field(default=465, ge=1, le=65535)
    security: MailSecurity = MailSecurity.TLS
    sender: str = Field(pattern=_ADDRESS)
    recipients: tuple[str, ...] = Field(min_length=1)
    username: str = ""
    password_file: Path | None = None
    """File with the password; readable by its owner only."""
    certificates: Path | None = None
    timeout_seconds: float = Field(default=20, gt=0, le=120)

    @field_validator("recipients")
    @classmethod
    def _are_addresses(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for address in value:
            if address.count("@") != 1 or any(sign in address for sign in " ,;<>\r\n"):
                raise ValueError(f"收件人应是邮箱地址, 现值 {address!r}")
        return value


class NoticeSettings(_Part):
    """The ways by which an operator is told."""

    webhook: WebhookSettings | None = None
    mail: MailSettings | None = None

    def senders(self, clock: Clock) -> "dict[NoticeWay, Sender]":
        """The ways that are set up; ConfigError when a secret cannot be used."""
        found: dict[NoticeWay, Sender] = {}
        if self.webhook is not None:
            found[NoticeWay.WEBHOOK] = _webhook(self.webhook, clock)
        if self.mail is not None:
            found[NoticeWay.MAIL] = _mail(self.mail)
        return found


def _webhook(settings: WebhookSettings, clock: Clock) -> "Sender":
    from notices.address import Address  # every command reads settings, few send
    from notices.posting import Target
    from notices.webhook import Webhook

    secret = read_secret(settings.secret_file, "notices.webhook.secret_file")
    if len(secret) < _SHORTEST_SECRET:
        raise ConfigError(f"签名密钥 {settings.secret_file} 太短, 至少{_SHORTEST_SECRET}个字符")
    target = Target(
        address=Address.parse(settings.url),
        timeout_seconds=settings.timeout_seconds,
        intranet=True,
        certificates=settings.certificates,
    )
    return Webhook(target, secret.encode(), clock)


def _mail(settings: MailSettings) -> Mail:
    if settings.username and settings.security is MailSecurity.NONE:
        raise ConfigError('notices.mail 的 security = "none" 会明文发送口令, 请改用 tls 或 starttls')
    password = read_secret(settings.password_file, "notices.mail.password_file") if settings.password_file else ""
    return Mail(
        host=settings.host,
        port=settings.port,
        security=settings.security,
        sender=settings.sender,
        recipients=settings.recipients,
        timeout_seconds=settings.timeout_seconds,
        username=settings.username,
        password=password,
        certificates=settings.certificates,
    )
