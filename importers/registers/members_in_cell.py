"""The members of a household in one cell of a register: 李某（妻，1964年生）、高某（长子，20岁）, or JSON."""

import json
import re
from collections.abc import Mapping, Sequence

from domain.register.household import Sex
from importers.headers.register_layouts import person_vocabulary
from importers.values.cells import half_width
from importers.values.identifiers import is_id_number
from importers.words.letter_words import is_name
from importers.words.register_words import register_words

OF_A_MEMBER = (
    *("name", "relation", "sex", "born_on", "id_number", "phone", "health", "disability_card", "labour"),
    *("work_place", "work_months", "student", "insured", "allowance", "supported", "state"),
)
"""The fields that may be told of a member."""
_LONGEST, _LONGEST_JSON, _MOST_MEMBERS = 1000, 10_000, 30
"""Characters and persons of a cell that is read; no household needs more, and a longer one holds up the rest."""
_OFTEN = ("health", "student", "state")
"""What may be said of a member in several words; anything else said twice is not sure."""
_COARSE, _FINE = "、;\n", "、;,\n \t"
"""Between two members; commas and spaces only where each part alone is a member."""
_TOKENS = re.compile(r"[(),:、;\s]+")
_NAME = re.compile(r"[\u4e00-\u9fff·]{2,4}")
_YEAR = re.compile(
    r"(?P<year>(?:19|20)\d{2})(?:年?出?生|[年.\-](?:0?[1-9]|1[0-2])(?:月|(?=[.\-]|$))(?:[.\-]?\d{1,2}日?)?(?:出?生)?)"
)
"""A year without a month or 生 may be that of anything."""
_ID_LABEL = re.compile(r"^(?:公民)?身份(?:证|号码)(?:件?号码?)?(?=\d)")
_SEVERAL_PERSONS = re.compile(
    r"^等|等$|[\d一二两三四五六七八九十几](?:个|口|名|位|人|孩)|[一二两三四五六][子女儿][一二两三四五六][子女儿]"
)
"""等4人, 两个孩子, 一子一女: persons whom nobody names."""
_AGE = re.compile(r"\d{1,3}周?岁?")
_COUNTED = re.compile(r"^\d{1,2}\.(?=\D)")
_DAUGHTER = re.compile("^女(?=:)")
"""女 before a colon is the relation; anywhere else it is the sex."""
_NESTED = re.compile(r"\{[^{}]*\{")


def members_in(text: str) -> list[Mapping[str, str]] | None:
    """Each member with what the cell says of him, by field; None where it is not sure who stands there."""
    written = half_width(text).strip()
    if written.startswith("["):
        return _listed(written)
    if len(written) > _LONGEST:
        return None
    fine = _members(written, _FINE)
    return fine if fine is not None and _is_list(fine) else _members(written, _COARSE)


def _is_list(members: Sequence[Mapping[str, str]]) -> bool:
    """True where each says how he is related, or nothing but names stands there."""
    if all("relation" in one for one in members):
        return True
    return all(one.keys() == {"name"} and is_name(one["name"]) for one in members)


def _members(written: str, separators: str) -> list[Mapping[str, str]] | None:
    items = [item for one in _outside_brackets(written, separators) if (item := one.strip())]
    if len(items) > _MOST_MEMBERS:
        return None
    members = [_member(item) for item in items]
    known = [one for one in members if one is not None]
    return known if len(known) == len(members) else None


def _outside_brackets(text: str, separators: str) -> list[str]:
    """The text cut at separators that stand in no bracket: what is between brackets is of one member."""
    parts, depth, begin = [], 0, 0
    for index, character in enumerate(text):
        depth = max(0, depth + (character == "(") - (character == ")"))
        if depth == 0 and character in separators:
            parts.append(text[begin:index])
            begin = index + 1
    return [*parts, text[begin:]]


def _member(item: str) -> Mapping[str, str] | None:
    """What 李某（妻，1964年生） or 妻子：李某，1964年 says; None for two names in it, and for none."""
    words = register_words()
    member: dict[str, str] = {}
    for piece in filter(None, _TOKENS.split(_DAUGHTER.sub("女儿", _COUNTED.sub("", item)))):
        if _COUNTED.match(piece) or _SEVERAL_PERSONS.search(piece):
            return None
        relation, rest = words.relation_before(_ID_LABEL.sub("", piece))
        said = [("relation", relation), _field_of(rest, named="name" in member)]
        for field, value in said:
            if not value:
                continue
            if field in member and field not in _OFTEN:
                return None
            member[field] = f"{member[field]}、{value}" if field in member else value
    return member if "name" in member and ("relation" in member or is_name(member["name"])) else None


def _field_of(piece: str, *, named: bool) -> tuple[str, str]:
    """Of which field a word about a member is, and how; an age is left out, for it is of no known day."""
    words = register_words()
    if _AGE.fullmatch(piece):
        return "", ""
    if is_id_number(piece.upper()):
        return "id_number", piece.upper()
    if born := _YEAR.fullmatch(piece):
        return "born_on", born["year"]
    if words.sex(piece) is not Sex.UNKNOWN:
        return "sex", piece
    if words.relation(piece) is not None and words.is_no_name(piece):
        return "relation", piece
    if words.left_in(piece):
        return "state", piece
    if words.is_health(piece):
        return "health", piece
    if words.is_student(piece):
        return "student", piece
    may_be_a_name = _NAME.fullmatch(piece) and not words.is_no_name(piece)
    return ("name" if may_be_a_name and (not named or is_name(piece)) else "state"), piece


def _listed(written: str) -> list[Mapping[str, str]] | None:
    """The objects of a list of JSON, each with a name; None for any other, and for one within another."""
    if len(written) > _LONGEST_JSON or written.count("[") > 1 or _NESTED.search(written):
        return None
    try:
        listed = json.loads(written)
    except ValueError:
        return None
    if len(listed) > _MOST_MEMBERS or not all(isinstance(one, dict) for one in listed):
        return None
    members = [_of_object(one) for one in listed]
    return members if all("name" in one for one in members) else None


def _of_object(told: Mapping[str, object]) -> Mapping[str, str]:
    vocabulary = person_vocabulary()
    member: dict[str, str] = {}
    for key, value in told.items():
        known = vocabulary.exact(key)
        if value is not None and known is not None and known.field in OF_A_MEMBER:
            member.setdefault(str(known.field), str(value))
    return member
