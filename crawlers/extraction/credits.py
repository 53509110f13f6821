"""Which medium a text comes from, who wrote it and who edited it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, pairwise

from lxml.html import HtmlElement

from crawlers.extraction.blocks import Block, BlockKind
from crawlers.extraction.embedded import unescaped
from crawlers.extraction.metadata import Metadata
from crawlers.extraction.surroundings import Surroundings
from crawlers.extraction.tree import one_line
from crawlers.extraction.words import page_words

_LONGEST_LINE = 200
_LONGEST_ORIGIN = 30
_LONGEST_NAME = 12
_NAMED_ORIGIN = re.compile(
    r"(?<![a-zA-Z])(?:source|src|laiyuan|copyfrom|media-?name|origin|js_name)(?![a-z])", re.IGNORECASE
)
_ORIGIN = re.compile(r"[\u4e00-\u9fffA-Za-z0-9·—()（）]{2,20}")
_NAMED_AUTHOR = re.compile(r"(?:(?:article|post|entry|news|info)[-_]?)?(?:author|writer|zuozhe|byline)", re.IGNORECASE)
_SCRIPTED_AUTHOR = re.compile(
    r"(?<![\w.])[\"']?(?:author|author_?name|writer|reporter)[\"']?\s*[:=]\s*[\"']([^\"'<>{}]{2,120})[\"']",
    re.IGNORECASE,
)
_SCRIPTED_ORIGIN = re.compile(
    r"(?<![\w.])[\"']?(?:media|media_?name|(?:(?:news|show|article)[-_]?)?source(?:[-_]?name)?|copy_?from|laiyuan|origin)[\"']?\s*[:=]\s*[\"']([^\"'<>{}]{2,120})[\"']",
    re.IGNORECASE,
)
_HAN = re.compile(r"[\u4e00-\u9fff]{2}")
_LONGEST_SCRIPT = 400_000
_BYLINE = re.compile(r"[（(【\[]([^（()）】\]]{2,60})[)）】\]]")
_SPACE_BEHIND_NAME = re.compile(r"(?<=[\u4e00-\u9fff])\s")
_SEPARATORS = re.compile(r"[\s、,，&/]+")
_NAME = re.compile(r"[\u4e00-\u9fff·]{2,12}|[A-Za-z][A-Za-z0-9_.\- ]{1,19}")
_ROLE = re.compile(
    r"^.*(?:作者|记者|通讯员|评论员|编辑)$|(?:摄影|图文|通讯员|实习生|特约|见习|编辑|记者|撰文|报道|整理|编译|翻译)$|^(?:实习|见习|特约|通讯员|记者)"
    r"|^[文图摄]$|(?<=..)摄$|(?<=...)[文图]$"
)
_PERSON = re.compile(r"[\u4e00-\u9fff·]{2,5}(?:[\s、,，][\u4e00-\u9fff·]{2,5}){0,4}")
_BY = re.compile(r"^(?:由|文|by)(?:\s*[:：/]\s*|\s+)", re.IGNORECASE)
_SPREAD = re.compile(r"(?<![\u4e00-\u9fff])([\u4e00-\u9fff])\s+([\u4e00-\u9fff])(?![\u4e00-\u9fff])")
"""A name of two characters, spread to the width of three."""
_MOST_NAMES = 6
_NEAR = 8
"""Lines below the body that may still be the article's own."""


def named_origins(root: HtmlElement) -> list[str]:
    """Short texts of elements that are named like a source, for pages that write no 来源 before it."""
    named = (
        one_line(element.text_content()[:_LONGEST_LINE])
        for element in root.iter("span", "a", "div", "p", "em", "i", "td", "li", "strong")
        if _NAMED_ORIGIN.search(f"{element.get('class') or ''} {element.get('id') or ''}")
    )
    return [text for text in named if _ORIGIN.fullmatch(text)][:3]


def scripted_origin(root: HtmlElement, beside: Sequence[str] = ()) -> str:
    """The medium that the page's scripts name beside its text, else where they name only one; empty otherwise."""
    own = next(filter(None, (_origins_in(part) for part in beside)), set())
    found = own or {
        name for script in root.iter("script") for name in _origins_in((script.text or "")[:_LONGEST_SCRIPT])
    }
    return found.pop() if len(found) == 1 else ""


def _origins_in(script: str) -> set[str]:
    texts = (unescaped(one[1]) for one in _SCRIPTED_ORIGIN.finditer(script))
    return {text for text in texts if _ORIGIN.fullmatch(text) and _HAN.search(text)}


def scripted_author(beside: Sequence[str]) -> str:
    """The writer whom a page's script names beside the text that it carries; empty when it names none."""
    named = (unescaped(one[1]) for part in beside for one in _SCRIPTED_AUTHOR.finditer(part))
    written = (" ".join(_names(_rests([f"记者 {text}"], page_words().author))) for text in named)
    return next((text for text in written if _PERSON.fullmatch(text) and not page_words().site.search(text)), "")


