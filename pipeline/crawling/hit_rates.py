"""On which share of pages the declared selectors hit and the parts of an article were found; pure."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from statistics import median

from domain.media.crawl import CrawlReport, FetchProblem
from pipeline.policy.source_health_tables import HitRatePolicy

_SELECTOR = "select."
_PARTS = {"title": "标题", "text": "正文", "published_at": "发布时间"}
_UNEXTRACTED = (FetchProblem.NO_TITLE, FetchProblem.NO_BODY, FetchProblem.PART_MISSING, FetchProblem.UNREADABLE)


class HitRates:
    """The latest pages against those before."""

    def __init__(
        self, runs: Sequence[CrawlReport], *, selectors: frozenset[str], now: datetime, policy: HitRatePolicy
    ) -> None:
        """Pool the newest runs, oldest first in `runs`, until there are pages enough; the rest is history.

        Only declared `selectors` are looked at: one that was taken out of the declaration hits no more, rightly.
        """
        self._policy = policy
        self._new, self._old = _split(runs, now - timedelta(hours=policy.hours), policy.least_pages)
        self._pages = sum(run.read for run in self._new)
        hits: Counter[str] = Counter()
        for run in self._new:
            hits.update(run.hits)
        names = {name for name in hits if not name.startswith(_SELECTOR)}.union(_PARTS)
        names |= {_SELECTOR + name for name in selectors}
        enough = self._pages >= policy.least_pages
        self.latest = {name: hits[name] / self._pages for name in sorted(names)} if enough else {}
        """Share of the latest pages by name of the part or selector; empty while there are too few pages."""

    @property
    def since(self) -> datetime | None:
        """When the first of the pooled runs began."""
        return self._new[0].started_at if self._new else None

    def fallen_selectors(self) -> str:
        """A Chinese sentence on the declared selectors that hit no more; empty when all do."""
        fallen = [name.removeprefix(_SELECTOR) for name in self._fallen(_SELECTOR)]
        return f"选择器 {'、'.join(fallen)} 在最近{self._pages}页上大多找不到内容" if fallen else ""

    def fallen_parts(self) -> str:
        """A Chinese sentence on the parts of articles that are found no more; empty when all are."""
        fallen = [_PARTS[name] for name in self._fallen("") if name in _PARTS]
        if fallen:
            return f"最近{self._pages}页里{'、'.join(fallen)}大多取不到"
        share = _unextracted(self._new)
        if share is None or share < self._policy.poor_share:
            return ""
        usual = [one for run in self._old if (one := _unextracted([run])) is not None]
        if usual and median(usual) > share * self._policy.fallen_below:
            return ""
        return f"最近的文章页有{share:.0%}取不到标题或正文"

    def _fallen(self, prefix: str) -> Iterable[str]:
        for name, rate in self.latest.items():
            usual = [run.hits.get(name, 0) / run.read for run in self._old if run.read]
            if not name.startswith(prefix) or not usual:
                continue
            normal = median(usual)
            if normal >= self._policy.usual and rate < normal * self._policy.fallen_below:
                yield name


def _split(runs: Sequence[CrawlReport], oldest: datetime, pages: int) -> tuple[list[CrawlReport], list[CrawlReport]]:
    new: list[CrawlReport] = []
    for index in range(len(runs) - 1, -1, -1):
        enough = sum(run.read + _bad(run) for run in new) >= pages
        if enough or runs[index].started_at < oldest:
            return new, list(runs[: index + 1])
        new.insert(0, runs[index])
    return new, []


def _bad(run: CrawlReport) -> int:
    return sum(run.problems.get(problem, 0) for problem in _UNEXTRACTED)


def _unextracted(runs: Sequence[CrawlReport]) -> float | None:
    """Share of article pages that brought no article; None where no page was read."""
    bad = sum(_bad(run) for run in runs)
    pages = sum(max(run.read, run.fetched + _bad(run)) for run in runs)
    return bad / pages if pages else None
