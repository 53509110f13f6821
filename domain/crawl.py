"""What is remembered of crawling: pages seen, and how each run of a source went."""

from dataclasses import dataclass
from datetime import datetime

from domain.labelled import Labelled


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenPage:
    """A page fetched before, with what a conditional request needs."""

    url: str
    etag: str = ""
    last_modified: str = ""
    content_sha256: str = ""


class CrawlOutcome(Labelled):
    """How a run of one source ended."""

    FINISHED = "finished", "完成"
    BLOCKED = "blocked", "被拦截"
    UNREACHABLE = "unreachable", "无法访问"
    LAYOUT_CHANGED = "layout_changed", "页面改版"
    FAILED = "failed", "失败"


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlReport:
    """One run of one source; fetched + unchanged + blocked + failed is every request made for an article."""

    source: str
    started_at: datetime
    finished_at: datetime
    outcome: CrawlOutcome
    fetched: int
    unchanged: int
    blocked: int
    failed: int
    messages: tuple[str, ...] = ()
