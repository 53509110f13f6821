"""Article texts that a page carries inside its scripts, for pages that a browser would build; nothing is executed."""

import html
import json
import re
from dataclasses import dataclass
from itertools import islice

from lxml.html import HtmlElement

from crawlers.extraction.encoding import without_surrogates
from crawlers.extraction.tree import one_line

_LONGEST_SCRIPT = 2_000_000
# Never fails and never goes back: a literal that does not end is taken to the end of the script.
_STRING = re.compile(r'"((?:[^"\\]++|\\.)*+)"?', re.DOTALL)
_SHORTEST = 200
_LONGEST = 500_000
_MARKUP = re.compile(r"<(?:p|div|br|section)[\s>/]|&lt;(?:p|div|section)|\\u003[cC](?:p|div)")
_SENTENCE = re.compile("[，。！？；]")
_FEWEST_SENTENCES = 5
_MOST_STRINGS = 200
_TITLE = re.compile(
    r"""["']?(?:article_?|news_?|share_?)?title["']?\s*[:=]\s*"((?:[^"\\]|\\.){4,240})\"""", re.IGNORECASE
)
_NEAR = 5_000
"""Characters beside the text within which its title stands."""


@dataclass(frozen=True, slots=True)
class Embedded:
    """An article inside a script; empty when no script carries one."""

    html: str = ""
    title: str = ""
    """What is called title nearest to the text in the same script."""


def embedded_article(page: HtmlElement) -> Embedded:
    """The string literal with markup that holds most sentences, and its title."""
    best, most = Embedded(), _FEWEST_SENTENCES - 1
    for script in page.iter("script"):
        text = (script.text or "")[:_LONGEST_SCRIPT]
        if not _MARKUP.search(text):
            continue
        long = (found for found in _STRING.finditer(text) if _SHORTEST <= found.end() - found.start() <= _LONGEST)
        for found in islice(long, _MOST_STRINGS):
            plain = unescaped(found[1])
            sentences = len(_SENTENCE.findall(plain)) if _MARKUP.search(plain) else 0
            if sentences > most:
                best, most = Embedded(plain, _title_beside(text, found)), sentences
    return best


def _title_beside(script: str, found: re.Match[str]) -> str:
    before = list(_TITLE.finditer(script, max(found.start() - _NEAR, 0), found.start()))[-1:]
    after = list(islice(_TITLE.finditer(script, found.end(), found.end() + _NEAR), 1))
    return next((one_line(unescaped(title[1])) for title in (*before, *after)), "")


def unescaped(literal: str) -> str:
    """What a string literal of a script says, its markup no longer escaped; as it stands where that cannot be told."""
    try:
        text = without_surrogates(json.loads(f'"{literal}"', strict=False))
    except ValueError:
        text = literal
    return html.unescape(text) if "&lt;" in text else text
