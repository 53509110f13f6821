"""Notes that count the letters beside them and say nothing of a matter: 各村收集的来信，共2件，克虎村1件."""

import re
from functools import cache

from importers.words.letter_words import is_name, letter_words
from importers.words.word_patterns import any_of

_BREAK = re.compile("[\u3002!\uff01?\uff1f;\uff1b,\uff0c\\s]+")
_LETTERS = r"(?:\d{1,4}|[一二两三四五六七八九十百]{1,4})[件封份]"
_COUNTED = re.compile(_LETTERS)
_OF_A_PLACE = re.compile(rf"(?P<place>.{{1,8}}?){_LETTERS}")
_BESIDE = re.compile(
    rf"[一总合]?[共计]{{0,2}}{_LETTERS}(?:来?信)?(?:如下|附后)?|[请望].{{0,6}}[收阅审示]|您好|你好|谢谢"
    r"|(?:联系人|联系电话|电话).{0,20}|[\d年月日号.\-/()\uff08\uff09]+"
)
"""What stands beside it: 共2件, 请查收, 联系人：张三, a number, a day."""


def only_counts_letters(words: str) -> bool:
    """True where every clause counts letters, says who brings them or asks to take them; a plea beside it is none."""
    clauses = [clause for clause in _BREAK.split(words) if clause]
    is_counted = _COUNTED.search(words) is not None and any(map(_counting().fullmatch, clauses))
    return is_counted and all(map(_may_stand_beside, clauses))


def _may_stand_beside(clause: str) -> bool:
    known = letter_words()
    place = _OF_A_PLACE.fullmatch(clause)
    is_place = place is not None and place["place"].endswith(known.no_names)
    is_who = is_name(clause) or clause.endswith(known.signing_offices)
    return is_place or is_who or bool(_counting().fullmatch(clause) or _BESIDE.fullmatch(clause))


@cache
def _counting() -> re.Pattern[str]:
    words = any_of(letter_words().counting_letters)
    return re.compile(rf".{{0,15}}(?:{words})[共计:\uff1a]*(?:{_LETTERS})?(?:如下|附后)?")
