"""When an article was published: every place where a page says so, and which of them is believed."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice, pairwise

from crawlers.extraction.blocks import Block
from crawlers.extraction.dates import (
    date_in_address,
    full_dates,
    parse_date,
    parse_date_without_century,
    parse_machine_date,
    parse_relative_date,
)
from crawlers.extraction.metadata import Metadata
from crawlers.extraction.split_dates import split_dates
from crawlers.extraction.surroundings import Surroundings
from crawlers.extraction.tree import one_line
from crawlers.extraction.words import page_words

_LONGEST_LABEL = 160
"""Lines with the time of publication are short; longer ones tell of other days."""
_BESIDE_TITLE = 2
"""Lines above a title where a day with its hour is that of the article."""
_LONGEST_SIGNATURE = 20
"""Characters of a last line that is nothing but the day on which a document was signed."""
_CHANGED = re.compile(r"(?:更新|修改|编辑|访问|当前|今天是|现在|印发|发文|成文|生成)(?:时间|日期)?\s*[:：]?\s*$")
_ISSUE = re.compile(r"第\s*[\dA-Z一二三四五六七八九十百]{1,5}\s*[期版]")
"""What papers print beside the day of an issue."""
_COMPACT = re.compile(r"^\W*20\d{6}(?:\s|$)")
"""A line that begins with a day as eight digits."""
_WEEKDAY = re.compile("星期|周[一二三四五六日]")
_TODAY = re.compile(r"今天是|现在时间|当前时间|农历")
_CLOCK = re.compile(r"今天是|现在时间|当前时间|欢迎")
_MODIFIED = re.compile(r"updated|modified", re.IGNORECASE)
_MOST_TIMES = 3
_LINES_BELOW = 3
"""Lines right below a text in which a moment alone is that of its publication: posts of forums are signed so."""
_NEAR_TITLE = 6
"""Lines above a title among which the pieces of a date may stand."""
_TOLERANCE = timedelta(days=1)


def published_at(
    around: Surroundings,
    metadata: Metadata,
    scripted: Sequence[datetime],
    url: str,
    fetched_at: datetime | None,
    *,
    years: Sequence[datetime] = (),
    asked: datetime | None = None,
) -> datetime | None:
    """The moment of publication in China time; None when the page does not say.

    What stands beside the title is believed first, most of all when machine-readable dates or the address name the
    same day; then what is said to machines, and days shown in pieces; then the scripts, dates without year, relative
    ones, labelled ones above the title, the day right above it, that of an issue, the lines below the body, the day of
    the address, that at the head of a paper and, last, that below a signature. `years` are dates of which one may tell
    the year of a day shown. `asked` is when a letter to an office was written, where the page is one.
    """

    def is_possible(moment: datetime) -> bool:
        return fetched_at is None or moment <= fetched_at + _TOLERANCE

    if asked is not None and is_possible(asked):
        return asked
    declared = [
        moment for moment in map(parse_machine_date, metadata.dates) if moment is not None and is_possible(moment)
    ]
    day_of_address = date_in_address(url)
    visible = [moment for moment in _visible(around.head) if is_possible(moment)]
    nearby = [*around.above[-_NEAR_TITLE:], *around.head]
    pieces = [moment for moment in split_dates(nearby) if is_possible(moment)]
    known_days = {moment.date() for moment in (*declared, *([day_of_address] if day_of_address else ()))}
    agreeing = [moment for moment in visible if moment.date() in known_days]
    if agreeing:
        return max(agreeing, key=_precision)
    if visible:
        return visible[0]
    if declared or pieces:
        first = (declared or pieces)[0].date()
        alone = scripted if len(set(scripted)) == 1 else ()
        return max((moment for moment in (*declared, *pieces, *alone) if moment.date() == first), key=_precision)
    uncertain = _less_certain(around, scripted, years, day_of_address, fetched_at)
    possible = (moment for moment in uncertain if is_possible(moment))
    return next(possible, None)


def _less_certain(
    around: Surroundings,
    scripted: Sequence[datetime],
    years: Sequence[datetime],
    day_of_address: datetime | None,
    fetched_at: datetime | None,
) -> Iterator[datetime]:
    if len(set(scripted)) == 1:
        # Several moments are those of several articles, of which this may be none.
        yield scripted[0]
    lines = [block.text for block in around.head if len(block.text) <= _LONGEST_LABEL]
    for line in lines:
        yield from _in_years(line, years)
    for known in (fetched_at, day_of_address):
        for line in lines:
            moment = parse_date_without_century(line, known.year if known else None)
            if moment is not None and known is not None and moment > known + _TOLERANCE:
                moment = _a_year_earlier(moment)
            if moment is not None:
                yield moment
    for line in lines if fetched_at else ():
        relative = parse_relative_date(line, fetched_at) if fetched_at else None
        if relative is not None:
            yield relative
    yield from _labelled(around.above)
    yield from _right_above(around)
    issues = (parse_date(block.text) for block in around.above if _ISSUE.search(block.text))
    yield from (moment for moment in issues if moment is not None)
    compact = (parse_machine_date(line) for line in lines if _COMPACT.search(line))
    yield from (moment for moment in compact if moment is not None)
    yield from _below(around.tail)
    if day_of_address:
        yield day_of_address
    yield from _of_issue(around.above)
    signed = (parse_date(line) for line in around.closing if len(line) <= _LONGEST_SIGNATURE)
    yield from (moment for moment in signed if moment is not None)


def _of_issue(above: Sequence[Block]) -> Iterator[datetime]:
    """The day with its weekday at the head of a paper's issue, where the number of its page stands in another line."""
    if any(_ISSUE.search(block.text) for block in above):
        days = (block.text for block in above if _WEEKDAY.search(block.text) and not _CLOCK.search(block.text))
        yield from (moment for moment in map(parse_date, days) if moment is not None)


