"""Whose what a register or card says is: behind somebody who helps the household it is nobody's of the family."""

from collections.abc import Container, Sequence

from importers.headers.header import Header
from importers.words.register_words import register_words

OF_HELPERS = "「{}」写在帮扶人后面, 没有当作这一户的, 请核对; 是这一户的请写在「户主电话」等栏里后重新提交"
_IN_A_COLUMN = frozenset({"phone", "id_number", "sex"})
"""What stands right of 帮扶责任人 for him; any other field right of him is the household's again."""
_UNREAD = (None, "unread")


def behind_helpers(labelled: Sequence[tuple[str, str | None]], theirs: Container[str | None]) -> list[int]:
    """The places of what stands behind who helps the household and would be taken for the family.

    Args:
        labelled: Each label with its field, in the order in which they stand.
        theirs: Fields that are the helper's behind him; another known one ends what is his.
    """
    words = register_words()
    found: list[int] = []
    is_helper = False
    for place, (label, field) in enumerate(labelled):
        is_helper = words.is_helper(label) or (is_helper and (field in _UNREAD or field in theirs))
        if is_helper and field in theirs and not words.is_households_own(label):
            found.append(place)
    return found


def without_helpers(header: Header) -> tuple[Header, str]:
    """The header without columns that are a helper's, and what to say of them; as it is and "" where there is none."""
    fields = {column.index: column.field for column in header.found}
    labelled = [(header.above(index) + text, fields.get(index)) for index, text in enumerate(header.texts)]
    places = behind_helpers(labelled, _IN_A_COLUMN)
    is_helper = register_words().is_helper
    # Of these the reading of headers knows already that they are somebody else's.
    named = {one.whose for one in header.foreign if one.field == "name"}
    theirs = (one for one in header.foreign if one.field in {"name", *_IN_A_COLUMN})
    foreign = {one.index for one in theirs if one.whose in named or is_helper(one.whose)}
    if not places and not foreign:
        return header, ""
    said = OF_HELPERS.format("、".join(header.texts[place] for place in sorted({*places, *foreign})))
    return header.without(places), said
