"""What the archive keeps of what a page says to machines: what extraction reads there, and nothing beside it."""

import json
from collections.abc import Iterator

from lxml import etree
from lxml.html import HtmlElement

from crawlers.extraction.article import Article
from crawlers.extraction.choice import Extractor
from crawlers.extraction.credits import scripted_origin
from crawlers.extraction.embedded import Embedded, embedded_article
from crawlers.extraction.metadata import OF_ARTICLE, READ_NAMES, linked_data_read
from crawlers.extraction.scripted_dates import scripted_dates, show_written_days
from crawlers.extraction.tree import without_scripts

_OF_ARTICLE = {"title": "og:title", "published_at": "pubdate", "origin": "source", "author": "author"}


def keep_facts(root: HtmlElement, article: Article | None) -> None:
    """Change the tree: in the place of its scripts stands what extraction reads in them.

    Of a page that was read this is what its article has; of another one all that might be an article's.
    """
    facts = list(_of_scripts(root) if article is None else _of_article(root, article))
    show_written_days(root)
    without_scripts(root)
    etree.strip_elements(root, "link", with_tail=False)
    head = root.find("head")
    if head is None:
        head = etree.Element("head")
        root.insert(0, head)
    for meta in list(root.iter("meta")):
        name = (meta.get("name") or meta.get("property") or meta.get("itemprop") or "").lower().strip()
        if meta.getparent() is not head or name not in (READ_NAMES - OF_ARTICLE if article else READ_NAMES):
            meta.drop_tree()
    head.extend(facts)


def _of_article(root: HtmlElement, article: Article) -> Iterator[etree._Element]:
    for part, name in _OF_ARTICLE.items():
        value = getattr(article, part)
        if value:
            content = value.isoformat() if part == "published_at" else value
            yield _element("meta", name=name, content=content)
    if article.how is Extractor.LINKED_DATA:
        yield from map(_data, linked_data_read(root))
    if article.how is Extractor.EMBEDDED:
        yield _script(embedded_article(root))


def _of_scripts(root: HtmlElement) -> Iterator[etree._Element]:
    yield from map(_data, linked_data_read(root))
    embedded = embedded_article(root)
    origin = scripted_origin(root, embedded.beside)
    said = [{"pubDate": moment.isoformat()} for moment in scripted_dates(root, embedded.beside)]
    said += [{"source": origin}] if origin else []
    if said:
        yield _element("script", json.dumps(said, ensure_ascii=False))
    if embedded.html:
        yield _script(embedded)


def _data(content: dict[str, object]) -> etree._Element:
    return _element("script", _json(content), type="application/ld+json")


def _script(embedded: Embedded) -> etree._Element:
    return _element("script", _json({"title": embedded.title, "content": embedded.html}))


def _json(content: dict[str, object]) -> str:
    # A script ends at the first `</script`, wherever that stands.
    return json.dumps(content).replace("</", "<\\/")


def _element(tag: str, text: str | None = None, **attributes: str) -> etree._Element:
    element = etree.Element(tag, attributes)
    element.text = text
    return element
