"""Declared media: one strict YAML each, the file's stem is the medium's name everywhere."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from crawlers.fetch_rules import FetchRules
from domain.errors import ConfigError
from domain.invalid_value import invalid_value
from domain.region import RegionCode


class Table(BaseModel):
    """A strict, frozen part of a declaration."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Publisher(Table):
    """Who publishes the medium."""

    name: str
    level: Literal["province", "prefecture", "county", "town"]
    official: bool


class Selectors(Table):
    """CSS selectors, only where the page cannot be understood without them."""

    links: str = "a"
    next: str | None = None
    title: str | None = None
    body: str | None = None
    published: str | None = None
    origin: str | None = None
    author: str | None = None
    pages: str | None = None
    """Links from an e-paper's first page to its other pages."""


class Politeness(Table):
    """How gently the site is asked."""

    delay_seconds: float = Field(default=3.0, ge=0, le=120)
    obey_robots: bool = True
    max_pages: int = Field(default=400, ge=1)
    max_bytes: int = Field(default=5_000_000, ge=10_000)
    timeout_seconds: int = Field(default=30, ge=1)


class Range(Table):
    """A number expected between two bounds."""

    min: int = Field(ge=0)
    max: int = Field(ge=0)


class Expectation(Table):
    """What a healthy source brings."""

    per_day: Range
    stale_after_days: int = Field(ge=1)


class RobotsRecord(Table):
    """What a person found in robots.txt and the terms, and when."""

    checked_on: date | None = None
    note: str


class Disabled(Table):
    """Why a source is not crawled."""

    since: date
    because: str


class SourceSpec(Table):
    """One medium."""

    name: str
    title: str
    summary: str
    publisher: Publisher
    region: str
    kind: Literal["news"] = "news"
    platform: Literal["article_list", "rss", "epaper"]
    start: tuple[str, ...] = Field(strict=False)
    articles: str = ".*"
    """Regular expression that the address of an article fits."""
    select: Selectors = Selectors()
    politeness: Politeness = Politeness()
    fetch: FetchRules = FetchRules()
    every_minutes: int = Field(ge=10)
    expect: Expectation
    contact: str
    """Named in the user agent, so that the site's operator can write to somebody."""
    robots: RobotsRecord
    unverified: bool = False
    disabled: Disabled | None = None
    notes: str = ""

    @field_validator("region")
    @classmethod
    def _is_a_region(cls, value: str) -> str:
        return RegionCode.parse(value).digits

    def with_variables(self, variables: Mapping[str, str]) -> "SourceSpec":
        """The declaration with `{placeholders}` of its start addresses filled; ConfigError when one is not given."""
        try:
            start = tuple(address.format_map(dict(variables)) for address in self.start)
        except (KeyError, ValueError) as exc:
            raise ConfigError(f"来源 {self.name} 的起始地址需要变量 {exc}, 请在 source_variables 中给出") from exc
        return self.model_copy(update={"start": start})


def load_source(path: Path) -> SourceSpec:
    """The declaration of a file; ConfigError names file, key and value."""
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        if not isinstance(content, dict):
            raise ConfigError(f"来源 {path} 不是键值形式的YAML")
        return SourceSpec.model_validate({"name": path.stem, **content})
    except (OSError, yaml.YAMLError) as exc:
        raise ConfigError(f"来源 {path} 读不出来: {exc}") from exc
    except ValidationError as exc:
        raise ConfigError(f"来源 {path} 不对: {invalid_value(exc.errors())}") from exc


def load_sources(directory: Path) -> dict[str, tuple[Path, SourceSpec]]:
    """Every declaration below a directory by name; ConfigError when a name stands twice."""
    found: dict[str, tuple[Path, SourceSpec]] = {}
    for path in sorted(directory.rglob("*.yml")):
        if path.stem in found:
            raise ConfigError(f"来源 {path.stem} 声明了两次: {found[path.stem][0]} 和 {path}")
        found[path.stem] = (path, load_source(path))
    return found
