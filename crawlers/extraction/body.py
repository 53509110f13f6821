"""Body paragraphs and captions out of the lines around an article."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lxml.html import HtmlElement

from crawlers.extraction.blocks import Block, BlockKind
from crawlers.extraction.dates import parse_date, parse_date_without_century, tells_day
from crawlers.extraction.tree import one_line
from crawlers.extraction.words import page_words

_LONGEST_CAPTION = 120
_LONGEST_LABEL = 60
_SHORT_CAPTION = 20
_UNENDED_CAPTION = 50
_USUAL = 0.7
_LONGEST_STATE = 6
_LEAP_YEAR = 2024
_SENTENCE_END = re.compile('[。！？…!?：:；;][”」』’"）)]*$')
_NUMBERED = re.compile(r"^(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．:：]|第[一二三四五六七八九十\d]+|[■●◆▶★])")
_ONLY_SIGNS = re.compile(r"^[\W\d_]*$")
_OPENS_SPEECH = re.compile('^[“"「『]')
_BOLD = re.compile(r"strong|bold|font-weight:\s*[6-9]00", re.IGNORECASE)
_BACK_HOME = re.compile(r"\s*返回\S{0,8}(?:首页|列表)[>》]*$")
_REST_MAY_GO = 0.5
"""A heading such as 相关阅读 ends the article when no more than this share of the prose stands below it."""


@dataclass(frozen=True, slots=True)
class Body:
    """Paragraphs and captions in reading order."""

    paragraphs: tuple[str, ...]
    captions: tuple[str, ...]

    @property
    def text(self) -> str:
        """The paragraphs, one a line."""
        return "\n".join(self.paragraphs)


def body_of(blocks: Sequence[Block], title: str = "", furniture: frozenset[str] = frozenset()) -> Body:
    """What of the lines is the article's text; repeated titles, credits, labels and lists of links are left out.

    `furniture` are lines that are known to be none of it.
    """
    kept, captions = [], []
    opened = False
    quiet = [block for block in blocks[: _end(blocks)] if not block.noise]
    quiet = [block for block in quiet[_first_label(quiet, furniture) :] if block.text not in furniture]
    quiet = quiet[_below_title(quiet, title) :]
    captioned = _captions_are_usual(quiet)
    for number, block in enumerate(quiet):
        if _is_caption(block, captioned):
            captions.append(block.text)
        elif _heads_links(quiet, number):
            continue
        elif _is_text(block) and (opened or not _is_head_line(block, title)):
            kept.append(without_way_back(block.text))
            opened = opened or block.is_prose
    return Body(paragraphs=tuple(_without_repeats(kept)), captions=tuple(dict.fromkeys(captions)))


def lines_of(lines: Sequence[str], title: str = "", furniture: frozenset[str] = frozenset()) -> Body:
    """The same choice among plain lines, of which is not known what they stand in."""
    words = page_words()
    plain = [one_line(line) for line in lines]
    kept, captions = [], []
    for line in plain[: _end_of_lines(plain)]:
        if not line or line == title or line in furniture or _ONLY_SIGNS.match(line):
            continue
        if len(line) <= _LONGEST_LABEL and words.caption.search(line):
            captions.append(line)
        elif len(line) > _LONGEST_CAPTION or not (
            words.never.match(line) or words.foot.search(line) or words.credit.match(line)
        ):
            kept.append(line)
    return Body(paragraphs=tuple(_without_repeats(kept)), captions=tuple(captions))


def without_way_back(line: str) -> str:
    """The line without the link to the first page that stands at its end."""
    return _BACK_HOME.sub("", line)


def _end_of_lines(lines: Sequence[str]) -> int:
    total = sum(map(len, lines))
    read = 0
    for number, line in enumerate(lines):
        if len(line) <= _SHORT_CAPTION and read >= (1 - _REST_MAY_GO) * total and page_words().ends.match(line):
            return number
        read += len(line)
    return len(lines)


def _end(blocks: Sequence[Block]) -> int:
    """The number of lines before the page turns to other things."""
    words = page_words()
    left = total = sum(block.characters for block in blocks if block.is_prose)
    for number, block in enumerate(blocks):
        if block.characters <= _SHORT_CAPTION and left <= _REST_MAY_GO * total and words.ends.match(block.text):
            return number
        left -= block.characters if block.is_prose else 0
    return len(blocks)


def _first_label(blocks: Sequence[Block], furniture: frozenset[str]) -> int:
    """Where a form begins: above its first label stand its name and what it is filed under."""
    for number, block in enumerate(blocks):
        if block.text in furniture:
            return number
        if block.is_prose:
            break
    return 0


def _below_title(blocks: Sequence[Block], title: str) -> int:
    """Where the lines below the title begin: of a page that is one box, the site's own head stands above it."""
    bare = title.replace(" ", "")
    for number, block in enumerate(blocks):
        if bare and _says_title(block, bare):
            return number + 1
        if block.is_prose:
            break
    return 0


