"""What a list page holds, read by pure functions; and the spider that walks lists made of such pages."""

from abc import abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any, ClassVar

from lxml import etree
from parsel import Selector
from parsel.csstranslator import GenericTranslator, HTMLTranslator
from scrapy import Request
from scrapy.http import Response, TextResponse

from crawlers.articles.headlines import as_headlines
from crawlers.asking.answers import joined
from crawlers.declaring.addresses import is_on
from crawlers.declaring.source import SourceSpec
from crawlers.spider import GUESSED, INNER, NUMBER, SourceSpider
from crawlers.spooling.start_pages import ISSUE, START
from domain.media.crawl import SeenPage

_LIST_FIRST = 1_000_000
"""Priority of list pages: all lists are read before the first article, see `ListingSpider`."""
_PAGE = 1000
"""More articles than any list page holds, so that priorities of two pages never mix."""
_LONGEST_LINK = 100
"""Elements inside a link that are read: links around links, thousands deep, must not be read thousands of times."""
_CUT = ("…", "...", "．．．")
"""How the text of a link ends that is too long for its list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """The addresses on one list page, as written there, in its order."""

    articles: tuple[str, ...] = ()
    inner: tuple[str, ...] = ()
    """Pages that belong to this one: the other pages of an issue, the sitemaps of an index."""
    following: str | None = None
    """The next page of the same list."""
    headlines: Mapping[str, str] = field(default_factory=dict)
    """What the page calls the articles, by address as written there; not all of them have to be named."""


class ListingSpider(SourceSpider):
    """Walks lists from page to page; a platform says what a page holds.

    Lists are read first, then the articles from the oldest to the newest. A run that is killed leaves unread the newest
    articles, which stand where the next run looks first; newest first would leave a gap that no later run sees.
    """

    reads_inner_again: ClassVar[bool] = True
    """False where inner pages need no look once the articles of the outer page are all known."""

    deepest: ClassVar[int] = 1
    """Levels of pages inside pages."""

    @staticmethod
    @abstractmethod
    def listing(response: Response, spec: SourceSpec, now: datetime) -> Listing:
        """What the page holds; an empty listing where nothing is understood, never an error."""

    def read_list(self, response: Response) -> Iterator[Request]:
        """The pages inside this one, the next page while the list brings something new, then the articles."""
        number, barren = int(response.meta.get(NUMBER, 0)), int(response.meta.get("list_barren", 0))
        listing = self.listing(response, self.spec, self._clock.now())
        requests = list(self.articles(response, listing.articles, listing.headlines))
        news = any(request.url not in self._seen for request in requests)
        yield from self._inner(response, listing.inner, number, news=news)
        barren = 0 if news else barren + 1
        if listing.following and number + 1 < self.spec.paging.depth and barren <= self.spec.paging.patience:
            counted_up = bool(self.spec.paging.template) and not self.spec.select.next
            meta = {NUMBER: number + 1, "list_barren": barren, GUESSED: counted_up}
            yield from self._list(response, listing.following, **meta)
        for place, request in reversed(list(enumerate(requests))):
            yield request.replace(priority=number * _PAGE + place)

    def read_unchanged_list(self, response: Response, known: SeenPage) -> Iterator[Request]:
        """The pages inside the list page: that it names the same ones does not say that they say the same."""
        number = int(response.meta.get(NUMBER, 0))
        yield from self._inner(response, known.inner, number, news=False)

    def _inner(self, response: Response, inner: Sequence[str], number: int, *, news: bool) -> Iterator[Request]:
        level = int(response.meta.get(INNER, 0)) + 1
        within = {key: response.meta[key] for key in (START, ISSUE) if key in response.meta}
        if level <= self.deepest and (news or self.reads_inner_again or response.meta.get("list_latest")):
            for place, address in enumerate(inner[: self.spec.paging.depth]):
                yield from self._list(response, address, **{INNER: level, NUMBER: number + place + 1}, **within)

    def _list(self, response: Response, address: str, **meta: Any) -> Iterator[Request]:
        # What a page names is not trusted: a list never leads to another site, which may be inside our own network.
        if is_on(url := joined(response, address), self.sites):
            request = self.list_request(url)
            yield request.replace(priority=_LIST_FIRST, meta={**request.meta, **meta})


def selector_of(response: Response) -> Selector | None:
    """The page's elements; None when the answer is no text or holds no element."""
    if not isinstance(response, TextResponse) or not response.text.strip():
        return None
    selector: Selector = response.selector
    return selector if selector.type in {"html", "xml"} else Selector(text=response.text, type="html")


def linked(selector: Selector, css: str) -> tuple[str, ...]:
    """Addresses of what the CSS finds, or of the links inside it, each once and in the order of the page."""
    return tuple(dict.fromkeys(one.get("href", "").strip() for one in _links(selector, css)))


def link_texts(selector: Selector, css: str) -> dict[str, str]:
    """What the links of `linked` say, by address: the first text that may be a headline, whole where one is cut."""
    return as_headlines((one.get("href", "").strip(), _text(one)) for one in _links(selector, css))


def _links(selector: Selector, css: str) -> Iterator[etree._Element]:
    # The parser's own elements: an object for each of many thousand links would hold up every other page.
    translator = HTMLTranslator() if selector.type == "html" else GenericTranslator()
    outer = selector.root.xpath(translator.css_to_xpath(css))
    found = (one for element in outer if etree.iselement(element) for one in element.iter("*"))
    return (one for one in found if _is_address(one.get("href", "")))


def _text(link: etree._Element) -> str:
    """What the link shows; where that is cut, or a picture, what its title or the picture's alt says."""
    shown = "".join(_pieces(link)).strip()
    if shown and not shown.endswith(_CUT):
        return shown
    pictures = (one.get("alt", "") for one in islice(link.iter(), _LONGEST_LINK) if one.tag == "img")
    return link.get("title", "") or next(pictures, "") or shown


def _pieces(link: etree._Element) -> Iterator[str]:
    yield link.text or ""
    for inside in islice(link.iterdescendants(), _LONGEST_LINK):
        # Comments and scripts are elements as well.
        yield (inside.text or "") if isinstance(inside.tag, str) and inside.tag not in {"script", "style"} else ""
        yield inside.tail or ""


def _is_address(address: str) -> bool:
    return bool(address.strip()) and not address.strip().lower().startswith(("javascript:", "#", "mailto:", "tel:"))
