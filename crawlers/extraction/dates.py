"""When a page says it was published."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

_CHINA = ZoneInfo("Asia/Shanghai")
_FULL = re.compile(
    r"(20\d{2})\s*[-年/.]\s*(\d{1,2})\s*[-月/.]\s*(\d{1,2})\s*日?(?:[T\s ]*(\d{1,2})\s*[:\uff1a时]\s*(\d{1,2}))?"
)
_COMPACT_IN_ADDRESS = re.compile(r"/(?:t|c)?(20\d{2})[-/]?(\d{2})[-/_]?(\d{2})(?=[/_.\-])")


def parse_date(text: str) -> datetime | None:
    """The first full date in the text, in China time; None when there is none or it does not exist."""
    for found in _FULL.finditer(text):
        moment = _moment(found[1], found[2], found[3], found[4] or "0", found[5] or "0")
        if moment is not None:
            return moment
    return None


def date_in_address(url: str) -> datetime | None:
    """The day in an address such as /202609/03/ or /t20260903_12.shtml; None when there is none."""
    found = _COMPACT_IN_ADDRESS.search(url)
    return _moment(found[1], found[2], found[3], "0", "0") if found else None


def _moment(year: str, month: str, day: str, hour: str, minute: str) -> datetime | None:
    try:
        return datetime(int(year), int(month), int(day), int(hour), int(minute), tzinfo=_CHINA)
    except ValueError:
        return None
