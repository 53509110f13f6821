"""How this deployment runs: read once at the top, handed down as values."""

import re
import tomllib
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
    TomlConfigSettingsSource,
)

from domain.failures.errors import ConfigError
from domain.failures.invalid_value import invalid_value
from domain.failures.unreadable import why_unreadable
from domain.places.office import Offices
from domain.places.region import RegionCode
from pipeline.settings.mailbox import MailboxSettings
from pipeline.settings.notices import NoticeSettings
from pipeline.settings.second_reader import SecondReaderSettings
from pipeline.settings.single_sign_on import SingleSignOnSettings

_NAMED = re.compile(r'field "(\w+)"')


class Settings(BaseSettings):
    """Order of precedence: environment `QIANSHAO_…`, then `settings.toml` in the home, then these defaults."""

    model_config = SettingsConfigDict(env_prefix="QIANSHAO_", env_nested_delimiter="__", extra="forbid", frozen=True)

    home: Path = Path("data")
    """Directory of the database, the keys, the spool and the drop folder."""
    database_url: SecretStr | None = None
    """SQLAlchemy URL; the embedded SQLite file in the home when it is not given."""
    county: str = "141124"
    """Division code of the deployment's county: names are looked up inside it first."""
    default_region: str | None = None
    """Division of a register that names no place, such as the town whose petition office it is; the county if unset."""
    sources: tuple[Path, ...] = ()
    """Further directories of declared media, beside `sources` in the home."""
    source_variables: dict[str, str] = Field(default_factory=dict)
    """Values for `{placeholders}` in start addresses, such as the example site's loopback address."""
    crawl_at_once: int = Field(default=2, ge=1, le=32)
    """Sites that are crawled at the same time; one site never twice at a time."""
    model: Path | None = None
    """Directory of the classifier's weights; those shipped when unset."""
    linking: Path | None = None
    """File of linking parameters, such as `qianshao train linking` writes; those shipped when unset."""
    policy: Path | None = None
    """Directory of policy tables; those shipped when unset."""
    batch_size: int = Field(default=200, ge=1, le=5000)
    """Documents in one transaction."""
    host: str = "127.0.0.1"
    """Address the web pages are served on."""
    port: int = Field(default=8630, ge=0, le=65535)
    """Port the web pages are served on; 0 takes a free one."""
    sign_in: Path | None = None
    """File of the rules of signing in; those shipped when unset."""
    trusted_proxies: tuple[str, ...] = ()
    """Addresses or networks of the proxies before the web pages: their word on who calls, and whether by https, is
    taken; nobody's when empty."""
    https_only: bool = False
    """True refuses pages over plain http, which a county without certificates still needs inside its intranet."""
    single_sign_on: SingleSignOnSettings | None = None
    """The county's OpenID Connect server; people sign in here alone when unset."""
    second_reader: SecondReaderSettings | None = None
    """A language model inside the intranet that is asked about doubtful texts; nothing is asked when unset."""

    notices: NoticeSettings | None = None
    """By which ways the operator is told of alarms; none are sent when unset."""

    field_cipher: Literal["aes-256-gcm", "sm4-gcm"] = "aes-256-gcm"
    """Of the first key that `init` makes; a deployment that has one changes it by `key rotate --algorithm`."""

    offices: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    """By division code the subfolders of the drop folder and the mail addresses of that division's petition office:
    what comes by them has the numbers, and the confirmed headers, of its accounts."""

    mailbox: MailboxSettings | None = None
    """The mailbox that petition offices send registers to; none is read when unset."""

    @field_validator("county", "default_region")
    @classmethod
    def _is_a_region(cls, value: str | None) -> str | None:
        return None if value is None else RegionCode.parse(value).digits

    @field_validator("offices")
    @classmethod
    def _are_of_one_office_each(cls, value: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
        names = [name for given in value.values() for name in given]
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice is not None:
            raise ValueError(f"「{twice}」写给了两个单位, 请只留一个")
        return {RegionCode.parse(code).digits: given for code, given in value.items()}

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Environment before the TOML file of the home; no dotenv file, no secrets directory."""
        home = Path(str(init_settings().get("home") or env_settings().get("home") or cls.model_fields["home"].default))
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls, home / "settings.toml")

    @classmethod
    def load(cls, **given: object) -> Self:
        """The effective settings; ConfigError in Chinese when one is wrong or unknown."""
        try:
            return cls(**given)  # type: ignore[arg-type]
        except ValueError as exc:
            raise ConfigError(f"设置不对(环境变量 QIANSHAO_… 或 settings.toml): {_first_problem(exc)}") from exc

    @property
    def county_code(self) -> RegionCode:
        """The deployment's county."""
        return RegionCode(self.county)

    @property
    def register_region(self) -> RegionCode:
        """Where a text belongs that names no place."""
        return RegionCode(self.default_region or self.county)

    @property
    def known_offices(self) -> Offices:
        """Who gives the numbers of what comes in by which way."""
        known = {name: RegionCode(code) for code, names in self.offices.items() for name in names}
        return Offices(house=self.register_region, known=known)

    @property
    def url(self) -> str:
        """The database's URL."""
        if self.database_url is not None:
            return self.database_url.get_secret_value()
        return f"sqlite:///{self.home.resolve() / 'qianshao.db'}"

    @property
    def key_path(self) -> Path:
        """The file of the field key."""
        return self.home / "keys" / "field.key"

    @property
    def spool(self) -> Path:
        """Where the crawlers leave what they found."""
        return self.home / "spool"

    @property
    def own_sources(self) -> Path:
        """Where `qianshao source new` and `enable` put the county's declared media."""
        return self.home / "sources"

    @property
    def archive(self) -> Path:
        """Where the crawlers keep pages as the sites sent them."""
        return self.home / "archive"

    @property
    def drop_folder(self) -> Path:
        """Where clerks leave registers to be taken in."""
        return self.home / "inbox"

    @property
    def webhooks(self) -> Path:
        """The declaration of who is told of verified leads."""
        return self.home / "webhooks.toml"

    @property
    def backups(self) -> Path:
        """Where the operator leaves copies of the database, which the retention policy deletes in time."""
        return self.home / "backups"

    @property
    def mails(self) -> Path:
        """Where a mail lies while it is read."""
        return self.home / "mailbox"

    @property
    def uploads(self) -> Path:
        """Where files handed in through the web wait for their import."""
        return self.home / "uploads"


def _first_problem(exc: ValueError) -> str:
    match exc:
        case ValidationError():
            return str(invalid_value(exc.errors()))
        case tomllib.TOMLDecodeError() | UnicodeDecodeError():
            return f"settings.toml {why_unreadable(exc)}"
        case SettingsError():
            named = _NAMED.search(str(exc))
            return f'{named[1] if named else "有一项"} 的值应是JSON, 如列表 ["a"] 或表 {{"a": "b"}}'
    return str(exc)
