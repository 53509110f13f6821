"""Several who sign one below the other under their label: 反映人： or 住户代表：, below it 张三 138…, 李四 139…."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from importers.letters.signatures import Signature, signature_of
from importers.letters.vocabulary import field_of
from importers.values.identifiers import mobile_in, without_mobiles
from importers.words.letter_words import is_name, letter_words
from importers.words.table_words import table_words
from importers.words.word_patterns import any_of

_FEWEST, _MOST = 2, 60
_LONGEST_LINE = 60
_WHO = "(?:全体|部分|各户)?(?:村民|群众|居民|职工|工人|农民工|住户|业主)?"
_NUMBERED = re.compile(r"\s*[(\uff08]?\d{1,2}\s*[.、)\uff09]\s*(?!\d)")
_ID_NUMBER = re.compile(r"\d{17}[\dXx]|\d{15}(?!\d)")
_BESIDE = re.compile(
    r"[(\uff08](?:签字|签名|按?手印|捺印|代表|[\d一二三四五六七八九十]{1,4}(?:室|号楼?|组|栋|单元|户|-\d)[^()\uff08\uff09]{0,8})[)\uff09]"
    r"|(?:电话|手机)(?:号码?)?[:\uff1a]?"
)
"""Behind a name: that he signed, or where he lives, 张三（501室）."""
_BETWEEN = re.compile(r"[\s、,\uff0c;\uff1b]+")
_APART = re.compile(r"(?<![\u4e00-\u9fff])([\u4e00-\u9fff])[ \u3000]+([\u4e00-\u9fff])(?![\u4e00-\u9fff])")
"""张 三 alone, not 张 三丰."""
_LABELS = frozenset({"籍贯", "项目", "曾用名", "常住"})
"""Beside those of tables: labels on lines of their own that begin with a surname."""
_OF_A_FORM = "姓名"
_TOGETHER = ("联名", "联署")
_BRACKETED = "(?:[(\uff08][^)\uff09]{0,8}[)\uff09])?"
_OF_A_PLACE = re.compile("..?家.|.家")
_Person = tuple[str, str]
"""A name and a phone, "" for one that is missing."""


@dataclass(frozen=True, slots=True)
class Signers:
    """Who signed, in their order."""

    names: str
    phone: str
    """The first one's, or the only one; "" where none stands beside or below his name and others have theirs."""
    other_phones: tuple[str, ...]

    def phone_or(self, signed: str) -> str:
        """The phone; without one that of the signature, unless it is another's."""
        return self.phone or ("" if signed in self.other_phones else signed)


def signers_in(lines: Sequence[str], labelled: str = "") -> Signers | None:
    """Everybody below the last label of signers that stands alone; None for fewer than two, or what may be a place.

    Where they sign together (联名人：张三 李四) also those behind the label.
    Where `labelled` is named behind his label, only he: the phones of those below him are not his.
    """
    if labelled:
        return _first_of_list(lines, labelled)
    label = _label(rf"{_BRACKETED}\s*[:\uff1a](?P<beside>.*)")
    found = ((at, label.fullmatch(lines[at])) for at in range(len(lines) - 1, -1, -1))
    place, beside = next(((at, one["beside"]) for at, one in found if one and _heads_list(one)), (0, None))
    if beside is None:
        return None
    persons, below = _listed([beside, *lines[place + 1 :]])
    names = [name for name, _ in persons if name]
    if len(names) < _FEWEST or len({*names}) < len(names) or not all(map(_is_persons, names)):
        return None
    # Whoever signs below is the writer; those above may be whom he writes about.
    end = signature_of(below)
    if end.name not in ("", *names):
        return None
    above = Signature() if end.day else _signed_above(lines[: place + 1])
    if above.name and above.name not in names:
        together = lines[place].strip().startswith(_TOGETHER)
        return Signers("、".join([above.name, *names]) if together else above.name, above.phone, _phones(persons))
    return _signers("、".join(names), persons)


