"""What a run has counted so far, and how that makes its outcome."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from crawlers.extraction.article import Article
from domain.media.crawl import CrawlOutcome, CrawlReport, FetchProblem, StartPageState, Weight

_MESSAGES = 20
_ONE_CLASS = 4
"""Messages kept of one class of problem, so that the many do not hide the others."""


@dataclass(slots=True)
class Tally:
    """Counts of one run; `complete` turns false when something listed was left for a later run."""

    fetched: int = 0
    unchanged: int = 0
    blocked: int = 0
    failed: int = 0
    lists: int = 0
    lists_unchanged: int = 0
    listed: int = 0
    known: int = 0
    read: int = 0
    unreachable: int = 0
    complete: bool = True
    problems: Counter[FetchProblem] = field(default_factory=Counter)
    hits: Counter[str] = field(default_factory=Counter)
    messages: list[str] = field(default_factory=list)
    start_pages: Mapping[str, StartPageState] = field(default_factory=dict)

    def say(self, message: str) -> None:
        """Keep a message for the operator, up to a number that a person reads."""
        if len(self.messages) < _MESSAGES:
            self.messages.append(message)

    def note(self, problem: FetchProblem, url: str, detail: str = "") -> None:
        """Count a problem of any page and say so."""
        self.problems[problem] += 1
        if self.problems[problem] <= _ONE_CLASS:
            more = f" ({detail})" if detail and detail != problem.label else ""
            self.say(f"{problem.label}: {url}{more}")

    def article_problem(self, problem: FetchProblem, url: str, detail: str = "") -> None:
        """Count an article that did not come."""
        self.note(problem, url, detail)
        self.blocked += problem.weight is Weight.BLOCKED
        self.failed += problem.weight is Weight.FAILED

    def list_problem(self, problem: FetchProblem, url: str, detail: str = "") -> None:
        """Count a list page that did not come: what it names is left for a later run."""
        self.note(problem, url, detail)
        self.unreachable += problem.weight is Weight.FAILED
        self.complete = False

    def page_read(self, article: Article, selectors: Mapping[str, bool]) -> None:
        """Count a page that was read, what was found on it, and which declared selectors hit."""
        self.read += 1
        parts = ("title", "text", "published_at", "origin", "author")
        self.hits.update(part for part in parts if getattr(article, part))
        self.hits.update(f"select.{name}" for name, hit in selectors.items() if hit)

    def outcome(self) -> CrawlOutcome:
        """How the run ended, by the most alarming thing it saw."""
        blocked = {problem for problem in self.problems if problem.weight is Weight.BLOCKED}
        if blocked == {FetchProblem.ROBOTS_UNAVAILABLE} and not self.lists:
            return CrawlOutcome.UNREACHABLE
        if blocked:
            return CrawlOutcome.BLOCKED
        if not self.lists:
            if self.problems[FetchProblem.ROBOTS]:
                return CrawlOutcome.BLOCKED
            return CrawlOutcome.UNREACHABLE if self.unreachable else CrawlOutcome.FAILED
        if not self.listed and not self.lists_unchanged:
            return CrawlOutcome.LAYOUT_CHANGED
        return CrawlOutcome.FINISHED

    def report(self, source: str, started_at: datetime, finished_at: datetime) -> CrawlReport:
        """The report of a run that has ended."""
        return CrawlReport(
            source=source,
            started_at=started_at,
            finished_at=finished_at,
            outcome=self.outcome(),
            fetched=self.fetched,
            unchanged=self.unchanged,
            blocked=self.blocked,
            failed=self.failed,
            messages=tuple(self.messages),
            lists=self.lists,
            lists_unchanged=self.lists_unchanged,
            listed=self.listed,
            known=self.known,
            problems={problem.value: count for problem, count in sorted(self.problems.items())},
            read=self.read,
            hits=dict(sorted(self.hits.items())),
            start_pages=self.start_pages,
        )
