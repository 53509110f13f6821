"""Headers that mean something only beside others: 对象电话 beside 约访对象, 当事人 beside 对方当事人, 组 beside 村."""

from collections.abc import Sequence

from importers.headers.vocabulary import HeaderVocabulary, Likeness, plain
from importers.words.table_words import table_words

_BEHIND_WRITTEN = 1000
_VILLAGES = ("village", "natural_village")
_NOBODY = Likeness(None, 1.0, 0)


def in_their_company(
    vocabulary: HeaderVocabulary, texts: Sequence[str], known: Sequence[Likeness | None]
) -> tuple[Likeness | None, ...]:
    """What the columns name, `texts` being their full headers; `known` as it is where no header needs another."""
    if not vocabulary.layout.tickets:
        # Only the register of petitions knows tickets as another's; a hotline's own say who rang.
        return tuple(known)
    forms = [plain(text) for text in texts]
    found = list(known)
    for index, form in enumerate(forms[1:], start=1):
        # Elsewhere 组 and 组别 are an office's own.
        beside = any(_names(found[index - 1], field) for field in _VILLAGES)
        if beside and form in table_words().groups_right_of_villages:
            found[index] = Likeness("group", 1.0, _BEHIND_WRITTEN)
    for rule in table_words().only_beside:
        if "name" in rule.fields and any(_names(one, "name") for one in known):
            continue
        needed = not rule.needs.isdisjoint(forms)
        listed = {header for headers in rule.fields.values() for header in headers}
        another = rule.others and any(rule.others in form and form not in listed for form in forms)
        for field, headers in rule.fields.items():
            for index, form in enumerate(forms):
                if form in headers and (needed or another):
                    found[index] = Likeness(field, 1.0, _BEHIND_WRITTEN) if needed else _NOBODY
    return tuple(found)


def _names(likeness: Likeness | None, field: str) -> bool:
    return likeness is not None and likeness.field == field
