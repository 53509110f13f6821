"""The settings of notices to the operator: none are sent unless a way is given."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from domain.clock import Clock
from domain.failures.errors import ConfigError
from domain.places.region import RegionCode
from domain.sending.notice import NoticeWay
from domain.words.vocabulary import Role
from notices.mail import Mail, MailSecurity
from pipeline.settings.secret_file import read_secret

if TYPE_CHECKING:
    from notices.posting import Target
    from notices.sender import Sender

    _Makers = dict[NoticeWay, Callable[[], Sender]]

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


class ChatSettings(_Part):
    """The robot of a group chat; its address holds a key and stands in a file."""

    url_file: Path
    """File with the robot's address; readable by its owner only."""
    secret_file: Path | None = None
    """File with the secret of 加签 or 签名校验; 企业微信 has none."""
    intranet: bool = False
    """True when a relay inside the intranet is addressed."""
    certificates: Path | None = None
    timeout_seconds: float = Field(default=10, gt=0, le=60)


class TeamSettings(_Part):
    """People who are told together of the leads of their division."""

    name: str = Field(pattern=r"^[a-z0-9_]{1,40}$")
    region: str
    roles: tuple[Role, ...] = Field(min_length=1)
    """Whose reminders they get, such as town."""
    since: date
    """From which day on: older reminders are not told."""
    recipients: tuple[Annotated[str, Field(pattern=_ADDRESS)], ...] = ()
    """Mail addresses; the server is that of `notices.mail`."""
    wecom: ChatSettings | None = None
    dingtalk: ChatSettings | None = None
    feishu: ChatSettings | None = None

    @field_validator("region")
    @classmethod
    def _is_a_region(cls, value: str) -> str:
        return RegionCode.parse(value).digits

    @model_validator(mode="after")
    def _has_a_way(self) -> "TeamSettings":
        if not (self.recipients or self.wecom or self.dingtalk or self.feishu):
            raise ValueError(f"{self.name} 没有写任何通知方式")
        return self


class NoticeSettings(_Part):
    """The ways by which an operator is told."""

    webhook: WebhookSettings | None = None
    mail: MailSettings | None = None
    wecom: ChatSettings | None = None
    dingtalk: ChatSettings | None = None
    feishu: ChatSettings | None = None
    teams: tuple[TeamSettings, ...] = ()
    """Who is told of leads that are due."""
    link: str = Field(default="", pattern=r"^$|^https?://[^\s]+$")
    """Where people sign in; stands at the end of what they are told."""

    @model_validator(mode="after")
    def _can_be_sent(self) -> "NoticeSettings":
        names = [team.name for team in self.teams]
        if len(set(names)) != len(names):
            raise ValueError("teams 里有两个同名的组")
        if self.mail is None and any(team.recipients for team in self.teams):
            raise ValueError("teams 里写了 recipients, 还要写 notices.mail 的邮件服务器")
        return self

    def ways(self, clock: Clock) -> "Ways":
        """The ways by which the operator is told."""
        makers: _Makers = {}
        if self.webhook is not None:
            makers[NoticeWay.WEBHOOK] = partial(_webhook, self.webhook, clock)
        if self.mail is not None:
            makers[NoticeWay.MAIL] = partial(_mail, self.mail)
        return _made(makers | _chats(self, clock, "notices"), "")

    def team_ways(self, team: TeamSettings, clock: Clock) -> "Ways":
        """The ways by which a team is told."""
        makers: _Makers = {}
        if self.mail is not None and team.recipients:
            makers[NoticeWay.MAIL] = partial(_mail, self.mail, team.recipients)
        return _made(makers | _chats(team, clock, f"notices.teams {team.name}"), f"{team.name} ")


@dataclass(frozen=True, slots=True)
class Ways:
    """The ways that are set up: all of them, how to send by those that can be used, what is wrong with the others."""

    declared: tuple[NoticeWay, ...] = ()
    senders: "Mapping[NoticeWay, Sender]" = field(default_factory=dict)
    problems: tuple[str, ...] = ()
    """A Chinese sentence each, such as that others can read a secret."""


def _made(makers: "_Makers", whose: str) -> Ways:
    senders, problems = {}, []
    for way, make in makers.items():
        try:
            senders[way] = make()
        except ConfigError as exc:
            problems.append(f"{whose}{way.label}: {exc}")
    return Ways(tuple(makers), senders, tuple(problems))


def _chats(settings: NoticeSettings | TeamSettings, clock: Clock, where: str) -> "_Makers":
    found: _Makers = {}
    if settings.wecom is not None:
        found[NoticeWay.WECOM] = partial(_wecom, settings.wecom, f"{where}.wecom")
    for way, chat in ((NoticeWay.DINGTALK, settings.dingtalk), (NoticeWay.FEISHU, settings.feishu)):
        if chat is not None:
            found[way] = partial(_signed_chat, way, chat, f"{where}.{way}", clock)
    return found


def _wecom(settings: ChatSettings, where: str) -> "Sender":
    from notices.chat import WeCom  # every command reads settings, few send

    return WeCom(_robot(settings, where))


def _signed_chat(way: NoticeWay, settings: ChatSettings, where: str, clock: Clock) -> "Sender":
    from notices.chat import DingTalk, Feishu  # every command reads settings, few send

    kind = DingTalk if way is NoticeWay.DINGTALK else Feishu
    secret = read_secret(settings.secret_file, f"{where}.secret_file") if settings.secret_file else ""
    return kind(_robot(settings, where), clock, secret)


def _robot(settings: ChatSettings, where: str) -> "Target":
    from notices.address import Address
    from notices.posting import Target

    url = read_secret(settings.url_file, f"{where}.url_file")
    try:
        address = Address.parse(url)
    except ValueError as exc:
        raise ConfigError(f"{where}.url_file 里的{exc}") from exc
    return Target(
        address=address,
        timeout_seconds=settings.timeout_seconds,
        intranet=settings.intranet,
        certificates=settings.certificates,
    )


def _webhook(settings: WebhookSettings, clock: Clock) -> "Sender":
    from notices.address import Address  # every command reads settings, few send
    from notices.posting import Target
    from notices.webhook import Webhook

    secret = read_secret(settings.secret_file, "notices.webhook.secret_file")
    if len(secret) < _SHORTEST_SECRET:
        raise ConfigError(f"签名密钥 {settings.secret_file} 太短, 至少{_SHORTEST_SECRET}个字符")
    try:
        address = Address.parse(settings.url)
    except ValueError as exc:
        raise ConfigError(f"notices.webhook.url 的{exc}") from exc
    target = Target(
        address=address,
        timeout_seconds=settings.timeout_seconds,
        intranet=True,
        certificates=settings.certificates,
    )
    return Webhook(target, secret.encode(), clock)


def _mail(settings: MailSettings, recipients: tuple[str, ...] | None = None) -> Mail:
    if settings.username and settings.security is MailSecurity.NONE:
        raise ConfigError('notices.mail 的 security = "none" 会明文发送口令, 请改用 tls 或 starttls')
    password = read_secret(settings.password_file, "notices.mail.password_file") if settings.password_file else ""
    return Mail(
        host=settings.host,
        port=settings.port,
        security=settings.security,
        sender=settings.sender,
        recipients=settings.recipients if recipients is None else recipients,
        timeout_seconds=settings.timeout_seconds,
        username=settings.username,
        password=password,
        certificates=settings.certificates,
    )
