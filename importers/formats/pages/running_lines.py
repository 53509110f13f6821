"""Lines that a printer sets on every page: its number, and the heading above; none of them is anybody's words."""

import re
from collections.abc import Sequence

_STROKES = r"[-\u2010-\u2015\s]*"
_OF_PAGE = re.compile(
    rf"{_STROKES}(?P<before>第?)\s*(?P<page>\d{{1,3}})\s*(?P<behind>页?)"
    rf"(?:\s*[,\uff0c/、]?\s*共?\s*\d{{1,3}}\s*页)?{_STROKES}"
)
_LONGEST_HEADING = 40
"""Characters of a heading."""
_GREETING = re.compile("尊敬|[您你]们?好|领导")
_DAY = re.compile(r"[\d\u4e00-\u9fff〇○]\s*[年.\-/]\s*[\d\u4e00-\u9fff]{1,3}\s*[月.\-/]")
_PHONE = re.compile(r"(?<!\d)(?:1\d{10}|0\d{2,3}-?\d{7,8})(?!\d)")
_MARK = re.compile("[\u3002,\uff0c;\uff1b!\uff01?\uff1f]")
_LONGEST_NAME = 12
"""Characters of a line that may be a signature: 反映人：张三."""
_COLON = re.compile("[:\uff1a]")
"""Several letters may greet alike, or slips begin with one label: these are no headings."""


def without_running_lines(pages: Sequence[tuple[int, str]]) -> list[str]:
    """What each of the numbered pages says, without its number, and without the heading but on the first.

    A number counts only at the page's edge, framed (第 1 页, - 1 -) and right; a heading only on several pages that
    all bear their number: without it they may be several letters of one title.
    """
    told = [[line for line in text.split("\n") if line.strip()] for _, text in pages]
    left = [_without_number(lines, number) for lines, (number, _) in zip(told, pages, strict=True)]
    written = [lines for lines in left if lines]
    first = {lines[0] for lines in written}
    are_numbered = all(len(less) < len(lines) for less, lines in zip(left, told, strict=True))
    goes_on = not any(map(_is_ended, written[:-1]))
    if len(written) > 1 and len(first) == 1 and are_numbered and goes_on and _is_heading(written[0][0]):
        written = [written[0], *(lines[1:] for lines in written[1:])]
    return ["\n".join(lines) for lines in written if lines]


def _is_heading(line: str) -> bool:
    return len(line) <= _LONGEST_HEADING and not (_COLON.search(line) or _GREETING.search(line))


def _is_ended(lines: Sequence[str]) -> bool:
    """True where the page may end a letter, with a day, a phone or a name: the next may be another of its title."""
    last = lines[-1].strip()
    is_short = len(last) <= _LONGEST_NAME and not _MARK.search(last)
    return is_short or _DAY.search(last) is not None or _PHONE.search(last) is not None


def _without_number(lines: list[str], number: int) -> list[str]:
    if lines and _is_number(lines[-1], number):
        return lines[:-1]
    return lines[1:] if lines and _is_number(lines[0], number) else lines


def _is_number(line: str, number: int) -> bool:
    found = _OF_PAGE.fullmatch(line)
    is_framed = found is not None and ((found["before"] and found["behind"]) or not line.strip()[0].isdecimal())
    return found is not None and int(found["page"]) == number and bool(is_framed)
