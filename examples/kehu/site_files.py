"""The example's local news site: column lists with paging, three layouts, an RSS feed, an e-paper issue."""

from collections.abc import Sequence
from datetime import datetime
from email.utils import format_datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader

from examples.kehu.texts_format import HERE, NewsArticle

COLUMNS = {
    "yaowen": "要闻",
    "minsheng": "民生",
    "nongye": "三农",
    "bianmin": "便民问答",
    "yizhuan": "易地搬迁后扶",
}
SITE = "湫川新闻网"
PAPER = "湫川日报"
_PER_PAGE = 12
_ISSUE = "epaper/2026-11/12"
_GB_COLUMN = "bianmin"
"""This column's pages are GB18030 and say they are UTF-8, as old sites do."""
_CHINA = ZoneInfo("Asia/Shanghai")


def address_of(article: NewsArticle) -> str:
    """The article's path on the site."""
    if article.layout == "epaper":
        return f"/{_ISSUE}/con/{article.key}.html"
    moment = _moment(article)
    return f"/{article.column}/{moment:%Y%m}/{moment:%d}/{article.key}.html"


def write_site(folder: Path, articles: Sequence[NewsArticle]) -> None:
    """Write every page of the site below the folder."""
    pages = Environment(loader=FileSystemLoader(HERE / "templates"), autoescape=True, trim_blocks=True)
    newest = sorted(articles, key=lambda one: (one.published_at, one.key), reverse=True)
    online = [one for one in newest if one.layout != "epaper"]
    shared = {"site": SITE, "paper": PAPER, "columns": COLUMNS, "address_of": address_of, "hot": online[:8]}
    for article in newest:
        page = pages.get_template(f"article_{article.layout}.html").render(**shared, article=article)
        _write(folder, address_of(article), page, gb=article.column == _GB_COLUMN and article.layout != "epaper")
    for column in COLUMNS:
        _write_lists(folder, pages, shared, column, [one for one in online if one.column == column])
    _write(folder, "/index.html", pages.get_template("home.html").render(**shared, newest=online[:20]))
    _write(folder, "/rss.xml", pages.get_template("rss.xml").render(**shared, items=_items(online)))
    _write_paper(folder, pages, shared, [one for one in newest if one.layout == "epaper"])
    (folder / "robots.txt").write_text("User-agent: *\nDisallow: /private/\n", encoding="utf-8")


def _write_lists(
    folder: Path, pages: Environment, shared: dict[str, object], column: str, articles: Sequence[NewsArticle]
) -> None:
    parts = [articles[start : start + _PER_PAGE] for start in range(0, len(articles), _PER_PAGE)] or [[]]
    for number, part in enumerate(parts):
        following = f"index_{number + 1}.html" if number + 1 < len(parts) else ""
        page = pages.get_template("list.html").render(**shared, column=column, articles=part, following=following)
        name = "index.html" if number == 0 else f"index_{number}.html"
        _write(folder, f"/{column}/{name}", page, gb=column == _GB_COLUMN)


def _write_paper(folder: Path, pages: Environment, shared: dict[str, object], articles: Sequence[NewsArticle]) -> None:
    numbers = sorted({one.page or 1 for one in articles})
    for number in numbers:
        part = [one for one in articles if (one.page or 1) == number]
        page = pages.get_template("paper_page.html").render(**shared, number=number, numbers=numbers, articles=part)
        _write(folder, f"/{_ISSUE}/node_{number}.html", page)


def _items(articles: Sequence[NewsArticle]) -> list[dict[str, str]]:
    return [
        {
            "title": one.title,
            "link": address_of(one),
            "date": format_datetime(_moment(one)),
            "summary": one.body[0][:80],
        }
        for one in articles
        if one.rss
    ]


def _moment(article: NewsArticle) -> datetime:
    return datetime.fromisoformat(article.published_at).replace(tzinfo=_CHINA)


def _write(folder: Path, address: str, page: str, *, gb: bool = False) -> None:
    path = folder / address.lstrip("/")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(page.encode("gb18030" if gb else "utf-8"))
