"""Tells a page that stops before its end: a server that names a length too small cuts it off, and no client notices."""

import re

_BEGUN = re.compile(rb"<(?:html|body)[\s>]", re.IGNORECASE)
_ENDED = re.compile(rb"</(?:html|body)\s*>", re.IGNORECASE)
_DOCUMENT = re.compile(rb"\s*(?:\xef\xbb\xbf)?(?:<[?!][^>]*>\s*)*<(rss|feed|urlset|sitemapindex)[\s>]", re.IGNORECASE)
_START = 4096
_BLANK = b" \t\r\n\0"


def is_cut_off(body: bytes) -> bool:
    """True for markup that was begun, is nowhere ended, and stops in the middle of a word or a tag.

    Pages may leave out `</body>` and `</html>` (HTML, 13.1.2.4); such a page ends with another tag. A page that happens
    to be cut right after a tag looks like one and is not noticed.
    """
    start, end = body[:_START], body.rstrip(_BLANK)
    document = _DOCUMENT.match(start)
    if document:
        return b"</" + document[1] + b">" not in end
    return bool(_BEGUN.search(start)) and not end.endswith(b">") and not _ENDED.search(body)
