"""List pages with paging, such as index.html, index_1.html …: the commonest kind of local news site."""

from collections.abc import Iterator

from scrapy import Request
from scrapy.http import Response

from crawlers.spider import SourceSpider


class ArticleListSpider(SourceSpider):
    """Follows the declared `next` link from list page to list page while they bring articles not seen before."""

    def read_list(self, response: Response) -> Iterator[Request]:
        """The articles of the page, then the next page."""
        requests = list(self.articles(response, response.css(f"{self.spec.select.links}::attr(href)").getall()))
        yield from requests
        following = response.css(f"{self.spec.select.next}::attr(href)").get() if self.spec.select.next else None
        if following and requests:
            yield self.list_request(response.urljoin(following))
