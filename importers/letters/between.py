"""Whose the phone is that stands between two letters, below the day of one and above the salutation of the next."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import takewhile

from importers.letters.labels import is_labelled, labelled_fields
from importers.letters.phone_at_end import is_home_phone
from importers.letters.signatures import is_salutation, signature_of, signed_by
from importers.values.identifiers import mobile_in, without_mobiles
from importers.words.letter_words import is_name, letter_words

UNCLEAR = "这里写在两封信之间, 看不出是哪一封的, 没有采用; 请对照原件, 在回执Excel里补填到那一封后再交"
_CONTACTS = frozenset({"phone", "address", "id_number"})
_LONGEST_CONTACT = 60
_BARE_ADDRESS = re.compile(
    r"(?:家?住)?(?!关于|反映|请求|申请)[\u4e00-\u9fff\d]{0,20}"
    r"(?:[镇乡县旗]|街道|[\u4e00-\u9fff]村(?=[\u4e00-\u9fff\d-]{0,10}[组社队号户室排院]))"
    r"[\u4e00-\u9fff\d-]{0,20}(?:(?<!作)[村组社队号户屯庄沟]|(?<=\d)室)"
)
"""A line that is an address without a label: a town and a village, or a village and a group.

A village alone may head the letters from there, and 驻村工作队 and 兔坂镇党政办公室 are none.
"""
_VILLAGE = re.compile(r"(?:.*[镇乡县旗]|.*街道)?(?P<village>[\u4e00-\u9fff]{1,6}村)")
_SENTENCE = re.compile(r"[\u3002!\uff01?\uff1f;\uff1b]")
_EDGES = " \t\u3000:\uff1a,\uff0c、()\uff08\uff09"
_NOTE = re.compile(r"\s*[(\uff08\[【](?P<label>[\u4e00-\u9fff]{0,6}[注按])[:\uff1a][^)\uff09\]】]*[)\uff09\]】]\s*")
"""What a clerk notes of a letter: （录入注：未留电话）."""
_OF_NEXT = re.compile("以下|下[一面]|后[一面]")
"""In a note that tells of the letter below: （录入注：下一封字迹不清）."""
_WORDS = re.compile("[\u4e00-\u9fff]{2,4}")
_MOST_LINES = 200
"""Lines of the letter below among which its own phone is looked for."""


class _Whose(Enum):
    ABOVE = auto()
    BELOW = auto()
    UNCLEAR = auto()


@dataclass(frozen=True, slots=True)
class Belonging:
    """What belongs to the letter above."""

    end: int
    """Its last line."""
    unclear: int = 0
    """How many of its last lines may be of the letter below as well, so that nobody's contact is in them."""


def belonging_above(lines: Sequence[str], first: int, ended: int, index: int) -> Belonging:
    """How far the letter reaches that begins at `first` and ends at `ended`, where the next greets at `index`."""
    ended = _with_signature(lines, first, ended, index)
    end = last = _end_of_paragraph(lines, ended, index)
    while end + 1 < index and (_is_kept(lines[end + 1]) or not lines[end + 1].strip()):
        end += 1
        last = end if lines[end].strip() else last
    block = lines[ended + 1 : last + 1]
    if not any(block):
        return Belonging(ended)
    above, below = lines[first : ended + 1], _letter_below(lines, index)
    if _is_named(signature_of(below).name, lines[ended + 1 : index], above):
        return Belonging(ended)
    if not any(map(_is_contact, block)):
        return Belonging(ended if not block[0].strip() or _has_such_notes(above, block) else last)
    is_apart = not block[0].strip() and bool(lines[last + 1].strip())
    whose = _whose(block, above, below, is_apart=is_apart)
    if whose is _Whose.BELOW:
        return Belonging(ended)
    return Belonging(last, len(block) if whose is _Whose.UNCLEAR else 0)


def _end_of_paragraph(lines: Sequence[str], ended: int, index: int) -> int:
    """The last line of a block right below the end of a letter that names others: 证明人：赵六, 电话：…, a blank line.

    `ended` where there is none.
    """
    below = [*takewhile(str.strip, lines[ended + 1 : index])]
    is_parted = ended + 1 + len(below) < index
    return ended + len(below) if is_parted and all(map(_may_follow_letter, below)) else ended


def _may_follow_letter(line: str) -> bool:
    words = letter_words()
    label = re.split("[:\uff1a]", line.strip(), maxsplit=1)[0]
    return _is_kept(line) or (is_labelled(line) and label.endswith((*words.others, *words.agents, *words.tails)))


