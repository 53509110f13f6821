"""What a petition is for, said below 来访目的, 反映类型 and the like; 反映类型：民政 says nothing of it."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from importers.values.ticked_options import NONE_TICKED, Chosen, chosen_of, option_words
from importers.words.purpose_words import purpose_words

_APART = re.compile(r"[、,\uff0c;\uff1b|\s]+")
_BRACKETS = re.compile(r"[(\[【<].*?[)\]】>]")
_NOT_WRITTEN = re.compile(r"[\s:*#_\-]|^\d{1,2}[.、)]?|必填|选填")
_SURE = ("揭发", "控告", "检举")
"""On tickets of a hotline 举报 is what anybody reports, a factory's smoke included."""


@dataclass(frozen=True, slots=True)
class Stated:
    """What a cell says."""

    purposes: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    """What else it says, such as what kind of content it is."""
    remark: str = ""
    """Chinese: what is not certain about it."""


def may_state_purpose(label: str) -> bool:
    """True for a label below which a purpose may stand, what is in brackets left aside: 来访目的（单选）."""
    return purpose_words().label.fullmatch(_bare(label)) is not None


def stated_in(text: str, label: str = "", *, on_ticket: bool = False) -> Stated:
    """The purposes in a cell below such a label, ticked or written; on a ticket only what is plainly an accusation.

    Neither does 举报 accuse below a label that hotlines write (诉求类型), nor 投诉举报 below most.
    """
    label = _bare(label)
    chosen = chosen_of(text)
    if chosen.remark == NONE_TICKED:
        printed = _APART.split(text.translate(option_words().blanks))
        return Stated(
            remark=chosen.remark if any(_counts(part, label, on_ticket=on_ticket) for part in printed) else ""
        )
    if chosen.remark and chosen.text == text:
        return _unclear(chosen, label, on_ticket=on_ticket)
    parts = [part for part in _APART.split(chosen.text) if part]
    found = tuple(part for part in parts if _counts(part, label, on_ticket=on_ticket))
    return Stated(found, tuple(part for part in parts if part not in found), chosen.remark if found else "")


def stated_by_tick(header: str, cell: str, *, on_ticket: bool = False) -> Stated:
    """The purpose that stands above the column of a cell with nothing but a tick: 揭发控告 above √."""
    is_ticked = len(cell.strip()) == 1 and cell.strip() in option_words().marked
    return Stated((_bare(header),)) if is_ticked and _counts(_bare(header), "", on_ticket=on_ticket) else Stated()


def with_purposes(own: str, found: Iterable[str]) -> str:
    """The purpose with those stated elsewhere where it has none; accusations count wherever they are stated."""
    added = [one for one in found if not own or (purpose_words().accuses(one) and one not in own)]
    return "、".join(dict.fromkeys([*filter(None, [own]), *added]))


def _unclear(chosen: Chosen, label: str, *, on_ticket: bool) -> Stated:
    """All of it where an accusation is printed among the options: it may be the one that is ticked."""
    is_sure = any(word in chosen.text for word in _SURE)
    accuses = purpose_words().accuses(chosen.text) and not purpose_words().is_report(chosen.text, label)
    may_accuse = is_sure or (accuses and not on_ticket)
    return Stated((chosen.text,), (), chosen.remark) if may_accuse else Stated((), (chosen.text,))


def _counts(part: str, label: str, *, on_ticket: bool) -> bool:
    """True for 求决 and 求决/举报; 市场监管/举报 is a kind of content and those below it."""
    if not all(map(is_purpose, part.split("/"))):
        return False
    words, is_sure = purpose_words(), any(word in part for word in _SURE)
    return is_sure or not (on_ticket or (words.accuses(part) and words.is_report(part, label)))


def is_purpose(part: str) -> bool:
    """True for what a petition may be for: 求决, 检举控告类, 举报村干部."""
    return purpose_words().purpose.fullmatch(_bare(part)) is not None


def _bare(text: str) -> str:
    return _NOT_WRITTEN.sub("", _BRACKETS.sub("", unicodedata.normalize("NFKC", text)).strip())
