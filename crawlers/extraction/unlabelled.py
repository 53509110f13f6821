"""Which medium a page names beside the time of publication where no 来源 stands before it."""

import re
from collections.abc import Iterator, Sequence

from crawlers.extraction.blocks import Block, Place
from crawlers.extraction.dates import parse_date, parse_date_without_century, tells_day
from crawlers.extraction.surroundings import Surroundings
from crawlers.extraction.tree import one_line
from crawlers.extraction.words import page_words

_LONGEST_LINE = 160
_LONGEST_NAME = 24
_ANY_YEAR = 2024
"""A leap year, in which every day without a year exists."""
_BETWEEN = re.compile(r"[\s|｜/·•\[\]【】()（）,，]+")
_MOMENT = re.compile(
    r"\d{2,4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}日?|(?<!\d)\d{1,2}[-/月]\d{1,2}日?(?!\d)|\d{1,2}:\d{2}(?::\d{2})?"
)
_OF_ISSUE = re.compile(r"第\s*[\dA-Z一二三四五六七八九十]{1,4}\s*[版期]|星期[一二三四五六日天]")
_PAPER = re.compile(r"(?:^|[\s_|—–-])([\u4e00-\u9fff]{2,10}?报)(?:数字报|电子报|电子版|数字版)?(?=$|[\s_|—–-])")


def unlabelled_origin(around: Surroundings, head: str) -> str:
    """The medium in the line with the time, or in the line above or below it; that of a paper's issue; or empty.

    Above the articles of an issue stand its day and page, and the `head` of the page names the paper.
    """
    is_of_paper = any(_OF_ISSUE.search(block.text) for block in around.above)
    of_issue = [block for block in around.above if is_of_paper and _has_day(block)]
    found = next((name for block in (*_beside_time(around.head), *of_issue) for name in _media_in(block)), "")
    named = _PAPER.search(head) if of_issue and not found else None
    return named[1] if named else found


def _beside_time(head: Sequence[Block]) -> Iterator[Block]:
    for number, block in enumerate(head):
        if _has_day(block):
            # The first line is the title.
            beside = (*head[max(number - 1, 1) : number], *head[number + 1 : number + 2])
            yield from (block, *(one for one in beside if one.characters <= _LONGEST_NAME))


def _has_day(block: Block) -> bool:
    if len(block.text) > _LONGEST_LINE or block.is_prose:
        return False
    known = parse_date(block.text) or parse_date_without_century(block.text, _ANY_YEAR)
    return known is not None or tells_day(block.text)


def _media_in(block: Block) -> Iterator[str]:
    words = page_words()
    # Elements of one line stand apart for readers; where the tree is traditional the line alone is simplified.
    texts = [text for one in block.places if (text := _said(one)) and text in block.text]
    for text in (block.text, *texts):
        for piece in _BETWEEN.split(_MOMENT.sub(" ", text)):
            if 2 < len(piece) <= _LONGEST_NAME and words.medium.match(piece) and not words.beside.match(piece):
                yield piece


def _said(place: Place) -> str:
    element, name = place
    text = {"text": element.text, "tail": element.tail}.get(name)
    return one_line(text or "")
