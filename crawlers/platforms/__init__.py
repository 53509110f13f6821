"""One spider per kind of site; listed by hand."""

from crawlers.declaring.source import Platform
from crawlers.platforms.article_list import ArticleListSpider
from crawlers.platforms.board import BoardSpider
from crawlers.platforms.epaper import EpaperSpider
from crawlers.platforms.listing import ListingSpider
from crawlers.platforms.rss import RssSpider
from crawlers.platforms.script_list import ScriptListSpider
from crawlers.platforms.sitemap import SitemapSpider

PLATFORMS: dict[Platform, type[ListingSpider]] = {
    "article_list": ArticleListSpider,
    "script_list": ScriptListSpider,
    "rss": RssSpider,
    "sitemap": SitemapSpider,
    "epaper": EpaperSpider,
    "board": BoardSpider,
    "trs": ArticleListSpider,
    "hanweb": ScriptListSpider,
    "dedecms": ArticleListSpider,
    "empirecms": ArticleListSpider,
    "jeecms": ArticleListSpider,
    "pageadmin": ArticleListSpider,
    "people_cms": ArticleListSpider,
    "founder_epaper": EpaperSpider,
}
