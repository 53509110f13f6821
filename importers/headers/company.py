"""Headers that mean something else beside others: 对象电话 beside 约访对象, 组 beside 村, 您的电话 beside 群众姓名."""

from collections.abc import Sequence

from importers.headers.vocabulary import PERSONAL, HeaderVocabulary, Likeness, plain
from importers.words.table_words import table_words

_BEHIND_WRITTEN = 1000
_REGISTERED = "户籍"
_VILLAGES = ("village", "natural_village")
_NOBODY = Likeness(None, 1.0, 0)


def in_their_company(
    vocabulary: HeaderVocabulary, texts: Sequence[str], known: Sequence[Likeness | None]
) -> tuple[Likeness | None, ...]:
    """What the columns name, `texts` being their full headers; `known` as it is where no header needs another."""
    forms = [plain(text) for text in texts]
    found = _without_fillers(vocabulary, forms, known)
    if not vocabulary.layout.tickets:
        # Only the register of petitions knows tickets as another's; a hotline's own say who rang.
        return tuple(found)
    if any(_names(one, "address") for one in found):
        # Who is registered in one village may live in another: an address never begins with the first of them.
        found = [
            None if _names(one, "village") and form.startswith(_REGISTERED) else one
            for one, form in zip(found, forms, strict=True)
        ]
    for index, form in enumerate(forms[1:], start=1):
        # Elsewhere 组 and 组别 are an office's own.
        beside = any(_names(found[index - 1], field) for field in _VILLAGES)
        if beside and form in table_words().groups_right_of_villages:
            found[index] = Likeness("group", 1.0, _BEHIND_WRITTEN)
    for rule in table_words().only_beside:
        if "name" in rule.fields and any(_names(one, "name") for one in known):
            continue
        if any(word in form for word in rule.never for form in forms):
            continue
        needed = not rule.needs.isdisjoint(forms)
        listed = {header for headers in rule.fields.values() for header in headers}
        another = rule.others and any(rule.others in form and form not in listed for form in forms)
        for field, headers in rule.fields.items():
            for index, form in enumerate(forms):
                if form in headers and (needed or another):
                    found[index] = Likeness(field, 1.0, _BEHIND_WRITTEN) if needed else _NOBODY
    return tuple(found)


def _without_fillers(
    vocabulary: HeaderVocabulary, forms: Sequence[str], known: Sequence[Likeness | None]
) -> list[Likeness | None]:
    """Whoever fills in for somebody else, 您, is none of those whom the table is about."""
    if not any(
        (_names(one, "name") and _is_petitioners(vocabulary, form)) or table_words().is_spoken_of(form)
        for one, form in zip(known, forms, strict=True)
    ):
        return list(known)
    return [_NOBODY if _asks_filler(vocabulary, form, one) else one for one, form in zip(known, forms, strict=True)]


def _asks_filler(vocabulary: HeaderVocabulary, form: str, likeness: Likeness | None) -> bool:
    is_of_person = likeness is not None and likeness.field in PERSONAL
    return is_of_person and bool(table_words().answered(form)) and not vocabulary.has(form)


def _is_petitioners(vocabulary: HeaderVocabulary, form: str) -> bool:
    """True for 群众姓名 and 来访人: the petitioner as somebody else writes of him; not for 提交人."""
    return form.startswith(vocabulary.layout.persons) and not form.startswith(table_words().fillers)


def _names(likeness: Likeness | None, field: str) -> bool:
    return likeness is not None and likeness.field == field
