"""Links of an article: files to download, and the next of its pages."""

import re
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from crawlers.extraction.tree import one_line, parse_page
from crawlers.extraction.words import page_words

_FILE = re.compile(r"\.(?:pdf|docx?|xlsx?|wps|et|ofd|pptx?|rtf|zip|rar|7z)$", re.IGNORECASE)
_FILE_NAME = re.compile(_FILE.pattern.replace("$", r"\b"), re.IGNORECASE)
_NUMBERED = re.compile(
    r"^(?P<stem>.*?)(?:[_\-](?P<number>\d{1,2}))?(?P<ending>\.(?:s?html?|jsp|php|aspx?))$", re.IGNORECASE
)
_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that an article offers."""

    url: str
    text: str


def attachments_of(part: HtmlElement, url: str) -> tuple[Attachment, ...]:
    """The files linked in the element, each once, in reading order; addresses are made whole against `url`."""
    found: dict[str, Attachment] = {}
    for link in part.iter("a"):
        written = link.get("href") or ""
        # Making every address of a page whole would take longer than all the rest of its extraction.
        address = _whole(url, written) if _FILE_NAME.search(written) else ""
        if not address or not _FILE.search(urlsplit(address).path):
            continue
        text = one_line(link.text_content())[:_LONGEST_NAME] or urlsplit(address).path.rpartition("/")[2]
        found.setdefault(address, Attachment(address, text))
    return tuple(found.values())


def next_page(html: str, url: str) -> str | None:
    """The address of the page on which the article at `url` goes on; None when this is its last.

    The link must say so (下一页) and its address must be that of the same article with a higher page number: a link
    to the next article (下一篇) reads much alike and would join two stories.
    """
    page = parse_page(html)
    if page is None:
        return None
    for link in page.iter("a"):
        if not page_words().next_page.match(one_line(link.text_content())[:20]):
            continue
        address = _whole(url, link.get("href") or "")
        if address and _follows(url, address):
            return address
    return None


def _follows(url: str, address: str) -> bool:
    here, there = urlsplit(url), urlsplit(address)
    if here.netloc != there.netloc or (here.path, here.query) == (there.path, there.query):
        return False
    ours, theirs = _NUMBERED.match(here.path), _NUMBERED.match(there.path)
    if ours and theirs and theirs["number"] and (ours["stem"], ours["ending"]) == (theirs["stem"], theirs["ending"]):
        return int(theirs["number"]) == int(ours["number"] or _first_of(theirs["number"])) + 1
    return here.path == there.path and _page_in_query(there.query) == _page_in_query(here.query) + 1


def _first_of(number: str) -> int:
    # Without a number the first page is 0 where the second is _1, and 1 where it is _2.
    return int(number) - 1 if int(number) in {1, 2} else -2


def _page_in_query(query: str) -> int:
    found = re.search(r"(?:^|&)(?:p|page|pageno|curpage)=(\d{1,3})(?:&|$)", query, re.IGNORECASE)
    return int(found[1]) if found else 1


def _whole(url: str, address: str) -> str:
    try:
        whole = urljoin(url, address.strip())
        return whole if urlsplit(whole).scheme in {"http", "https"} else ""
    except ValueError:
        return ""
