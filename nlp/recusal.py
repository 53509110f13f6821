"""Recusal however account, register and text write a name: in old characters, spaced out, with dots inside."""

from collections.abc import Iterable
from dataclasses import replace

from domain.recusal import NamesOfLead, must_stand_back
from nlp.named_persons import compared, forms_of

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


def _both(names: frozenset[str]) -> frozenset[str]:
    return names | {compared(name) for name in names}
