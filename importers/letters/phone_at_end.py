"""The writer's phone at the end of a letter, where the first one stands in a sentence about somebody else."""

import re
from collections.abc import Sequence

from importers.letters.labels import is_labelled, labelled_fields
from importers.letters.signatures import is_end, signed_by
from importers.words.letter_words import is_name, letter_words

_END_LINES = 6
"""Written lines among which the writer's phone stands beside or below his name."""
_BREAKS = re.compile("[\u3002!\uff01?\uff1f\n]")
_LONGEST_NAME = 3
_OF_HOME = re.compile(
    r"\s*(?:我家|家里|家中)的?(?:电话|座机|固话)(?:号码)?\s*(?:[(\uff08][^()\uff08\uff09]{1,8}[)\uff09])?\s*[:\uff1a]?\s*"
    r"(?P<number>0\d{2,3}[\s\-\u2010-\u2015]?\d{7,8}|1[3-9]\d{9})\s*"
)
"""The phone of the writer's house, whoever answers it: 家里电话（奶奶接）：0358-…."""


def phone_at_end(lines: Sequence[str], first: str, name: str) -> str:
    """The phone labelled at the signature of `name`; "" where the first phone is his as far as anybody can tell.

    刘某某今年六十岁，电话…: that sentence begins with somebody else's name and says nothing of the writer.
    """
    text = "\n".join(lines)
    sentence = _BREAKS.split(text[: text.find(first)])[-1].strip() if first and first in text else ""
    names = [sentence[:length] for length in range(2, _LONGEST_NAME + 1) if is_name(sentence[:length])]
    if not name or not names or any(one in name for one in names):
        return ""
    if any(word in sentence for word in letter_words().own):
        return ""
    written = [line for line in lines if line.strip()][-_END_LINES:]
    ends = (line for line in written if first not in line and (is_labelled(line) or name in signed_by(line)))
    return next(filter(None, (labelled_fields(line).fields.get("phone", "") for line in ends)), "")


def home_phone(lines: Sequence[str], name: str) -> str:
    """The phone of the house of `name` on a line of its own below his signature or the day; "" without one."""
    is_his = False
    for line in [line for line in lines if line.strip()][-_END_LINES:]:
        if is_his and (found := _OF_HOME.fullmatch(line)):
            return found["number"]
        signer = signed_by(line)
        is_signature = bool(signer and signer in name) or (not signer and is_end(line))
        is_his = is_signature or (is_his and labelled_fields(line).fields.keys() == {"address"})
    return ""


def is_home_phone(line: str) -> bool:
    """True for 家里电话（奶奶接）：0358-… and nothing else."""
    return _OF_HOME.fullmatch(line) is not None


def is_named_for_another(phone: str, name: str) -> bool:
    """True where a phone behind its label follows a name that is none of those who write: 联系电话：李四 139…."""
    who, _, number = phone.partition(" ")
    return bool(name and number) and is_name(who) and who not in name
