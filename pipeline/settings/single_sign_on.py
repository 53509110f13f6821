"""The settings of the county's single sign-on: absent by default, and the local way in stays beside it."""

from pathlib import Path
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, field_validator

from pipeline.settings.secret_file import read_secret

_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


class SingleSignOnSettings(BaseModel):
    """One OpenID Connect issuer."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    issuer: str
    """As the issuer names itself, such as https://sso.county.example."""
    client_id: str = Field(min_length=1)
    client_secret_file: Path
    """File with the secret; readable by its owner only."""
    own_address: str
    """Under which browsers open these pages, such as https://qianshao.county.example."""
    claim: str = Field(default="preferred_username", min_length=1)
    """The claim of the identity token that is the user name here; it must never be given to somebody else."""
    label: str = "县统一身份认证"
    """What the button of the sign-in page says."""
    certificates: Path | None = None
    """File of the certificate authority of the issuer; the machine's own when unset."""

    @field_validator("issuer", "own_address")
    @classmethod
    def _is_safe(cls, value: str) -> str:
        parts = urlsplit(value)
        if not parts.hostname or parts.query or parts.fragment or parts.username:
            raise ValueError("应是 https:// 开头的地址, 不带参数")
        if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOOPBACK):
            raise ValueError("应是 https:// 开头的地址: 口令和凭证不能在网上明文传送")
        return value

    @property
    def client_secret(self) -> str:
        """The secret of the file; ConfigError when it cannot be used."""
        return read_secret(self.client_secret_file, "single_sign_on.client_secret_file")