def _says_title(block: Block, bare: str) -> bool:
    """Whether the line is the title, maybe with a state or a kind beside it: 已办理, [求助]."""
    text = block.text.replace(" ", "")
    return text == bare or (text.endswith(bare) and len(text) <= len(bare) + _LONGEST_STATE)


def _heads_links(blocks: Sequence[Block], number: int) -> bool:
    """Whether the line is a heading such as 相关阅读 over links, in the midst of an article."""
    after = blocks[number + 1] if number + 1 < len(blocks) else None
    block = blocks[number]
    is_heading = block.characters <= _SHORT_CAPTION and page_words().ends.match(block.text) is not None
    return is_heading and after is not None and after.link_share > _REST_MAY_GO


def _is_text(block: Block) -> bool:
    words = page_words()
    if block.kind is BlockKind.CODE:
        return True
    if block.characters > _LONGEST_CAPTION:
        return not words.foot.search(block.text[:_SHORT_CAPTION]) and not _is_notice(block)
    if words.never.match(block.text) or words.foot.search(block.text):
        return False
    if block.characters <= _LONGEST_LABEL and words.credit.match(block.text):
        return False
    if not block.is_prose and block.linked and block.link_share > _REST_MAY_GO:
        return False
    return block.kind is BlockKind.CELL or not _ONLY_SIGNS.match(block.text)


def _is_notice(block: Block) -> bool:
    found = page_words().never.match(block.text)
    return found is not None and any(word in found[0] for word in ("声明", "版权", "凡", "未经", "转载"))


def _captions_are_usual(blocks: Sequence[Block]) -> bool:
    """Whether nearly every picture of the page has a short line below it: then even a short sentence there is one."""
    below = [block.characters <= _UNENDED_CAPTION for block in blocks if block.after_picture]
    return len(below) > 1 and sum(below) >= _USUAL * len(below)


def _is_caption(block: Block, captioned: bool) -> bool:
    if block.kind is BlockKind.CAPTION:
        return True
    if block.characters > _LONGEST_CAPTION or block.kind is not BlockKind.TEXT:
        return False
    if page_words().caption.search(block.text) and (block.after_picture or block.characters <= _LONGEST_LABEL):
        return True
    if not block.after_picture or _NUMBERED.match(block.text) or _OPENS_SPEECH.match(block.text) or _is_bold(block):
        return False
    if captioned and block.characters <= _SHORT_CAPTION:
        return True
    return block.characters <= _UNENDED_CAPTION and not _SENTENCE_END.search(block.text)


def _is_bold(block: Block) -> bool:
    bold = "".join(part.text_content() for part in block.owner.iter("strong", "b", "span", "font") if _makes_bold(part))
    return block.text.replace(" ", "") in re.sub(r"\s+", "", bold)


def _makes_bold(part: HtmlElement) -> bool:
    return part.tag in {"strong", "b"} or bool(_BOLD.search(f"{part.get('class') or ''} {part.get('style') or ''}"))


def _is_head_line(block: Block, title: str) -> bool:
    """Title, time and origin above the text, where the page keeps them in one box with it."""
    if title and (block.text == title or block.text.replace(" ", "") == title.replace(" ", "")):
        return True
    if block.characters > _LONGEST_LABEL or _SENTENCE_END.search(block.text) or block.is_prose:
        return False
    return _tells_moment(block.text) or page_words().medium.match(block.text) is not None


def _tells_moment(text: str) -> bool:
    """A day of a year, or a day and its hour without one: 3-5 may be anything, 03-05 16:33 is a moment."""
    of_a_year = parse_date_without_century(text, _LEAP_YEAR)
    return (
        parse_date(text) is not None
        or tells_day(text)
        or (of_a_year is not None and (of_a_year.hour > 0 or of_a_year.minute > 0))
    )


def _without_repeats(paragraphs: Sequence[str]) -> list[str]:
    """The paragraphs; a long one that stands twice, as in a box for phones, only once."""
    seen: set[str] = set()
    kept = []
    for paragraph in paragraphs:
        if len(paragraph) > _LONGEST_LABEL and paragraph in seen:
            continue
        seen.add(paragraph)
        kept.append(paragraph)
    return kept