def _signed_above(lines: Sequence[str]) -> Signature:
    """Who signed with the day of the letter above 村民代表： or 联名村民：, which is the last of the lines."""
    words = letter_words()
    label = lines[-1].strip()
    of_many = any_of((*words.joint_signs, *words.representatives))
    above = signature_of(lines[:-1], representatives=False) if re.match(of_many, label) else Signature()
    return above if above.name and above.day else Signature()


def _phones(persons: Sequence[_Person]) -> tuple[str, ...]:
    return tuple(phone for _, phone in persons if phone)


def _heads_list(label: re.Match[str]) -> bool:
    """True for a label alone on its line, or one of several (联名人：张三 李四) that may go on in the next."""
    return not label["beside"].strip() or label[0].strip().startswith(_TOGETHER)


def _label(behind: str) -> re.Pattern[str]:
    """A label of signers; below 姓名 alone may stand anybody: 欠钱的包工头，姓名：."""
    words = letter_words()
    signs = any_of(word for word in words.signs if word != _OF_A_FORM)
    of_many = any_of((*words.joint_signs, *words.representatives))
    return re.compile(rf"\s*(?:{_WHO}(?:{signs})+(?:{_OF_A_FORM})?|(?:{of_many})(?:签[字名])?){behind}")


def _first_of_list(lines: Sequence[str], name: str) -> Signers | None:
    """Who is named behind the label with his phone, above others with theirs: 反映人：张三 138…, below it 李四 139…."""
    label = _label(rf"{_BRACKETED}\s*[:\uff1a](?P<first>.+)")
    for place in range(len(lines) - 1, -1, -1):
        first = label.fullmatch(lines[place])
        persons = _listed([first["first"], *lines[place + 1 : place + _MOST]])[0] if first is not None else []
        if len(persons) >= _FEWEST and persons[0][0] == name and all(all(person) for person in persons):
            return _signers(name, persons)
    return None


def _signers(names: str, persons: Sequence[_Person]) -> Signers:
    second = next((at for at, (name, _) in enumerate(persons) if at and name), len(persons))
    phones = [phone for _, phone in persons]
    told = {*phones} - {""}
    own = next(filter(None, told if len(told) == 1 else phones[:second]), "")
    return Signers(names, own, tuple(phone for phone in phones if phone not in ("", own)))


def _listed(lines: Sequence[str]) -> tuple[list[_Person], Sequence[str]]:
    """Those of a list, line by line, and the lines below it; a phone below a name is a line of its own."""
    written = [line for line in lines if line.strip()]
    found: list[_Person] = []
    for at, line in enumerate(written):
        persons = _persons_in(line)
        is_phone_above_names = not found and persons[:1] and not persons[0][0]
        if not persons or is_phone_above_names or len(found) >= _MOST:
            return found, written[at:]
        found += persons
    return found, ()


def _persons_in(line: str) -> list[_Person]:
    """Whom a line of a list names: one, perhaps with his phone, or several without; nobody on any other line."""
    if len(line) > _LONGEST_LINE:
        return []
    bare = _BESIDE.sub(" ", without_mobiles(_ID_NUMBER.sub(" ", _NUMBERED.sub("", line))))
    names = [part for part in _BETWEEN.split(_APART.sub(r"\1\2", bare.strip())) if part]
    phone = mobile_in(line)
    if not all(map(is_name, names)) or (phone and len(names) > 1):
        return []
    return [(name, phone) for name in names or [""]] if names or phone else []


def _is_persons(name: str) -> bool:
    """False for 石门, 高家, 党员, 籍贯: a town, a village, what somebody is, a label; each begins with a surname."""
    words = letter_words()
    if field_of(name) is not None or name in _LABELS or name in table_words().attributes:
        return False
    is_other = name in words.towns or name in words.statuses
    return not (is_other or _OF_A_PLACE.fullmatch(name))
