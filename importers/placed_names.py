"""A petitioner's name behind the place where he lives, on the line of his label: 榆树峁村 张三, 榆树峁村张三."""

import re

from importers.letter_words import is_name, letter_words
from importers.word_patterns import any_of

_BEHIND = re.compile(
    r"[ \t\u3000]+(?P<name>[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff](?:[ \t\u3000][\u4e00-\u9fff]){1,3})"
    r"(?=\s*(?:$|[\n,\uff0c;\uff1b\u3002(\uff08\d]))"
)
"""The one name that follows a place; behind more of them nobody can tell who petitions."""
_EVERYBODY = re.compile("全体|全村|部分|多名|众多|广大|各户|等")
_LONGEST_NAME = 4


def without_place(value: str, behind: str) -> str:
    """The name of whoever stands in the value or, where that is a place alone, behind it; else the value unchanged."""
    if is_name(value) or _EVERYBODY.search(value):
        return value
    words = letter_words()
    rest = words.place.sub("", value)
    if not rest:
        found = _BEHIND.match(behind)
        name = "".join(found["name"].split()) if found is not None else ""
        return name if is_name(name) else value
    is_placed = len(value) > _LONGEST_NAME or value.removesuffix(rest) in words.groups
    return rest if is_placed and rest != value and is_name(rest) and not _is_of_office(rest) else value


def _is_of_office(text: str) -> bool:
    """True for 司法所, 林场, 党支部: their first character is a surname besides."""
    return re.search(rf"(?:{any_of(letter_words().office_parts)})$", text) is not None
