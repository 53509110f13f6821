"""A person told in one cell as offices write it: 张三，男，52岁，身份证号…，住某村，电话…."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from importers.values.identifiers import birth_year_of, id_number_within, mobile_in
from importers.words.letter_words import is_name, letter_words

_BETWEEN = re.compile(r"[,\uff0c;\uff1b\u3001\u3002()\uff08\uff09\n]|\s+")
_SEX_OR_AGE = re.compile(r"(?:性别[:\uff1a]?)?[男女]性?|(?:年龄[:\uff1a]?|现年)?\d{1,3}岁|[\u4e00-\u9fff]{1,3}族")
_NAME_LABEL = re.compile(r"^(?:姓名|信访人|来访人|反映人)[:\uff1a]\s*")
_ADDRESS = re.compile(r"^(?:现住址?|家住|居住在|住址?|系|户籍地?|地址)[:\uff1a]?\s*(?P<place>\S{2,})$")
_FROM = re.compile(r"(?P<place>\S*[县镇乡村组区])(?:人|村民|居民|群众|社员)")
"""Where somebody is from, without a word before it: 某镇某村人."""
_ENDS_OF_WHO = ("村民", "居民", "社员", "群众", "人")


@dataclass(frozen=True, slots=True)
class DescribedPerson:
    """What the cell says of one person; empty where it does not say it."""

    name: str
    phone: str
    id_number: str
    address: str


def described_person(text: str) -> DescribedPerson | None:
    """The person of a cell that begins with a name and tells sex, age, ID number or phone behind it.

    None for every other cell, also where a second name stands in it: of two petitioners none is left out.
    """
    if text.isalpha():
        return None
    first, *parts = [part.strip() for part in _BETWEEN.split(text) if part.strip()] or [""]
    name = _NAME_LABEL.sub("", first)
    phone, id_number = mobile_in(text), id_number_within(text)
    told = any(map(_SEX_OR_AGE.fullmatch, parts)) or bool(phone) or birth_year_of(id_number) is not None
    if not parts or not told or not is_name(name) or _names_another(parts):
        return None
    places = (found["place"] for part in parts if (found := _ADDRESS.match(part) or _FROM.fullmatch(part)))
    return DescribedPerson(name, phone, id_number, next((_bare(place) for place in places), ""))


def _names_another(parts: Sequence[str]) -> bool:
    return any(is_name(part) for part in parts if part not in letter_words().statuses)


def _bare(place: str) -> str:
    """The place of 系某村村民, without who lives there."""
    return next((place.removesuffix(end) for end in _ENDS_OF_WHO if place.endswith(end)), place)
