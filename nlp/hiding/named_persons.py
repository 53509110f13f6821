"""Masks whom a text names, however register and text write the names; the one way in which names are hidden.

Compared is a form of the text that has one character for each of its own: traditional and full-width characters as the
plain ones. Between the characters of a name may stand what people put there: spaces, dots, quotation marks, what nobody
sees. A given name is masked where it stands alone too (建国他妈): in a village it is as good as the whole. So are the
nicknames that nobody gives to anything but a person (狗剩), whoever is known.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from domain.leads.named_persons import NamedPersons
from nlp.normalise import simplified
from nlp.persons.kinship import KIN_BEHIND, load_kinship
from nlp.persons.lexicon import load_person_lexicon
from nlp.persons.nicknames import load_nicknames
from nlp.persons.petitioner_names import names_of

_BETWEEN = "\\s\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff·•・‧.．_'\"“”‘’-"
_INSIDE = re.compile(f"[{_BETWEEN}]+")
_DOTS = re.compile("[·•・‧.．]")
_HAN = re.compile("[\u3400-\u9fff]+")
_SHORTEST = 2
"""A name of one character is no name: it would blot out words."""
_GIVEN = 2
"""Characters of the given names that are masked alone; of one it would blot out words too."""


class _Plain(dict[int, str]):
    """For `str.translate`: the one character as which a character is compared."""

    def __missing__(self, code: int) -> str:
        folded = unicodedata.normalize("NFKC", chr(code)).casefold()
        self[code] = simplified(folded if len(folded) == 1 else chr(code))
        return self[code]


_PLAIN = _Plain()


def hide_names(text: str, named: NamedPersons) -> str:
    """The text with every one of these names masked; its length stays the same, so offsets stay true.

    Of a whole name the first character stays, of a given name alone none.
    """
    plain = text.translate(_PLAIN)
    joined = _INSIDE.sub("", plain)
    petitioners = {name for field in named.petitioners for name in names_of(field)}
    signs = set(joined)
    # Most names of a register are in no text: no form of theirs can be, where nothing but the surname is.
    near = (one for one in named.persons | petitioners if not signs.isdisjoint(one.translate(_PLAIN)[1:]))
    whole = {name for one in near for name in forms_of(one)}
    given = {name for one in whole for name in _given(one)} | (load_nicknames() - whole)
    # Longest first: where one name begins another, the whole of the longer one is masked.
    meant = sorted((one for one in whole | given if one in joined), key=lambda one: (-len(one), one))
    if not meant:
        return text
    forms = [_spaced(one) if one in whole else _alone(one) for one in meant]
    shown = list(text)
    for match in re.finditer("|".join(forms), plain):
        at = match.start() + (compared(match[0]) in whole)
        shown[at : match.end()] = "*" * (match.end() - at)
    return "".join(shown)


def compared(name: str) -> str:
    """The name as it is compared: plain characters, nothing between them."""
    return _INSIDE.sub("", name.translate(_PLAIN))


def forms_of(name: str) -> Iterator[str]:
    """The name in the form that is compared, and the parts of one that has dots inside (买买提·艾力)."""
    parts = [compared(part) for part in _DOTS.split(name)]
    yield from (one for one in {compared(name), *parts} if len(one) >= _SHORTEST)


def _given(name: str) -> Iterator[str]:
    given = name.removeprefix(load_person_lexicon().surname_of(name))
    if len(given) == _GIVEN and _HAN.fullmatch(name) and given not in _titles():
        yield given


@cache
def _titles() -> frozenset[str]:
    """What stands behind a surname and is no given name: 大夫, 主任, 奶奶, 某某."""
    lexicon = load_person_lexicon()
    titles = (*lexicon.official_titles, *lexicon.called_titles, *lexicon.called_trades, *lexicon.familiar_titles)
    others = (*lexicon.address_endings, *lexicon.family_members, *load_kinship().words)
    return frozenset(titles) | frozenset(others) | {"某某"}


def _spaced(name: str) -> str:
    return f"[{_BETWEEN}]*".join(map(re.escape, name))


def _alone(given: str) -> str:
    """A given name that is a word too (建国) is one only beside kin."""
    if given not in load_person_lexicon().given_words:
        return _spaced(given)
    return f"{_behind_kin()}{_spaced(given)}|{_spaced(given)}(?={KIN_BEHIND})"


@cache
def _behind_kin() -> str:
    words = sorted({*load_kinship().words, "叫", "小", "老"})
    return "(?:" + "|".join(f"(?<={re.escape(word)})" for word in words) + ")"
