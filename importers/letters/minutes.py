"""Minutes of a reception day and a duty officer's notes of calls: several people's matters in items of one text."""

import re
from collections.abc import Sequence
from functools import cache
from itertools import islice, takewhile

from importers.letters.labels import labelled_fields
from importers.letters.signatures import is_salutation
from importers.words.letter_words import is_name, letter_words
from importers.words.word_patterns import any_of

OF_MANY = (
    "像是接访或值班的记录, 写了{count}个人的事, 看不出每件从哪里到哪里, 没有导入; "
    "请做成一行一件的表格, 或每件存成一个文件后重新提交"
)
_HEAD_LINES = 3
_LONGEST_TITLE = 30
_FEWEST = 2
_LONGEST_HEAD = 80
"""Characters at the beginning of an item among which somebody is named and tells of something."""
_PERSONAL = re.compile(r".{0,8}?(?:[男女岁]|\d{7})")
"""Behind the name of a visitor."""
_NUMBER = r"(?:\d{1,3}|[一二三四五六七八九十]{1,3})"
_BEGINS = (
    rf"(?:[(\uff08]{_NUMBER}[)\uff09]|{_NUMBER}\s*[、.\uff0e)\uff09]|(?:[上下]午)?\d{{1,2}}[:\uff1a时点]\d{{0,2}}分?)"
)


def people_in_minutes(lines: Sequence[str]) -> int:
    """How many people's matters such a text lists, from two on; 0 for every other text, a letter to begin with."""
    head = [*islice((line.strip() for line in lines if line.strip()), _HEAD_LINES)]
    is_titled = any(len(line) <= _LONGEST_TITLE and _title().search(line) for line in head)
    if not is_titled or any(map(is_salutation, head)):
        return 0
    if _is_of_one(lines):
        return 0
    items = (found for line in lines if (found := _item().match(line[:_LONGEST_HEAD])) is not None)
    people = {found["who"] for found in items if is_name(found["who"]) and _is_of_person(found)}
    return len(people) if len(people) >= _FEWEST else 0


def _is_of_one(lines: Sequence[str]) -> bool:
    """True where one visitor is named above the items, which are what he asks for, or speaks of his own family."""
    above = [*takewhile(lambda line: re.match(rf"\s*{_BEGINS}", line) is None, lines)]
    is_named = bool(labelled_fields("\n".join(above)).fields.get("name"))
    return is_named or any(word in line for line in lines for word in letter_words().own_family)


def _is_of_person(item: re.Match[str]) -> bool:
    """True for 张三，男, 某某村李四, 王五来电; never for 田地，要求确权, where a demand begins like a name."""
    behind = item.string[item.end("who") :]
    return (
        bool(item["place"]) or _PERSONAL.match(behind) is not None or behind.startswith(letter_words().told_by_people)
    )


@cache
def _title() -> re.Pattern[str]:
    words = letter_words()
    return re.compile(rf"(?:{any_of(words.receptions)}).{{0,10}}(?:{any_of(words.minutes)})")


@cache
def _item() -> re.Pattern[str]:
    """Matches 1、张三，男，反映…; 08:20 某某村村民李四来电…."""
    words = letter_words()
    place = r"(?P<place>(?:[\u4e00-\u9fff]{0,16}(?:村民|居民|群众|[村组])|来访人|来电人|信访人)?)[:\uff1a]?\s*"
    behind = rf"(?=[,\uff0c(\uff08\s]|{any_of(words.told_by)}).*?(?:{any_of(words.told_by)})"
    return re.compile(rf"\s*{_BEGINS}\s*{place}(?P<who>[\u4e00-\u9fff]{{2,4}}?){behind}")
