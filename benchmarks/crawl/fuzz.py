"""Feeds mutated bytes to what reads a crawl's input, under coverage guidance: nothing may crash or take ten seconds.

`python -m benchmarks.crawl.fuzz addresses|dates|lists|feeds [--seconds 600] [--corpus FOLDER]`; the invented list pages
of the tests are the seeds. Needs atheris (extra `dev`, Linux). Ends with 0 when nothing was found; an input that was is
written to the folder.
"""

from datetime import UTC, datetime
from pathlib import Path

import atheris

from benchmarks.fuzzing import fuzz

with atheris.instrument_imports(include=["crawlers"]):
    from crawlers.articles.parts import next_part
    from crawlers.asking.refusals import problem_of_page
    from crawlers.declaring.addresses import is_home, is_on, is_web_address, normalise_address, page_name, site_of
    from crawlers.declaring.fetch_rules import FetchRules, Mirror
    from crawlers.declaring.source import SourceSpec, make_source
    from crawlers.extraction.cut_off import is_cut_off
    from crawlers.extraction.dates import parse_date
    from crawlers.platforms import PLATFORMS

from scrapy.http import HtmlResponse, TextResponse, XmlResponse

_PAGES = Path(__file__).parents[2] / "tests" / "crawlers" / "platforms" / "pages"
_LONGEST_INPUT = 20_000
_NOW = datetime(2026, 11, 20, tzinfo=UTC)
_RULES = FetchRules(mirrors=(Mirror(match="/BIG5/", to="/GB/"),), drop_parameters=("from",))


def _declared(platform: str, **more: object) -> SourceSpec:
    common: dict[str, object] = {
        "title": "试验",
        "summary": "fuzz",
        "publisher": {"name": "试验", "level": "county", "official": True},
        "region": "141124",
        "platform": platform,
        "start": ["http://a.invalid/xw/"],
        "every_minutes": 60,
        "expect": {"per_day": {"min": 0, "max": 9}, "stale_after_days": 3},
        "contact": "fuzz@example.invalid",
        "robots": {"note": "invented"},
    }
    return make_source("fuzz", {**common, **more}, Path("fuzz.yml"))


_SPECS = (
    _declared("article_list", paging={"template": "more_list_column_{column}_{page}.html"}),
    _declared("trs"),
    _declared("hanweb"),
    _declared("epaper", select={"pages": "a"}),
    _declared("script_list", embedded={"marker": "=", "items": "rows.list", "address": "url"}),
    _declared("script_list", embedded={"items": "", "address": "/n/{day}/{id}.html"}),
    _declared("script_list", embedded={"items": "html", "markup": True}, paging={"template": "index_{page}.json"}),
    _declared("board", board={"question": "p", "answer": "div", "asked": "span", "asker": "b", "answered": "i"}),
)
_FEEDS = (_declared("rss"), _declared("sitemap"))


def check_address(content: bytes) -> None:
    """Every way of looking at an address, as text of any kind; of one with a host the form to ask for is steady."""
    url = content.decode("utf-8", errors="surrogateescape")
    for address in (url, f"http://{url}", f"http://a.invalid/{url}"):
        normal = normalise_address(address, _RULES)
        has_host = is_web_address(address) and address.isprintable()
        if has_host and normalise_address(normal, _RULES) != normal:
            raise AssertionError(f"{address!r} becomes {normal!r} and then something else")
        page_name(address, _RULES)
        is_on(address, {site_of(address)})
        is_home(address)


def check_date(content: bytes) -> None:
    """A date in any text."""
    found = parse_date(content.decode("utf-8", errors="replace"))
    if found is not None:
        found.isoformat()


def check_list(content: bytes) -> None:
    """A list page of the platform that the first byte chooses; the same bytes as an article and as a refusal."""
    spec, body = _SPECS[content[0] % len(_SPECS)] if content else _SPECS[0], content[1:]
    response = HtmlResponse(spec.start[0], body=body)
    listing = PLATFORMS[spec.platform].listing(response, spec, _NOW)
    _hold(listing.articles, listing.inner, listing.following)
    next_part(body, "http://a.invalid/n/t1.html", "http://a.invalid/n/t1.html")
    problem_of_page(body.decode("utf-8", errors="replace"))
    is_cut_off(body)


def check_feed(content: bytes) -> None:
    """A feed and a sitemap; the first byte says as what the site calls it."""
    kind = (XmlResponse, TextResponse, HtmlResponse)[content[0] % 3] if content else XmlResponse
    for spec in _FEEDS:
        response = kind("http://a.invalid/x.xml", body=content[1:])
        listing = PLATFORMS[spec.platform].listing(response, spec, _NOW)
        _hold(listing.articles, listing.inner, listing.following)
    robots = TextResponse("http://a.invalid/robots.txt", body=content[1:])
    PLATFORMS["sitemap"].listing(robots, _FEEDS[-1], _NOW)


def _hold(articles: tuple[str, ...], inner: tuple[str, ...], following: str | None) -> None:
    for address in (*articles, *inner, *([following] if following else [])):
        page_name(address.strip())


_TARGETS = {"addresses": check_address, "dates": check_date, "lists": check_list, "feeds": check_feed}


def _seeds(target: str) -> dict[str, bytes]:
    """The list pages of the tests; for addresses and dates the lines of what is expected of them."""
    whole, found = target in {"lists", "feeds"}, dict[str, bytes]()
    for path in sorted(_PAGES.glob("*/list.*" if whole else "*/expected.json")):
        content = path.read_bytes()
        pieces = [bytes([kind]) + content for kind in range(len(_SPECS))] if whole else content.splitlines()
        found |= {f"{path.parent.name}-{number}": piece.strip(b' ,"') for number, piece in enumerate(pieces)}
    return found


if __name__ == "__main__":
    fuzz(__doc__, _TARGETS, _seeds, longest=_LONGEST_INPUT)
