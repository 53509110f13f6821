"""A petitioner's name behind the place where he lives, on the line of his label: 榆树峁村 张三, 榆树峁村张三."""

import re

from importers.words.letter_words import is_name, is_surname, letter_words

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
    rest = letter_words().place.sub("", value)
    if _begins_as_name(value.removesuffix(rest)):
        return value
    if not rest:
        found = _BEHIND.match(behind)
        name = "".join(found["name"].split()) if found is not None else ""
        return name if _is_persons(name) else value
    is_placed = len(value) > _LONGEST_NAME or value.removesuffix(rest) in letter_words().groups
    return rest if is_placed and rest != value and _is_persons(rest) else value


def _begins_as_name(place: str) -> bool:
    """True for 张建社 and 刘建村: who is named so may petition, and 李四 behind him be another or what he is."""
    compound = place.startswith(letter_words().compound_surnames)
    return 2 <= len(place) <= _LONGEST_NAME - (not compound) and (compound or is_surname(place[0]))


def _is_persons(name: str) -> bool:
    return is_name(name) and name not in letter_words().statuses and not _is_of_office(name)


def _is_of_office(text: str) -> bool:
    """True for 司法所, 林场, 党支部: their first character is a surname besides."""
    return text.endswith((*letter_words().office_parts, *letter_words().offices))
