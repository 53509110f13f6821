"""Rows of one household with different risks: a ledger that has a row for each risk, 因学 and below it 因病."""

from typing import NamedTuple

from importers.registers.row import OfHousehold
from importers.registers.ticks import RISKS
from importers.words.register_words import register_words

_JOINED = "与{}是同一户, 写的风险不一样, 两行的风险都已记入这一户; 有不对的请改正后重新提交"
_APART = (
    "与{}是同一户, 写的风险不一样, 监测对象类别或是否已消除也不一样, 其中的「{}」没有记入, 请核对; "
    "都要记的请在一格里写全各项风险后重新提交"
)
_OF_MONITORING = ("category", *RISKS, "disaster", "identified_on", "removed", "removed_how", "removed_on")


_ONCE_FOR_ALL = ("category", "identified_on")
_OF_REMOVAL = ("removed", "removed_how", "removed_on")


class JoinedRisks(NamedTuple):
    """What two rows say together of the risks of their household."""

    said: OfHousehold
    """The first row's, with the further risks of the second."""
    remark: str = ""
    """What to say of it, with a place for the other row; empty where no risk is added or lost."""
    other: OfHousehold | None = None
    """The second row without what of monitoring was left out beside the first one's, where something was."""


def joined_risks(first: OfHousehold, second: OfHousehold, *, of_member: bool = False) -> JoinedRisks:
    """The first row with the second one's risks; of one that is removed and one that is not the latter is kept.

    `of_member` where the second row is somebody else's than the first one: what is filled in for the head alone holds
    for it too.
    """
    if of_member:
        second = second._replace(
            **{field: getattr(second, field) or getattr(first, field) for field in _ONCE_FOR_ALL},
            **({} if second.removed or second.removed_on else {field: getattr(first, field) for field in _OF_REMOVAL}),
        )
    known, further = _risks(first), _risks(second)
    if not known or not further or further.keys() <= known.keys():
        return JoinedRisks(first)
    words = register_words()
    categories = {words.category(one.category) for one in (first, second) if one.category}
    removed = _is_removed(first), _is_removed(second)
    if len(categories) > 1 or removed[0] is not removed[1]:
        kept, left_out = (second, known) if removed == (True, False) else (first, further)
        counted = {field: getattr(kept, field) for field in _OF_MONITORING}
        lost = "、".join(word for code, word in left_out.items() if code not in _risks(kept))
        if not lost:
            return JoinedRisks(first._replace(**counted))
        # An empty cell of the one is not to be filled from the other: the day of removal is another risk's.
        return JoinedRisks(first._replace(**counted), _APART.format("{}", lost), second._replace(**counted))
    added = {field: _joined(getattr(first, field), getattr(second, field), known) for field in RISKS}
    return JoinedRisks(first._replace(**added), _JOINED)


def _joined(first: str, second: str, known: dict[str, str]) -> str:
    """The risks of one column, with those of the other row that are in none of the first row's."""
    new = [word for word, code in register_words().risks_in(second) if (code or word) not in known]
    return "、".join([one for one in (first, *new) if one]) if new else first


def _risks(said: OfHousehold) -> dict[str, str]:
    """The risks by their codes, or by their words where these have none."""
    found = (one for field in RISKS for one in register_words().risks_in(getattr(said, field)))
    return {code or word: word for word, code in found}


def _is_removed(said: OfHousehold) -> bool:
    words = register_words()
    if said.removed:
        return words.answer(said.removed) is True
    return bool(said.removed_on) and words.is_tick(said.removed_on) is not False
