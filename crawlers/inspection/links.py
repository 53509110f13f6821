"""What the links of a list page have in common: patterns of addresses, the block they stand in, the way to go on."""

import re
from collections import defaultdict
from collections.abc import Sequence
from urllib.parse import urljoin, urlsplit

import lxml.html
from lxml.etree import ParserError
from lxml.html import HtmlElement

from crawlers.declaring.addresses import fits, is_on, normalise_address, site_of
from crawlers.declaring.source import Paging
from crawlers.extraction.encoding import decode_page
from crawlers.inspection.selectors import own_names
from crawlers.platforms.script_list import records_in

_HEADLINE = 8
"""Characters of a headline at least; names of columns are shorter."""
_SHARE = 0.8
"""Share of the links of a block that must lead to articles for the block to be the list, and the reverse."""
_DAY = re.compile(r"^((19|20)\d\d((0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])?)?|0[1-9]|[12]\d|3[01])$")
"""A year, a year with month or day, a month or a day."""
_IDENTIFIER = re.compile(r"=\d+(?:&|$)")
_NEXT = re.compile(r"^(下一页|下页|后页|next)\W*$", re.IGNORECASE)
_LONGEST = 200
"""Characters of an address that are looked at; longer ones are no pages of a list."""
_MOST_WORDS = 3
"""Words of a query that tell articles; more of them would make a pattern slow."""
PAGE_IN_QUERY = re.compile(
    r"^([^#{}]*[?&](?:page|p|pageno|pageindex|currentpage|curpage)=)(\d{1,3})(&[^#{}]*)?$", re.IGNORECASE
)
"""An address that says its page of the list in its query."""
_NUMBERED = re.compile(r"^((?:[\w.-]*[/?])*(?:[a-zA-Z][\w-]*?[_-]?|\?\w+=)?)(\d{1,3})(\.\w{3,5})?$")


def read_links(content: bytes, url: str) -> list[tuple[str, HtmlElement]]:
    """The links of the page to its own site: address in one form, element; those of records in its scripts last."""
    html = decode_page(content)
    found = []
    for element in [*_linking(html), *_linking(records_in(html))]:
        try:
            address = normalise_address(urljoin(url, element.get("href").strip()))
        except ValueError:
            continue
        if is_on(address, {site_of(url)}):
            found.append((address, element))
    return found


def _linking(html: str) -> list[HtmlElement]:
    try:
        page = lxml.html.fromstring(re.sub(r"<meta[^>]*charset[^>]*>|<\?xml[^>]*\?>", "", html))
    except (ParserError, ValueError):
        return []
    return list(page.xpath("//a[@href]"))


def shape(address: str) -> str:
    """The path with every number replaced, so that articles of one column have one shape."""
    return re.sub(r"\d+", "0", urlsplit(address).path)


def likely_articles(links: Sequence[tuple[str, HtmlElement]], url: str) -> list[str]:
    """Addresses of the shape that most headlines of the page at `url` have; empty when no headline has a number.

    A number in the query counts where the path is not the list's own, or where the query says in words that it asks for
    something else than the list.
    """
    groups: dict[str, list[str]] = defaultdict(list)
    for address, element in links:
        headline = re.sub(r"\s+", "", element.text_content() or element.get("title") or "")
        if len(headline) >= _HEADLINE and _is_numbered(address, url):
            groups["&".join((shape(address), *_other_words(address, url)))].append(address)
    largest = max(groups.values(), key=len, default=[])
    return list(dict.fromkeys(largest))


def commonest_shape(addresses: Sequence[str]) -> list[str]:
    """Those of the addresses that have the shape which most of them have, in their order."""
    groups: dict[str, list[str]] = defaultdict(list)
    for address in addresses:
        groups[shape(address)].append(address)
    return max(groups.values(), key=len, default=[])


def _is_numbered(address: str, url: str) -> bool:
    parts = urlsplit(address)
    is_other = parts.path != urlsplit(url).path or _other_words(address, url)
    return "0" in shape(address) or (_IDENTIFIER.search(parts.query) is not None and bool(is_other))


