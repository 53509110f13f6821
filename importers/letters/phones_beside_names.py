"""Phones beside another's name within a text: in a list (1.李四，65岁，电话…), in brackets (李四（电话：…）)."""

import re
from collections.abc import Sequence

from importers.values.identifiers import mobile_in, without_mobiles
from importers.words.letter_words import is_name, is_remark, letter_words

_BREAKS = re.compile("[\u3002!\uff01?\uff1f;\uff1b\n]")
_CLAUSES = re.compile("[\u3002!\uff01?\uff1f;\uff1b,\uff0c]")
_NUMBER = re.compile(r"\s*(?:[(\uff08]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})\s*[.\uff0e、)\uff09]\s*)?")
_BEGINS = re.compile(
    r"(?:隔壁|邻居|我村|本村|同村|村民|户主|是|有)*(?P<name>[\u4e00-\u9fff]{2,4}?)(?=[\s,\uff0c(\uff08]|[男女][\s,\uff0c])"
)
_BRACKET = re.compile(r"(?P<before>[\u4e00-\u9fff]{2,12})\s*[(\uff08][^()\uff08\uff09]{0,12}$")
_LONGEST_NAME = 4
_LABEL = re.compile(r"\s*[\u4e00-\u9fff]{2,8}\s*[:\uff1a]\s*(?:\+?86)?[\s-]*[01]")
_EDGES = " \t\u3000:\uff1a,\uff0c、()\uff08\uff09"
_LONGEST_BESIDE = 12
"""Characters beside a phone on a line of its own: a label, a day."""


def is_beside_another(before: str, writers: Sequence[str]) -> bool:
    """True where what stands before a phone names somebody who is none of the writers, right before it or first.

    False where nobody is known to write: whoever is named may be the petitioner.
    """
    known = [name for name in writers if name]
    sentence = _NUMBER.sub("", _BREAKS.split(before)[-1], count=1)
    if not known:
        return False
    if (found := _BRACKET.search(sentence)) is not None:
        named = [found["before"][-length:] for length in range(2, _LONGEST_NAME + 1)]
        return any(map(_is_person, named)) and not _writes(named, known)
    begun = _BEGINS.match(sentence)
    is_own = any(word in sentence for word in letter_words().own)
    return begun is not None and not is_own and _is_person(begun["name"]) and not _writes([begun["name"]], known)


def is_among_others(lines: Sequence[str], phone: str) -> bool:
    """True where the text tells several mobile numbers, and this one stands in a line of more than its label."""
    if len({mobile for line in lines if (mobile := mobile_in(line))}) < 2:
        return False
    line = next((line for line in lines if mobile_in(line) == mobile_in(phone) != ""), "")
    beside = without_mobiles(line).strip(_EDGES)
    before = _CLAUSES.split(line.partition(mobile_in(line))[0])[-1] if line else ""
    if any(word in before for word in letter_words().own):
        return False
    return bool(line) and len(beside) > _LONGEST_BESIDE and _LABEL.match(line) is None


def _is_person(name: str) -> bool:
    return is_name(name) and not is_remark(name) and name not in letter_words().towns


def _writes(named: Sequence[str], writers: Sequence[str]) -> bool:
    return any(name in writer or writer in name for name in named for writer in writers)
