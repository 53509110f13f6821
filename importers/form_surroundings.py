"""The day of a form that stands beside its table and not in it: 填表时间：…, 登记日期：…."""

import re
from dataclasses import dataclass
from datetime import datetime

from importers.dates import DateProblem, is_ahead, is_long_ago, read_date
from importers.formats.parts import Letter
from importers.letter_kinds import asks, mail_heads

_LONGEST_LINE = 60
"""Characters of a line beside a form that may say its day."""
_DAY = r"(?P<day>\d{4}\s*[年./\-]\s*\d{1,2}\s*[月./\-]\s*\d{1,2}(?:\s*日)?)(?!\d)"
_LABELLED = re.compile(
    rf"(?<![\u4e00-\u9fff])(?:填表|填写|登记|来访|来信|信访|接访|接待)(?:时间|日期)\s*[:\uff1a]\s*{_DAY}"
)
"""Behind one of these no other day can be meant; 制表日期 is the printer's, 办结日期 comes later."""
_BARE = re.compile(rf"(?:编号\s*[:\uff1a]\s*\S+\s+)?{_DAY}")


@dataclass(frozen=True, slots=True)
class DayBeside:
    """What the words beside a form say of its day, as written."""

    day: str = ""
    doubtful: str = ""
    """A day that may be another's: it has no label, is one of several, or lies ahead or long ago."""


NO_DAY = DayBeside()


def day_beside(words: Letter, *, received_at: datetime) -> DayBeside:
    """The day behind a label in the words around a form; a doubtful one where it cannot be told whose it is.

    Words of somebody who asks for something have days of their own.
    """
    _, lines = mail_heads([line.strip() for line in words.text.split("\n")])
    lines = [line for line in lines if len(line) <= _LONGEST_LINE]
    labelled = [found["day"] for line in lines for found in _LABELLED.finditer(line)]
    bare = [found["day"] for line in lines if (found := _BARE.fullmatch(line))]
    is_plea = asks(words.text)
    days = labelled or ([] if is_plea else bare)
    is_one = len({*map(_moment, labelled)}) == 1 and _is_past(_moment(labelled[0]), received_at)
    if is_one and not is_plea:
        return DayBeside(labelled[0])
    return DayBeside(doubtful="、".join(dict.fromkeys(days))) if days else NO_DAY


def _moment(day: str) -> datetime | None:
    try:
        return read_date(day).moment
    except DateProblem:
        return None


def _is_past(moment: datetime | None, received_at: datetime) -> bool:
    return moment is not None and not (is_ahead(moment, received_at) or is_long_ago(moment, received_at))
