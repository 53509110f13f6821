"""Lists that are data: JSON answers, fragments of markup, literals in a script. Read, never executed.

Also the base of Hanweb's lists, whose records stand as CDATA markup inside a script.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

import chompjs
from parsel import Selector
from scrapy.http import Response, TextResponse

from crawlers.declaring.source import Embedded, SourceSpec
from crawlers.platforms.listing import Listing, ListingSpider, link_texts, linked
from crawlers.platforms.paging import following_page

_OPENING = re.compile(r"[\[{]")
_CDATA = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_DEEPEST = 50
"""Brackets inside brackets that a list of articles never has; deeper is an attack on the parser."""


class ScriptListSpider(ListingSpider):
    """Reads the declared place in the answer; pages by the template."""

    @staticmethod
    def listing(response: Response, spec: SourceSpec, now: datetime) -> Listing:
        """The addresses in the data and, where there are any, the page after it."""
        if not isinstance(response, TextResponse):
            return Listing()
        found = embedded_listing(response.text, spec)
        following = following_page(Selector(text="<p>", type="html"), response.url, spec) if found.articles else None
        return replace(found, following=following)


def embedded_listing(text: str, spec: SourceSpec) -> Listing:
    """Addresses at the declared place, each once; none where the place or the data is not there."""
    place = spec.embedded
    start = text.find(place.marker)
    if start < 0:
        return Listing()
    rest = text[start + len(place.marker) :]
    if place.markup and not place.items:
        return _in_markup(records_in(rest) or rest, spec)
    found = list(_at(literal_in(rest), place.items))
    if place.markup:
        return _in_markup("\n".join(str(piece) for piece in found), spec)
    return Listing(articles=tuple(dict.fromkeys(address for item in found if (address := _address(item, place)))))


def records_in(text: str) -> str:
    """The markup that stands as CDATA in the text, one record a line; empty where there is none."""
    return "\n".join(_CDATA.findall(text))


def _in_markup(markup: str, spec: SourceSpec) -> Listing:
    if not markup.strip():
        return Listing()
    selector = Selector(text=markup, type="html")
    return Listing(articles=linked(selector, spec.select.links), headlines=link_texts(selector, spec.select.links))


def literal_in(text: str) -> Any:
    """The first value in the text: JSON where it is that, else a literal of a script with its looser writing."""
    opening = _OPENING.search(text)
    if opening is None or _depth(text[opening.start() :]) > _DEEPEST:
        return None
    try:
        return json.JSONDecoder().raw_decode(text, opening.start())[0]
    except (ValueError, RecursionError):
        pass
    try:
        return chompjs.parse_js_object(text[opening.start() :])
    except (ValueError, RecursionError):
        return None


def _depth(text: str) -> int:
    deepest = depth = 0
    for bracket in re.finditer(r"[\[{\]}]", text):
        depth += 1 if bracket[0] in "[{" else -1
        deepest = max(deepest, depth)
        if depth <= 0 or deepest > _DEEPEST:
            break
    return deepest


def _at(value: Any, path: str) -> Iterator[Any]:
    """What stands at a dotted path; lists on the way are walked through."""
    if isinstance(value, list):
        for one in value:
            yield from _at(one, path)
        return
    key, _, rest = path.partition(".")
    if not key:
        yield value
    elif isinstance(value, dict) and key in value:
        yield from _at(value[key], rest)


def _address(item: Any, place: Embedded) -> str:
    if isinstance(item, str):
        return item
    if not isinstance(item, dict):
        return ""
    if "{" in place.address:
        try:
            return place.address.format_map({key: value for key, value in item.items() if isinstance(value, str | int)})
        except (KeyError, ValueError, IndexError, AttributeError):
            return ""
    found = next(_at(item, place.address), "")
    return found if isinstance(found, str) else ""
