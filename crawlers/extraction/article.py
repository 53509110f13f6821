"""An article out of the bytes of its page: title, time, origin, people, body, captions, files, kind of page."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from lxml.html import HtmlElement

from crawlers.extraction.blocks import Block, lines_outside, split_blocks
from crawlers.extraction.choice import Choice, Extractor, Page, choose_body
from crawlers.extraction.credits import author_of, editor_of, named_author, named_origin, named_origins, origin_of
from crawlers.extraction.dates import parse_machine_date, parse_relative_date
from crawlers.extraction.embedded import embedded_html
from crawlers.extraction.encoding import decode_page
from crawlers.extraction.kinds import PageKind, kind_of
from crawlers.extraction.links import Attachment, attachments_of
from crawlers.extraction.metadata import read_metadata
from crawlers.extraction.published import published_at, scripted_dates
from crawlers.extraction.readers import may_hold_readers, readers_parts
from crawlers.extraction.simplified import is_traditional, simplify, simplify_blocks
from crawlers.extraction.titles import Title, is_site_name, title_of
from crawlers.extraction.tree import one_line, parse_page, without_scripts
from crawlers.extraction.words import page_words
from crawlers.source import Selectors

_LINES_ABOVE = 40
"""Lines above the body among which time and origin are sought where the page shows no title."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """What a page says; any part may be empty."""

    title: str
    text: str
    published_at: datetime | None
    origin: str
    author: str
    editor: str = ""
    captions: tuple[str, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    original_text: str = ""
    """The text in traditional characters, where the page is written in them; `text` is simplified."""
    kind: PageKind = PageKind.ARTICLE
    how: Extractor = Extractor.NONE
    agreement: float = 0.0
    """How far the other extractors found the same text, 0 to 1: a source whose mean falls has a new layout."""
    awaits_reply: bool = False
    """True for a message to an office of which the page shows no reply yet."""


def extract(
    content: bytes,
    url: str,
    select: Selectors | None = None,
    *,
    fetched_at: datetime | None = None,
    content_type: str = "",
    site_names: Sequence[str] = (),
) -> Article:
    """The article of a page; empty parts where the page says nothing, never an error.

    `content_type` is the header of that name. Relative dates (3小时前) are read only when `fetched_at` is given, and
    dates after it are not believed. None of the `site_names` is taken for a title.
    """
    text = decode_page(content, content_type)
    root = parse_page(text)
    if root is None:
        return Article(title="", text="", published_at=None, origin="", author="", kind=PageKind.EMPTY)
    chosen = select or Selectors()
    metadata, scripted, embedded = read_metadata(root), scripted_dates(root), embedded_html(root)
    without_scripts(root)
    blocks = split_blocks(root)
    readers = readers_parts(root, blocks, chosen) if chosen.comments or may_hold_readers(text) else []
    blocks = split_blocks(root, readers) if readers else blocks
    traditional = is_traditional("".join(block.text for block in blocks))
    originals = simplify_blocks(blocks) if traditional else {}
    selected = _first(root, chosen.title)
    is_title = bool(selected) and not is_site_name(selected, site_names)
    found = Title(selected, True) if is_title else title_of(root, metadata, site_names)
    title = simplify(found.text) if traditional else found.text
    page = Page(root, blocks, metadata, embedded, title, traditional, readers)
    choice = choose_body(page, chosen.body)
    page = replace(page, blocks=lines_outside(blocks, readers))
    title = title if found.is_confirmed or _stands_above(page, choice) else ""
    head, dropped, tail = _around(page, choice)
    return Article(
        title=title,
        text=choice.body.text,
        published_at=_declared_date(root, chosen.published, fetched_at)
        or published_at(head, tail, metadata, scripted, url, fetched_at),
        origin=named_origin(_first(root, chosen.origin)) or origin_of(head, tail, named_origins(root), metadata),
        author=named_author(_first(root, chosen.author))
        or author_of([*head, *dropped], choice.body.paragraphs, tail, metadata),
        editor=editor_of(head, tail),
        captions=choice.body.captions,
        attachments=attachments_of(choice.part, url),
        original_text="\n".join(originals.get(line, line) for line in choice.body.paragraphs) if traditional else "",
        kind=kind_of(root, page.blocks, choice.body.paragraphs),
        how=choice.how,
        agreement=choice.agreement,
    )


def _stands_above(page: Page, choice: Choice) -> bool:
    """Whether the title is among the lines above the body: other headings are of what stands beside or below it."""
    texts = set(choice.body.paragraphs)
    start = next((number for number, block in enumerate(page.blocks) if block.text in texts), len(page.blocks))
    above = "".join(block.text for block in page.blocks[:start])
    return page.title.replace(" ", "") in above.replace(" ", "")


def _around(page: Page, choice: Choice) -> tuple[Sequence[Block], Sequence[Block], Sequence[Block]]:
    """The lines from the title to the first of the body, those among the body that are none of it, those below it."""
    texts = set(choice.body.paragraphs)
    places = [number for number, block in enumerate(page.blocks) if block.text in texts]
    start, end = (places[0], places[-1] + 1) if places else (len(page.blocks), len(page.blocks))
    bare = page.title.replace(" ", "")
    titles = [number for number in range(start) if bare and page.blocks[number].text.replace(" ", "") == bare]
    above = titles[-1] if titles and start - titles[-1] <= _LINES_ABOVE else max(start - _LINES_ABOVE, 0)
    shown = {*texts, *choice.body.captions}
    dropped = [block for block in page.blocks[start:end] if block.text not in shown]
    head = [block for block in page.blocks[above:start] if not page_words().caption.search(block.text)]
    return head, dropped, page.blocks[end:]


def _first(root: HtmlElement, selector: str | None) -> str:
    found = root.cssselect(selector) if selector else []
    return one_line(found[0].text_content()) if found else ""


def _declared_date(root: HtmlElement, selector: str | None, fetched_at: datetime | None) -> datetime | None:
    text = _first(root, selector)
    relative = parse_relative_date(text, fetched_at) if fetched_at else None
    return parse_machine_date(text) or relative
