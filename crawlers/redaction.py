"""What the archive keeps of a page: nothing that strangers wrote below an article, nor what they are called.

A page without a sign of either is kept byte for byte. Of any other the tree is written anew, in UTF-8 with its mark,
without the comments and nicknames. Of a page of which nobody can tell where its nicknames stand nothing is kept: the
lists of a board, and what does not show the declared asker.
"""

import re

import lxml.html
from lxml.html import HtmlElement

from crawlers.asker_traces import message_parts, without_askers
from crawlers.comment_data import without_comment_data
from crawlers.cut_off import is_cut_off
from crawlers.extraction.blocks import split_blocks
from crawlers.extraction.encoding import decode_page
from crawlers.extraction.metadata import paper_comment
from crawlers.extraction.readers import may_hold_readers, readers_parts, take_out
from crawlers.extraction.tree import parse_page
from crawlers.source import SourceSpec

_NOT_HTML = re.compile(r"\s*(?:[{\[]|(?:<[?!][^>]*>\s*)*<(?:rss|feed|urlset|sitemapindex)\b)", re.IGNORECASE)
_MARKUP_COMMENT = re.compile("<!--(.*?)(?:-->|$)", re.DOTALL)
_ENDS = re.compile(r"(?:</body>|</html>|\s)+$", re.IGNORECASE)


def kept_body(content: bytes, spec: SourceSpec, content_type: str = "", *, is_list: bool = False) -> bytes:
    """What is kept of a page; empty when nothing may be kept but its hash and its length."""
    if spec.board is not None and is_list:
        return b""
    if not content:
        return content
    try:
        text = decode_page(content, content_type)
        asks = spec.board is not None or spec.select.comments is not None or may_hold_readers(text)
        return _redacted(content, text, spec, is_list=is_list) if asks else content
    except Exception:  # noqa: BLE001 - a page that cannot be read must neither end the run nor be kept with its names
        return b""


def _redacted(content: bytes, text: str, spec: SourceSpec, *, is_list: bool) -> bytes:
    without = without_comment_data(text)
    if _NOT_HTML.match(text) and spec.board is None:
        return content if without == text else _written(without)
    root = parse_page(without)
    if root is None:
        return b""
    found = _comments(root, spec, is_list=is_list)
    take_out(found)
    if spec.board is not None and not without_askers(root, spec.board):
        return b""
    if not found and without == text and spec.board is None and not _is_hidden(text):
        return content
    html = lxml.html.tostring(root, encoding="unicode", doctype=f"<!DOCTYPE html>{paper_comment(text)}")
    return _written(_ENDS.sub("", html) + "…" if is_cut_off(content) else html)


def _is_hidden(text: str) -> bool:
    """Whether something between `<!--` and `-->` may be comments of readers; the tree has none of it."""
    return any(map(may_hold_readers, _MARKUP_COMMENT.findall(text)))


def _written(text: str) -> bytes:
    return text.encode("utf-8-sig", errors="replace")


def _comments(root: HtmlElement, spec: SourceSpec, *, is_list: bool) -> list[HtmlElement]:
    board = spec.board
    if board is None:
        return readers_parts(root, split_blocks(root), spec.select, by_marks=not is_list)
    parts = [css for css in (board.asked, board.answered, board.answerer, board.asker) if css]
    own = [element for css in parts for element in root.cssselect(css)[:1]]
    return readers_parts(root, (), spec.select, own, message_parts(root, board), by_headings=False, by_marks=False)