def _below(tail: Sequence[Block]) -> Iterator[datetime]:
    """A moment alone right below the text, and what is labelled further down."""
    alone = (parse_date(block.text) for block in tail[:_LINES_BELOW] if block.characters <= _LONGEST_SIGNATURE)
    yield from (moment for moment in alone if moment is not None and _precision(moment))
    labelled = (
        parse_date(block.text)
        for block in tail
        if len(block.text) <= _LONGEST_LABEL and page_words().beside_date.search(block.text)
    )
    yield from (moment for moment in labelled if moment is not None)


def _visible(head: Sequence[Block]) -> list[datetime]:
    """Dates beside the title, those in lines that also name source, author or publication first."""
    words = page_words()
    certain: list[datetime] = []
    other: list[datetime] = []
    for label, block in pairwise([None, *head]):
        if block is None or len(block.text) > _LONGEST_LABEL or _TODAY.search(block.text):
            continue
        dates = [*full_dates(block.text), *_marked(block)]
        if not dates:
            continue
        before = block.text[: max(block.text.find(str(dates[0].year)), 0)] or (label.text if label else "")
        is_certain = words.beside_date.search(block.text) or words.put_label.search(before)
        (certain if is_certain and not _CHANGED.search(before) else other).extend(dates)
    return certain + other


def _marked(block: Block) -> Iterator[datetime]:
    """The moments that <time> says to machines, where people are shown a month by its name or 昨天."""
    for element in islice(block.owner.iter("time"), _MOST_TIMES):
        moment = parse_machine_date(element.get("datetime") or "")
        is_of_line = one_line(element.text_content()) in block.text
        if moment is not None and is_of_line and not _MODIFIED.search(element.get("class") or ""):
            yield moment


def _in_years(line: str, years: Sequence[datetime]) -> Iterator[datetime]:
    """The day of a line without year in that one of the years in which it is known."""
    for known in years:
        moment = parse_date_without_century(line, known.year)
        if moment is not None and moment.date() == known.date():
            yield moment


def _labelled(above: Sequence[Block]) -> Iterator[datetime]:
    """Dates of the box that offices put above a document, label and value in one line or in two."""
    lines = [block.text for block in above]
    for label in (page_words().put_label, page_words().made_label):
        for line, after in pairwise([*lines, ""]):
            found = label.search(line)
            moment = parse_date(line[found.end() :].strip(" :：") or after) if found else None
            if moment is not None:
                yield moment


def _right_above(around: Surroundings) -> Iterator[datetime]:
    """Dates right above a title: those with their hour, and a mere day in the same box; a clock stands farther off."""
    for block in reversed(around.above[-_BESIDE_TITLE:]):
        moment = parse_date(block.text) or parse_date_without_century(block.text, None)
        if moment is None or _TODAY.search(block.text) or _WEEKDAY.search(block.text):
            continue
        if _precision(moment) or (around.head and block.owner.getparent() is around.head[0].owner.getparent()):
            yield moment


def _precision(moment: datetime) -> int:
    """0 for a day, 1 for its minute, 2 for its second."""
    return ((moment.hour or moment.minute or moment.second) > 0) + (moment.second > 0)


def _a_year_earlier(moment: datetime) -> datetime | None:
    try:
        return moment.replace(year=moment.year - 1)
    except ValueError:  # 29 February
        return None
