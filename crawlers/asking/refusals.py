"""Tells a page from what sites show instead: captchas, logins, script challenges, firewalls, errors with status 200."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from domain.media.crawl import FetchProblem
from domain.words.lexicon_file import read_lexicon

_UNSEEN = re.compile(r"<(script|style|noscript|template)\b.*?(?:</\1\s*>|$)|<!--.*?-->", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<[^>]*>|&\w+;|\s+")
_SCRIPT = re.compile(r"<script\b", re.IGNORECASE)
_FEW = 20
"""Characters of visible text below which a page with scripts has nothing to read before they run."""
_LONGEST_PAGE = 200_000
"""Characters of a page above which nobody shows a notice; 瑞数 pages have about a hundred thousand."""
_ORDER = (
    FetchProblem.RATE_LIMITED,
    FetchProblem.FIREWALL,
    FetchProblem.CAPTCHA,
    FetchProblem.SCRIPT_CHALLENGE,
    FetchProblem.LOGIN,
    FetchProblem.ERROR_PAGE,
)
"""Which class is named when a page fits several: the one that says most."""


@dataclass(frozen=True, slots=True)
class Refusals:
    """The reviewed signs of refusal."""

    statuses: dict[int, FetchProblem]
    phrases: tuple[tuple[FetchProblem, re.Pattern[str]], ...]
    marks: tuple[tuple[FetchProblem, re.Pattern[str]], ...]
    longest_text: int
    login_names: frozenset[str]
    """Parts of the path of a login page."""


@cache
def load_refusals() -> Refusals:
    """The signs that are shipped in `refusals.yml`."""
    content = read_lexicon(Path(__file__).with_name("refusals.yml").read_text(encoding="utf-8"))
    statuses = {status: FetchProblem(name) for name, codes in content["statuses"].items() for status in codes}
    return Refusals(
        statuses=statuses,
        phrases=_patterns(content["phrases"]),
        marks=_patterns(content["marks"]),
        longest_text=content["longest_text"],
        login_names=frozenset(content["login_names"]),
    )


def problem_of_status(status: int) -> FetchProblem:
    """The class of a status that is no success; a redirect that is left over leads nowhere."""
    known = load_refusals().statuses.get(status)
    if known is not None:
        return known
    if status < 400:
        return FetchProblem.BAD_ANSWER
    return FetchProblem.SERVER_ERROR if status >= 500 else FetchProblem.CLIENT_ERROR


def leads_to_login(url: str) -> bool:
    """True when a part of the address's path, without its ending, is a login page's name."""
    parts = urlsplit(url).path.lower().split("/")
    return not load_refusals().login_names.isdisjoint(part.partition(".")[0] for part in parts)


def problem_of_page(html: str) -> FetchProblem | None:
    """What a page with status 200 is instead of what was asked for; None when it is content."""
    signs = load_refusals()
    if len(html) > _LONGEST_PAGE:
        return None
    visible = _TAG.sub("", _UNSEEN.sub("", html))
    if len(visible) > signs.longest_text:
        return None
    found = {problem for problem, pattern in signs.phrases if pattern.search(visible)}
    found |= {problem for problem, pattern in signs.marks if pattern.search(html)}
    if len(visible) < _FEW and _SCRIPT.search(html):
        found.add(FetchProblem.SCRIPT_CHALLENGE)
    return next((problem for problem in _ORDER if problem in found), None)


def _patterns(words: dict[str, list[str]]) -> tuple[tuple[FetchProblem, re.Pattern[str]], ...]:
    return tuple((FetchProblem(name), _any_of(entries)) for name, entries in words.items())


def _any_of(words: list[str]) -> re.Pattern[str]:
    # Blanks are taken out of pages, too: sites spread their words with them.
    return re.compile("|".join(re.escape(re.sub(r"\s+", "", word)) for word in words), re.IGNORECASE)
