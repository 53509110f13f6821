"""How well extraction reads saved pages whose parts people have written down."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from statistics import fmean, median

from pydantic import BaseModel, ConfigDict, ValidationError

from crawlers.extraction.article import Article, extract
from domain.failures.errors import ConfigError
from domain.failures.invalid_value import invalid_value
from domain.failures.unreadable import why_unreadable

_GRAM = 4
_SPACE = re.compile(r"\s+")
_NO_ADDRESS = "http://page.invalid/"
"""An address without a date in it, for gold that names none."""


class GoldPage(BaseModel):
    """One line of a gold file: the page's file beside it, and what a person read there."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    file: str
    url: str = _NO_ADDRESS
    title: str
    published_at: str | None = None
    """ISO 8601, in China time."""
    source: str | None = None
    author: str | None = None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PageScore:
    """How one page was read."""

    file: str
    body_f1: float
    title: bool
    day: bool
    source: bool
    author: bool
    extractor: str
    agreement: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractionScores:
    """Means over the pages, each 0 to 1."""

    pages: int
    body_f1: float
    body_f1_median: float
    title: float
    day: float
    source: float
    author: float

    def as_record(self) -> dict[str, object]:
        """For `--json`: rounded to four places."""
        return {
            "pages": self.pages,
            "body_f1": round(self.body_f1, 4),
            "body_f1_median": round(self.body_f1_median, 4),
            "title_exact": round(self.title, 4),
            "date_by_day": round(self.day, 4),
            "source_exact": round(self.source, 4),
            "author_exact": round(self.author, 4),
        }


def read_gold(path: Path) -> list[GoldPage]:
    """The pages of a gold file (JSON lines); ConfigError names the line and key that is wrong."""
    pages = []
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as exc:
        raise ConfigError(f"读不了标准答案 {path}: {why_unreadable(exc)}") from exc
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            pages.append(GoldPage.model_validate_json(line))
        except ValidationError as exc:
            found = invalid_value(exc.errors())
            raise ConfigError(f"{path} 第{number}行 {found.field or '整行'}: {found.reason}") from exc
    if not pages:
        raise ConfigError(f"标准答案 {path} 里没有网页")
    return pages


def read_page(gold: GoldPage, folder: Path) -> bytes:
    """The saved page of a gold line; ConfigError when it is not in the folder."""
    try:
        return (folder / gold.file).read_bytes()
    except OSError as exc:
        raise ConfigError(f"读不了网页文件 {folder / gold.file}: {why_unreadable(exc)}") from exc


def evaluate_pages(
    gold: Sequence[GoldPage], folder: Path, read: Callable[[bytes, str], Article] = extract
) -> list[PageScore]:
    """One score a page, in the order of the gold."""
    return [score_page(one, read(read_page(one, folder), one.url)) for one in gold]


def score_page(gold: GoldPage, article: Article) -> PageScore:
    """An article against what a person read; a field that the page does not have must be empty to count."""
    return PageScore(
        file=gold.file,
        body_f1=gram_f1(gold.text, article.text),
        title=_bare(gold.title) == _bare(article.title),
        day=_day(gold.published_at) == (article.published_at.date().isoformat() if article.published_at else ""),
        source=_bare(gold.source) == _bare(article.origin),
        author=_bare(gold.author) == _bare(article.author),
        extractor=article.how.value,
        agreement=article.agreement,
    )


def means(scores: Sequence[PageScore]) -> ExtractionScores:
    """The means of at least one page."""
    return ExtractionScores(
        pages=len(scores),
        body_f1=fmean(one.body_f1 for one in scores),
        body_f1_median=median(one.body_f1 for one in scores),
        title=fmean(one.title for one in scores),
        day=fmean(one.day for one in scores),
        source=fmean(one.source for one in scores),
        author=fmean(one.author for one in scores),
    )


def gram_f1(expected: str, found: str) -> float:
    """F1 of the 4-grams of characters, counted with their repetitions; spaces and line breaks do not count."""
    wanted, given = _grams(expected), _grams(found)
    if not wanted or not given:
        return float(wanted == given)
    shared = sum((wanted & given).values())
    return 2 * shared / (sum(wanted.values()) + sum(given.values()))


def _grams(text: str) -> Counter[str]:
    plain = _SPACE.sub("", text)
    return Counter(plain[at : at + _GRAM] for at in range(max(len(plain) - _GRAM + 1, min(len(plain), 1))))


def _bare(text: str | None) -> str:
    return _SPACE.sub("", text or "")


def _day(text: str | None) -> str:
    return datetime.fromisoformat(text).date().isoformat() if text else ""
