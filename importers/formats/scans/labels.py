"""Which printed label a read text is, also when a character was misread."""

from functools import cache

from importers.formats.forms.form_labels import above_purposes, known_labels, labels, plain, register_headers

_MATTER = "summary"
_SHORT = 2
"""Of two characters one has to be right and no value: only a table's cells say so much."""


@cache
def matter_labels() -> frozenset[str]:
    """The labels of what a petition is about."""
    return frozenset(map(plain, register_headers()[_MATTER]))


def label_of(text: str) -> str | None:
    """The label that the text is, spaces and colons aside; None when it is none."""
    written = plain(text)
    return written if written in labels() else None


def near_label_of(text: str) -> str | None:
    """The one label that differs in one character of three and more, read wrong or lost; None for none or several.

    A listed label goes before the many below which a purpose may stand: 反映类容 is 反映内容. Of several of these
    any will do, for what stands there says whether it is one.
    """
    written = plain(text)
    if len(written) <= _SHORT:
        return None
    near = _near(written, known_labels()) or _near(written, above_purposes())
    if len(near) > 1 and near <= above_purposes():
        return min(near)
    return near.pop() if len(near) == 1 else None


def _near(written: str, among: frozenset[str]) -> set[str]:
    return {label for label in among if len(label) > _SHORT and _differs_by_one(written, label)}


def _differs_by_one(written: str, label: str) -> bool:
    if len(written) == len(label):
        return sum(a != b for a, b in zip(written, label, strict=True)) == 1
    shorter, longer = sorted((written, label), key=len)
    if len(longer) - len(shorter) != 1 or len(shorter) <= _SHORT:
        return False
    return any(longer[:place] + longer[place + 1 :] == shorter for place in range(len(longer)))
