"""The members of a household in one cell of a register: 李某（妻，1964年生）、高某（长子，20岁）, or JSON."""

import json
import re
from collections.abc import Mapping

from importers.cells import half_width
from importers.identifiers import is_id_number
from importers.letter_words import is_name
from importers.register_words import register_words

NAME, RELATION = "姓名", "与户主关系"
_BORN, _NUMBER, _HEALTH, _STUDENT, _REST = "出生日期", "证件号码", "健康状况", "在校生状况", "备注"
TEXTS = (NAME, RELATION, _BORN, _NUMBER, _HEALTH, _STUDENT, _REST)
"""The headers under which a member's values are read."""
_ITEMS = re.compile(r"[、;/\n](?![^()]*\))")
"""Between two members; what stands between brackets is of one."""
_TOKENS = re.compile(r"[(),:、;/\s]+")
_NAME = re.compile(r"[\u4e00-\u9fff·]{2,4}")
_YEAR = re.compile(r"(?P<year>(?:19|20)\d{2})(?:[年.\-](?:\d{1,2}月?)?(?:[.\-]?\d{1,2}日?)?)?(?:出?生)?")
_AGE = re.compile(r"\d{1,3}周?岁?")
_COUNTED = re.compile(r"^\d{1,2}\.(?=\D)")


def members_in(text: str) -> list[Mapping[str, str]] | None:
    """Each member with what the cell says of him, by header text; None where it is not sure who stands there."""
    written = half_width(text).strip()
    if written.startswith("["):
        return _listed(written)
    members = [_member(item) for item in map(str.strip, _ITEMS.split(written)) if item]
    known = [one for one in members if one is not None]
    return known if len(known) == len(members) else None


def _member(item: str) -> Mapping[str, str] | None:
    """What 李某（妻，1964年生） or 妻子：李某，1964年 says; None for two names in it, and for none."""
    words = register_words()
    member: dict[str, str] = {}
    for piece in filter(None, _TOKENS.split(_COUNTED.sub("", item))):
        relation, rest = words.relation_before(piece)
        column, value = _column_of(rest, named=NAME in member)
        if relation:
            member.setdefault(RELATION, relation)
        if column == NAME and NAME in member:
            return None
        if column:
            member[column] = f"{member[column]}、{value}" if column in member else value
    return member if NAME in member else None


def _column_of(piece: str, *, named: bool) -> tuple[str, str]:
    """Under which header a word about a member belongs, and how; an age is left out, for it is of no known day."""
    words = register_words()
    if not piece or _AGE.fullmatch(piece):
        return "", ""
    if is_id_number(piece.upper()):
        return _NUMBER, piece.upper()
    if born := _YEAR.fullmatch(piece):
        return _BORN, born["year"]
    if words.relation(piece) is not None and words.is_no_name(piece):
        return RELATION, piece
    if words.is_health(piece):
        return _HEALTH, piece
    if words.is_student(piece):
        return _STUDENT, piece
    may_be_a_name = _NAME.fullmatch(piece) and not words.is_no_name(piece)
    return (NAME if may_be_a_name and (not named or is_name(piece)) else _REST), piece


def _listed(written: str) -> list[Mapping[str, str]] | None:
    """The objects of a list of JSON; None for any other."""
    try:
        listed = json.loads(written)
    except ValueError:
        return None
    if not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
        return None
    return [{str(key): "" if value is None else str(value) for key, value in one.items()} for one in listed]
