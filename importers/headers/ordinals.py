"""Persons whom a header counts: 第一信访人 is the petitioner where 第二信访人 stands beside, who never is."""

import re
from collections.abc import Sequence
from functools import cache

from importers.headers.vocabulary import PERSONAL, HeaderVocabulary, Likeness, plain
from importers.words.table_words import table_words
from importers.words.word_patterns import any_of

_FIRST = re.compile("^第[一1]|[一1]$")
_LATER = re.compile("[二三四五六2-6]$")
_NAMES = re.compile("(?:人|人员|者|姓名|名字|群众|代表)$")
_BARE = frozenset({"phone", "id_number"})
"""What one person may have twice: 第二联系电话 says not whose it is."""
_NOBODY = Likeness(None, 1.0, 0)


def is_of_further_person(vocabulary: HeaderVocabulary, text: str) -> bool:
    """True for the header of somebody who is counted behind the petitioner: 第二信访人电话, 其他来访人, 信访人2.

    Asked of what a person has alone: 其他事项 is a matter. 其他联系方式 is the petitioner's all the same
    where no name of a further person stands beside: `in_their_order` sees to that.
    """
    form = plain(text)
    # Asked of every cell that may be a header: what is cheap to see comes first.
    is_later, rest = _further().match(form) is not None, _LATER.sub("", form)
    if not (is_later or rest != form) or not _is_of_petitions(vocabulary) or vocabulary.has(text):
        return False
    return _names_petitioner(vocabulary, rest) or (is_later and not _is_bare(vocabulary, _uncounted(text)))


def names_further_person(vocabulary: HeaderVocabulary, text: str) -> bool:
    """True where the name itself stands below: 第二信访人, 信访人2, and not 其他说明."""
    return is_of_further_person(vocabulary, text) and _field(vocabulary, _uncounted(text)) == "name"


def in_their_order(
    vocabulary: HeaderVocabulary, texts: Sequence[str], known: Sequence[Likeness | None]
) -> tuple[Likeness | None, ...]:
    """What the columns name where their headers, `texts`, count persons; `known` as it is where none does.

    联系电话2 is a second phone of one person, unless 信访人2 stands beside.
    """
    beside = any(
        is_of_further_person(vocabulary, text)
        and (_names_petitioner(vocabulary, _uncounted(text)) or _NAMES.search(plain(text)))
        for text in texts
    )
    if not beside:
        return tuple(known)
    found = list(known)
    for index, text in enumerate(texts):
        form, rest, first = plain(text), _uncounted(text), _FIRST.sub("", plain(text))
        if rest != form and not vocabulary.has(text) and _field(vocabulary, rest) in PERSONAL:
            found[index] = _NOBODY
        elif found[index] is None and first != form and (field := _field(vocabulary, first)) in PERSONAL:
            found[index] = Likeness(field, 1.0, 0)
    return tuple(found)


def _uncounted(text: str) -> str:
    """信访人电话 for 第二信访人电话 and for 信访人电话2."""
    return _LATER.sub("", _further().sub("", plain(text)))


def _names_petitioner(vocabulary: HeaderVocabulary, text: str) -> bool:
    """True for 信访人, 姓名 and 信访人电话, false for a bare 电话, which may be a second one of the same person."""
    persons = vocabulary.layout.persons
    field = _field(vocabulary, text)
    return field == "name" or (field in PERSONAL and text.startswith(persons))


def _is_bare(vocabulary: HeaderVocabulary, text: str) -> bool:
    """True for a phone or an ID number that does not say whose it is, false for 信访人电话."""
    return _field(vocabulary, text) in _BARE and not _names_petitioner(vocabulary, text)


def _field(vocabulary: HeaderVocabulary, text: str) -> str | None:
    known = vocabulary.exact(text)
    return known.field if known is not None else None


def _is_of_petitions(vocabulary: HeaderVocabulary) -> bool:
    """Registers of households count their members themselves."""
    return "summary" in vocabulary.layout.fields


@cache
def _further() -> re.Pattern[str]:
    return re.compile(f"^(?:{any_of(table_words().further_persons)})")
