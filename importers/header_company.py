"""Headers that are the petitioner's only beside others: 对象电话 beside 约访对象, 当事人 beside 对方当事人."""

from collections.abc import Sequence

from importers.header_vocabulary import HeaderVocabulary, Likeness, plain
from importers.table_words import table_words

_BEHIND_WRITTEN = 1000
_NOBODY = Likeness(None, 1.0, 0)


def in_their_company(
    vocabulary: HeaderVocabulary, texts: Sequence[str], known: Sequence[Likeness | None]
) -> tuple[Likeness | None, ...]:
    """What the columns name, `texts` being their full headers; `known` as it is where no header needs another."""
    forms = [plain(text) for text in texts]
    found = list(known)
    for rule in table_words().only_beside:
        if "summary" not in vocabulary.layout.fields:
            break
        needed = not rule.needs.isdisjoint(forms)
        listed = {header for headers in rule.fields.values() for header in headers}
        another = rule.others and any(rule.others in form and form not in listed for form in forms)
        for field, headers in rule.fields.items():
            for index, form in enumerate(forms):
                if form in headers and (needed or another):
                    found[index] = Likeness(field, 1.0, _BEHIND_WRITTEN) if needed else _NOBODY
    return tuple(found)