def _other_words(address: str, url: str) -> list[str]:
    """Parameters without a number by which an address with the path of the list at `url` asks for something else."""
    here, there = urlsplit(url), urlsplit(address)
    if here.path != there.path:
        return []
    known = here.query.split("&")
    return [pair for pair in there.query.split("&") if pair not in known and not re.search(r"\d|=$", pair)]


def pattern_of(addresses: Sequence[str], url: str) -> str:
    """A regular expression that all articles of the list at `url` fit: numbers by their length, differing parts freely.

    It tells them by the path; where the list has the same one, by what the query asks for.
    """
    words = {tuple(_other_words(address, url)) for address in addresses}
    if len(words) == 1 and (told := words.pop()):
        path = re.escape(urlsplit(url).path)
        return rf"{path}\?(?:.*&)?{'&(?:.*&)?'.join(map(re.escape, told[:_MOST_WORDS]))}(?:&|$)"
    paths = [urlsplit(address).path for address in addresses]
    split = [path.split("/") for path in paths]
    depth = {len(parts) for parts in split}
    if len(depth) > 1:
        endings = {path.rsplit(".", 1)[-1] for path in paths if "." in path}
        return rf"[0-9]+\.({'|'.join(sorted(map(re.escape, endings)))})$" if endings else "[0-9]+"
    *folders, names = (list(segment) for segment in zip(*split, strict=True))
    return "/".join([*map(_segment, folders), _segment(names, is_name=True)]) + "$"


def _segment(variants: list[str], *, is_name: bool = False) -> str:
    pieces = [re.split(r"(\d+)", variant) for variant in variants]
    shapes = {tuple("0" if piece.isdigit() else piece for piece in one) for one in pieces}
    if len(shapes) > 1:
        return "[^/]+"
    last = len(pieces[0]) - 2
    return "".join(_piece([one[place] for one in pieces], is_name and place == last) for place in range(len(pieces[0])))


def _piece(variants: list[str], is_last: bool) -> str:
    if not variants[0].isdigit():
        return re.escape(variants[0])
    lengths = {len(variant) for variant in variants}
    # Days keep their length; running numbers grow by a digit some day, and the last one of a page's name is one.
    if len(lengths) == 1 and not is_last and all(_DAY.match(variant) for variant in variants):
        return f"[0-9]{{{lengths.pop()}}}"
    return "[0-9]+"


def list_selector(links: Sequence[tuple[str, HtmlElement]], pattern: str) -> str:
    """A selector of the block in which the articles stand; plain `a` where there is no such block."""
    fitting = [element for address, element in links if fits(address, pattern)]
    if not fitting:
        return "a"
    page = fitting[0].getroottree().getroot()
    every = {element for _, element in links}
    for ancestor in fitting[0].iterancestors():
        for selector in own_names(ancestor):
            block = [element for element in page.cssselect(f"{selector} a[href]") if element in every]
            hits = sum(1 for element in block if element in fitting)
            if block and hits >= _SHARE * len(block) and hits >= _SHARE * len(fitting):
                return f"{selector} a"
    return "a"


def paging_of(links: Sequence[tuple[str, HtmlElement]], url: str) -> tuple[str | None, Paging | None]:
    """How the list goes on: a selector of the link 下一页, or a template from a link to page 2, or neither."""
    for address, element in links:
        if _NEXT.match(element.text_content().strip()) and address != normalise_address(url):
            page = element.getroottree().getroot()
            names = (name for name in (element.get("class") or "").split() if re.match(r"^[a-z][\w-]*$", name))
            # A class that the link to the page before has, too, would lead back there.
            own = (f"a.{name}" for name in names if page.cssselect(f"a.{name}[href]")[:1] == [element])
            return next(own, f'a:contains("{element.text_content().strip()[:3]}")'), None
    for _, element in links:
        href = element.get("href").strip()[:_LONGEST]
        numbered = _NUMBERED.match(href) or PAGE_IN_QUERY.match(href)
        if numbered and element.text_content().strip() == "2":
            template = f"{numbered[1]}{{page}}{numbered[3] or ''}"
            return None, Paging(template=template, second=int(numbered[2]))
    return None, None
