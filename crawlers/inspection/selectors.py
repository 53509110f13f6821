"""Proposes CSS selectors: where, on all of several pages alike, stands what the extractors found."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import lxml.html
from lxml.etree import ParserError
from lxml.html import HtmlElement

from crawlers.extraction.article import Article
from crawlers.extraction.dates import parse_date
from crawlers.extraction.encoding import decode_page

_NAME = re.compile(r"^[A-Za-z][A-Za-z_-]*\d{0,2}$")
"""An id or class that a template writes; longer numbers belong to one article."""
_TAG = re.compile(r"^[A-Za-z][A-Za-z0-9-]*$")
"""A name of an element that can stand in a selector; a broken page has others."""
_CHARSET = re.compile(r"<meta[^>]*charset[^>]*>|<\?xml[^>]*\?>", re.IGNORECASE)
_SENTENCE = re.compile("[，。！？；]")
_SHORT = 120
"""Characters that the element of a date or an origin holds at most; a longer one is not only that."""
_LOOSE = 1.3
"""How much longer than the body the text of its element may be: captions and credits stand in it too."""
_ANCESTORS = 3


@dataclass(frozen=True, slots=True)
class Sample:
    """A page with what the extractors found in it."""

    page: HtmlElement
    article: Article


def make_sample(content: bytes, article: Article) -> Sample | None:
    """The sample; None when the page cannot be read at all."""
    try:
        return Sample(lxml.html.fromstring(_CHARSET.sub("", decode_page(content))), article)
    except (ParserError, ValueError):
        return None


def propose_selectors(samples: Sequence[Sample]) -> dict[str, str]:
    """A selector for each of title, body, published and origin that fits every sample; fields without one are left out.

    A selector fits when the first element it finds holds what the extractors found, and little else.
    """
    proposals = {}
    for name, fits in _FITS.items():
        chosen = _fitting(samples, fits)
        if chosen:
            proposals[name] = chosen
    return proposals


def selectors_of(element: HtmlElement) -> Iterator[str]:
    """Selectors that find the element, the steadiest first: id, class, then either with the nearest named ancestor."""
    own = list(own_names(element))
    yield from own
    ancestors = [one for one in element.iterancestors() if one.get("id") or one.get("class")][:_ANCESTORS]
    for ancestor in ancestors:
        for outer in own_names(ancestor):
            yield from (f"{outer} {inner}" for inner in [*own, *filter(_TAG.match, [element.tag])])
    if element.tag in {"h1", "h2"}:
        yield str(element.tag)


def own_names(element: HtmlElement) -> Iterator[str]:
    """Selectors by the element's own id and classes."""
    if _NAME.match(element.get("id") or ""):
        yield f"#{element.get('id')}"
    for name in (element.get("class") or "").split():
        if _NAME.match(name) and _TAG.match(element.tag):
            yield f"{element.tag}.{name}"


def _fitting(samples: Sequence[Sample], fits: Callable[[HtmlElement, Article], bool]) -> str | None:
    if not samples:
        return None
    first = samples[0]
    found = [element for element in first.page.iter() if isinstance(element.tag, str) and fits(element, first.article)]
    # The innermost element comes first: an outer one that also fits holds more than what was looked for.
    found.sort(key=lambda element: len(text_of(element)))
    for element in found:
        for selector in selectors_of(element):
            if all(_finds(sample, selector, fits) for sample in samples):
                return selector
    return None


def _finds(sample: Sample, selector: str, fits: Callable[[HtmlElement, Article], bool]) -> bool:
    found = sample.page.cssselect(selector)
    return bool(found) and fits(found[0], sample.article)


def text_of(element: HtmlElement) -> str:
    """The element's text without any white space."""
    return re.sub(r"\s+", "", element.text_content())


def _is_title(element: HtmlElement, article: Article) -> bool:
    title = re.sub(r"\s+", "", article.title)
    return element.tag not in {"title", "a"} and bool(title) and text_of(element) == title


def _is_body(element: HtmlElement, article: Article) -> bool:
    lines = (re.sub(r"\s+", "", line) for line in article.text.split("\n"))
    # Headline, time and origin may have been taken for body; sentences are body for certain.
    sentences = [line for line in lines if _SENTENCE.search(line)]
    text, whole = text_of(element), sum(len(sentence) for sentence in sentences)
    return bool(whole) and len(text) <= whole * _LOOSE and all(sentence in text for sentence in sentences)


def _is_published(element: HtmlElement, article: Article) -> bool:
    text = element.text_content()
    if article.published_at is None or len(text) > _SHORT or element.tag in {"title", "a", "script"}:
        return False
    found = parse_date(text)
    return found is not None and found.date() == article.published_at.date()


def _is_origin(element: HtmlElement, article: Article) -> bool:
    text = text_of(element)
    return bool(article.origin) and len(text) <= _SHORT and article.origin in text and "源" in text


_FITS: dict[str, Callable[[HtmlElement, Article], bool]] = {
    "title": _is_title,
    "body": _is_body,
    "published": _is_published,
    "origin": _is_origin,
}