def _whose(block: Sequence[str], above: Sequence[str], below: Sequence[str], *, is_apart: bool) -> _Whose:
    """By who is named in the block, by where the other letter has its phone, by which of them already has one."""
    known = [word for line in block for word in (*_names_in(line), mobile_in(line), _address_in(line)) if word]
    of_above, of_below = (any(_says(lines, word) for word in known) for lines in (above, below))
    if of_above != of_below:
        return _Whose.ABOVE if of_above else _Whose.BELOW
    head = [*takewhile(lambda line: not is_salutation(line), above)]
    if len(head) < len(above) and any(map(_is_contact, head)):
        return _Whose.BELOW
    kinds = _kinds(block)
    has_above, has_below = (bool(_kinds(lines) & kinds) for lines in (above, below))
    if is_apart:
        return _Whose.UNCLEAR if has_below and not has_above else _Whose.BELOW
    return _Whose.UNCLEAR if has_above else _Whose.ABOVE


def _is_named(signer: str, between: Sequence[str], above: Sequence[str]) -> bool:
    """True where whoever signs the letter below is named between the two: 电话：177…, 姓名：李四; or in a note."""
    return bool(signer) and _says(between, signer) and not _says(above, signer)


def _with_signature(lines: Sequence[str], first: int, ended: int, index: int) -> int:
    """`ended`, or the line right below that signs the letter above: 敬礼, 张三; a day, 张三 138….

    So it is where nobody signed above and somebody else signs below.
    """
    line = lines[ended + 1] if ended + 1 < index else ""
    name, below = signed_by(line), _letter_below(lines, index)
    closing = "".join(lines[ended].split()).rstrip("!\uff01\u3002")
    if closing in letter_words().closings and line.strip() == name:
        return ended + 1 if is_name(name) and not _says(below, name) else ended
    is_unsigned = not signature_of(lines[first : ended + 1]).name and bool(signature_of(below).name)
    is_signature = is_unsigned and is_name(name) and not _says(below, name) and not is_salutation(line)
    return ended + 1 if is_signature and len(line) <= _LONGEST_CONTACT and not _SENTENCE.search(line) else ended


def _letter_below(lines: Sequence[str], index: int) -> Sequence[str]:
    below = lines[index + 1 : index + 1 + _MOST_LINES]
    return [*takewhile(lambda line: not is_salutation(line), below)]


def _is_kept(line: str) -> bool:
    return _is_contact(line) or (_NOTE.fullmatch(line) is not None and not _OF_NEXT.search(line))


def _is_contact(line: str) -> bool:
    """True for a line with a phone, an address or an ID number and nothing else: 手机：…, 138…; never a sentence."""
    bare = line.strip()
    if not bare or len(bare) > _LONGEST_CONTACT or _SENTENCE.search(bare):
        return False
    is_alone = is_home_phone(bare) or (mobile_in(bare) and not without_mobiles(bare).strip(_EDGES))
    if is_alone or _is_address(bare):
        return True
    fields = labelled_fields(bare).fields.keys()
    return bool(fields) and fields <= _CONTACTS and not (signed_by(bare) and "phone" in fields)


def _is_address(line: str) -> bool:
    """True for a line that says where somebody lives and nothing else: 兔坂镇某某村三组; never for 李家村李四."""
    return _BARE_ADDRESS.fullmatch(line.strip()) is not None and not is_salutation(line)


def _has_such_notes(above: Sequence[str], block: Sequence[str]) -> bool:
    """True where the letter above has a note with the same label at its head, so that this one heads the next."""
    head = [*takewhile(lambda line: not is_salutation(line), above)]
    labels = {found["label"] for line in head if (found := _NOTE.fullmatch(line))}
    return any(found["label"] in labels for line in block if (found := _NOTE.fullmatch(line)))


def _kinds(lines: Sequence[str]) -> frozenset[str]:
    """Which contacts the lines name."""
    labelled = labelled_fields("\n".join(lines)).fields.keys() & _CONTACTS
    has_phone = any(_is_contact(line) and mobile_in(line) for line in lines) or bool(signature_of(lines).phone)
    kinds = labelled | ({"phone"} if has_phone else set())
    return frozenset(kinds | ({"address"} if any(map(_is_address, lines)) else set()))


def _names_in(line: str) -> list[str]:
    """张三 of 联系电话：张三 13800000000."""
    return [word for word in _WORDS.findall(labelled_fields(line).fields.get("phone", "")) if is_name(word)]


def _address_in(line: str) -> str:
    """The address behind its label, or the village of one without."""
    found = _VILLAGE.match(line.strip()) if _is_address(line) else None
    return found["village"] if found is not None else labelled_fields(line).fields.get("address", "")


def _says(lines: Sequence[str], word: str) -> bool:
    return any(word in line or word == mobile_in(line) for line in lines)
