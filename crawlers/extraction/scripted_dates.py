"""Dates that a page says only to machines outside its head: in scripts, and in <time>."""

import re
from collections.abc import Sequence
from datetime import datetime
from itertools import islice

from lxml.html import HtmlElement

from crawlers.extraction.dates import full_dates, parse_machine_date

_VALUE = (
    r"[\"']?\s*[:=]\s*[\"']?\s*(\d{10}(?:\d{3})?(?!\d)|"
    r"[A-Z][a-z]{2} [A-Z][a-z]{2} \d{2} [\d:]{8} [+-]\d{4} 20\d{2}|"
    r"20\d{2}[-/年]\d{1,2}[-/月]\d{1,2}[ T]?[\d:]{0,8}(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2})?)"
)
_SCRIPTED = re.compile(
    r"(?<![\w.])[\"']?(publish_?time|pub_?time|publish(?:ed)?_?(?:date|at|on)|pub_?date|ptime|ct|created?_?(?:time|at)|news_?time|"
    r"datePublished|issueDate|release_?date)" + _VALUE,
    re.IGNORECASE,
)
_BESIDE_TEXT = re.compile(r"(?<![\w.])[\"']?((?:show_?|article[-_]?)?(?:time|date))" + _VALUE, re.IGNORECASE)
"""Names that tell nothing in a script, but beside its text."""
_LONGEST_SCRIPT = 400_000
_WRITTEN_DAY = re.compile(r"[\"'](\s*20\d{2}[-/.年]\d{1,2}[-/.月]\d{1,2}(?!\d)[^\"'<>]{0,20})[\"']")
_LONGEST_WRITER = 400
"""Characters of a script that does nothing but write a day where it stands."""
_MOST_DATES = 50


def scripted_dates(page: HtmlElement, beside: Sequence[str] = ()) -> list[datetime]:
    """Dates that the page's scripts hold under names of publication times; `beside` is what stands with its text."""
    own = next(filter(None, (_named_dates(part) or _named_dates(part, _BESIDE_TEXT) for part in beside)), [])
    if own:
        return own[:1]
    found: list[datetime] = []
    for script in page.iter("script"):
        found.extend(_named_dates((script.text or "")[:_LONGEST_SCRIPT]))
        if len(found) > 20:
            break
    return found or _timed(page)


def show_written_days(page: HtmlElement) -> None:
    """Put in the place of a script that writes one day there, in whatever form, that day: readers see it."""
    for script in page.iter("script"):
        text = script.text or ""
        if len(text) > _LONGEST_WRITER or "document.write" not in text:
            continue
        days = _WRITTEN_DAY.findall(text)
        if len(days) == 1:
            script.tail = f" {days[0]} {script.tail or ''}"


def _timed(page: HtmlElement) -> list[datetime]:
    """What the page's <time> elements say, where that is one day."""
    times = (one.get("datetime") or "" for one in islice(page.iter("time"), _MOST_DATES))
    moments = [moment for moment in map(parse_machine_date, times) if moment is not None]
    return moments[:1] if len({moment.date() for moment in moments}) == 1 else []


def years_of_scripts(page: HtmlElement) -> list[datetime]:
    """Every date of the page's scripts, whatever it is called: it tells the year of a day that the page shows."""
    scripts = ((script.text or "")[:_LONGEST_SCRIPT] for script in page.iter("script"))
    return list(islice((moment for text in scripts for moment in full_dates(text)), _MOST_DATES))


def _named_dates(text: str, names: re.Pattern[str] = _SCRIPTED) -> list[datetime]:
    """The dates under names of publication times, those under names of their making last."""
    named = ((one[1].lower(), parse_machine_date(one[2])) for one in names.finditer(text))
    dated = [(name, moment) for name, moment in named if moment is not None]
    return [moment for _, moment in sorted(dated, key=lambda pair: pair[0].startswith(("create", "ct")))]
