"""Verified leads as Atom (RFC 4287) and JSON Feed 1.1: village, categories and status, never a name or a text."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from xml.etree import ElementTree as ET

ATOM = "application/atom+xml; charset=utf-8"
JSON_FEED = "application/feed+json; charset=utf-8"
_NAMESPACE = "http://www.w3.org/2005/Atom"
TITLE = "前哨: 核实过的线索"
_AUTHOR = "前哨"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One event as a reader shows it."""

    event: str
    title: str
    summary: str
    link: str
    at: datetime

    @property
    def id(self) -> str:
        """Never changes, wherever the pages are served."""
        return f"urn:qianshao:event:{self.event}"


def atom(entries: Sequence[Entry], *, feed_id: str, home: str, updated: datetime) -> bytes:
    """The entries as an Atom document."""
    ET.register_namespace("", _NAMESPACE)
    feed = ET.Element(f"{{{_NAMESPACE}}}feed")
    _add(feed, "id", f"urn:qianshao:reader:{feed_id}")
    _add(feed, "title", TITLE)
    _add(feed, "updated", _moment(updated))
    _add(_add(feed, "author"), "name", _AUTHOR)
    _add(feed, "link", rel="alternate", href=home)
    for one in entries:
        entry = _add(feed, "entry")
        _add(entry, "id", one.id)
        _add(entry, "title", one.title)
        _add(entry, "summary", one.summary)
        _add(entry, "updated", _moment(one.at))
        _add(entry, "link", rel="alternate", href=one.link)
    content: bytes = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
    return content


def json_feed(entries: Sequence[Entry], *, home: str) -> dict[str, Any]:
    """The entries as a JSON Feed."""
    return {
        "version": "https://jsonfeed.org/version/1.1",
        "title": TITLE,
        "home_page_url": home,
        "language": "zh-CN",
        "authors": [{"name": _AUTHOR}],
        "items": [
            {
                "id": one.id,
                "title": one.title,
                "content_text": one.summary,
                "url": one.link,
                "date_published": _moment(one.at),
            }
            for one in entries
        ],
    }


def _add(parent: ET.Element, name: str, text: str | None = None, **attributes: str) -> ET.Element:
    element = ET.SubElement(parent, f"{{{_NAMESPACE}}}{name}", attributes)
    element.text = text
    return element


def _moment(at: datetime) -> str:
    return at.isoformat(timespec="seconds")
