"""Question-and-answer boards of offices (问政, 留言办理): a message and the official reply are one document.

The nickname of the asker is dropped wherever it stands; only the declared parts of the page are taken.
"""

from dataclasses import replace
from datetime import datetime

from parsel import Selector
from scrapy.http import Response, TextResponse

from crawlers.archiving.nicknames import nickname_of, without_nickname
from crawlers.declaring.source import BoardSelectors, SourceSpec
from crawlers.extraction.article import Article, extract
from crawlers.extraction.dates import parse_date
from crawlers.extraction.encoding import decode_page
from crawlers.extraction.words import page_words
from crawlers.platforms.article_list import ArticleListSpider
from crawlers.platforms.listing import Listing


class BoardSpider(ArticleListSpider):
    """Lists as elsewhere; each article page is a message with its reply."""

    @staticmethod
    def listing(response: Response, spec: SourceSpec, now: datetime) -> Listing:
        """The links of the page and the page after it; their texts are not kept, they may name who asked."""
        return replace(ArticleListSpider.listing(response, spec, now), headlines={})

    @staticmethod
    def read_article(response: Response, spec: SourceSpec, fetched_at: datetime) -> Article:
        """The message and its reply as one article."""
        content = response.body if isinstance(response, TextResponse) else b""
        return read_board_page(content, response.url, spec)


def read_board_page(content: bytes, url: str, spec: SourceSpec) -> Article:
    """Title and text of message and reply; published_at is when the question was put, the reply's date is in the text.

    Without a question on the page the text is empty, as in an article that has none.
    """
    article = extract(content, url, spec.select, site_names=spec.site_names)
    html = decode_page(content)
    if spec.board is None or not html.strip():
        return article
    page, parts = Selector(text=html, type="html"), spec.board
    question = _text(page, parts.question)
    reply = _reply(page, parts)
    nickname = nickname_of(_text(page, parts.asker))
    asked = parse_date(_text(page, parts.asked)) or article.published_at
    text = f"【留言】\n{question}" + (f"\n{reply}" if reply else "") if question else ""
    return Article(
        title=without_nickname(article.title, nickname),
        text=without_nickname(text, nickname),
        published_at=asked,
        origin=article.origin,
        author="",
        awaits_reply=bool(question) and not reply,
    )


def _reply(page: Selector, parts: BoardSelectors) -> str:
    answer = _text(page, parts.answer)
    if not answer or page_words().no_reply.match(answer):
        return ""
    office, at = _text(page, parts.answerer), parse_date(_text(page, parts.answered))
    about = " ".join(piece for piece in (office, f"{at:%Y-%m-%d}" if at else "") if piece)
    return f"【答复】{about}\n{answer}"


def _text(page: Selector, css: str | None) -> str:
    if css is None:
        return ""
    lines = (piece.strip() for piece in page.css(css)[:1].xpath(".//text()[not(ancestor::script)]").getall())
    return "\n".join(line for line in lines if line)
