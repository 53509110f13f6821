"""Electronic editions of printed papers (数字报): an issue has pages, a page has articles."""

from collections.abc import Iterator

from scrapy import Request
from scrapy.http import Response

from crawlers.spider import SourceSpider


class EpaperSpider(SourceSpider):
    """Reads the first page of an issue, the other pages it names, and the articles of each."""

    def read_list(self, response: Response) -> Iterator[Request]:
        """The articles of the page and, from the first page, the other pages."""
        yield from self.articles(response, response.css(f"{self.spec.select.links}::attr(href)").getall())
        if self.spec.select.pages and not response.meta.get("inner"):
            for address in dict.fromkeys(response.css(f"{self.spec.select.pages}::attr(href)").getall()):
                url = response.urljoin(address)
                if url != response.url:
                    yield self.list_request(url).replace(meta={"inner": True})
