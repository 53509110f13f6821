"""Article texts that a page carries inside its scripts, for pages that a browser would build; nothing is executed."""

import html
import json
import re
from itertools import islice

from lxml.html import HtmlElement

from crawlers.extraction.encoding import without_surrogates

_LONGEST_SCRIPT = 2_000_000
# Never fails and never goes back: a literal that does not end is taken to the end of the script.
_STRING = re.compile(r'"((?:[^"\\]++|\\.)*+)"?', re.DOTALL)
_SHORTEST = 200
_LONGEST = 500_000
_MARKUP = re.compile(r"<(?:p|div|br|section)[\s>/]|&lt;(?:p|div|section)|\\u003[cC](?:p|div)")
_SENTENCE = re.compile("[，。！？；]")
_FEWEST_SENTENCES = 5
_MOST_STRINGS = 200


def embedded_html(page: HtmlElement) -> str:
    """The string literal with markup that holds most sentences; empty when no script carries an article."""
    best, most = "", _FEWEST_SENTENCES - 1
    for script in page.iter("script"):
        text = (script.text or "")[:_LONGEST_SCRIPT]
        if not _MARKUP.search(text):
            continue
        long = (found for found in _STRING.finditer(text) if _SHORTEST <= found.end() - found.start() <= _LONGEST)
        for found in islice(long, _MOST_STRINGS):
            plain = unescaped(found[1])
            sentences = len(_SENTENCE.findall(plain)) if _MARKUP.search(plain) else 0
            if sentences > most:
                best, most = plain, sentences
    return best


def unescaped(literal: str) -> str:
    """What a string literal of a script says, its markup no longer escaped; as it stands where that cannot be told."""
    try:
        text = without_surrogates(json.loads(f'"{literal}"', strict=False))
    except ValueError:
        text = literal
    return html.unescape(text) if "&lt;" in text else text