def origin_of(around: Surroundings, named: Sequence[str], metadata: Metadata) -> str:
    """The medium named as source (来源) above or right below the body, else by the page's markup or head; or empty."""
    label = page_words().origin
    lines = [*_short([*around.head, *around.tail[:_NEAR], *around.above]), *_in_cells(around.above, label)]
    visible = next(_labelled(lines, label, _LONGEST_ORIGIN), "")
    if visible:
        return visible
    declared = (_cut(text)[:_LONGEST_ORIGIN] for text in (*named, *metadata.origins) if not text.startswith("http"))
    return next((text for text in declared if len(text) > 1 and not page_words().no_origin.match(text)), "")


def _in_cells(blocks: Sequence[Block], label: re.Pattern[str]) -> Iterator[str]:
    """Labels that stand alone in a cell, with the value of the next one, as in an office's box of particulars."""
    for cell, after in pairwise(blocks):
        if cell.kind is BlockKind.CELL and label.fullmatch(alone := f"{cell.text.rstrip(':：')}："):
            yield alone + after.text[:_LONGEST_LINE]


def named_authors(root: HtmlElement) -> list[str]:
    """Short texts of elements that are named like the author, but for those among comments."""
    named = (element for element in root.iter("a", "span", "div", "p", "em", "i", "td", "li") if _names_author(element))
    return [_BY.sub("", one_line(element.text_content()[:_LONGEST_LINE])) for element in islice(named, _MOST_NAMES)]


def author_of(around: Surroundings, body: Sequence[str], named: Sequence[str], metadata: Metadata) -> str:
    """The writers' names, with spaces between them: beside the title, in the byline of the text, or in the head."""
    names = _names(_rests(_short([*around.head, *around.dropped]), page_words().author))
    names = names or _names(_rests(_bylines(body), page_words().author))
    names = names or _names(_rests(_short(around.tail[:_NEAR]), page_words().author))
    # What meta elements and markup call author is the site more often than a person.
    return " ".join(names or _names(text for text in (*named, *metadata.authors) if _is_person(text, metadata)))


def editor_of(around: Surroundings) -> str:
    """The editors' names, with spaces between them; empty when none is named."""
    return " ".join(_names(_rests(_short([*around.tail[:_NEAR], *around.head]), page_words().editor)))


def named_origin(text: str) -> str:
    """The medium in the text of an element that was declared to hold it, with or without a label before it."""
    return next(_labelled([text], page_words().origin, _LONGEST_ORIGIN), "") or _cut(text)[:_LONGEST_ORIGIN]


def named_author(text: str) -> str:
    """The names in the text of an element that was declared to hold them, with or without a label before them."""
    return " ".join(_names(_rests([text], page_words().author)) or _names([text]))


def _names_author(element: HtmlElement) -> bool:
    if not element.attrib:
        return False
    if element.get("rel") == "author":
        return True
    return any(
        _NAMED_AUTHOR.fullmatch(name) for name in f"{element.get('class') or ''} {element.get('id') or ''}".split()
    )


def _is_person(text: str, metadata: Metadata) -> bool:
    known = f"{metadata.head} {metadata.site} {' '.join(metadata.origins)}"
    return bool(_PERSON.fullmatch(text)) and text not in known and not page_words().site.search(text)


def _short(blocks: Iterable[Block]) -> Iterator[str]:
    return (block.text for block in blocks if len(block.text) <= _LONGEST_LINE)


def _labelled(texts: Iterable[str], label: re.Pattern[str], longest: int) -> Iterator[str]:
    for text in texts:
        for found in label.finditer(text):
            value = _cut(text[found.end() : found.end() + _LONGEST_LINE])
            if 2 <= len(value) <= longest and not page_words().no_origin.match(value):
                yield value


def _rests(texts: Iterable[str], label: re.Pattern[str]) -> Iterator[str]:
    """What stands behind each label in a text, up to the next sign that ends a name's line."""
    for text in texts:
        for found in label.finditer(text):
            yield re.split(
                r"[|｜;；<>\[\]【】()（）。:：]|\s{3,}|责任?编辑?|编辑|校对|阅读|浏览|访问|点击|评论|举报|发表|字体|字号|打印|分享|审核|(?:文章|信息|稿件)?来源|转[贴载]自|发布|\d{4}|摄影|编审",
                text[found.end() : found.end() + 60],
            )[0]


def _cut(text: str) -> str:
    """The value up to the next label or sign."""
    plain = _SPACE_BEHIND_NAME.split(text.strip())[0]
    stop = page_words().stop.search(plain)
    return (plain[: stop.start()] if stop else plain).strip(" 　:：-—·\"“”'")


def _bylines(paragraphs: Sequence[str]) -> Iterator[str]:
    """Brackets of the first two paragraphs and the last three, where papers name their writers."""
    for paragraph in (*paragraphs[:2], *paragraphs[-3:]):
        yield from _BYLINE.findall(paragraph[:_LONGEST_LINE] + paragraph[-_LONGEST_LINE:])


def _names(rests: Iterable[str]) -> list[str]:
    """The first group of names that are names; words of the trade around them are taken away."""
    refused = page_words().not_names
    for rest in rests:
        names = []
        for part in _SEPARATORS.split(_SPREAD.sub(r"\1\2", rest.strip())):
            name = _ROLE.sub("", _ROLE.sub("", part)).strip(" 　·-—*")
            if not name:
                continue
            if not _NAME.fullmatch(name) or refused.match(name) or len(name) > _LONGEST_NAME:
                break
            names.append(name)
        if names:
            return list(dict.fromkeys(names))[:_MOST_NAMES]
    return []
