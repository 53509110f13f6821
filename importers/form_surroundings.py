"""What stands beside a form's table and belongs to it: its number, and the day on which it was filled in."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from importers.dates import DateProblem, read_date
from importers.formats.parts import Form
from importers.letter_labels import labelled_fields

_LONGEST_LINE = 60
"""Characters of a line beside a form that may say its number or its day."""
_FILLED_IN = re.compile(r"(?:填表|填写|填报|制表|填单)(?:时间|日期)\s*[:\uff1a]\s*(?P<day>[^\s\u3000]+)")
_BARE = re.compile(r"(?:编号\s*[:\uff1a]\s*\S+\s+)?(?P<day>\d{4}\s*[年.\-/]\s*\d{1,2}\s*[月.\-/]\s*\d{1,2}\s*日?)")


@dataclass(frozen=True, slots=True)
class DayBeside:
    """The day as written, and whether a label says that it is the form's."""

    day: str = ""
    is_labelled: bool = True


def number_beside(form: Form) -> str:
    """The office's number where it stands outside the table: 编号：来访〔2026〕118号; "" without one."""
    return next((number for line in _outside(form) if (number := labelled_fields(line).fields.get("number", ""))), "")


def day_beside(form: Form) -> DayBeside:
    """The day outside the table, behind a label (填表时间：…) or else alone on its line; none where two days differ."""
    lines = [*_outside(form)]
    labelled = [
        found["day"] if (found := _FILLED_IN.search(line)) else labelled_fields(line).fields.get("occurred_on", "")
        for line in lines
    ]
    if days := [*filter(_is_day, labelled)]:
        return DayBeside(days[0] if len({*days}) == 1 else "")
    bare = [found["day"] for line in lines if (found := _BARE.fullmatch(line.strip())) and _is_day(found["day"])]
    return DayBeside(bare[0], is_labelled=False) if len({*bare}) == 1 else DayBeside()


def _outside(form: Form) -> Iterator[str]:
    within = {line for field in form.fields.values() for line in field.text.splitlines()}
    return (line for line in form.text.splitlines() if line not in within and len(line) <= _LONGEST_LINE)


def _is_day(text: str) -> bool:
    try:
        return bool(text) and read_date(text).moment is not None
    except DateProblem:
        return False
