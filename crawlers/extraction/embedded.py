"""Article texts that a page carries inside its scripts, for pages that a browser would build; nothing is executed."""

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from lxml.html import HtmlElement

from crawlers.extraction.encoding import without_surrogates
from crawlers.extraction.tree import one_line

_LONGEST_SCRIPT = 2_000_000
# Never fail and never go back: a literal that does not end is taken to the end of the script.
_STRING = re.compile(r'"((?:[^"\\]++|\\.)*+)"?', re.DOTALL)
_SINGLE = re.compile(r"'((?:[^'\\]++|\\.)*+)'?", re.DOTALL)
"""Sought only where the others hold no article: an apostrophe would hide them."""
_SHORTEST = 120
_LONGEST = 500_000
_MARKUP = re.compile(r"<(?:p|div|br|section)[\s>/]|&lt;(?:p|div|section)|\\u003[cC](?:p|div)")
_SENTENCE = re.compile("[，。！？；]")
_FEWEST_SENTENCES = 5
_FEWEST_PARAGRAPHS = 3
_MOST_STRINGS = 200
_KEY = re.compile(r'"(\w{1,40})"\s*:')
_LISTED = re.compile(r'"(\w{1,40})"\s*:\s*\[')
_OF_TEXT = re.compile(r"content|paragraph|body|block|section", re.IGNORECASE)
_OF_PARAGRAPHS = frozenset({"type", "kind", "style", "align", "tag", "index", "order", "sort", "id"})
_PARAGRAPH = re.compile(r'"(?:content|text|paragraph|value)"\s*:\s*"((?:[^"\\]|\\.){12,4000})"')
_TITLE = re.compile(
    r"""["']?(?:article[-_]?|news_?|share_?)?(?:title|headline)["']?\s*[:=]\s*(["'])((?:(?!\1)[^\\]|\\.){4,240})\1""",
    re.IGNORECASE,
)
_LONGEST_FIELD = 240
_NEAR = 5_000
"""Characters beside the text within which an object that holds it is sought."""
_OUTWARD = 3
"""Objects around the text, each inside the next, that may say whose text it is."""


@dataclass(frozen=True, slots=True)
class Embedded:
    """An article inside a script; empty when no script carries one."""

    html: str = ""
    title: str = ""
    """What the objects around the text call title, the innermost first."""
    beside: tuple[str, ...] = ()
    """The rest of these objects, where they say when and by whom it was published."""


def embedded_article(page: HtmlElement) -> Embedded:
    """The string literal with markup that holds most sentences, and what its script says beside it."""
    return _embedded(page, _STRING) or _embedded(page, _SINGLE) or _in_fields(page) or _in_pieces(page) or Embedded()


def _in_pieces(page: HtmlElement) -> Embedded | None:
    """The article whose paragraphs are objects of a list in a script, without markup."""
    for script in page.iter("script"):
        text = (script.text or "")[:_LONGEST_SCRIPT]
        found = [one for one in islice(_PARAGRAPH.finditer(text), _MOST_STRINGS) if _SENTENCE.search(one[1])]
        own = [one for one in found if _is_paragraph(text, one)]
        if len(own) >= _FEWEST_PARAGRAPHS and sum(len(_SENTENCE.findall(one[1])) for one in own) >= _FEWEST_SENTENCES:
            paragraphs = "".join(f"<p>{html.escape(unescaped(one[1]))}</p>" for one in own)
            beside = tuple(_objects_around(text, own[0]))
            return Embedded(paragraphs, _title_in(beside), beside)
    return None


def _is_paragraph(script: str, found: re.Match[str]) -> bool:
    """Whether an object of a text's list holds nothing else: articles have titles, what readers wrote has names."""
    keys = (one[1].lower() for one in _KEY.finditer(next(_objects_around(script, found))))
    before = _LISTED.findall(script, max(found.start() - _NEAR, 0), found.start())
    return bool(before) and _OF_TEXT.search(before[-1]) is not None and all(key in _OF_PARAGRAPHS for key in keys)


def _in_fields(page: HtmlElement) -> Embedded | None:
    """The article of a page that hands its parts to its script in <textarea>, which shows none of them."""
    fields = {field: (field.text or "")[:_LONGEST] for field in islice(page.iter("textarea"), _MOST_STRINGS)}
    texts = [text for text in fields.values() if len(text) >= _SHORTEST and _MARKUP.search(text)]
    if not texts:
        return None
    best = max(texts, key=lambda text: len(_SENTENCE.findall(text)))
    others = ((field.get("class") or field.get("name") or "", text) for field, text in fields.items() if text != best)
    beside = (", ".join(f'"{name}": "{one_line(text[:_LONGEST_FIELD])}"' for name, text in others),)
    return Embedded(best, _title_in(beside), beside)


def _embedded(page: HtmlElement, strings: re.Pattern[str]) -> Embedded | None:
    best, most = None, _FEWEST_SENTENCES - 1
    for script in page.iter("script"):
        text = (script.text or "")[:_LONGEST_SCRIPT]
        if not _MARKUP.search(text):
            continue
        long = (found for found in strings.finditer(text) if _SHORTEST <= found.end() - found.start() <= _LONGEST)
        for found in islice(long, _MOST_STRINGS):
            plain = unescaped(found[1])
            sentences = len(_SENTENCE.findall(plain)) if _MARKUP.search(plain) else 0
            if sentences > most:
                beside = tuple(_objects_around(text, found))
                best, most = Embedded(plain, _title_in(beside), beside), sentences
    return best


def _objects_around(script: str, found: re.Match[str]) -> Iterator[str]:
    """What stands in the objects around a literal besides it; the whole neighbourhood where there is none."""
    start, end = found.span()
    first, last = max(start - _NEAR, 0), min(end + _NEAR, len(script))
    for _ in range(_OUTWARD):
        opened = _unmatched(script[first:start][::-1], "{", "}")
        closed = _unmatched(script[end:last], "}", "{")
        start = start - opened - 1 if opened is not None else first
        end = end + closed + 1 if closed is not None else last
        yield f"{script[start : found.start()]} {script[found.end() : end]}"
        if opened is None or closed is None:
            return


def _unmatched(text: str, sought: str, other: str) -> int | None:
    """Where the first brace stands that is not the partner of one before it."""
    depth = 0
    for number, sign in enumerate(text):
        if sign == other:
            depth += 1
        elif sign == sought:
            if not depth:
                return number
            depth -= 1
    return None


def _title_in(beside: tuple[str, ...]) -> str:
    titles = (one[2] for part in beside for one in _TITLE.finditer(part))
    return next((one_line(html.unescape(unescaped(title)).strip("\" '")) for title in titles), "")


def unescaped(literal: str) -> str:
    """What a string literal of a script says, its markup no longer escaped; as it stands where that cannot be told."""
    try:
        text = without_surrogates(json.loads(f'"{literal}"', strict=False))
    except ValueError:
        text = literal
    return html.unescape(text) if "&lt;" in text else text
