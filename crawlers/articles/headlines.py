"""What an article is called whose page shows its headline as a picture: what lists call it, else its first words."""

import re
from collections.abc import Iterable, Sequence

from crawlers.extraction.article import Article
from crawlers.extraction.site_names import is_site_name
from crawlers.extraction.tree import one_line
from crawlers.extraction.words import page_words

_SHORTEST = 4
_LONGEST = 120
_FIRST_WORDS = 30
"""Characters of a first sentence that are shown."""
_DAY = r"[\[（(]?\s*(?:\d{4}\s*[-/.年])?\s*\d{1,2}\s*[-/.月]\s*\d{1,2}日?(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?\s*[\]）)]?"
_BESIDE = re.compile(rf"^[\s·•■◆●▪>»]*(?:{_DAY}(?=\D))?[\s·•■◆●▪>»]*|\s*(?<!\d){_DAY}\s*$")
"""Bullets, and the day that many lists write into the link."""
_STOP = re.compile(r"[。！？!?；;]")
_LABEL = re.compile(r"^【[^】]{1,10}】$")


def headline_of(article: Article, listed: str, site_names: Sequence[str]) -> str:
    """The article's own title, else what a list calls it, else its first sentence, at most 30 characters of it.

    `listed` is passed over where it is only a name of the site, such as that of a picture which a list shows for all.
    """
    listed = "" if is_site_name(listed, site_names) else listed
    return article.title or listed or _first_sentence(article.text)


def as_headlines(named: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Address and text of links as headlines by address: of each the first text that may be one."""
    found: dict[str, str] = {}
    for address, text in named:
        headline = _BESIDE.sub("", one_line(text[: _LONGEST * 4]))
        if address not in found and _SHORTEST <= len(headline) <= _LONGEST and not page_words().beside.match(headline):
            found[address] = headline
    return found


def _first_sentence(text: str) -> str:
    lines = (line.strip() for line in text.splitlines())
    line = next((line for line in lines if line and not _LABEL.match(line)), "")
    return (_STOP.split(line)[0] or line)[:_FIRST_WORDS]
