"""Whether two near-duplicate texts are one matter brought in again, or one letter copied by two petitioners."""

from domain.texts.document import Document
from nlp.persons.petitioner_names import names_of


def one_matter(one: Document, other: Document) -> bool:
    """True when what is said of one text of a cluster holds for the other one.

    Near-duplicates brought in by people of different names, or with different ID numbers, are two matters; so are those
    from different phones, unless they share a name. A reprint, or a call of which neither is known, goes with the text
    that it repeats.
    """
    if one.id == other.id:
        return True
    first, second = one.petitioner, other.petitioner
    if first.id_number and second.id_number:
        return first.id_number.upper() == second.id_number.upper()
    names, others = names_of(first.name), names_of(second.name)
    if names and others:
        return bool(names & others)
    return not first.phone or not second.phone or first.phone == second.phone
