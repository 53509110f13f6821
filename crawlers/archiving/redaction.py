"""What the archive keeps of a page: what was read of it, and nothing that strangers wrote, nor what they are called.

Of a page that was read the article stays, of a list the addresses and headlines of the articles that it names. Where no
article was found, or the extractors found different ones, what stands on the page stays, lest it be lost for the next
reading: without what is known to be comments or a nickname, and without scripts, of which a few facts are read. Of a
page of which nobody can tell where its nicknames stand nothing is kept, nor of answers that are data: the lists of a
board, and what does not show the declared asker. What is kept is written anew, in UTF-8 with its mark.
"""

import re
from collections.abc import Callable, Mapping
from html import escape
from itertools import starmap

import lxml.html
from lxml.html import HtmlElement

from crawlers.archiving.asker_traces import message_parts, without_askers
from crawlers.archiving.comment_data import without_comment_data
from crawlers.archiving.kept_lines import keep_lines, without_attributes
from crawlers.archiving.page_facts import keep_facts
from crawlers.declaring.source import SourceSpec
from crawlers.extraction.article import Article
from crawlers.extraction.blocks import split_blocks
from crawlers.extraction.cut_off import is_cut_off
from crawlers.extraction.encoding import decode_page
from crawlers.extraction.metadata import paper_comment
from crawlers.extraction.readers import readers_parts, take_out
from crawlers.extraction.tree import parse_page

_NOT_HTML = re.compile(r"\s*(?:[{\[]|(?:<[?!][^>]*>\s*)*<(?:rss|feed|urlset|sitemapindex)\b)", re.IGNORECASE)
_LIST = "<!DOCTYPE html><html><head></head><body><ul>{}</ul></body></html>"
_ENDS = re.compile(r"(?:</body>|</html>|\s)+$", re.IGNORECASE)


def kept_body(content: bytes, spec: SourceSpec, content_type: str = "", article: Article | None = None) -> bytes:
    """What is kept of a page: what was read of it as an article; empty where only its hash and its length may be."""
    sure = None if article is None or article.is_doubtful else article
    return _kept(content, lambda: _page(content, decode_page(content, content_type), spec, sure))


def kept_list(content: bytes, spec: SourceSpec, content_type: str, named: Mapping[str, str]) -> bytes:
    """What is kept of a list: the articles that it names; of one that names none what is kept of a page."""
    if spec.board is not None:
        return b""
    if named:
        return _written(_LIST.format("".join(starmap(_item, named.items()))))
    return _kept(content, lambda: _page(content, decode_page(content, content_type), spec, None, is_list=True))


def _kept(content: bytes, keep: Callable[[], bytes]) -> bytes:
    try:
        return keep() if content else content
    except Exception:  # noqa: BLE001 - a page that cannot be read must neither end the run nor be kept with its names
        return b""


def _item(address: str, headline: str) -> str:
    return f'<li><a href="{escape(address)}">{escape(headline, quote=False)}</a></li>'


def _page(content: bytes, text: str, spec: SourceSpec, article: Article | None, *, is_list: bool = False) -> bytes:
    root = None if _NOT_HTML.match(text) else parse_page(text if article else without_comment_data(text))
    if root is None:
        return b""
    if article is None:
        take_out(_comments(root, spec, is_list=is_list))
    if spec.board is not None and not without_askers(root, spec.board):
        return b""
    keep_facts(root, article)
    if article is None:
        without_attributes(root)
    else:
        keep_lines(root, article, _own(root, spec))
    html = lxml.html.tostring(root, encoding="unicode", doctype=f"<!DOCTYPE html>{paper_comment(text)}")
    return _written(_ENDS.sub("", html) + "…" if is_cut_off(content) else html)


def _written(text: str) -> bytes:
    return text.encode("utf-8-sig", errors="replace")


def _comments(root: HtmlElement, spec: SourceSpec, *, is_list: bool) -> list[HtmlElement]:
    board = spec.board
    if board is None:
        return readers_parts(root, split_blocks(root), spec.select, by_marks=not is_list)
    untouched = message_parts(root, board)
    return readers_parts(root, (), spec.select, _own(root, spec), untouched, by_headings=False, by_marks=False)


def _own(root: HtmlElement, spec: SourceSpec) -> list[HtmlElement]:
    """The first that each declared selector finds, but for that of the body: extraction takes the first, too."""
    select, board = spec.select, spec.board
    parts = [select.title, select.published, select.origin, select.author]
    parts += [board.question, board.asked, board.answer, board.answered, board.answerer, board.asker] if board else []
    return [element for css in parts if css for element in root.cssselect(css)[:1]]
