"""The day of a form that stands beside its table and not in it: 填表时间：…, 登记日期：…."""

import re
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise

from importers.formats.parts import Letter
from importers.letters.kinds import asks, mail_heads
from importers.values.dates import CHINESE_YEAR, DateProblem, is_ahead, is_long_ago, read_date

_LONGEST_LINE = 60
"""Characters of a line beside a form that may say its day."""
_DAY = (
    r"(?P<day>(?:\d{4}\s*[年./\-]\s*\d{1,2}\s*[月./\-]\s*\d{1,2}(?:\s*日)?"
    rf"|{CHINESE_YEAR}\s*年\s*[一二三四五六七八九十]{{1,2}}\s*月\s*[一二三四五六七八九十]{{1,3}}\s*日))(?!\d)"
)
_LABELLED = re.compile(
    rf"(?<![\u4e00-\u9fff])(?:填表|填写|填报|登记|来访|来信|信访|接访|接待)(?:时间|日期)\s*[:\uff1a]\s*{_DAY}"
)
"""Behind one of these no other day can be meant; 制表日期 is the printer's, 办结日期 comes later."""
_FORMER = re.compile(r"(?<![:\uff1a])(?<![:\uff1a]\s)(?:[上前首初]次|第.{1,2}次|初访)[\s)\uff09:\uff1a]*$")
"""Before such a label or alone above it: perhaps the day of an earlier visit; 信访类型：初访 is this one."""
_ALONE = re.compile(rf"{_LABELLED.pattern}\s*(?:\d{{1,2}}[:\uff1a]\d{{2}}(?:[:\uff1a]\d{{2}})?)?")
_BARE = re.compile(rf"(?:编号\s*[:\uff1a]\s*\S+\s+)?{_DAY}")


@dataclass(frozen=True, slots=True)
class DayBeside:
    """What the words beside a form say of its day, as written."""

    day: str = ""
    doubtful: str = ""
    """A day that may be another's: without a label, one of several, of an earlier visit, ahead or long ago."""


NO_DAY = DayBeside()


def day_beside(words: Letter, *, received_at: datetime) -> DayBeside:
    """The day behind a label in the words around a form; a doubtful one where it cannot be told whose it is.

    Words of somebody who asks for something have days of their own.
    """
    _, lines = mail_heads([line.strip() for line in words.text.split("\n")])
    lines = [line for line in lines if len(line) <= _LONGEST_LINE]
    told = [one for above, line in pairwise(["", *lines]) for one in _told(line, above)]
    labelled = [day for day, is_former in told if not is_former]
    bare = [found["day"] for line in lines if (found := _BARE.fullmatch(line))]
    is_plea = asks(words.text)
    days = labelled or ([] if is_plea else [*bare, *(day for day, _ in told)])
    is_one = len({*map(_moment, labelled)}) == 1 and _is_past(_moment(labelled[0]), received_at)
    if is_one and not is_plea:
        return DayBeside(labelled[0])
    return DayBeside(doubtful="、".join(dict.fromkeys(days))) if days else NO_DAY


def without_line_of(words: Letter, day: str) -> Letter:
    """The words without the line that says this day, perhaps with a time, and nothing else."""
    lines = words.text.split("\n")
    alone = {line for line in lines if (found := _ALONE.fullmatch(line.strip())) and found["day"] == day}
    return replace(words, text="\n".join(line for line in lines if line not in alone))


def _told(line: str, above: str) -> list[tuple[str, bool]]:
    """The days behind labels of the line, each with True where it may be that of an earlier visit."""
    return [(found["day"], _is_former(line[: found.start()], above)) for found in _LABELLED.finditer(line)]


def _is_former(before: str, above: str) -> bool:
    is_alone_above = not before.strip() and _FORMER.match(above.lstrip("(\uff08"))
    return bool(is_alone_above or _FORMER.search(before))


def _moment(day: str) -> datetime | None:
    try:
        return read_date(day).moment
    except DateProblem:
        return None


def _is_past(moment: datetime | None, received_at: datetime) -> bool:
    return moment is not None and not (is_ahead(moment, received_at) or is_long_ago(moment, received_at))
