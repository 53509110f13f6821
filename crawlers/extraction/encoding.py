"""The text of a page whatever its bytes are and whatever the page says they are."""

import re

_DECLARED = re.compile(rb"charset\s*=\s*[\"']?\s*([a-zA-Z0-9_\-]+)", re.IGNORECASE)
_CANDIDATES = ("utf-8", "gb18030", "big5")


def decode_page(content: bytes) -> str:
    """The page as text: the declared encoding when it fits, else the first of the usual ones that does."""
    declared = _DECLARED.search(content[:2048])
    named = declared[1].decode("ascii").lower() if declared else ""
    first = "gb18030" if named in {"gb2312", "gbk", "gb18030"} else named
    for encoding in dict.fromkeys((first, *_CANDIDATES)):
        try:
            return content.decode(encoding)
        except (LookupError, UnicodeDecodeError, ValueError):
            continue
    return content.decode("gb18030", errors="replace")
