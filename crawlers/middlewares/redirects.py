"""Redirects stay on the declared sites; one that leads to the first page of a site or to its login is a refusal."""

from typing import Any

from scrapy import Request
from scrapy.downloadermiddlewares.redirect import BaseRedirectMiddleware, MetaRefreshMiddleware, RedirectMiddleware
from scrapy.exceptions import IgnoreRequest

from crawlers.asking.refusals import leads_to_login
from crawlers.declaring.addresses import is_home, is_web_address, site_of
from crawlers.middlewares.named_problem import NamedProblem
from domain.media.crawl import FetchProblem

ROBOTS_REQUEST = "dont_obey_robotstxt"
"""Scrapy's key in the meta of a request for a robots.txt: those rules may stand on another host (RFC 9309, 2.3.1.2)."""


class _Guarded(BaseRedirectMiddleware):
    def _redirect(self, redirected: Request, request: Request, reason: Any) -> Request:
        asked = request.meta.get("redirect_urls", [])
        if redirected.url == request.url or redirected.url in asked:
            raise NamedProblem(FetchProblem.REDIRECT_LOOP, f"循环跳转到 {redirected.url}")
        if not is_web_address(redirected.url):
            raise NamedProblem(FetchProblem.REDIRECT_ABROAD, f"跳到 {redirected.url}")
        first = (asked or [request.url])[0]
        if not request.meta.get(ROBOTS_REQUEST):
            self._check_target(redirected.url, first)
        try:
            return super()._redirect(redirected, request, reason)
        except IgnoreRequest as exc:
            raise NamedProblem(FetchProblem.REDIRECT_LOOP, f"跳转超过{self.max_redirect_times}次") from exc

    def _check_target(self, url: str, first: str) -> None:
        if site_of(url) not in self.crawler.spider.sites:  # type: ignore[union-attr]
            raise NamedProblem(FetchProblem.REDIRECT_ABROAD, f"跳到未声明的网站 {url}")
        if leads_to_login(url) and not leads_to_login(first):
            raise NamedProblem(FetchProblem.LOGIN, f"跳到登录页 {url}")
        if is_home(url) and not is_home(first):
            raise NamedProblem(FetchProblem.REDIRECT_HOME, f"跳回首页 {url}")


class StatusRedirects(_Guarded, RedirectMiddleware):
    """Redirects by status."""


class MetaRedirects(_Guarded, MetaRefreshMiddleware):
    """Redirects by a meta tag; scripts are never run."""
