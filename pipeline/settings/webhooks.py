"""Who is told of verified leads by webhook: the endpoints that `webhooks.toml` in the home declares."""

import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from domain.accounts.access_scope import AccessScope
from domain.clock import Clock
from domain.failures.errors import ConfigError
from domain.failures.invalid_value import invalid_value
from domain.failures.unreadable import why_unreadable
from domain.places.region import RegionCode
from notices.address import Address
from notices.posting import Target
from notices.webhook import Webhook
from pipeline.settings.secret_file import read_secret

SHORTEST_SECRET = 24


class Since(StrEnum):
    """From where on a new endpoint is told."""

    NOW = "now"
    START = "start"


class EndpointSettings(BaseModel):
    """One receiver as declared."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(pattern=r"^[a-z0-9_]{1,40}$")
    """Stands in the database: an endpoint of another name is another endpoint and is told anew."""
    url: str
    secret_file: Path
    """File with the secret that signs; readable by its owner only."""
    region: str
    """Division outside of which it is told nothing."""
    department: str = ""
    """Slug of the department that is told only what was transferred to it; empty for no department."""
    intranet: bool = False
    """True when its address is one of the intranet; http is allowed there."""
    since: Since = Since.NOW
    certificates: Path | None = None
    timeout_seconds: float = Field(default=10, gt=0, le=60)

    @field_validator("region")
    @classmethod
    def _is_a_region(cls, value: str) -> str:
        return RegionCode.parse(value).digits

    @model_validator(mode="after")
    def _is_an_address(self) -> "EndpointSettings":
        if Address.parse(self.url).scheme == "http" and not self.intranet:
            raise ValueError("外网地址应是 https://; 内网地址请写 intranet = true")
        return self


class WebhookFile(BaseModel):
    """The whole file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    endpoint: tuple[EndpointSettings, ...]

    @field_validator("endpoint")
    @classmethod
    def _have_names_of_their_own(cls, value: tuple[EndpointSettings, ...]) -> tuple[EndpointSettings, ...]:
        names = [one.name for one in value]
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice is not None:
            raise ValueError(f"有两个接收方都叫 {twice}")
        return value


@dataclass(frozen=True)
class Endpoint:
    """One receiver, ready to be sent to."""

    name: str
    scope: AccessScope
    since: Since
    webhook: Webhook


def load_endpoints(path: Path, departments: Collection[str], clock: Clock) -> list[Endpoint]:
    """The declared receivers; none without the file.

    `departments` are the slugs that are known. ConfigError names the file, the key and the value.
    """
    if not path.exists():
        return []
    try:
        declared = WebhookFile.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as exc:
        raise ConfigError(f"推送声明 {path} 读不出来: {why_unreadable(exc)}") from exc
    except ValidationError as exc:
        raise ConfigError(f"推送声明 {path} 不对: {invalid_value(exc.errors())}") from exc
    return [_endpoint(one, path, departments, clock) for one in declared.endpoint]


def _endpoint(one: EndpointSettings, path: Path, departments: Collection[str], clock: Clock) -> Endpoint:
    secret = read_secret(path.parent / one.secret_file, f"{path.name} 里 {one.name} 的 secret_file")
    if len(secret) < SHORTEST_SECRET:
        raise ConfigError(f"签名密钥 {one.secret_file} 太短, 至少{SHORTEST_SECRET}个字符")
    if one.department and one.department not in departments:
        raise ConfigError(f"推送声明 {path} 不对: 没有编码为「{one.department}」的部门, 见 routing.toml")
    target = Target(
        address=Address.parse(one.url),
        timeout_seconds=one.timeout_seconds,
        intranet=one.intranet,
        certificates=one.certificates,
    )
    scope = AccessScope(RegionCode(one.region), one.department or None)
    return Endpoint(one.name, scope, one.since, Webhook(target, secret.encode(), clock))
