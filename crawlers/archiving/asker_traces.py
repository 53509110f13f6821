"""Takes who asked out of the page of a message: the declared element, and the name wherever else it stands."""

import json
import re
from urllib.parse import quote

from lxml import etree
from lxml.html import HtmlElement

from crawlers.archiving.nicknames import IN_ITS_PLACE, nickname_of, without_nickname
from crawlers.declaring.source import BoardSelectors
from crawlers.extraction.dates import parse_date
from crawlers.extraction.tree import one_line
from crawlers.extraction.words import page_words

_NAMING = frozenset({"class", "id", "style", "type", "rel", "name", "charset", "http-equiv", "lang"})
"""Attributes by which the parts of a page are found; they say nothing to a reader."""
_FIRST = re.compile(r"[^\s，。,;；|<]{1,20}")
_ADDRESSES = frozenset({"href", "src", "action", "data-src"})


def without_askers(root: HtmlElement, parts: BoardSelectors) -> bool:
    """Change the tree; False when the declared asker is not on the page, so that nobody knows what to strike out."""
    askers = root.cssselect(parts.asker) if parts.asker else []
    if parts.asker and not askers:
        return False
    nicknames = {nickname_of("\n".join(filter(None, map(str.strip, asker.itertext())))) for asker in askers} - {""}
    for asker in askers:
        _blank(asker)
    for nickname in sorted(nicknames, key=len, reverse=True):
        _strike(root, nickname)
    _strike_labelled(root, parts)
    return True


def message_parts(root: HtmlElement, parts: BoardSelectors) -> list[HtmlElement]:
    """The question and the answer; extraction takes the first of each, too."""
    return [element for css in (parts.question, parts.answer) for element in root.cssselect(css)[:1]]


def _blank(asker: HtmlElement) -> None:
    """Leave a date that stands beside the name, and nothing else."""
    on = parse_date(one_line(asker.text_content()))
    for child in list(asker):
        asker.remove(child)
    for name in [name for name in asker.attrib if name not in _NAMING]:
        del asker.attrib[name]
    asker.text = f"{IN_ITS_PLACE} {on:%Y-%m-%d %H:%M}" if on else IN_ITS_PLACE


def _strike(root: HtmlElement, nickname: str) -> None:
    escaped = json.dumps(nickname)[1:-1]
    for element in root.iter():
        element.text = _struck(element.text, nickname, escaped)
        element.tail = _struck(element.tail, nickname, escaped)
        for name, value in element.attrib.items():
            if name in _ADDRESSES:
                if nickname in value or quote(nickname) in value:
                    element.set(name, "#")
            elif name not in _NAMING:
                element.set(name, without_nickname(value, nickname))


def _struck(text: str | None, nickname: str, escaped: str) -> str | None:
    return without_nickname(text.replace(escaped, nickname), nickname) if text else text


def _strike_labelled(root: HtmlElement, parts: BoardSelectors) -> None:
    """Strike out what stands behind 网友： and the like, in the same line or the next one, outside the message."""
    own = {one for part in message_parts(root, parts) for one in part.iter()}
    words, is_due = page_words(), False
    for event, element in etree.iterwalk(root, events=("start", "end")):
        holder, part = (element, "text") if event == "start" else (element.getparent(), "tail")
        text = getattr(element, part)
        if holder in own or not text or not text.strip():
            continue
        changed = _FIRST.sub(IN_ITS_PLACE, text, count=1) if is_due else words.asker.sub(rf"\1{IN_ITS_PLACE}", text)
        is_due = bool(words.asker_label.search(changed))
        setattr(element, part, changed)
