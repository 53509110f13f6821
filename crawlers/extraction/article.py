"""An article out of the bytes of its page: title, time, origin, people, body, captions, files, kind of page."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from lxml.html import HtmlElement

from crawlers.declaring.source import Selectors
from crawlers.extraction.blocks import excuse_answers, lines_outside, split_blocks
from crawlers.extraction.choice import Choice, Extractor, Page, choose_body
from crawlers.extraction.credits import (
    author_of,
    editor_of,
    named_author,
    named_authors,
    named_origin,
    named_origins,
    origin_of,
    scripted_author,
    scripted_origin,
)
from crawlers.extraction.dates import parse_machine_date, parse_relative_date
from crawlers.extraction.embedded import Embedded, embedded_article
from crawlers.extraction.encoding import decode_page
from crawlers.extraction.goes_on import has_prose_below
from crawlers.extraction.kinds import PageKind, kind_of
from crawlers.extraction.letters import letter_of
from crawlers.extraction.links import Attachment, attachments_of
from crawlers.extraction.metadata import Metadata, read_metadata
from crawlers.extraction.publication_lines import dates_article
from crawlers.extraction.published import published_at
from crawlers.extraction.readers import may_hold_readers, readers_parts
from crawlers.extraction.scripted_dates import scripted_dates, show_written_days, years_of_scripts
from crawlers.extraction.simplified import is_traditional, simplify, simplify_blocks
from crawlers.extraction.site_names import is_site_name
from crawlers.extraction.surroundings import span_of, surroundings_of
from crawlers.extraction.teasers import mark_teasers
from crawlers.extraction.titles import Title, title_of
from crawlers.extraction.tree import one_line, parse_page, without_scripts
from crawlers.extraction.unlabelled import unlabelled_origin


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
    is_doubtful: bool = False
    """True where the other extractors took another text for the body, for the most part."""
    awaits_reply: bool = False
    """True for a message to an office of which the page shows no reply yet."""


@dataclass(frozen=True, slots=True)
class _Scripts:
    """What the scripts of a page say."""

    dates: Sequence[datetime]
    years: Sequence[datetime]
    origin: str
    author: str
    article: Embedded


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
    html = decode_page(content, content_type)
    root = parse_page(html)
    if root is None:
        return Article(title="", text="", published_at=None, origin="", author="", kind=PageKind.EMPTY)
    chosen = select or Selectors()
    metadata = read_metadata(root, html)
    embedded = embedded_article(root)
    scripts = _Scripts(
        scripted_dates(root, embedded.beside),
        years_of_scripts(root),
        scripted_origin(root, embedded.beside),
        scripted_author(embedded.beside),
        embedded,
    )
    show_written_days(root)
    without_scripts(root)
    page, originals, is_confirmed = _page_of(root, html, metadata, scripts.article, chosen, site_names)
    own = replace(page, blocks=lines_outside(page.blocks, page.readers))
    # A heading of comments ends an article, as long as it does not go on below them.
    choice = choose_body(own if has_prose_below(page.blocks, own.blocks) else page, chosen.body)
    page = own
    title = page.title if is_confirmed or _stands_above(page, choice) else ""
    around = surroundings_of(page.blocks, choice.body, page.title)
    origin = named_origin(_first(root, chosen.origin))
    origin = (
        origin
        or origin_of(around, named_origins(root), metadata)
        or scripts.origin
        or unlabelled_origin(around, metadata.head)
    )
    others = [name for name in named_authors(root) if name != origin]
    paragraphs = choice.body.paragraphs
    return Article(
        title=title,
        text=choice.body.text,
        published_at=_declared_date(root, chosen.published, fetched_at)
        or published_at(around, metadata, scripts.dates, url, fetched_at, years=scripts.years, asked=page.asked),
        origin=origin,
        author=named_author(_first(root, chosen.author))
        or author_of(around, paragraphs, others, metadata)
        or scripts.author,
        editor=editor_of(around),
        captions=choice.body.captions,
        attachments=attachments_of(choice.part, url),
        original_text="\n".join(originals.get(line, line) for line in paragraphs) if page.traditional else "",
        kind=kind_of(root, page.blocks, paragraphs, is_headed=bool(title) and dates_article(around.head)),
        how=choice.how,
        agreement=choice.agreement,
        is_doubtful=choice.is_doubtful,
    )


def _page_of(
    root: HtmlElement,
    html: str,
    metadata: Metadata,
    embedded: Embedded,
    chosen: Selectors,
    site_names: Sequence[str],
) -> tuple[Page, dict[str, str], bool]:
    """The page for its extractors, its lines before they were simplified, and whether its title is sure."""
    blocks = split_blocks(root)
    readers = readers_parts(root, blocks, chosen) if chosen.comments or may_hold_readers(html) else []
    blocks = split_blocks(root, readers) if readers else blocks
    traditional = is_traditional("".join(block.text for block in blocks))
    originals = simplify_blocks(blocks) if traditional else {}
    own = lines_outside(blocks, readers)
    letter = letter_of([block.text for block in own])
    if letter:
        excuse_answers(own)
    mark_teasers(own)
    selected = _first(root, chosen.title)
    if selected and not is_site_name(selected, site_names):
        found = Title(selected, True)
    elif letter and letter.title:
        found = Title(letter.title, True)
    else:
        found = title_of(root, own, metadata, embedded.title, site_names)
    title = simplify(found.text) if traditional else found.text
    page = Page(root, blocks, metadata, embedded.html, title, letter, traditional, readers)
    return page, originals, found.is_confirmed


def _stands_above(page: Page, choice: Choice) -> bool:
    """Whether the title is among the lines above the body: other headings are of what stands beside or below it."""
    start, _ = span_of(page.blocks, choice.body.paragraphs)
    above = "".join(block.text for block in page.blocks[:start])
    return page.title.replace(" ", "") in above.replace(" ", "")


def _first(root: HtmlElement, selector: str | None) -> str:
    found = root.cssselect(selector) if selector else []
    return one_line(found[0].text_content()) if found else ""


def _declared_date(root: HtmlElement, selector: str | None, fetched_at: datetime | None) -> datetime | None:
    text = _first(root, selector)
    relative = parse_relative_date(text, fetched_at) if fetched_at else None
    return parse_machine_date(text) or relative
