"""What stands beside a label: values of a kind that looks alone tell, and remarks of whoever took the form in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from importers.column_contents import Content, share_of

_NOTE = "旁边还写着「{remark}」, 没有当作这一栏的内容, 仍随记录保存, 请核对"
_SEXES = frozenset({"男", "女"})


@dataclass(frozen=True, slots=True)
class Said:
    """The cells behind a label."""

    values: Sequence[str]
    remark: str = ""
    """What is of another kind than the value."""
    note: str = ""
    """Chinese: that the remark is not taken for the value; empty without one."""


def without_remark(cells: Sequence[str]) -> Said:
    """The value alone where it is a name, phone, ID number or day and what follows is none."""
    if likeness_of(cells) >= 0:
        return Said(cells)
    remark = " ".join(cells[1:])
    return Said(cells[:1], remark, _NOTE.format(remark=remark))


def likeness_of(cells: Sequence[str]) -> int:
    """How much speaks for (or, below 0, against) all being of the kind of the first; 0 where no kind can be told.

    Cells that say there is nothing speak for neither; words are taken for names more easily than for days.
    """
    kind = next((kind for kind in _KINDS if kind(cells[0])), None) if cells else None
    others = [cell for cell in cells[1:] if not _says_nothing(cell)]
    if kind is None or not others:
        return 0
    weight = 1 if kind is _is_name else 2
    return weight if all(map(kind, others)) else -weight


def is_of_a_kind(cell: str) -> bool:
    """Whether its kind can be told by looking."""
    return any(kind(cell) for kind in _KINDS)


def _is_name(text: str) -> bool:
    # Loads the words of letters, which most readers have no use for.
    from importers.letter_words import is_name

    return is_name(text)


def _says_nothing(text: str) -> bool:
    from importers.table_words import table_words

    return table_words().says_no_number(text)


def _looks_like(content: Content) -> Callable[[str], bool]:
    return lambda text: share_of(content, [text]) == 1


_KINDS: Sequence[Callable[[str], bool]] = (
    _looks_like(Content.PHONE),
    _looks_like(Content.ID_NUMBER),
    _looks_like(Content.DATE),
    _SEXES.__contains__,
    _is_name,
)
