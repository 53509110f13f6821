"""The settings of the mailbox that petition offices send registers to; none is read unless it is set up."""

from pathlib import Path
from typing import TYPE_CHECKING, Self

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator, model_validator

from domain.failures.errors import ConfigError
from pipeline.settings.secret_file import read_secret

if TYPE_CHECKING:
    from importers.mailbox import MailboxAccess


class MailboxSettings(BaseModel):
    """One folder of one mailbox, always over TLS."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    host: str = Field(min_length=1)
    port: int = Field(default=993, ge=1, le=65535)
    username: str = Field(min_length=1)
    password: SecretStr | None = None
    """Only by the environment: QIANSHAO_MAILBOX__PASSWORD."""
    password_file: Path | None = None
    """File with the password; readable by its owner only."""
    allowed_senders: tuple[str, ...] = Field(min_length=1)
    """Addresses whose mails are taken in; those of everybody else are left alone, unread."""
    folder: str = "INBOX"
    done_folder: str = ""
    """Where mails go that were taken in; they stay, read, when none is named."""
    failed_folder: str = ""
    """Where mails go that could not be taken in; they stay, read and flagged, when none is named."""
    certificates: Path | None = None
    largest_megabytes: int = Field(default=50, ge=1, le=500)
    timeout_seconds: float = Field(default=30, gt=0, le=300)

    @field_validator("allowed_senders")
    @classmethod
    def _are_addresses(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for address in value:
            if address.count("@") != 1 or not address.isascii() or any(sign in address for sign in ' "\\,;<>\r\n/'):
                raise ValueError(f"发件人应是邮箱地址, 现值 {address!r}")
        return tuple(address.lower() for address in value)

    @field_validator("folder", "done_folder", "failed_folder")
    @classmethod
    def _is_one_line(cls, value: str) -> str:
        if any(ord(sign) < ord(" ") for sign in value):
            raise ValueError("邮箱文件夹的名字里不能有换行")
        return value

    @model_validator(mode="after")
    def _has_one_password(self) -> Self:
        if (self.password is None) == (self.password_file is None):
            raise ValueError("口令请用 password_file 或环境变量 QIANSHAO_MAILBOX__PASSWORD 给出, 二者取一")
        return self

    def access(self) -> "MailboxAccess":
        """How the mailbox is opened; ConfigError when the password cannot be used."""
        from importers.mailbox import MailboxAccess  # every command reads settings, one opens a mailbox

        if self.password_file is not None:
            password = read_secret(self.password_file, "mailbox.password_file")
        elif self.password is not None and self.password.get_secret_value():
            password = self.password.get_secret_value()
        else:
            raise ConfigError("邮箱的口令是空的, 请核对 QIANSHAO_MAILBOX__PASSWORD")
        return MailboxAccess(
            host=self.host,
            port=self.port,
            username=self.username,
            password=password,
            folder=self.folder,
            timeout_seconds=self.timeout_seconds,
            certificates=self.certificates,
        )
