"""Declared media: one strict YAML each, the file's stem is the medium's name everywhere."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any, Literal

from cssselect import HTMLTranslator, SelectorError
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from crawlers.declaring.addresses import is_web_address
from crawlers.declaring.fetch_rules import FetchRules
from crawlers.declaring.strict_yaml import explain, read_mapping
from domain.failures.errors import ConfigError
from domain.places.region import RegionCode

Platform = Literal[
    "article_list",
    "script_list",
    "rss",
    "sitemap",
    "epaper",
    "board",
    "trs",
    "hanweb",
    "dedecms",
    "empirecms",
    "jeecms",
    "pageadmin",
    "people_cms",
    "founder_epaper",
]
"""How a site is built; the last eight are systems, whose defaults stand in `platforms/systems.yml`."""
DATE_PLACEHOLDERS = frozenset({"yyyy", "mm", "dd", "m", "d"})
"""Parts of the day of an issue in the start address of an e-paper; filled by its spider."""
_COLUMN = "column"
_SYSTEMS = Path(__file__).parents[1] / "platforms" / "systems.yml"


class Table(BaseModel):
    """A strict, frozen part of a declaration."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Publisher(Table):
    """Who publishes the medium."""

    name: str = Field(min_length=1)
    level: Literal["national", "province", "prefecture", "county", "town"]
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
    comments: str | None = None
    """What readers wrote below the article; declared where it is not known by its name, never kept."""
    pages: str | None = None
    """Links from an e-paper's first page to its other pages."""

    @field_validator("*")
    @classmethod
    def _is_css(cls, value: str | None) -> str | None:
        return _checked_css(value)


class BoardSelectors(Table):
    """Where a page of a question-and-answer board keeps its parts."""

    question: str
    answer: str
    asked: str | None = None
    """When the question was put."""
    answered: str | None = None
    answerer: str | None = None
    """The office that replied."""
    asker: str | None = None
    """The nickname; declared so that it can be removed wherever it stands, never kept."""

    @field_validator("*")
    @classmethod
    def _is_css(cls, value: str | None) -> str | None:
        return _checked_css(value)


class Paging(Table):
    """How a list goes on after its first page."""

    template: str | None = None
    """Address of a further page, relative to the list: `index_{page}.html`; other {names} are taken over."""
    second: int = Field(default=1, ge=0)
    """The number that the second page carries: 1 in index_1.html, 2 in list_2.html."""
    depth: int = Field(default=20, ge=1, le=500)
    """Pages of one list that are read at most; of a sitemap index, sitemaps."""
    patience: int = Field(default=1, ge=0, le=20)
    """Pages in a row that bring nothing new before the list is left, so that pinned old items do not end it."""

    @field_validator("template")
    @classmethod
    def _counts(cls, value: str | None) -> str | None:
        if value is not None and "page" not in _placeholders(value):
            raise ValueError("翻页模板里没有 {page}")
        return value


class Embedded(Table):
    """Where a list stands that is data: a JSON answer, a script's literal, or markup inside either."""

    marker: str = ""
    """Text after which the data begins, such as `var newsList =`; the beginning of the answer when empty."""
    items: str = ""
    """Dotted path to the list inside the data; the data itself when empty."""
    address: str = "url"
    """Dotted path to an item's address, or a template such as `/content/{day}/{id}.html` of its keys."""
    markup: bool = False
    """True where the found text is HTML in which `select.links` finds the addresses."""


class Issues(Table):
    """Which issues of an e-paper are looked for."""

    back_days: int = Field(default=7, ge=0, le=60)
    """Days before today whose issues are caught up when they were missed."""


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

    @model_validator(mode="after")
    def _is_a_range(self) -> "Range":
        if self.min > self.max:
            raise ValueError(f"下限{self.min}大于上限{self.max}")
        return self


class Expectation(Table):
    """What a healthy source brings."""

    per_day: Range
    stale_after_days: int = Field(ge=1)


class RobotsRecord(Table):
    """What a person found in robots.txt, and when."""

    checked_on: date | None = None
    note: str


class TermsRecord(Table):
    """What a person found in the site's terms of use, and when."""

    address: str | None = None
    checked_on: date | None = None
    note: str


class Disabled(Table):
    """Why a source is not crawled."""

    since: date
    because: str = Field(min_length=1)


