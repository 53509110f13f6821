"""The day that the address of an e-paper's issue names: declared as it stands, one issue would be read for ever."""

import re

from crawlers.extraction.dates import date_in_address

_DAY = re.compile(r"(?<!\d)(20\d\d)([-/_]?)(\d{1,2})([-/_]?)(\d{1,2})(?!\d)")


def with_day_left_open(address: str) -> str | None:
    """The address with `{yyyy}`, `{mm}` and `{dd}` for the day that it names; None where it names none."""
    if "{" in address:
        return None
    for found in _DAY.finditer(address):
        year, first, month, second, day = found.groups()
        if date_in_address(f"/{year}/{month:0>2}/{day:0>2}/") and (len(month) == len(day) == 2 or (first and second)):
            # 9 is written 09 unless one of the two shows that it is not.
            short = min(len(month), len(day)) == 1
            named = f"{{yyyy}}{first}{{{'m' if short else 'mm'}}}{second}{{{'d' if short else 'dd'}}}"
            return address[: found.start()] + named + address[found.end() :]
    return None
