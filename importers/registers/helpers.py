"""Whose what a register or card says is: behind somebody who helps the household it is nobody's of the family."""

from collections.abc import Container, Sequence

from importers.headers.header import Header
from importers.headers.register_layouts import person_vocabulary
from importers.words.register_words import register_words

OF_HELPERS = "「{}」写在帮扶人、监护人等后面, 没有当作这一户的, 请核对; 是这一户的请写在「户主电话」等栏里后重新提交"
_IN_A_COLUMN = frozenset({"phone", "id_number", "sex"})
"""What stands right of 帮扶责任人 for him; any other field right of him is the household's again."""
_PHONE = "phone"
_OF_ANOTHER = (None, "name", "head_name")
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
        if field == _PHONE and _guardian_has_his_own([text for text, _ in labelled], place):
            is_helper = False
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
    labels = [text for text, _ in labelled]
    own = [one.index for one in header.foreign if one.field == _PHONE and _guardian_has_his_own(labels, one.index)]
    if own and _PHONE not in header.places:
        header = header.reading(own[0], _PHONE)
    foreign = {one.index for one in theirs if one.whose in named or is_helper(one.whose)} - set(
        header.places.get(_PHONE, ())
    )
    if not places and not foreign:
        return header, ""
    said = OF_HELPERS.format("、".join(header.texts[place] for place in sorted({*places, *foreign})))
    return header.without(places), said


def _guardian_has_his_own(labels: Sequence[str], place: int) -> bool:
    """True right of 监护人, 监护人电话: the phone that stands there without a word for him is not his once more.

    Between both may stand what else is told of him (监护人身份证号), and no further name: there somebody else begins.
    """
    contacts = register_words().contacts
    nearest = labels[place - 1] if place else ""
    whose = next((one for one in contacts if nearest.startswith(one)), None)
    if whose is None or labels[place].startswith(contacts):
        return False
    for label in reversed(labels[:place]):
        found = person_vocabulary().exact(label.removeprefix(whose)) if label.startswith(whose) else None
        if found is None or found.field in _OF_ANOTHER:
            return False
        if found.field == _PHONE:
            return True
    return False
