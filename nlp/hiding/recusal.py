"""Recusal however account, register and text write a name: in old characters, spaced out, with dots inside."""

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cache

from domain.leads.recusal import NamesOfLead, by_surname, must_stand_back
from nlp.hiding.named_persons import compared, forms_of
from nlp.persons.lexicon import load_person_lexicon

NOBODY = NamesOfLead(texts=(), persons=frozenset(), officials=frozenset(), household=frozenset())


def touches(name: str, names: NamesOfLead, *, of_the_village: bool) -> bool:
    """True when the person of this name must not work on the lead: `must_stand_back`, for every form of the names.

    The texts are normalised already; what an account, a register and a field of a petition hold is not.
    """
    known = replace(
        names,
        persons=_both(names.persons),
        officials=_both(names.officials),
        household=_both(names.household),
    )
    forms = {name, *forms_of(name)}
    return any(must_stand_back(form, known, of_the_village=of_the_village) for form in forms)


def is_meant(name: str, written: Iterable[str]) -> bool:
    """True when one of the names as written, whole, hidden in part or with a title, may be this person's."""
    told = frozenset(written)
    return touches(name, replace(NOBODY, persons=told, officials=told), of_the_village=True)


def is_accused(name: str, letter: NamesOfLead) -> bool:
    """True when an accusation names the person, or calls by the surname alone somebody who may be meant.

    Nobody has searched it for persons, so whoever has the surname of a 王会计, 老王, 李某 or 那个姓李的 counts as
    meant: a colleague reads it, or the office above (信访工作条例 art. 30).
    """
    if touches(name, letter, of_the_village=False):
        return True
    texts = [compared(text) for text in letter.texts]
    surnames = {load_person_lexicon().surname_of(form) for form in forms_of(name)}
    return any(_called(surname).search(text) for surname in surnames for text in texts)


@cache
def _called(surname: str) -> re.Pattern[str]:
    return by_surname(surname, is_word=surname in load_person_lexicon().everyday_surnames)


def _both(names: frozenset[str]) -> frozenset[str]:
    return names | {compared(name) for name in names}
