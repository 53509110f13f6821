"""Article texts that a page carries inside its scripts, for pages that a browser would build; nothing is executed."""

import html
import json
import re

from lxml.html import HtmlElement

_LONGEST_SCRIPT = 2_000_000
_STRING = re.compile(r'"((?:[^"\\]|\\.){200,200000})"', re.DOTALL)
_MARKUP = re.compile(r"<(?:p|div|br|section)[\s>/]|&lt;(?:p|div|section)|\\u003[cC](?:p|div)")
_SENTENCE = re.compile("[，。！？；]")
_FEWEST_SENTENCES = 5
_MOST_STRINGS = 2000


def embedded_html(page: HtmlElement) -> str:
    """The string literal with markup that holds most sentences; empty when no script carries an article."""
    best, most = "", _FEWEST_SENTENCES - 1
    for script in page.iter("script"):
        text = (script.text or "")[:_LONGEST_SCRIPT]
        if not _MARKUP.search(text):
            continue
        for number, found in enumerate(_STRING.finditer(text)):
            if number >= _MOST_STRINGS:
                break
            plain = _plain(found[1])
            sentences = len(_SENTENCE.findall(plain)) if _MARKUP.search(plain) else 0
            if sentences > most:
                best, most = plain, sentences
    return best


def _plain(literal: str) -> str:
    try:
        text = str(json.loads(f'"{literal}"', strict=False))
    except ValueError:
        text = literal
    return html.unescape(text) if "&lt;" in text else text
