"""The settings of the optional second reader: absent by default, and nothing else needs it."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, ConfigDict, Field, field_validator

from domain.failures.errors import ConfigError
from nlp.second_reader.address import Endpoint
from pipeline.stages.doubt import Doubt

if TYPE_CHECKING:
    from nlp.second_reader.transport import Transport

_READABLE_BY_OTHERS = 0o077
Probability = Annotated[float, Field(ge=0, le=1)]


class SecondReaderSettings(BaseModel):
    """Where the second reader is, and how often and about what it is asked."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    url: str
    """Base address inside the intranet, such as http://10.1.2.3:8000/v1."""
    model: str = Field(pattern=r"^[\w./:@-]{1,60}$")
    """Name of the model as the server knows it."""
    key_file: Path | None = None
    """File of the bearer token, readable by its owner only; no token is sent when unset."""
    certificates: Path | None = None
    """File of the certificate authority for https; the machine's own when unset."""
    uncertain: tuple[Probability, Probability] = (0.2, 0.8)
    """From which to which probability of any risk a text is doubtful."""
    per_minute: int = Field(default=10, ge=1, le=600)
    """Requests a minute, retries included."""
    most_per_run: int = Field(default=50, ge=1, le=5000)
    """Texts in one run."""
    timeout_seconds: float = Field(default=60, gt=0, le=600)
    """For one request, from connecting to the last byte."""
    most_characters: int = Field(default=4000, ge=50, le=50_000)
    """Longer texts are not sent."""

    @field_validator("url")
    @classmethod
    def _is_inside(cls, value: str) -> str:
        Endpoint.parse(value)
        return value

    @field_validator("uncertain")
    @classmethod
    def _is_a_range(cls, value: tuple[float, float]) -> tuple[float, float]:
        if value[0] >= value[1]:
            raise ValueError("uncertain 应先写小的再写大的, 如 [0.2, 0.8]")
        return value

    @property
    def doubt(self) -> Doubt:
        """Which texts are doubtful."""
        return Doubt(low=self.uncertain[0], high=self.uncertain[1], most_characters=self.most_characters)

    def transport(self) -> "Transport":
        """The way to the server; ConfigError when the files it needs cannot be used."""
        from nlp.second_reader.transport import IntranetTransport  # every command reads settings, one asks

        if self.certificates is not None and not self.certificates.is_file():
            raise ConfigError(f"找不到证书文件 {self.certificates}, 请核对 second_reader.certificates")
        return IntranetTransport(
            endpoint=Endpoint.parse(self.url),
            timeout_seconds=self.timeout_seconds,
            key=read_key(self.key_file) if self.key_file else "",
            certificates=self.certificates,
        )


def read_key(path: Path) -> str:
    """The token of the file; ConfigError when others can read it or when it holds none."""
    try:
        mode, key = path.stat().st_mode, path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as exc:
        raise ConfigError(f"口令文件 {path} 读不出来, 请核对 second_reader.key_file") from exc
    if mode & _READABLE_BY_OTHERS:
        raise ConfigError(f"口令文件 {path} 别人也能读, 请先运行 chmod 600 {path}")
    if not key or not key.isprintable() or " " in key:
        raise ConfigError(f"口令文件 {path} 里应只有一行口令")
    return key
