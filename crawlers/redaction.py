"""What the archive keeps of a page: nothing that strangers wrote below an article, nor what they are called.

A page without a sign of either is kept byte for byte. Of any other the tree is written anew, in UTF-8 with its mark,
without the comments and nicknames. Of a page of which nobody can tell where its nicknames stand nothing is kept: the
lists of a board, and what does not show the declared asker.
"""

import re
from collections.abc import Sequence
from functools import cache
from html import unescape

import lxml.html
from lxml.html import HtmlElement

from crawlers.asker_traces import message_parts, without_askers
from crawlers.comment_data import without_comment_data
from crawlers.cut_off import is_cut_off
from crawlers.extraction.blocks import NAME_PARTS
from crawlers.extraction.encoding import CHINESE, decode_page
from crawlers.extraction.metadata import paper_comment
from crawlers.extraction.tree import one_line, parse_page
from crawlers.extraction.words import page_words
from crawlers.source import SourceSpec

_NOT_HTML = re.compile(r"\s*(?:[{\[]|(?:<[?!][^>]*>\s*)*<(?:rss|feed|urlset|sitemapindex)\b)", re.IGNORECASE)
_WHOLE = frozenset({"html", "body", "head", "main", "article"})
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6", "dt", "legend", "strong", "b", "p", "div"})
_LONGEST_HEADING = 20
_MARKUP_COMMENT = re.compile("<!--(.*?)(?:-->|$)", re.DOTALL)
_ENDS = re.compile(r"(?:</body>|</html>|\s)+$", re.IGNORECASE)


def kept_body(content: bytes, spec: SourceSpec, content_type: str = "", *, is_list: bool = False) -> bytes:
    """What is kept of a page; empty when nothing may be kept but its hash and its length."""
    if spec.board is not None and is_list:
        return b""
    if not content or (spec.board is None and spec.select.comments is None and not _shows_signs(content, content_type)):
        return content
    try:
        return _redacted(content, spec, content_type)
    except Exception:  # noqa: BLE001 - a page that cannot be read must neither end the run nor be kept with its names
        return b""


def _shows_signs(content: bytes, content_type: str) -> bool:
    if b"&#" in content or b"\0" in content:
        # Signs may be written by their numbers, or in two bytes each.
        content = unescape(decode_page(content, content_type)).encode(errors="replace")
    return bool(_signs().search(content))


def _redacted(content: bytes, spec: SourceSpec, content_type: str) -> bytes:
    text = decode_page(content, content_type)
    without = without_comment_data(text)
    if _NOT_HTML.match(text) and spec.board is None:
        return content if without == text else _written(without)
    root = parse_page(without)
    if root is None:
        return b""
    found = _comments(root, spec)
    for element in found:
        if element.getparent() is not None:
            element.drop_tree()
    if spec.board is not None and not without_askers(root, spec.board):
        return b""
    if not found and without == text and spec.board is None and not _is_hidden(text):
        return content
    html = lxml.html.tostring(root, encoding="unicode", doctype=f"<!DOCTYPE html>{paper_comment(text)}")
    return _written(_ENDS.sub("", html) + "…" if is_cut_off(content) else html)


def _is_hidden(text: str) -> bool:
    """Whether something between `<!--` and `-->` may be comments of readers; the tree has none of it."""
    return any(_signs().search(one.encode(errors="replace")) for one in _MARKUP_COMMENT.findall(text))


def _written(text: str) -> bytes:
    return text.encode("utf-8-sig", errors="replace")


def _comments(root: HtmlElement, spec: SourceSpec) -> list[HtmlElement]:
    """The elements that hold comments: as declared, named so, or below a heading that says so."""
    declared = root.cssselect(spec.select.comments) if spec.select.comments else []
    messages = message_parts(root, spec.board) if spec.board else []
    kept = [*_kept(root, spec), *messages]
    around = {ancestor for element in kept for ancestor in (element, *element.iterancestors())}
    message = {element for one in messages for element in one.iter()}
    elements = [one for one in root.iter() if isinstance(one.tag, str) and one.tag not in _WHOLE]
    named = [one for one in elements if one not in around and one not in message and _is_named_so(one)]
    below = [] if spec.board else _below_headings(elements, around, kept)
    return [*declared, *named, *below]


def _kept(root: HtmlElement, spec: SourceSpec) -> list[HtmlElement]:
    """What else is the page's own, whatever the elements around it are called; extraction takes the first, too."""
    select, board = spec.select, spec.board
    chosen = [select.title, select.body, select.published, select.origin, select.author]
    chosen += [board.asked, board.answered, board.answerer, board.asker] if board else []
    own = [element for css in chosen if css for element in root.cssselect(css)[:1]]
    headings = list(root.iter("h1")) or list(root.iter("h2"))[:1]
    return [*headings, *own]


def _is_named_so(element: HtmlElement) -> bool:
    name = f"{element.get('class') or ''} {element.get('id') or ''}"[:200]
    words = page_words()
    return any(part.lower() in words.comment for part in NAME_PARTS.findall(name)) or bool(
        words.comment_part.search(name)
    )


def _below_headings(
    elements: Sequence[HtmlElement], around: set[HtmlElement], kept: Sequence[HtmlElement]
) -> list[HtmlElement]:
    """Headings such as 网友评论 behind everything that is the page's own, and what follows them.

    The text that stands between these elements is taken away at once: it is no element of its own.
    """
    order = {element: number for number, element in enumerate(elements)}
    last = max((order.get(element, 0) for element in kept), default=0)
    found = []
    for element in elements:
        if order[element] > last and element.tag in _HEADINGS and _is_heading(one_line(element.text_content())):
            start = element if element.getnext() is not None else element.getparent()
            is_alone = start is element or one_line(start.text_content()) == one_line(element.text_content())
            if is_alone and start.tag not in _WHOLE:
                following = [one for one in start.itersiblings() if one not in around]
                for one in (start, *following):
                    one.tail = None
                found += following
            element.tail = None
            found.append(element)
    return found


def _is_heading(text: str) -> bool:
    return 0 < len(text) <= _LONGEST_HEADING and bool(page_words().comment_heading.match(text))


@cache
def _signs() -> re.Pattern[bytes]:
    words = page_words().comment_signs
    written = {word.encode(encoding, errors="ignore") for word in words for encoding in CHINESE}
    return re.compile(b"|".join(sorted(map(re.escape, filter(None, written)))), re.IGNORECASE)
