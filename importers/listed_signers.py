"""Several who sign one below the other under their label alone: 反映人：, below it 张三 138…, 李四 139…."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from importers.identifiers import mobile_in, without_mobiles
from importers.letter_vocabulary import field_of
from importers.letter_words import is_name, letter_words
from importers.table_words import table_words
from importers.word_patterns import any_of

_FEWEST, _MOST = 2, 60
_LONGEST_LINE = 60
_WHO = "(?:全体|部分|各户)?(?:村民|群众|居民|职工|工人|农民工|住户|业主)?"
_NUMBERED = re.compile(r"\s*[(\uff08]?\d{1,2}\s*[.、)\uff09]\s*(?!\d)")
_ID_NUMBER = re.compile(r"\d{17}[\dXx]|\d{15}(?!\d)")
_BESIDE = re.compile(r"[(\uff08](?:签字|签名|按?手印|捺印|代表)[)\uff09]|(?:电话|手机)(?:号码?)?[:\uff1a]?")
_BETWEEN = re.compile(r"[\s、,\uff0c;\uff1b]+")
_APART = re.compile(r"(?<![\u4e00-\u9fff])([\u4e00-\u9fff])[ \u3000]+([\u4e00-\u9fff])(?![\u4e00-\u9fff])")
"""张 三 alone, not 张 三丰."""
_LABELS = frozenset({"籍贯", "项目", "曾用名", "常住"})
"""Beside those of tables: labels on lines of their own that begin with a surname."""
_OF_A_PLACE = re.compile("..?家.|.家")


@dataclass(frozen=True, slots=True)
class Signers:
    """Who signed, in their order."""

    names: str
    phone: str
    """The first one's; "" where none stands beside or below his name."""
    other_phones: tuple[str, ...]


def signers_in(lines: Sequence[str]) -> Signers | None:
    """Everybody below the last label of signers that stands alone; None for fewer than two, or what may be a place."""
    signs = any_of(letter_words().signs)
    label = re.compile(rf"\s*{_WHO}(?:{signs})+(?:[(\uff08][^)\uff09]{{0,8}}[)\uff09])?\s*[:\uff1a]\s*")
    place = next((at for at in range(len(lines) - 1, -1, -1) if label.fullmatch(lines[at])), None)
    if place is None:
        return None
    found = _listed(lines[place + 1 :])
    names = [name for name, _ in found if name]
    if len(names) < _FEWEST or len({*names}) < len(names) or not all(map(_is_persons, names)):
        return None
    first = next((at for at, (name, _) in enumerate(found) if at and name), len(found))
    phones = [phone for _, phone in found]
    own = next(filter(None, phones[:first]), "")
    return Signers("、".join(names), own, tuple(phone for phone in phones if phone not in ("", own)))


def _listed(lines: Sequence[str]) -> list[tuple[str, str]]:
    """Line by line the name and the phone, either may be missing, up to the first line of anything else."""
    found: list[tuple[str, str]] = []
    for line in (line for line in lines if line.strip()):
        bare = _BESIDE.sub(" ", without_mobiles(_ID_NUMBER.sub(" ", _NUMBERED.sub("", line[:_LONGEST_LINE]))))
        parts = [part for part in _BETWEEN.split(_APART.sub(r"\1\2", bare.strip())) if part]
        phone = mobile_in(line[:_LONGEST_LINE])
        is_other = not all(map(is_name, parts)) or not (parts or (phone and found)) or len(parts) * bool(phone) > 1
        if is_other or len(line) > _LONGEST_LINE or len(found) >= _MOST:
            break
        found += [(part, phone) for part in parts] or [("", phone)]
    return found


def _is_persons(name: str) -> bool:
    """False for 石门, 高家, 党员, 籍贯: a town, a village, what somebody is, a label; each begins with a surname."""
    words = letter_words()
    if field_of(name) is not None or name in _LABELS or name in table_words().attributes:
        return False
    is_other = name in words.towns or name in words.statuses
    return not (is_other or _OF_A_PLACE.fullmatch(name))
