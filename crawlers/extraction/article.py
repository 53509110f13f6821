"""An article out of its page: declared selectors first, then trafilatura and what Chinese news pages have in common."""

import re
from dataclasses import dataclass
from datetime import datetime

import lxml.html
import trafilatura
from lxml.etree import ParserError
from lxml.html import HtmlElement

from crawlers.extraction.dates import date_in_address, parse_date
from crawlers.extraction.encoding import decode_page
from crawlers.source import Selectors

_ORIGIN = re.compile(r"(?:来源|稿源|文章来源)\s*[:\uff1a]\s*([^\s|｜,，;；]{2,30})")
_AUTHOR = re.compile(r"(?:作者|记者|通讯员)\s*[:\uff1a]?\s*([^\s|｜,，;；()（）]{2,12})")
_NOT_BODY = re.compile(
    r"^(责任编辑|编辑|审核|校对|监制|来源|稿源|作者|分享到|打印|关闭|上一篇|下一篇|相关(阅读|新闻)|【?(字体|打印|关闭)|图为|"
    r"\[?责编|点击(量|数)|浏览|扫一扫|版权)"
)
_SITE_NAME = re.compile(r"\s*[-_|—–·]{1,2}\s*[^-_|—–]{2,20}$")
_TITLE_TAGS = ("//h1", "//*[@class='title']", "//h2")


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """What a page says; any part may be empty."""

    title: str
    text: str
    published_at: datetime | None
    origin: str
    author: str


def extract(content: bytes, url: str, select: Selectors | None = None) -> Article:
    """The article of a page; empty parts where the page says nothing."""
    html = decode_page(content)
    try:
        # The declaration inside the page may be wrong; the text is already decoded, so it must not be read again.
        page = lxml.html.fromstring(re.sub(r"<meta[^>]*charset[^>]*>|<\?xml[^>]*\?>", "", html, flags=re.IGNORECASE))
    except (ParserError, ValueError):
        return Article(title="", text="", published_at=None, origin="", author="")
    chosen = select or Selectors()
    plain = page.text_content()
    return Article(
        title=_first(page, chosen.title) or _title(page),
        text=_selected_body(page, chosen.body) or _found_body(html, url),
        published_at=parse_date(_first(page, chosen.published)) or _published(page, plain, url),
        origin=_labelled(_first(page, chosen.origin), _ORIGIN) or _labelled(plain, _ORIGIN),
        author=_labelled(_first(page, chosen.author), _AUTHOR) or _labelled(plain, _AUTHOR),
    )


def _first(page: HtmlElement, selector: str | None) -> str:
    found = page.cssselect(selector) if selector else []
    return _clean(found[0].text_content()) if found else ""


def _title(page: HtmlElement) -> str:
    for path in _TITLE_TAGS:
        texts = [_clean(element.text_content()) for element in page.xpath(path)]
        longest = max(texts, key=len, default="")
        if len(longest) >= 4:
            return longest
    head = page.findtext(".//title") or ""
    return _SITE_NAME.sub("", _clean(head))


def _published(page: HtmlElement, plain: str, url: str) -> datetime | None:
    metas = page.xpath(
        "//meta[contains(@name, 'publish') or contains(@property, 'publish') or @name='PubDate']/@content"
    )
    for text in metas:
        moment = parse_date(str(text))
        if moment is not None:
            return moment
    return parse_date(plain) or date_in_address(url)


def _selected_body(page: HtmlElement, selector: str | None) -> str:
    found = page.cssselect(selector) if selector else []
    if not found:
        return ""
    paragraphs = [element.text_content() for element in found[0].xpath(".//p[not(.//p)]")]
    return _body(paragraphs or found[0].text_content().split("\n"))


def _found_body(html: str, url: str) -> str:
    text = trafilatura.extract(html, url=url, include_comments=False, include_tables=True, favor_recall=True)
    return _body((text or "").split("\n"))


def _body(paragraphs: list[str]) -> str:
    cleaned = (_clean(paragraph) for paragraph in paragraphs)
    return "\n".join(paragraph for paragraph in cleaned if paragraph and not _NOT_BODY.match(paragraph))


def _labelled(text: str, pattern: re.Pattern[str]) -> str:
    found = pattern.search(text)
    return found[1] if found else ""


def _clean(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace(" ", " ").replace("　", " ")).strip()
