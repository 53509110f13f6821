"""Whose a column is: names, phones, ID numbers and addresses of officials and accused are never the petitioner's."""

import re
from collections.abc import Collection, Sequence
from functools import cache

from importers.headers.ordinals import is_of_further_person, names_further_person
from importers.headers.vocabulary import PERSONAL, HeaderVocabulary, Likeness, plain
from importers.words.table_words import table_words

_OF_NEIGHBOUR = frozenset({"phone", "id_number"})
_WORKPLACE = "单位"
_NAMES_SOMEBODY = re.compile(r"(?:人|员|长|领导|干部|书记|主任|律师|姓名|单位)$")
_BRACKETS = re.compile(r"[(\[（【].*?[)\]）】]")
_NOBODY = Likeness(None, 1.0, 0)


def of_header(vocabulary: HeaderVocabulary, names: Sequence[str]) -> Likeness | None:
    """What a column's header names as written; `names` are its texts, the fullest first. None when it is not known.

    A column of another person, or of an earlier petition, names nothing that is read.
    """
    if not names:
        return None
    if is_of_another_occasion(vocabulary, names[0]):
        return _NOBODY
    found = next((one for name in names if (one := vocabulary.exact(name)) is not None), None)
    if found is not None and found.field in PERSONAL and is_of_another_person(vocabulary, names[0]):
        return _NOBODY
    return found


def is_of_another_person(vocabulary: HeaderVocabulary, text: str) -> bool:
    """True when a header's full text has a word for somebody else and does not stand in the vocabulary as it is.

    信访人(法人) is the petitioner's all the same; 电话(村干部) does not say so.
    """
    if is_of_further_person(vocabulary, text):
        return True
    outside = plain(_BRACKETS.sub("", text))
    if vocabulary.has(text) or (vocabulary.has(outside) and outside not in _bare_headers()):
        return False
    return table_words().other_person.search(plain(text)) is not None


def is_of_another_occasion(vocabulary: HeaderVocabulary, text: str) -> bool:
    """True when a header's full text speaks of an earlier petition."""
    return not vocabulary.has(text) and table_words().other_occasion.match(plain(text)) is not None


def neighbours_owner(
    vocabulary: HeaderVocabulary,
    texts: Sequence[str],
    index: int,
    field: str,
    petitioners: Collection[int],
    *,
    further: bool = True,
) -> str:
    """The header of the other person right of whose name a bare 电话, 证件号码 or 单位或住址 stands; "" where none is.

    `texts` are the full header texts by column, `petitioners` the columns of the petitioner's name. 第二信访人 is
    another person only with `further`: the only phone of a row may be the first one's though it stands behind both.
    """
    if not _may_be_neighbours(vocabulary, field, plain(texts[index])):
        return ""
    for place in range(index - 1, -1, -1):
        text = texts[place]
        if place in petitioners or not text:
            return ""
        if plain(text) in _attributes() and not is_of_another_person(vocabulary, text):
            continue
        somebody = _NAMES_SOMEBODY.search(plain(_BRACKETS.sub("", text))) is not None
        known = vocabulary.exact(text)
        unread = known is None or known.field is None
        another = somebody and unread and table_words().other_person.search(plain(text))
        return text if another or (further and names_further_person(vocabulary, text)) else ""
    return ""


def is_bare(text: str) -> bool:
    """True for a header that says something of a person and does not say of whom: 姓名, 电话, 性别."""
    return plain(text) in _bare_headers() or plain(text) in _attributes()


def _may_be_neighbours(vocabulary: HeaderVocabulary, field: str, text: str) -> bool:
    """True for a bare phone or ID number, and for 单位或住址, where no other header says who works there."""
    if field == "address":
        return _WORKPLACE in text and text in map(plain, vocabulary.layout.fields[field])
    return field in _OF_NEIGHBOUR and text in _bare_headers()


@cache
def _bare_headers() -> frozenset[str]:
    return frozenset(map(plain, table_words().bare_headers))


@cache
def _attributes() -> frozenset[str]:
    return frozenset(map(plain, table_words().attributes)) | _bare_headers()
