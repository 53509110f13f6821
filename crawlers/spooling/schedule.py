"""When what is asked for again: articles after publication, pages that did not come, sources by what they brought.

Everything here is a pure function of what happened and of the declared rules.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from crawlers.declaring.fetch_rules import FetchRules
from domain.media.crawl import CrawlOutcome, CrawlReport, PageKind, SeenPage, Weight

_SLOWER = 1.5
"""Factor by which an interval grows with every run in a row that brought nothing."""
_AFTER_REFUSAL = 2.0
"""Factor by which it grows with every run in a row that the site refused or did not answer."""
_MUCH = 5
"""New articles in one run that make a source worth asking twice as often."""
_DAY_MINUTES = 24 * 60
LONGEST_PAUSE = timedelta(days=7)
"""Nobody means more; a mistyped year must not silence a source for ever."""
_REFUSAL = timedelta(days=30)
"""How long a page is asked for that the site refuses."""


def is_due(page: SeenPage, rules: FetchRules, now: datetime) -> bool:
    """True when an article that was asked for before is to be asked for again.

    One that came: when one of the declared days after its publication (after the day it was first seen, when the page
    names none) has passed since it was asked for; once twice the last of these days have passed nobody corrects it any
    more. One that did not come: when the declared hours have passed since; after as many tries as hours are declared it
    is given up, unless the site refused it, which may end any day of the first month. A message without a reply has
    days of its own, up to the last of them, and failed visits do not end them.
    """
    if page.asked_at is None:
        return True
    awaits_reply = page.kind is PageKind.QUESTION
    if page.problem is not None:
        refused = page.problem.weight is not Weight.FAILED and now - (page.first_seen_at or now) < _REFUSAL
        retry = _retry_is_due(refused, page.failures, now - page.asked_at, rules.retry_hours)
        if retry or not awaits_reply:
            return retry
    days = sorted({*rules.recheck_days, *rules.reply_days}) if awaits_reply else rules.recheck_days
    base = page.published_at or page.first_seen_at or page.asked_at
    if not days or now > base + timedelta(days=2 * days[-1]):
        return False
    return any(page.asked_at < base + timedelta(days=day) <= now for day in days)


def interval(every_minutes: int, history: Sequence[CrawlReport], rules: FetchRules) -> timedelta:
    """How long to wait after a source's last run began; `history` holds its last runs, newest first."""
    slowest = rules.slowest_minutes or max(every_minutes, min(8 * every_minutes, _DAY_MINUTES))
    fastest = rules.fastest_minutes or min(every_minutes, max(10, every_minutes // 2))
    minutes = float(every_minutes)
    refused = _leading(history, lambda report: report.outcome in {CrawlOutcome.BLOCKED, CrawlOutcome.UNREACHABLE})
    quiet = _leading(history, lambda report: report.outcome is CrawlOutcome.FINISHED and not report.fetched)
    if refused:
        minutes *= _AFTER_REFUSAL**refused
    elif quiet:
        # One quiet run says nothing: a county's paper brings news once a day.
        minutes *= _SLOWER ** (quiet - 1)
    elif history and history[0].fetched >= _MUCH:
        minutes /= 2
    return timedelta(minutes=min(max(minutes, fastest), slowest))


def pause_length(times: int) -> timedelta:
    """How long a site is left alone that says "too many requests" and not for how long; `times` in a row, from 1."""
    return timedelta(minutes=min(10 * 2.0 ** min(times - 1, 20), _DAY_MINUTES))


def _retry_is_due(refused: bool, failures: int, waited: timedelta, hours: Sequence[int]) -> bool:
    if not hours or (failures > len(hours) and not refused):
        return False
    # Less than nothing was waited where the clock ran ahead at the last try and was put back.
    return waited < timedelta() or waited >= timedelta(hours=hours[max(0, min(failures, len(hours)) - 1)])


def _leading(history: Sequence[CrawlReport], fits: Callable[[CrawlReport], bool]) -> int:
    """How many of the newest runs fit, up to the first that does not."""
    return next((place for place, report in enumerate(history) if not fits(report)), len(history))
