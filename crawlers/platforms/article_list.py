"""List pages with paging, such as index.html, index_1.html …: the commonest kind of local news site.

Also the base of the systems TRS, DedeCMS, EmpireCMS, JEECMS, PageAdmin and that of people.com.cn (systems.yml).
"""

from datetime import datetime

from scrapy.http import Response

from crawlers.declaring.source import SourceSpec
from crawlers.platforms.listing import Listing, ListingSpider, link_texts, linked, selector_of
from crawlers.platforms.paging import following_page


class ArticleListSpider(ListingSpider):
    """Follows a list from page to page while it brings articles not seen before."""

    @staticmethod
    def listing(response: Response, spec: SourceSpec, now: datetime) -> Listing:
        """The links of the page and the page after it."""
        selector = selector_of(response)
        if selector is None:
            return Listing()
        return Listing(
            articles=linked(selector, spec.select.links),
            following=following_page(selector, response.url, spec),
            headlines=link_texts(selector, spec.select.links),
        )
