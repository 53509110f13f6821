"""Takes the marks of web pages out of texts: hotlines export what their pages showed, `<br/>` and `&nbsp;` included."""

import html
import re

_TAG = re.compile(
    r"</?(?P<name>br|p|div|li|ul|ol|tr|td|th|table|tbody|h[1-6]|span|font|b|strong|i|em|u|a|img|o:p|section)"
    r"(?:\s[^<>]{0,500})?/?>",
    re.IGNORECASE,
)
_BLOCKS = frozenset({"br", "p", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6"})
_ENTITY = re.compile(r"&(?:nbsp|ensp|emsp|lt|gt|amp|quot|apos|ldquo|rdquo|lsquo|rsquo|hellip|mdash|middot|#\d{2,5});")


def without_markup(text: str) -> str:
    """The text as the page showed it; a text without tags and entities, 3<5 included, stays as it is."""
    if "<" not in text and "&" not in text:
        return text
    shown = _ENTITY.sub(lambda found: html.unescape(found[0]), _TAG.sub(_break, text))
    lines = map(str.strip, shown.replace("\xa0", " ").split("\n"))
    return "\n".join(filter(None, lines)) if shown != text else text


def _break(tag: re.Match[str]) -> str:
    return "\n" if tag["name"].lower() in _BLOCKS else ""
