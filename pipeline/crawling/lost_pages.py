"""Start pages that give no articles any more, told from the runs of their medium; pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.media.crawl import CrawlReport, StartPageState


@dataclass(frozen=True, slots=True, kw_only=True)
class LostPage:
    """A declared start page whose latest runs brought no article link."""

    address: str
    state: StartPageState
    """What it gave last."""
    runs: int
    """Runs in a row without an article link; those that say nothing of it are not counted and do not end it."""
    since: datetime
    """When the first of them began."""
    gave_before: bool
    """True when a run before them found articles on it."""

    @property
    def said(self) -> str:
        """A Chinese sentence for the operator."""
        before = "以前有文章, " if self.gave_before else "从来没有找到过文章, "
        return f"列表页 {self.address} {before}连续{self.runs}次{self.state.label}"


def lost_page(address: str, runs: Sequence[CrawlReport]) -> LostPage | None:
    """The start page when its latest known state is not a healthy one, else None; `runs` are oldest first."""
    known = [(run, run.start_pages[address]) for run in runs if address in run.start_pages]
    known = [(run, state) for run, state in known if state is not StartPageState.UNKNOWN]
    named = [place for place, (_, state) in enumerate(known) if state is StartPageState.NAMES]
    lost = known[named[-1] + 1 :] if named else known
    if not lost:
        return None
    first, (_, state) = lost[0][0], lost[-1]
    return LostPage(address=address, state=state, runs=len(lost), since=first.started_at, gave_before=bool(named))
