"""The members of a household that a register writes into one cell: 李某（妻，1964年生）、高某（长子，20岁）, or a list of JSON."""

import json
import re
from collections.abc import Mapping

from importers.cells import half_width
from importers.identifiers import is_id_number
from importers.register_words import register_words

NAME, RELATION = "姓名", "与户主关系"
_BORN, _NUMBER, _HEALTH, _STUDENT, _REST = "出生日期", "证件号码", "健康状况", "在校生状况", "备注"
TEXTS = (NAME, RELATION, _BORN, _NUMBER, _HEALTH, _STUDENT, _REST)
"""The headers under which a member's values are read."""
_LONGEST_RELATION = 5
_MEMBER = re.compile(
    r"\s*(?P<name>[\u4e00-\u9fff·]{2,4})\s*(?:\((?P<said>[^()]*)\))?\s*(?:[、,;/\n]|$|(?=[\u4e00-\u9fff]))"
)
_BETWEEN = re.compile(r"[,、;/\s]+")
_YEAR = re.compile(r"(?P<year>(?:19|20)\d{2})(?:年(?:\d{1,2}月)?(?:\d{1,2}日)?)?(?:出?生)?")
_AGE = re.compile(r"\d{1,3}周?岁?")


def members_in(text: str) -> list[Mapping[str, str]] | None:
    """Each member with what the cell says of him, by header text; None where it is not sure who stands there."""
    written = half_width(text).strip()
    if written.startswith("["):
        return _listed(written)
    found: list[Mapping[str, str]] = []
    at = 0
    while at < len(written):
        one = _MEMBER.match(written, at)
        member = _member(one["name"], one["said"] or "") if one else None
        if one is None or member is None:
            return None
        found.append(member)
        at = one.end()
    return found


def _member(name: str, said: str) -> Mapping[str, str] | None:
    """None for a name that is a relation or the like."""
    words = register_words()
    if words.is_no_name(name):
        return None
    member = {NAME: name}
    for piece in filter(None, _BETWEEN.split(said)):
        if is_id_number(piece.upper()):
            member.setdefault(_NUMBER, piece.upper())
        elif born := _YEAR.fullmatch(piece):
            member.setdefault(_BORN, born["year"])
        elif words.relation(piece) is not None and len(piece) <= _LONGEST_RELATION:
            member.setdefault(RELATION, piece)
        elif not _AGE.fullmatch(piece):
            column = _HEALTH if words.is_health(piece) else _STUDENT if words.is_student(piece) else _REST
            member[column] = f"{member[column]}、{piece}" if column in member else piece
    return member


def _listed(written: str) -> list[Mapping[str, str]] | None:
    """The objects of a list of JSON; None for any other."""
    try:
        listed = json.loads(written)
    except ValueError:
        return None
    if not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
        return None
    return [{str(key): "" if value is None else str(value) for key, value in one.items()} for one in listed]
