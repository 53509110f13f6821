"""A page as a tree that anything may be asked of: scripts, comments and forms are gone, and no page is too deep."""

import re

import lxml.html
from lxml import etree
from lxml.html import HtmlElement

_LARGEST = 6_000_000
"""Characters of a page that are parsed; articles are three orders of magnitude shorter."""
_END_OF_PAGE = re.compile(r"</(?:html|body)\s*>", re.IGNORECASE)
"""Pages glued together from parts say it in the middle, and the parser would drop the article behind it."""
_LONG_TAG = re.compile(r"<([a-zA-Z][a-zA-Z0-9]{0,20})\b[^<>]{8000,}>")
_OPEN_TAGS = re.compile(r"(?:<[a-zA-Z][^<>]{0,200}){200,}")
"""Both made by hand to stop the parser: it compares each attribute of an element with all others."""
_NO_TEXT = (
    "script",
    "style",
    "noscript",
    "template",
    "iframe",
    "object",
    "embed",
    "svg",
    "canvas",
    "select",
    "button",
    "textarea",
    "video",
    "audio",
    "map",
    "xml",
)


def parse_page(html: str) -> HtmlElement | None:
    """The root of the page; None when it holds no element."""
    plain = _OPEN_TAGS.sub("", _LONG_TAG.sub(r"<\1>", _END_OF_PAGE.sub("", html[:_LARGEST])))
    # The text is decoded already: what the page says of its encoding must not count again. Without huge_tree
    # everything below the 256th level would be lost, and pages with unclosed <font> do get there.
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        return lxml.html.document_fromstring(plain.encode(errors="replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return None


def without_scripts(page: HtmlElement) -> None:
    """Take from the tree what shows no text of its own; what stands behind such an element stays."""
    etree.strip_elements(page, *_NO_TEXT, with_tail=False)


def one_line(text: str) -> str:
    """The text with single spaces and none at its ends."""
    return re.sub(r"\s+", " ", text.replace("\u200b", "").replace("\ufeff", "")).strip()
