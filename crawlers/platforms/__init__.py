"""One spider per kind of site; listed by hand."""

from crawlers.platforms.article_list import ArticleListSpider
from crawlers.platforms.epaper import EpaperSpider
from crawlers.platforms.rss import RssSpider
from crawlers.spider import SourceSpider

PLATFORMS: dict[str, type[SourceSpider]] = {
    "article_list": ArticleListSpider,
    "rss": RssSpider,
    "epaper": EpaperSpider,
}