class SourceSpec(Table):
    """One medium."""

    name: str
    title: str = Field(min_length=1)
    summary: str
    publisher: Publisher
    region: str
    kind: Literal["news", "paper", "government", "board"] = "news"
    platform: Platform
    start: tuple[str, ...] = Field(strict=False, min_length=1)
    columns: tuple[str, ...] = Field(default=(), strict=False)
    """Values of `{column}` in the start addresses: one list each."""
    articles: str = ".*"
    """Regular expression that the path of an article's address fits; its path and query where it has a `\\?`."""
    select: Selectors = Selectors()
    paging: Paging = Paging()
    embedded: Embedded = Embedded()
    issues: Issues = Issues()
    board: BoardSelectors | None = None
    within_days: int = Field(default=30, ge=1)
    """Entries of a sitemap that are older are left alone; a sitemap may hold all years."""
    politeness: Politeness = Politeness()
    fetch: FetchRules = FetchRules()
    every_minutes: int = Field(ge=10)
    expect: Expectation
    contact: str = Field(min_length=3)
    """Named in the user agent, so that the site's operator can write to somebody."""
    robots: RobotsRecord
    terms: TermsRecord | None = None
    unverified: bool = False
    """True until somebody has seen the declaration work on the live site; until then it is only crawled by name."""
    disabled: Disabled | None = None
    notes: str = ""

    @field_validator("title")
    @classmethod
    def _is_one_line(cls, value: str) -> str:
        if value.splitlines() != [value]:
            raise ValueError("要写在一行里")
        return value

    @field_validator("region")
    @classmethod
    def _is_a_region(cls, value: str) -> str:
        return RegionCode.parse(value).digits

    @field_validator("start")
    @classmethod
    def _are_web_addresses(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for address in value:
            # What begins with a variable is looked at once the variable is known.
            if not address.startswith("{") and not is_web_address(address):
                raise ValueError(f"起始地址 {address!r} 要以 http:// 或 https:// 开头")
        return value

    @field_validator("articles")
    @classmethod
    def _is_a_pattern(cls, value: str) -> str:
        try:
            re.compile(value)
        except re.error as exc:
            raise ValueError(f"不是合格的正则表达式(错在第{(exc.pos or 0) + 1}个字符)") from exc
        return value

    @model_validator(mode="after")
    def _fits_together(self) -> "SourceSpec":
        if self.platform == "board" and self.board is None and self.disabled is None:
            raise ValueError("platform 为 board 时要写明 board 的 question 和 answer 选择器")
        if bool(self.columns) != any(_COLUMN in _placeholders(address) for address in self.start):
            raise ValueError("columns 与 start 里的 {column} 要么都写, 要么都不写")
        return self

    @property
    def is_crawled(self) -> bool:
        """True when the schedule may crawl it: neither switched off nor waiting for a person to verify it."""
        return self.disabled is None and not self.unverified

    @property
    def site_names(self) -> tuple[str, ...]:
        """What the medium's pages call their site; none of it is the title of an article."""
        return (self.title, self.publisher.name)

    def with_variables(self, variables: Mapping[str, str]) -> "SourceSpec":
        """The declaration with the `{placeholders}` of contact and start filled, one start address per column.

        Those of an issue's day stay. ConfigError when a variable is not given, or makes no web address.
        """
        fill = {**variables, **{name: f"{{{name}}}" for name in DATE_PLACEHOLDERS}}
        addresses = [
            address.replace(f"{{{_COLUMN}}}", column) for address in self.start for column in self.columns or ("",)
        ]
        try:
            start = tuple(dict.fromkeys(address.format_map(fill) for address in addresses))
            contact = self.contact.format_map(dict(variables))
        except (ValueError, IndexError) as exc:
            raise ConfigError(f"来源 {self.name} 的起始地址或联系方式里, 花括号要成对, 里面写变量名") from exc
        except KeyError as exc:
            raise ConfigError(
                f"来源 {self.name} 的起始地址或联系方式需要变量 {exc}, 请在 source_variables 中给出"
            ) from exc
        wrong = [address for address in start if not is_web_address(address)]
        if wrong:
            raise ConfigError(f"来源 {self.name} 的起始地址 {wrong[0]!r} 不以 http:// 或 https:// 开头, 请核对变量")
        return self.model_copy(update={"start": start, "contact": contact, "columns": ()})


def load_source(path: Path) -> SourceSpec:
    """The declaration of a file, its system's defaults filled in; ConfigError names file, key and value."""
    return make_source(path.stem, read_mapping(path), path)


def make_source(name: str, content: Mapping[str, Any], path: Path) -> SourceSpec:
    """The declaration of a file's content; ConfigError names file, key and value."""
    try:
        return SourceSpec.model_validate({"name": name, **_with_defaults(content)})
    except ValidationError as exc:
        raise explain(path, exc) from exc


def load_sources(directory: Path) -> dict[str, tuple[Path, SourceSpec]]:
    """Every declaration below a directory by name, hidden folders left out; ConfigError when a name stands twice."""
    found: dict[str, tuple[Path, SourceSpec]] = {}
    for path in declaration_files(directory):
        if path.stem in found:
            raise ConfigError(f"来源 {path.stem} 声明了两次: {found[path.stem][0]} 和 {path}")
        found[path.stem] = (path, load_source(path))
    return found


def declaration_files(directory: Path) -> list[Path]:
    """The files of declarations below a directory, in the order of their paths; hidden folders are left out."""
    files = sorted(directory.rglob("*.yml"))
    return [path for path in files if not any(part.startswith(".") for part in path.relative_to(directory).parts)]


@cache
def systems() -> dict[str, dict[str, Any]]:
    """What is known of each content management system, by platform."""
    return read_mapping(_SYSTEMS)


def _with_defaults(content: Mapping[str, Any]) -> dict[str, Any]:
    known = systems().get(str(content.get("platform")), {})
    filled = dict(content)
    for key, value in known.items():
        if key == "known_from":
            continue
        own = filled.get(key, {} if isinstance(value, dict) else value)
        filled[key] = {**value, **own} if isinstance(value, dict) and isinstance(own, dict) else own
    return filled


def _checked_css(value: str | None) -> str | None:
    if value is not None:
        try:
            HTMLTranslator().css_to_xpath(value)
        except SelectorError as exc:
            raise ValueError("不是合格的CSS选择器") from exc
    return value


def _placeholders(template: str) -> Iterable[str]:
    try:
        return {name for _, name, _, _ in Formatter().parse(template) if name}
    except ValueError:
        return set()
