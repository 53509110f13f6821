"""What an office writes about a petition: a notice to the petitioner, or the letter by which it passes him on."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from importers.words.letter_words import is_name, letter_words
from importers.words.word_patterns import any_of

_HEAD_LINES = 4
"""Written lines among which the title stands: the office may stand above it."""
_BELOW_TITLE = 2
_ABOVE_MATTER = 3
"""Written lines between who is addressed and what he told."""
_LONGEST_TITLE = 40
_LONGEST_BRACKET = 150
_DAY = r"(?P<day>\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日)"
_NUMBER = re.compile(r"\s*(?P<number>[\u4e00-\u9fff]{2,12}[〔\[(\uff08【]\d{4}[〕\])\uff09】]\s*第?\s*\d{1,6}\s*号)\s*")
_ADDRESSEE = re.compile(r"\s*(?:尊敬的)?(?P<name>[\u4e00-\u9fff·]{2,4}?)(?:同志|先生|女士)?\s*[:\uff1a]\s*")
_TO_HIM = re.compile(rf"[您你](?:们)?于\s*{_DAY}[^被]{{0,20}}?(?:来访|来信|来电|走访|上访|信访|网上|反映|提出|投诉)")
_ABOUT_HIM = re.compile(
    rf"(?:^|[\u3002;\uff1b])\s*现将\s*(?:信访人|来访人|来信人|群众|村民|居民)?(?P<name>[\u4e00-\u9fff·]{{2,4}}?)(?:同志|先生|女士)?\s*"
    rf"(?:[(\uff08](?P<told>[^)\uff09]{{0,{_LONGEST_BRACKET}}})[)\uff09])?\s*于?\s*{_DAY}"
    r"\s*.{0,8}?(?:来访|来信|来电|走访|上访|信访|网上).{0,6}?反映"
)
_IN_TITLE = re.compile(
    r"关于(?:转送|转办|交办)(?P<name>[\u4e00-\u9fff·]{2,4}?)(?:同志)?(?:的)?(?:信访|来信|来访)(?:事项|件|问题)的函"
)


@dataclass(frozen=True, slots=True)
class OfficeLetter:
    """Whose petition the letter is about, as far as it says so; the number is the office's."""

    name: str = ""
    day: str = ""
    number: str = ""
    told: str = ""
    """What stands in brackets behind his name."""


def office_letter_in(lines: Sequence[str]) -> OfficeLetter | None:
    """What an office says of the petitioner; None for every other letter.

    The title is an office's, and below it stands a number, or in it or below it whom it is about.
    """
    head = [*islice((place for place, line in enumerate(lines) if line.strip()), _HEAD_LINES)]
    if any(word in lines[place] for place in head for word in letter_words().against_offices):
        return None
    title = next((place for place in head if _is_title(lines[place])), None)
    if title is None:
        return None
    below = [line for line in lines[title + 1 :] if line.strip()]
    numbers = [found["number"] for line in lines if (found := _NUMBER.fullmatch(line))]
    near = [found["number"] for line in below[:_BELOW_TITLE] if (found := _NUMBER.fullmatch(line))]
    number = "".join(near[0].split()) if near and len(numbers) == 1 else ""
    person = _person_in(lines[title].strip(), below) if len(numbers) < _BELOW_TITLE else OfficeLetter()
    if not number and not person.name:
        return OfficeLetter() if numbers else None
    return OfficeLetter(person.name, person.day, number, person.told)


def _person_in(title: str, below: Sequence[str]) -> OfficeLetter:
    """Whom the title or the text names as the petitioner, and when he came."""
    entitled = _IN_TITLE.fullmatch(title)
    named = entitled["name"] if entitled is not None and is_name(entitled["name"]) else ""
    for place, line in enumerate(below):
        if (about := _ABOUT_HIM.search(line)) and is_name(about["name"]):
            if named not in ("", about["name"]):
                return OfficeLetter()
            return OfficeLetter(about["name"], about["day"], told=about["told"] or "")
        if told := _TO_HIM.search(line):
            above = (_ADDRESSEE.fullmatch(one) for one in reversed(below[max(0, place - _ABOVE_MATTER) : place]))
            name = next((found["name"] for found in above if found is not None), "")
            return OfficeLetter(name, told["day"]) if is_name(name) else OfficeLetter()
    # The title alone may name whoever is complained of.
    return OfficeLetter()


def _is_title(line: str) -> bool:
    bare = "".join(line.split())
    is_notice = re.fullmatch(rf".{{0,20}}(?:{any_of(letter_words().office_titles)})", bare) is not None
    return len(bare) <= _LONGEST_TITLE and (is_notice or _IN_TITLE.fullmatch(bare) is not None)
